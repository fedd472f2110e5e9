package api

import (
	"errors"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// nextWeek is the day on which the intake opens again in these tests.
func nextWeek() time.Time {
	at := time.Now().In(forloeb.Copenhagen).AddDate(0, 0, 7)
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, forloeb.Copenhagen)
}

// closes closes the programme's intake until next week.
func (o *office) closes() {
	o.t.Helper()
	a := o.does(http.MethodPost, "/programmes/spark/intake", fields{
		"state": "closed", "until": nextWeek().AddDate(0, 0, -1).Format(time.DateOnly), "notice": "Alle konsulenter er optaget.",
	})
	require.Equal(o.t, http.StatusOK, a.StatusCode, a.text)
}

func (o *office) opens() {
	o.t.Helper()
	a := o.does(http.MethodPost, "/programmes/spark/intake", fields{"state": "open"})
	require.Equal(o.t, http.StatusOK, a.StatusCode, a.text)
}

// It is said on the front page and above both forms before anything is typed,
// with the reason and the day.
func TestAClosedIntakeIsSaidBeforeTheForm(t *testing.T) {
	o := newOffice(t)
	require.Empty(t, said(visit(t, o.site, "/ansoegning"), "closed"))
	o.closes()
	want := "Vi tager ikke imod nye ansøgninger lige nu Alle konsulenter er optaget. Vi åbner igen " + forloeb.Date(nextWeek()) + ". Forløb, der er i gang, fortsætter."
	for _, path := range []string{"/", "/ansoegning", sharedApplyPath} {
		doc := visit(t, o.site, path)
		require.Equal(t, want, said(doc, "closed"), path)
		require.Zero(t, doc.Find("[data-test-id=apply-form] [data-test-id=closed]").Length(), "above the form")
	}
	front := visit(t, o.site, "/")
	require.Equal(t, "Se, hvornår I kan søge", said(front, "apply-link"))
	require.Zero(t, front.Find(".button-primary").Length())
	o.opens()
	require.Equal(t, "Søg om et forløb", said(visit(t, o.site, "/"), "apply-link"))
}

// A form that was opened before and is sent after is given back whole. When it
// is sent again after the opening, with the key it has, it arrives.
func TestAFormSentTooLateIsGivenBack(t *testing.T) {
	o := newOffice(t)
	before := filledIn()
	require.Equal(t, http.StatusSeeOther, o.applies(before).StatusCode)
	receipt := o.applies(before).Header.Get("Location")
	late := filledIn()
	o.closes()
	a := o.applies(late)
	require.Equal(t, http.StatusConflict, a.StatusCode)
	doc := parsed(t, a)
	require.Contains(t, said(doc, "wait"), "Vi tager ikke imod nye ansøgninger lige nu. Vi åbner igen "+forloeb.Date(nextWeek())+".")
	require.Contains(t, said(doc, "wait"), "Det, du har skrevet, er her stadig.")
	require.Empty(t, said(doc, "closed"), "it is said once")
	require.Equal(t, "Ikke sendt: Søg om et forløb – SPARK", plain(doc.Find("title").Text()))
	for name, values := range late {
		for _, value := range values {
			require.Contains(t, sent(doc, name), value, name)
		}
	}
	require.Equal(t, receipt, o.applies(before).Header.Get("Location"), "what arrived before has its receipt")
	o.opens()
	require.Equal(t, http.StatusSeeOther, o.applies(late).StatusCode)
}

// Programs are refused with the day and the words for people.
func TestTheAPIRefusesWhileTheIntakeIsClosed(t *testing.T) {
	o := newOffice(t)
	before, body := uuid.NewString(), application(t)
	require.Equal(t, http.StatusCreated, o.apply(before, body).StatusCode)
	o.closes()
	p := o.refused(o.apply(uuid.NewString(), application(t)), http.StatusConflict, forloeb.RefuseIntakeClosed)
	require.Equal(t, nextWeek().Format(time.DateOnly), p.Opens)
	require.Equal(t, "Alle konsulenter er optaget.", p.Notice)
	require.Equal(t, http.StatusOK, o.apply(before, body).StatusCode, "it was received")
	var list listOf[programmeDocument]
	o.get("/api/v1/programmes", "").into(http.StatusOK, &list)
	require.Equal(t, intakeDocument{
		Opens: nextWeek().Format(time.DateOnly), State: forloeb.IntakeClosed, Until: nextWeek().AddDate(0, 0, -1).Format(time.DateOnly),
		Notice: "Alle konsulenter er optaget.",
	}, list.Items[0].Intake)
	o.opens()
	require.Equal(t, http.StatusCreated, o.apply(uuid.NewString(), application(t)).StatusCode)
}

func TestSetIntake(t *testing.T) {
	o := withConsultants(t)
	set := func(programme string, body fields) answer {
		return o.does(http.MethodPost, "/programmes/"+programme+"/intake", body)
	}
	var d programmeDocument
	set("spark", fields{"state": "closed", "from": "2040-01-01", "until": "2040-01-31"}).into(http.StatusOK, &d)
	require.Equal(t, intakeDocument{Open: true, State: forloeb.IntakeClosed, From: "2040-01-01", Until: "2040-01-31"}, d.Intake)
	d = programmeDocument{}
	set("spark", fields{"state": "agreed"}).into(http.StatusOK, &d)
	require.Equal(t, intakeDocument{Open: true, State: forloeb.IntakeAgreed}, d.Intake)

	set("nothing", fields{"state": "open"}).problem(http.StatusNotFound, "not_found")
	p := set("spark", fields{"state": "closed", "from": "1-1-2040", "until": "2020-01-01"}).problem(http.StatusUnprocessableEntity, "invalid")
	require.Equal(t, []ProblemError{
		{Pointer: "#/from", Code: "bad_date", Detail: "A date such as 2027-03-11."},
		{Pointer: "#/until", Code: "ends_too_soon", Detail: "The last day must neither come before the first nor be over."},
	}, p.Errors)
	o.as(o.anna, http.MethodPost, "/programmes/spark/intake", fields{"state": "open"}).problem(http.StatusForbidden, "forbidden")
	require.Equal(t, 2, o.env.Count(`select count(*) from intakes`))
}

// When nobody can tell what is decided, the pages are shown as agreed.
func TestAnIntakeThatCannotBeReadStopsNobody(t *testing.T) {
	store := &fakeStore{fails: errors.New("away")}
	w := newSite(t, store)
	require.Empty(t, said(visit(t, w, "/"), "closed"))
	require.NotContains(t, w.logged.String(), "away")
}

// Nor is an application refused then: who is told that a programme is closed
// does not come back, and it may have been opened.
func TestAnApplicationIsNotRefusedForWhatCannotBeRead(t *testing.T) {
	w := newSite(t, &fakeStore{fails: errors.New("away")})
	require.Equal(t, http.StatusInternalServerError, w.posts(regionalApplyPath, regionalFilledIn(t, func(*regionalApplyPage) {})).StatusCode)
	sent := w.send(request{method: http.MethodPost, path: "/api/v1/applications", body: application(t, makeRegional),
		header: map[string]string{"Idempotency-Key": uuid.NewString()}})
	require.Equal(t, http.StatusInternalServerError, sent.StatusCode)
}

// The secretariat sees what the public will, and what follows, before it is
// saved; then who decided it stands on the page.
func TestTheSecretariatClosesTheIntake(t *testing.T) {
	o := newOffice(t)
	cookies := o.loggedIn(forloeb.RoleHead, "head@example.dk")
	page := func(path string) *goquery.Document {
		t.Helper()
		a := o.send(request{method: http.MethodGet, path: path, header: cookies.header()})
		require.Equal(t, http.StatusOK, a.StatusCode, a.text)
		return parsed(t, a)
	}
	send := func(form url.Values) answer {
		header := cookies.header()
		header["Content-Type"], header["Sec-Fetch-Site"] = "application/x-www-form-urlencoded", "same-origin"
		return o.send(request{method: http.MethodPost, path: intakesPath + "/spark", body: form.Encode(), header: header})
	}
	require.Equal(t, intakesPath, page("/sekretariat/").Find("[data-test-id=intakes-link]").AttrOr("href", ""))
	to := page(intakesPath).Find("[data-test-id=change]").First().AttrOr("href", "")
	require.Equal(t, "agreed", page(to).Find("input[checked]").AttrOr("value", ""))

	wrong := send(url.Values{"state": {"closed"}, "until": {"i morgen"}, "act": {"save"}})
	require.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode)
	require.Contains(t, said(parsed(t, wrong), "until-error"), "Skriv datoen som 11-3-2027.")

	form := url.Values{"state": {"closed"}, "until": {forloeb.ShortDate(nextWeek().AddDate(0, 0, -1))}, "notice": {"Vi holder sommerferie."}}
	preview := send(form)
	require.Equal(t, http.StatusOK, preview.StatusCode, preview.text)
	shown := parsed(t, preview)
	require.Contains(t, said(shown, "closed"), "Vi holder sommerferie. Vi åbner igen "+forloeb.Date(nextWeek()))
	require.Contains(t, said(shown, "preview"), "Ansøgninger, der venter på svar, fortsætter")
	require.Zero(t, o.env.Count(`select count(*) from intakes`), "a preview changes nothing")

	form.Set("act", "save")
	saved := send(form)
	require.Equal(t, http.StatusSeeOther, saved.StatusCode, saved.text)
	list := page(saved.Header.Get("Location"))
	require.Contains(t, said(list, "told"), "Vi holder sommerferie.")
	require.Regexp(t, `^Besluttet .* af head\.$`, said(list, "by"))
	require.Contains(t, said(visit(t, o.site, "/"), "closed"), "Vi holder sommerferie.")
	require.Equal(t, "closed", page(to).Find("input[checked]").AttrOr("value", ""))

	gone := o.send(request{method: http.MethodGet, path: intakesPath + "/nothing", header: cookies.header()})
	require.Equal(t, http.StatusNotFound, gone.StatusCode)
}
