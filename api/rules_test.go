package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// The tests in this file are named after the lines of the source documents:
// docs/programme.md has a row for each.

// visit is a page of the product as a visitor gets it.
func visit(t *testing.T, w *site, path string) *goquery.Document {
	t.Helper()
	a := w.get(path, "")
	require.Equal(t, http.StatusOK, a.StatusCode, a.text)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.text))
	require.NoError(t, err)
	return doc
}

func theForm(t *testing.T) *goquery.Document {
	return visit(t, newSite(t, &fakeStore{}), "/ansoegning")
}

// askedToConfirm is the page on which a party answers.
func askedToConfirm(t *testing.T) *goquery.Document {
	f, p := mettes()
	f.Programme, f.Type, f.Status, f.Policy = forloeb.Spark, forloeb.Individual, forloeb.AwaitingConsent, forloeb.DefaultPolicy
	f.Application = forloeb.Application{Revision: 1, StartedBy: forloeb.StartedByOther, Body: forloeb.Trio, At: f.CreatedAt}
	f.Parties = append(f.Parties, forloeb.Party{ID: uuid.New(), WorkplaceID: p.WorkplaceID, Side: forloeb.Rep, Role: forloeb.RoleAMR,
		LinkVersion: 1, Contact: forloeb.Contact{Name: "Amir Dahl", Email: "amir@example.dk"}})
	w := newSite(t, &fakeStore{forloeb: map[uuid.UUID]*forloeb.Forloeb{f.ID: f}})
	return visit(t, w, "/samtykke/"+w.links.Token(link.Consent, p.ID, p.LinkVersion))
}

// explained is what stands beside a field, its label and its hints.
func explained(t *testing.T, doc *goquery.Document, id string) string {
	t.Helper()
	field := doc.Find("[data-test-id='" + id + "']")
	require.Equal(t, 1, field.Length(), id)
	text := doc.Find("label[for='" + field.AttrOr("id", "") + "']").Text()
	for _, hint := range strings.Fields(field.AttrOr("aria-describedby", "")) {
		text += " " + doc.Find("#"+hint).Text()
	}
	return plain(text)
}

func TestA5TheFormAsksAboutTheCoreTask(t *testing.T) {
	require.Contains(t, explained(t, theForm(t), "situation"), "kerneopgaven")
	p := applyWith(func(p *applyPage) {
		p.Form = exampleForm()
		p.Form.Situation = ""
		p.explain(p.Form.submission(forloeb.Spark, forloeb.Individual).Check(exampleApplied), nil)
	})
	require.NotEmpty(t, said(document(t, testRenderer(t), p), "situation-error"))
}

// What they want changed is asked for and may be left out; both parties read it.
func TestC17TheFormAsksWhatTheyWantChanged(t *testing.T) {
	require.Contains(t, explained(t, theForm(t), "change_goal"), "Hvad vil I gerne have forandret? (frivilligt)")
	p := &consentPage{Application: exampleFrozen, Declarations: exampleDeclarations()}
	require.Contains(t, plain(document(t, testRenderer(t), p).Text()), "Det vil vi have forandret"+exampleFrozen.ChangeGoal)
}

// The head may do whatever the secretariat may, and something of its own.
func TestA7TheSecretariatHasAHead(t *testing.T) {
	own := 0
	for _, r := range newSite(t, &fakeStore{}).routes() {
		switch member, head := slices.Contains(r.policy.roles, forloeb.RoleSecretariat), slices.Contains(r.policy.roles, forloeb.RoleHead); {
		case member:
			require.True(t, head, r.path)
		case head && !slices.Contains(r.policy.roles, forloeb.RoleConsultant):
			own++
		}
	}
	require.NotZero(t, own)
}

func TestA8NotACrisisResponse(t *testing.T) {
	const not = `ikke (er )?krisehjælp`
	w := newSite(t, &fakeStore{})
	front := visit(t, w, "/")
	require.Regexp(t, not, said(front, "urgent"))
	require.Equal(t, 1, front.Find("#akut").Length(), "and where else there is help")
	for _, form := range []*goquery.Document{
		visit(t, w, "/ansoegning"), visit(t, w, sharedApplyPath), document(t, testRenderer(t), newRegionalApplyPage(regional(), exampleApplied)),
	} {
		require.Regexp(t, not, said(form, "urgent"))
		require.Regexp(t, not, said(form, "declarations"))
	}
	require.Regexp(t, not, said(askedToConfirm(t), "declarations"))
}

func TestA9TheFormDoesNotAskForAProblem(t *testing.T) {
	require.Contains(t, said(theForm(t), "themes-group"), "I behøver ikke have et problem")
}

func TestA14TheFormSaysWhomViolenceComesFrom(t *testing.T) {
	beside := explained(t, theForm(t), "themes-violence_threats")
	for _, whom := range []string{"borgere", "brugere", "beboere"} {
		require.Contains(t, beside, whom)
	}
}

// The addresses are short, and one leads to the other.
func TestA27TheWayInIsShort(t *testing.T) {
	w := newSite(t, &fakeStore{})
	to := visit(t, w, "/").Find("[data-test-id=apply-link]").AttrOr("href", "")
	require.Equal(t, "/ansoegning", to)
	require.Equal(t, to, visit(t, w, to).Find("[data-test-id=apply-form]").AttrOr("action", ""))
}

// The line under the programme's name is that it costs nothing, and no page
// goes without: form, receipt, consent, status, meeting and evaluation.
func TestC20NoPageHidesThatItIsFree(t *testing.T) {
	eachExample(t, func(t *testing.T, doc *goquery.Document, e example) {
		if e.page.base().Frame == nil {
			require.Regexp(t, "Gratis for (kommunale|regionale) arbejdspladser", plain(doc.Find("header").Text()))
		}
	})
}

func TestC21BothAcceptToSpendTime(t *testing.T) {
	for _, page := range []*goquery.Document{theForm(t), askedToConfirm(t)} {
		require.Contains(t, said(page, "declarations"), "bruger tid og kræfter på forløbet")
	}
}

func TestC22BothAcceptToTakePartInTheEvaluation(t *testing.T) {
	for _, page := range []*goquery.Document{theForm(t), askedToConfirm(t)} {
		require.Regexp(t, `svarer på SPARKs spørgeskema tre måneder efter`, said(page, "declarations"))
	}
}

func TestD2HarassmentCoversBullyingAndComesFromAnywhere(t *testing.T) {
	beside := explained(t, theForm(t), "themes-harassment")
	for _, part := range []string{"mobning", "seksuel chikane", "borgere", "pårørende", "internt"} {
		require.Contains(t, beside, part)
	}
}

func TestD5TheFormSaysWherePeopleWorkAlone(t *testing.T) {
	beside := explained(t, theForm(t), "themes-lone_work")
	for _, where := range []string{"pleje", "rengøring", "vagtarbejde"} {
		require.Contains(t, beside, where)
	}
}

// Four can be ticked until the last day of September 2018, six from the day
// after; the form says when the two come.
func TestD8SixThemesByTheirNames(t *testing.T) {
	four := []string{"Forandringer og omstillinger", "Samarbejde", "Vold og trusler", "Arbejdets indhold, omfang og udførelse"}
	two := []string{"Alenearbejde", "Chikane, herunder mobning og seksuel chikane"}
	last := at(2018, time.September, 30, 23, 59)
	before, after := newApplyPage(exampleProgramme(), last), newApplyPage(exampleProgramme(), last.Add(time.Minute))
	require.Equal(t, four, offered(t, before))
	require.Equal(t, slices.Concat(four, two), offered(t, after))
	notices := said(document(t, testRenderer(t), before), "notices")
	for _, theme := range two {
		require.Contains(t, notices, "Temaet "+theme+" kan søges fra mandag den 1. oktober 2018.")
	}
	require.Equal(t, slices.Concat(four, two), theForm(t).Find("[data-test-id=themes-group] label").Map(text))
}

func offered(t *testing.T, p *applyPage) []string {
	return document(t, testRenderer(t), p).Find("[data-test-id=themes-group] label").Map(text)
}

func text(_ int, s *goquery.Selection) string { return plain(s.Text()) }

// What can be ticked is themes and the declaration: nobody is signed up for
// anything else on the way.
func TestD11FreeAndNoNewsletter(t *testing.T) {
	front := visit(t, newSite(t, &fakeStore{}), "/")
	require.Contains(t, plain(front.Find("h1").Text()), "Gratis")
	names := map[string]bool{}
	theForm(t).Find("input[type=checkbox]").Each(func(_ int, s *goquery.Selection) { names[s.AttrOr("name", "")] = true })
	require.Equal(t, map[string]bool{"themes": true, "declared": true}, names)
}
