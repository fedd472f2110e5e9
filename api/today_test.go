package api

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// waitsFor lists the groups of the morning page as they are headed.
func waitsFor(doc *goquery.Document) (headings []string) {
	doc.Find("[data-test-id=group] h2").Each(func(_ int, s *goquery.Selection) { headings = append(headings, plain(s.Text())) })
	return headings
}

// fixAsked is a forløb whose leader wants the application corrected.
func (d *desk) fixAsked() uuid.UUID {
	d.t.Helper()
	id := d.env.Apply()
	d.env.Settle(id)
	d.env.Answer(id, forloeb.Leader, forloeb.Fix)
	d.env.Settle(id)
	return id
}

// signedByAnother is one whose leader signed with another name: a flag.
func (d *desk) signedByAnother() uuid.UUID {
	d.t.Helper()
	id := d.env.Apply()
	d.env.Settle(id)
	p := d.env.Party(id, forloeb.Leader)
	d.env.Do(id, storetest.By(p), forloeb.AnswerConsent{Party: p.ID, Revision: 1, Answer: forloeb.Yes, Signature: "En helt anden", Channel: forloeb.ByLink})
	d.env.Settle(id)
	return id
}

func TestTheMorningPage(t *testing.T) {
	d := newDesk(t)
	doc := d.opens("/sekretariat/")
	require.Equal(t, "I dag, "+forloeb.Date(time.Now()), plain(doc.Find("h1").Text()))
	require.Equal(t, "Intet venter på jer lige nu. Der er ingen åbne forløb.", said(doc, "none"))
	require.Empty(t, said(doc, "count"))
	d.env.Settle(d.env.Apply())
	require.Equal(t, "Intet venter på jer lige nu. 1 forløb kører, som det skal.", said(d.opens("/sekretariat/"), "none"))
	d.env.Settle(d.env.Apply())
	require.Equal(t, "Intet venter på jer lige nu. 2 forløb kører, som de skal.", said(d.opens("/sekretariat/"), "none"))

	flag, fix := d.signedByAnother(), d.fixAsked()
	newer := d.fixAsked()
	d.env.Exec(`update tasks set opened_at = now() - interval '30 days' where forloeb_id = $1`, fix)
	doc = d.opens("/sekretariat/")
	require.Equal(t, "3 ting venter på et menneske. Resten passer sig selv.", said(doc, "count"))
	require.Equal(t, []string{"Bad om en ændring (2)", "Værd at se på (1)"}, waitsFor(doc))
	require.Equal(t, "/sekretariat/live", doc.Find(".live-status").AttrOr("data-live", ""))

	tasks := doc.Find("[data-test-id=task]")
	require.Equal(t, 3, tasks.Length())
	oldest := tasks.Eq(0)
	link := oldest.Find("h3 a")
	require.Equal(t, "/sekretariat/forloeb/"+fix.String()+"?fra=i-dag", link.AttrOr("href", ""), "the oldest first")
	require.Equal(t, "Sag "+d.reference(fix)+" · Tranemoseskolen, Aarhus Kommune", plain(link.Text()))
	require.Equal(t, "Siden "+forloeb.Since(time.Now().AddDate(0, 0, -30), time.Now()), plain(oldest.Find(".badge").Text()))
	require.True(t, oldest.Find(".badge").HasClass("badge-error"), "it was promised for long ago")
	require.Contains(t, plain(oldest.Find("[data-test-id=sentence]").Text()), "Lederen bad om en rettelse")
	require.NotZero(t, oldest.Find("a.button").Length(), "the way to settle it")
	require.Zero(t, oldest.Find("[data-test-id=close-task]").Length(), "it is settled by doing it")
	require.Equal(t, "/sekretariat/forloeb/"+newer.String()+"?fra=i-dag", tasks.Eq(1).Find("h3 a").AttrOr("href", ""))
	require.Equal(t, "Siden i dag", plain(tasks.Eq(1).Find(".badge").Text()))
	require.True(t, tasks.Eq(1).Find(".badge").HasClass("badge-info"))
	require.Contains(t, plain(tasks.Eq(2).Find("[data-test-id=sentence]").Text()), "Underskriften under svaret fra lederen")

	form := tasks.Eq(2).Find("form")
	before := d.acts()
	a := d.submit(d.sec, form.AttrOr("action", ""), url.Values{"fra": {form.Find("[name=fra]").AttrOr("value", "")}})
	require.Equal(t, http.StatusSeeOther, a.StatusCode, a.text)
	require.Equal(t, "/sekretariat/?klar=opgave", a.Header.Get("Location"), "back to the pile")
	require.Equal(t, before+1, d.acts())
	d.env.Settle(flag)
	doc = d.opens("/sekretariat/?klar=opgave")
	require.Equal(t, "2 ting venter på et menneske. Resten passer sig selv.", said(doc, "count"))
	require.Equal(t, "Opgaven er lukket.", said(doc, "just-done"))

	require.Equal(t, "Vi kunne ikke bruge noget i adressen: det sted i listen, du kom fra. Listen er vist uden.", said(d.opens("/sekretariat/?fra=nonsense"), "ignored"))
}

func TestTheMorningPageTurnsItsPages(t *testing.T) {
	d := newDesk(t)
	id := d.fixAsked()
	d.env.Exec(`insert into tasks (forloeb_id, kind, subject, opened_at) select $1, 'start', n::text, now() - make_interval(days => n) from generate_series(1, 60) n`, id)
	doc := d.opens("/sekretariat/")
	require.Equal(t, "61 ting venter på et menneske. Resten passer sig selv.", said(doc, "count"))
	require.Equal(t, []string{"Ikke begyndt i tide (60)"}, waitsFor(doc))
	require.Equal(t, 50, doc.Find("[data-test-id=task]").Length())
	_, partial := doc.Find("[data-live-list]").Attr("data-live-partial")
	require.True(t, partial)

	doc = d.opens(doc.Find("[data-test-id=next]").AttrOr("href", ""))
	require.Equal(t, []string{"Ikke begyndt i tide (60)", "Bad om en ændring (1)"}, waitsFor(doc))
	require.Equal(t, 11, doc.Find("[data-test-id=task]").Length())
	require.Zero(t, doc.Find("[data-test-id=next]").Length())
	require.Equal(t, "/sekretariat/", doc.Find("[data-test-id=first]").AttrOr("href", ""))
}

// A wound-on forløb's task is as old as its own clock says.
func TestAgeByTheForloebsOwnClock(t *testing.T) {
	d := newDesk(t)
	id := d.fixAsked()
	d.env.Wind(id, d.env.Now(id).AddDate(0, 0, 30))
	require.Contains(t, plain(d.opens("/sekretariat/").Find(".task-list .badge").Text()), "Siden "+forloeb.Since(time.Now(), time.Now().AddDate(0, 0, 30)))
}

// Every kind of task has its place on the morning page, and one alone.
func TestEveryTaskHasAGroup(t *testing.T) {
	file, err := parser.ParseFile(gotoken.NewFileSet(), "../internal/forloeb/codes.go", nil, 0)
	require.NoError(t, err)
	var kinds []forloeb.TaskKind
	ast.Inspect(file, func(n ast.Node) bool {
		if v, is := n.(*ast.ValueSpec); is && v.Type != nil && len(v.Values) == 1 {
			if name, plain := v.Type.(*ast.Ident); plain && name.Name == "TaskKind" {
				code, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
				require.NoError(t, err)
				kinds = append(kinds, forloeb.TaskKind(code))
			}
		}
		return true
	})
	require.NotEmpty(t, kinds)
	for _, kind := range kinds {
		n := 0
		for _, sort := range taskSorts {
			if slices.Contains(sort.kinds, kind) {
				n++
			}
		}
		require.Equal(t, 1, n, kind)
	}
}

func TestTheColourOfAge(t *testing.T) {
	k := exampleCase(exampleAnna) // Monday 21 December
	for days, want := range map[int]string{0: "info", 3: "info", 4: "warning", 5: "error", 60: "error"} {
		task := forloeb.Task{OpenedAt: k.Now.AddDate(0, 0, -days)}
		require.Equal(t, want, ageOf(k, task).Kind, "%d days", days)
	}
}
