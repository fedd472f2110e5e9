package api

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// limited is an office where one network may do so much in an hour.
func limited(t *testing.T, l Limits) *office {
	t.Helper()
	o := withConsultants(t)
	o.config.Limits = l
	return o
}

// behindAProxy lets the machine of the tests be a proxy that is trusted.
func (o *office) behindAProxy() {
	o.t.Helper()
	o.config.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	var err error
	o.engine, err = o.newEngine()
	require.NoError(o.t, err)
	require.NoError(o.t, o.register(o.routes()))
}

// anHourLater gives every network all its allowances back.
func (o *office) anHourLater() {
	o.env.Exec(`update allowances set spent_until = spent_until - interval '1 hour'`)
}

// applies sends the form, as somebody behind the proxy when an address is
// given.
func (o *office) applies(form url.Values, address ...string) answer {
	o.t.Helper()
	header := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	if len(address) > 0 {
		header["X-Forwarded-For"] = address[0]
	}
	return o.send(request{method: http.MethodPost, path: "/ansoegning", body: form.Encode(), header: header})
}

// filledIn is the application form as sent, new each time.
func filledIn() url.Values {
	f := exampleForm()
	form := sentForm(f)
	form["key"], form["started_by"], form["declared"] = []string{uuid.NewString()}, []string{f.StartedBy}, []string{"true"}
	return form
}

// waits checks an answer that asks for patience, and returns for how long.
func (a answer) waits() int {
	a.t.Helper()
	require.Equal(a.t, http.StatusTooManyRequests, a.StatusCode, a.text)
	seconds, err := strconv.Atoi(a.Header.Get("Retry-After"))
	require.NoError(a.t, err)
	require.Positive(a.t, seconds)
	return seconds
}

func TestAnApplicationTooManyKeepsWhatWasTyped(t *testing.T) {
	o := limited(t, Limits{Applications: 2, Together: 1})
	for range 2 {
		require.Equal(t, http.StatusSeeOther, o.applies(filledIn()).StatusCode)
	}
	wrong := filledIn()
	wrong.Set("workplace", "")
	require.Equal(t, http.StatusUnprocessableEntity, o.applies(wrong).StatusCode, "mistakes come first, and are not counted")

	form := filledIn()
	form.Set("situation", "Det, vi har siddet længe med.")
	refused := o.applies(form)
	require.InDelta(t, 1800, refused.waits(), 5)
	doc := parsed(t, refused)
	require.Contains(t, part(doc, "wait"), "Vent 30 minutter, og send så igen. Det, du har skrevet, er her stadig.")
	require.Contains(t, plain(doc.Find("title").Text()), "Ikke sendt: ")
	require.Equal(t, "Det, vi har siddet længe med.", doc.Find("[name=situation]").Text())
	for _, name := range []string{"key", "workplace", "leader_email", "rep_name"} {
		require.Equal(t, form.Get(name), doc.Find("[name="+name+"]").AttrOr("value", ""), name)
	}
	require.Equal(t, 2, doc.Find("[name=themes][checked]").Length())
	require.Equal(t, 2, o.env.Count(`select count(*) from forloeb`))

	o.anHourLater()
	require.Equal(t, http.StatusSeeOther, o.applies(form).StatusCode, "the same form again")
	require.Equal(t, 3, o.env.Count(`select count(*) from forloeb`))
	require.Zero(t, o.env.Count(`select count(*) from allowances where network like '%127%'`), "no address is kept")
}

// Nobody gets more by saying that they are somebody else.
func TestAHeaderFromAnybodyChangesNothing(t *testing.T) {
	o := limited(t, Limits{Applications: 2})
	applied := 0
	for i := range 30 {
		if o.applies(filledIn(), fmt.Sprintf("203.0.113.%d", i)).StatusCode == http.StatusSeeOther {
			applied++
		}
	}
	require.Equal(t, 2, applied)
	require.Equal(t, 1, o.env.Count(`select count(*) from allowances`))
}

func TestBehindAProxyEachNetworkHasItsOwn(t *testing.T) {
	o := limited(t, Limits{Applications: 2})
	o.behindAProxy()
	for _, address := range []string{
		"192.0.2.1", "192.0.2.2", // neighbours are not one network
		"2001:db8:0:1::1", "2001:db8:0:2::1",
	} {
		for range 2 {
			require.Equal(t, http.StatusSeeOther, o.applies(filledIn(), address).StatusCode, address)
		}
		o.applies(filledIn(), address).waits()
		o.applies(filledIn(), "198.51.100.7, "+address).waits() // the client wrote the first part itself
	}
	o.applies(filledIn(), "2001:db8:0:1:ffff::9").waits() // of the same 64 bits
	o.applies(filledIn(), "::ffff:192.0.2.1").waits()     // the same address, written otherwise
	require.Equal(t, http.StatusSeeOther, o.applies(filledIn(), "192.0.2.3, 127.0.0.1").StatusCode, "through a second proxy of ours")
}

// What is counted lies in the database: a new process goes on where the other
// ended.
func TestARestartGivesNothingBack(t *testing.T) {
	o := limited(t, Limits{Applications: 2})
	for range 2 {
		require.Equal(t, http.StatusSeeOther, o.applies(filledIn()).StatusCode)
	}
	next := &office{site: newSite(t, o.env.Open("spark_api")), env: o.env}
	next.config.Limits, next.links = o.config.Limits, o.links
	next.applies(filledIn()).waits()
	o.applies(filledIn()).waits()
}

func TestProgramsAreToldToWait(t *testing.T) {
	o := limited(t, Limits{Applications: 2, Tokens: 3, Together: 5})
	for i := range 2 {
		require.Equal(t, http.StatusCreated, o.apply(fmt.Sprintf("key-number-%d", i), application(t)).StatusCode)
	}
	refused := o.apply("key-number-3", application(t))
	refused.problem(http.StatusTooManyRequests, "too_many_requests")
	require.InDelta(t, 1800, refused.waits(), 5)
	o.applies(filledIn()).waits() // the form and the API are one
	require.Equal(t, 2, o.env.Count(`select count(*) from forloeb`))

	for range 20 {
		o.get("/api/v1/tasks", "").problem(http.StatusUnauthorized, "unauthenticated") // nothing is looked up
	}
	for range 3 {
		o.get("/api/v1/tasks", "spark_wrong").problem(http.StatusUnauthorized, "unauthenticated")
	}
	guess := o.get("/api/v1/tasks", "spark_wrong")
	guess.problem(http.StatusTooManyRequests, "too_many_requests")
	require.InDelta(t, 1200, guess.waits(), 5)
	require.Empty(t, guess.Header.Get("WWW-Authenticate"))
	require.Equal(t, http.StatusOK, o.get("/api/v1/tasks", o.secretary).StatusCode, "a token that is one is not in the way of others' guesses")
}

func TestLoginsTooMany(t *testing.T) {
	o := limited(t, Limits{Logins: 2})
	for range 2 {
		require.Equal(t, http.StatusSeeOther, o.get(loginStartPath, "").StatusCode)
	}
	refused := o.get(loginStartPath+"?til=%2Fsekretariat%2F", "")
	refused.message(http.StatusTooManyRequests, "Vent lidt, og prøv igen")
	refused.waits()
	require.Equal(t, "/login?til=%2Fsekretariat%2F", parsed(t, refused).Find("[data-test-id=way-on] a").AttrOr("href", ""))
	o.anHourLater()
	j := jar{}
	state := o.begins(j)
	o.browse(j, LoginAnswerPath+"?code=x&state="+state) // the second step
	j = jar{}
	o.anHourLater()
	state = o.begins(j)
	require.Equal(t, http.StatusSeeOther, o.get(loginStartPath, "").StatusCode)
	o.browse(j, LoginAnswerPath+"?code=x&state="+state).waits()
}

// begins a login, and returns its state.
func (o *office) begins(j jar) string {
	o.t.Helper()
	at, err := url.Parse(o.browse(j, loginStartPath).Header.Get("Location"))
	require.NoError(o.t, err)
	return at.Query().Get("state")
}

// partyForm is one of the forms behind the parties' links.
type partyForm struct {
	name, path string
	sent       url.Values
	kept       string // what must be on the page that asks for patience
}

func (o *office) partyForms() []partyForm {
	o.t.Helper()
	asked := func() (*forloeb.Forloeb, partyLinks) { // a forløb for each form: some end it
		id := o.env.Apply()
		o.env.Settle(id)
		return o.env.Read(id), o.linksOf(o.env.Party(id, forloeb.Rep))
	}
	id, booked := o.inProgress()
	meeting, invited := o.env.Read(id).Meeting(booked), o.linksOf(o.env.Party(id, forloeb.Leader))
	received, consent := asked()
	_, withdraw := asked()
	_, left := asked()
	own, contact := asked()
	return []partyForm{
		{"consent", consent.Consent, url.Values{"answer": {"fix"}, "fix_text": {"Det er <ikke> rigtigt"}, "revision": {"1"}}, "Det er &lt;ikke&gt; rigtigt"},
		{"address", o.receiptAddress(received) + "/leader", url.Values{"leader_email": {"ny@example.dk"}}, `value="ny@example.dk"`},
		{"withdraw", withdraw.Withdraw(), url.Values{"reason": {"Vi har ikke tid"}}, "Vi har ikke tid"},
		{"left", left.Left(), url.Values{"name": {"Ny Person"}}, `value="Ny Person"`},
		{"contact", contact.Status + contactPath, url.Values{"email": {own.Parties[1].Contact.Email}, "phone": {"70 00 00 09"}}, `value="70 00 00 09"`},
		{"other time", invited.ToMeeting(meeting), url.Values{"starts": {strconv.FormatInt(meeting.StartsAt.Unix(), 10)}, "other_time": {"Hellere torsdag"}, "ask": {"yes"}}, "Hellere torsdag"},
	}
}

func TestPartiesKeepWhatTheyTyped(t *testing.T) {
	o := withConsultants(t)
	forms := o.partyForms()
	o.config.Limits = Limits{Answers: 1, Links: 1}
	for _, what := range []string{"answer", "link"} {
		wait, err := o.env.API.Spend(t.Context(), what, o.links.Pseudonym("127.0.0.1"), 1, 0)
		require.NoError(t, err)
		require.Zero(t, wait)
	}
	before := o.acts()
	for _, f := range forms {
		a := o.fills(f.path, f.sent)
		a.waits()
		require.Contains(t, a.text, f.kept, f.name)
		require.Contains(t, part(parsed(t, a), "wait"), "Vent 60 minutter", f.name)
	}
	require.Equal(t, before, o.acts(), "nothing was done")
	for _, f := range forms {
		o.anHourLater()
		require.Less(t, o.fills(f.path, f.sent).StatusCode, http.StatusBadRequest, f.name)
	}
	require.Greater(t, o.acts(), before)
}

// Complaint K34.
func TestAnEvaluationKeepsItsAnswers(t *testing.T) {
	o := withConsultants(t)
	id, address := o.evaluates()
	o.config.Limits = Limits{Answers: 1}
	first := forloeb.QuestionnaireOf(forloeb.Spark, forloeb.QuestionnaireVersion)[0]
	sent := url.Values{first.ID: {first.Options[0].Code}, "act": {"save"}}
	require.Equal(t, http.StatusOK, o.fills(address, sent).StatusCode)
	sent[first.ID] = []string{first.Options[1].Code}
	a := o.fills(address, sent)
	a.waits()
	require.Equal(t, first.Options[1].Code, parsed(t, a).Find("[name="+first.ID+"][checked]").AttrOr("value", ""))
	o.fills(address+refusePath, nil).message(http.StatusTooManyRequests, "Vent lidt, og prøv igen")
	require.True(t, o.env.Read(id).Invitations[0].RefusedAt.IsZero())
}

// evaluates is a forløb whose parties are asked, and where one of them answers.
func (o *office) evaluates() (uuid.UUID, string) {
	o.t.Helper()
	id, meeting := o.inProgress()
	ends := o.env.Read(id).Meeting(meeting).EndsAt
	o.env.Wind(id, ends.Add(time.Hour))
	o.env.Do(id, storetest.Secretary, forloeb.RegisterMeeting{Meeting: meeting, Held: true})
	o.env.Do(id, storetest.Secretary, forloeb.FinishMeetings{})
	o.env.RunTo(id, ends.AddDate(0, 3, 10))
	require.Equal(o.t, forloeb.Evaluating, o.env.Read(id).Status)
	return id, o.linksOf(o.env.Party(id, forloeb.Leader)).Evaluation
}

func TestButtonsTooOften(t *testing.T) {
	o := limited(t, Limits{Links: 1})
	id := o.env.Apply()
	o.env.Settle(id)
	links := o.linksOf(o.env.Party(id, forloeb.Rep))
	buttons := []string{links.Consent + newLinkPath, links.Status + newLinkPath, links.Status + showApplicationPath, links.Status + askReopenPath}
	o.fills(buttons[0], nil).message(http.StatusOK, "Tjek din mail")
	before := o.acts()
	for _, button := range buttons {
		a := o.fills(button, nil)
		a.message(http.StatusTooManyRequests, "Vent lidt, og prøv igen")
		a.waits()
		require.Equal(t, button, parsed(t, a).Find("[data-test-id=way-on] form").AttrOr("action", ""))
	}
	require.Equal(t, before, o.acts())
}

// A limit that cannot be counted is in nobody's way, and takes no time.
func TestWhatCannotBeCountedIsLetThrough(t *testing.T) {
	o := limited(t, Limits{Applications: 2})
	for range 2 {
		require.Equal(t, http.StatusSeeOther, o.applies(filledIn()).StatusCode)
	}
	tx := o.env.DB.MustBegin()
	defer tx.Rollback()
	tx.MustExec(`lock table allowances`)
	before := time.Now()
	require.Equal(t, http.StatusSeeOther, o.applies(filledIn()).StatusCode)
	require.Less(t, time.Since(before), 5*time.Second)
	require.Contains(t, o.logged.String(), `"msg":"a limit could not be counted","what":"application"`)
	require.NotContains(t, o.logged.String(), "127.0.0.1")
	require.NoError(t, tx.Rollback())
	o.applies(filledIn()).waits()
}

func TestNetworks(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.1": "192.0.2.1", "::ffff:192.0.2.1": "192.0.2.1",
		"2001:db8:1:2:3::4": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64",
		"": "unknown", "not an address": "unknown",
	} {
		require.Equal(t, want, networkAt(address), address)
	}
}
