package api

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
	"example.dk/spark/internal/store/storetest"
)

// staffed is an office with Anna's forløb in progress, and browsers in which
// the secretariat and Anna have logged in.
type staffed struct {
	*office
	id          uuid.UUID
	sec, anna   jar
	home, annas string // the forløb's page in either area
}

func newStaffed(t *testing.T) *staffed {
	t.Helper()
	o := withConsultants(t)
	s := &staffed{office: o, sec: o.loggedIn(forloeb.RoleSecretariat, "sec@example.dk"), anna: o.loggedIn(forloeb.RoleConsultant, o.addressOf(true))}
	s.id, _ = o.inProgress()
	s.home, s.annas = "/sekretariat/forloeb/"+s.id.String(), "/konsulent/forloeb/"+s.id.String()
	return s
}

// mailTo is the id of the latest mail to somebody.
func (s *staffed) mailTo(to uuid.UUID) int64 {
	s.t.Helper()
	var id int64
	s.env.Get(&id, `select max(id) from mails where forloeb_id = $1 and recipient = $2`, s.id, to)
	return id
}

func (s *staffed) page(j jar, path string) string {
	s.t.Helper()
	a := s.browse(j, path)
	require.Equal(s.t, http.StatusOK, a.StatusCode, a.text)
	return a.text
}

func TestOneForloebAsItsReadersSeeIt(t *testing.T) {
	s := newStaffed(t)
	f := s.env.Read(s.id)
	s.env.Exec(`insert into tasks (forloeb_id, kind, subject, opened_at) values ($1, 'start', 'x', now())`, s.id)
	for reader, text := range map[string]string{"secretariat": s.page(s.sec, s.home), "consultant": s.page(s.anna, s.annas)} {
		for _, want := range []string{f.Reference, f.Lead().Name, f.Parties[0].Contact.Name, "mailto:" + f.Parties[1].Contact.Email, "Vi har fået ny ledelse", "I gang", "Aftalt", "Lærerværelset", "Det kan du gøre"} {
			require.Contains(t, text, want, reader)
		}
		for _, p := range f.Parties {
			for _, purpose := range []link.Purpose{link.Consent, link.Status, link.Evaluation, link.Meeting} {
				require.NotContains(t, text, s.links.Token(purpose, p.ID, p.LinkVersion), "a link gives access")
			}
		}
	}
	require.Contains(t, s.page(s.sec, s.home), "Hvorfor Anna?")
	require.Contains(t, s.page(s.sec, s.home), "Det venter på sekretariatet")
	require.Contains(t, s.page(s.sec, s.home), `href="`+s.home+`/stop"`)
	require.NotContains(t, s.page(s.anna, s.annas), "Hvorfor Anna?")
	require.NotContains(t, s.page(s.anna, s.annas), "Det venter på sekretariatet")
	require.NotContains(t, s.page(s.anna, s.annas), s.annas+"/stop")
	require.Contains(t, s.page(s.anna, s.annas), `href="`+s.annas+`/giv-tilbage"`)
	require.NotContains(t, s.logged.String(), f.Lead().Name)
}

func TestTheWayToTheProcess(t *testing.T) {
	s := newStaffed(t)
	s.config.WorkflowPage = func(id uuid.UUID) string { return "https://temporal.example.dk/" + id.String() }
	require.Contains(t, s.page(s.sec, s.home), `href="https://temporal.example.dk/`+s.id.String()+`"`)
	require.NotContains(t, s.page(s.anna, s.annas), "temporal.example.dk")
	require.NotContains(t, s.page(s.sec, s.home), "Spol frem")
	s.config.Development = true
	require.Contains(t, s.page(s.anna, s.annas), `href="`+developmentAddress(s.id)+`"`)
}

// A party was promised that the secretariat alone reads why they said no.
func TestWhyAPartySaidNoIsForTheSecretariat(t *testing.T) {
	s := newStaffed(t)
	rep, replacement := s.env.Party(s.id, forloeb.Rep), uuid.New()
	s.env.Do(s.id, storetest.Secretary, forloeb.ReplaceParty{Party: rep.ID, New: replacement, Contact: forloeb.Contact{Name: "Ida Bach", Email: "ida@example.dk"}})
	s.env.Settle(s.id)
	s.env.Do(s.id, storetest.By(s.env.Party(s.id, forloeb.Rep)), forloeb.AnswerConsent{Party: replacement, Revision: 1, Answer: forloeb.No, Signature: "Ida Bach", Remark: "Jeg har ikke tid.", Channel: forloeb.ByLink})
	s.env.Do(s.id, storetest.Secretary, forloeb.GrantExtra{N: 1, Reason: "Der er brug for det."})
	s.env.Settle(s.id)

	text := s.page(s.sec, s.home)
	require.Contains(t, text, "Jeg har ikke tid.")
	require.Contains(t, text, "Hvorfor medarbejderrepræsentanten svarede nej")
	require.Contains(t, text, "Tidligere kontaktpersoner")
	for _, mine := range []string{s.page(s.anna, s.annas), s.as(s.office.anna, http.MethodGet, actPath(s.id, "application"), nil).text} {
		require.NotContains(t, mine, "Jeg har ikke tid.")
		require.Contains(t, mine, "Der er brug for det.")
	}
}

func TestAnActFromItsPage(t *testing.T) {
	s := newStaffed(t)
	form := s.page(s.sec, s.home+"/stop")
	require.Contains(t, form, "Stop forløbet")
	version := strconv.FormatInt(s.env.Read(s.id).Version, 10)

	before := s.acts()
	again := s.submit(s.sec, s.home+"/stop", url.Values{"reason": {""}, "version": {version}})
	require.Equal(t, http.StatusUnprocessableEntity, again.StatusCode)
	require.Contains(t, again.text, "Skriv hvorfor.")

	s.env.Do(s.id, forloeb.Actor{Kind: forloeb.ActorConsultant, ID: s.annaID.String()}, forloeb.GrantExtra{N: 1, Reason: "Aftalt."})
	before = s.acts()
	first := s.submit(s.sec, s.home+"/stop", url.Values{"reason": {"Skolen lukker."}, "version": {version}})
	require.Equal(t, http.StatusConflict, first.StatusCode)
	require.Contains(t, first.text, "Anna ændrede sagen")
	require.Contains(t, first.text, "Skolen lukker.", "nothing typed is lost")
	require.Equal(t, before, s.acts())

	version = strconv.FormatInt(s.env.Read(s.id).Version, 10)
	done := s.submit(s.sec, s.home+"/stop", url.Values{"reason": {"Skolen lukker."}, "version": {version}})
	require.Equal(t, http.StatusSeeOther, done.StatusCode, done.text)
	require.Equal(t, s.home+"?klar=stop", done.Header.Get("Location"))
	text := s.page(s.sec, done.Header.Get("Location"))
	require.Contains(t, text, "Forløbet er stoppet.")
	require.Contains(t, text, behind, "the process has yet to hear of it")
	s.env.Settle(s.id)
	require.Contains(t, s.page(s.sec, s.home), "Skolen lukker.")
	s.browse(s.sec, s.home+"/stop").message(http.StatusConflict, "Forløbet er stoppet")
	require.Contains(t, s.page(s.sec, s.home), s.home+"/aabn-igen")
}

func TestAConsultantGivesAForloebBack(t *testing.T) {
	s := newStaffed(t)
	path := s.annas + "/giv-tilbage"
	for _, sent := range []url.Values{{"reason": {"x"}}, {"why": {"noget"}}} {
		a := s.submit(s.anna, path, sent)
		require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
		require.Contains(t, a.text, "Vælg et svar.")
	}
	other := s.submit(s.anna, path, url.Values{"why": {"andet"}})
	require.Equal(t, http.StatusUnprocessableEntity, other.StatusCode)
	require.Contains(t, other.text, "Skriv hvorfor.")

	done := s.submit(s.anna, path, url.Values{"why": {"habilitet"}, "reason": {"Jeg har arbejdet der."}})
	require.Equal(t, "/konsulent/?klar=giv-tilbage", done.Header.Get("Location"), "the forløb is no longer hers")
	s.browse(s.anna, s.annas).message(http.StatusNotFound, "Du har ikke adgang")
	s.env.Settle(s.id)
	require.Contains(t, s.page(s.sec, s.home), "Habilitet. Jeg har arbejdet der.")
}

// Complaint K23.
func TestMailsOfAForloeb(t *testing.T) {
	s := newStaffed(t)
	leader := s.env.Party(s.id, forloeb.Leader)
	own, theirs := strconv.FormatInt(s.mailTo(s.annaID), 10), strconv.FormatInt(s.mailTo(leader.ID), 10)

	all := s.page(s.sec, s.home+"/mails")
	require.Contains(t, all, s.home+"/mails/"+own)
	require.Contains(t, all, s.home+"/mails/"+theirs)
	mine := s.page(s.anna, s.annas+"/mails")
	require.Contains(t, mine, s.annas+"/mails/"+own)
	require.NotContains(t, mine, "/mails/"+theirs)
	require.Contains(t, s.page(s.anna, s.annas+"/mails/"+own), "[personligt link]")
	s.browse(s.anna, s.annas+"/mails/"+theirs).message(http.StatusNotFound, "Du har ikke adgang")
	s.browse(s.sec, s.home+"/mails/x").message(http.StatusNotFound, "Du har ikke adgang")

	s.letters = fakeLetters{fails: forloeb.ErrLetterGone}
	require.Contains(t, s.page(s.sec, s.home+"/mails/"+theirs), "Mailen kan ikke vises mere")
	s.letters = fakeLetters{fails: context.DeadlineExceeded}
	s.browse(s.sec, s.home+"/mails/"+theirs).message(http.StatusServiceUnavailable, "Det virker ikke lige nu")
}

// Complaint K24.
func TestAMailThatDidNotArrive(t *testing.T) {
	s := newStaffed(t)
	s.env.Mailer(func(forloeb.Letter) forloeb.Outcome { return forloeb.Outcome{State: forloeb.MailFailed, Code: "550"} })
	leader := s.env.Party(s.id, forloeb.Leader)
	s.env.Do(s.id, storetest.Secretary, forloeb.GrantExtra{N: 1, Reason: "Aftalt."})
	s.env.Settle(s.id)
	mail := s.mailTo(leader.ID)
	address := s.home + "/mails/" + strconv.FormatInt(mail, 10)

	task := s.page(s.sec, s.home)
	require.Contains(t, task, "Mailen »I får flere møder« til lederen blev afvist: Adressen findes ikke.")
	require.Contains(t, task, address+"#send-igen")
	require.Contains(t, task, "mail afvist")
	require.Contains(t, s.page(s.sec, address), "Mette Holm (leder) får mailen »I får flere møder« nu.")

	s.env.Mailer(nil)
	done := s.submit(s.sec, address+"/send-igen", nil)
	require.Equal(t, s.home+"/mails?klar=send-igen", done.Header.Get("Location"), done.text)
	require.Contains(t, s.page(s.sec, done.Header.Get("Location")), "Mailen bliver sendt igen.")
	s.env.Post(s.id)
	s.env.Settle(s.id)
	require.Len(t, s.env.Post(s.id), 1)
	twice := s.submit(s.sec, address+"/send-igen", nil)
	require.Equal(t, http.StatusConflict, twice.StatusCode)
	require.Contains(t, twice.text, "Mailen venter ikke på en afgørelse")
	s.submit(s.sec, address+"/slet", nil).message(http.StatusNotFound, "Du har ikke adgang")
	require.Equal(t, http.StatusNotFound, s.submit(s.anna, s.annas+"/mails/"+strconv.FormatInt(mail, 10)+"/send-igen", nil).StatusCode)

	rep := strconv.FormatInt(s.mailTo(s.env.Party(s.id, forloeb.Rep).ID), 10)
	s.submit(s.sec, s.home+"/mails/"+rep+"/lad-vaere", nil)
	s.env.Settle(s.id)
	require.NotContains(t, s.page(s.sec, s.home), "Det venter på sekretariatet")
}

// A mail that has lost its meaning is not sent again, whatever its state.
func TestAMailThatMeansNothingMoreIsNotSentAgain(t *testing.T) {
	s := newStaffed(t)
	leader := s.env.Party(s.id, forloeb.Leader)
	var request int64
	s.env.Get(&request, `update mails set state = 'failed', code = '550' where forloeb_id = $1 and recipient = $2 and kind = 'consent_request' returning id`, s.id, leader.ID)
	address := s.home + "/mails/" + strconv.FormatInt(request, 10)
	require.NotContains(t, s.page(s.sec, address), "Send igen")
	require.Equal(t, http.StatusConflict, s.submit(s.sec, address+"/send-igen", nil).StatusCode)
}

func TestATaskIsClosedByHand(t *testing.T) {
	s := newStaffed(t)
	add := func(kind string) string {
		var id int64
		s.env.Get(&id, `insert into tasks (forloeb_id, kind, subject, opened_at) values ($1, $2, 'x', now()) returning id`, s.id, kind)
		return s.home + "/opgaver/" + strconv.FormatInt(id, 10) + "/luk"
	}
	reminder, stands := add("open_too_long"), add("no_consultant")
	text := s.page(s.sec, s.home)
	require.Contains(t, text, reminder)
	require.NotContains(t, text, stands, "that one closes when it is done")
	for range 2 { // a second click finds it closed
		require.Equal(t, s.home+"?klar=opgave", s.submit(s.sec, reminder, nil).Header.Get("Location"))
	}
	s.submit(s.sec, stands, nil).message(http.StatusConflict, "Det kan ikke lade sig gøre nu")
	s.submit(s.sec, s.home+"/opgaver/999999/luk", nil).message(http.StatusNotFound, "Du har ikke adgang")
	s.submit(s.sec, s.home+"/opgaver/x/luk", nil).message(http.StatusNotFound, "Siden findes ikke")
}

// Each status has its acts, and no page offers what its button refuses.
func TestOfferedActsAreLegal(t *testing.T) {
	for _, e := range caseExamples() {
		page := e.page.(*casePage)
		require.LessOrEqual(t, len(page.Acts), shownActs, e.name)
		primary := 0
		for _, a := range page.Acts {
			if a.Primary {
				primary++
			}
		}
		require.LessOrEqual(t, primary, 1, e.name)
	}
	k := caseAt(exampleAnna, func(k *staffCase) { closed(k, forloeb.InProgress, forloeb.Withdrawn) })
	likeliest, others := actsOf(k)
	require.Equal(t, []caseAct{{Label: "Åbn igen", About: reopenAct.about, Address: k.Home() + "/aabn-igen", Primary: true}}, likeliest)
	require.Empty(t, others)
	k.Now = at(2027, 3, 1, 9, 0)
	likeliest, others = actsOf(k)
	require.Empty(t, likeliest)
	require.Empty(t, others)
}

func TestALongPastIsFolded(t *testing.T) {
	var items []timelineItem
	for i := range 20 {
		items = append(items, timelineItem{When: past, At: at(2026, 11, 1+i, 9, 0)})
	}
	items = append(items, timelineItem{When: next}, timelineItem{When: future})
	earlier, shown := folded(anchored(items))
	require.Len(t, earlier, 14)
	require.Len(t, shown, 8)
	require.Equal(t, "haendelse-15", shown[0].ID)
	require.Equal(t, "naeste", shown[6].ID)
	earlier, shown = folded(items[11:])
	require.Empty(t, earlier)
	require.Len(t, shown, 11)
}

func TestBadges(t *testing.T) {
	k := caseAt(exampleAnna, justAsked)
	closes := k.ConsentCloses()
	require.Equal(t, badge{Text: "Venter på svar"}, badgeOf(k.Forloeb, closes.Add(-soon-time.Second)))
	require.Equal(t, badge{"Venter på svar", "warning"}, badgeOf(k.Forloeb, closes.Add(-soon+time.Second)))
	resting := caseAt(exampleAnna, func(k *staffCase) { held(k, 4); k.Status = forloeb.AwaitingEvaluation })
	require.Equal(t, badge{Text: "Hviler til 18.5.2027"}, badgeOf(resting.Forloeb, resting.Now))
	paused := forloeb.ListRow{Status: forloeb.InProgress, Settled: true, Now: k.Now, Waiting: forloeb.Waiting{Key: forloeb.WaitPaused, Next: at(2027, 3, 1, 0, 0)}}
	require.Equal(t, badge{Text: "På pause til 1.3.2027"}, rowBadge(paused))
}
