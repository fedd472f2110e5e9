package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// desk is an office with the secretariat logged in.
type desk struct {
	*office
	sec jar
}

func newDesk(t *testing.T) *desk {
	o := withConsultants(t)
	return &desk{o, o.loggedIn(forloeb.RoleSecretariat, "sec@example.dk")}
}

// opens reads a page as a browser would.
func (d *desk) opens(path string) *goquery.Document {
	d.t.Helper()
	a := d.browse(d.sec, path)
	require.Equal(d.t, http.StatusOK, a.StatusCode, a.text)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.text))
	require.NoError(d.t, err)
	return doc
}

// said is the text of what a test id marks.
func said(doc *goquery.Document, id string) string {
	return plain(doc.Find(`[data-test-id="` + id + `"]`).Text())
}

// shown are the references of the list, in its order.
func shown(doc *goquery.Document) (references []string) {
	doc.Find("[data-test-id=row] th a").Each(func(_ int, s *goquery.Selection) {
		references = append(references, strings.TrimPrefix(plain(s.Text()), "Sag "))
	})
	return references
}

func tabs(doc *goquery.Document) (labels []string) {
	doc.Find("[data-test-id=views] a").Each(func(_ int, s *goquery.Selection) {
		label := plain(s.Text())
		if s.AttrOr("aria-current", "") == "page" {
			label = "[" + label + "]"
		}
		labels = append(labels, label)
	})
	return labels
}

func (d *desk) reference(id uuid.UUID) string {
	d.t.Helper()
	return d.env.Read(id).Reference
}

func (d *desk) withdrawn() uuid.UUID {
	d.t.Helper()
	id := d.env.Apply(func(s *forloeb.Submission) { s.Workplace, s.Municipality = "Nordskolen", "101" })
	d.env.Settle(id)
	p := d.env.Party(id, forloeb.Leader)
	d.env.Do(id, storetest.By(p), forloeb.Withdraw{Party: p.ID})
	d.env.Settle(id)
	return id
}

// Complaint K22.
func TestTheListFindsAForloeb(t *testing.T) {
	d := newDesk(t)
	planning := d.planning()
	fix := d.env.Apply(func(s *forloeb.Submission) { s.Themes = []forloeb.ThemeCode{forloeb.ThemeLoneWork} })
	d.env.Settle(fix)
	d.env.Answer(fix, forloeb.Leader, forloeb.Fix)
	d.env.Settle(fix)
	gone := d.withdrawn()
	ref := map[string]string{"planning": d.reference(planning), "fix": d.reference(fix), "gone": d.reference(gone)}

	doc := d.opens("/sekretariat/forloeb")
	require.Equal(t, []string{ref["fix"], ref["planning"]}, shown(doc), "what needs a person first")
	require.Equal(t, []string{"[Åbne (2)]", "Kræver handling (1)", "Lukkede (1)", "Alle (3)"}, tabs(doc))
	require.Equal(t, "Viser 2 af 2 forløb, det, der haster mest, først.", said(doc, "summary"))
	first := plain(doc.Find("[data-test-id=row]").First().Text())
	for _, want := range []string{"Tranemoseskolen", "Aarhus Kommune", "Venter på svar", "Kræver handling", "Lederen bad om en rettelse"} {
		require.Contains(t, first, want)
	}
	require.Contains(t, plain(doc.Find("[data-test-id=row]").Last().Text()), "Første møde")
	require.Contains(t, plain(doc.Find("[data-test-id=row]").Last().Text()), "Senest "+forloeb.ShortDate(d.env.Read(planning).ContactBy())+" · I god tid")
	require.Equal(t, "/sekretariat/live", doc.Find(".live-status").AttrOr("data-live", ""))

	for query, want := range map[string][]string{
		"vis=handling":                     {ref["fix"]},
		"vis=lukkede":                      {ref["gone"]},
		"vis=alle":                         {ref["fix"], ref["planning"], ref["gone"]},
		"status=planning":                  {ref["planning"]},
		"status=withdrawn":                 {ref["gone"]},
		"status=planning&vis=lukkede":      {ref["planning"]},
		"kommune=101&vis=alle":             {ref["gone"]},
		"tema=lone_work":                   {ref["fix"]},
		"handling=true":                    {ref["fix"]},
		"q=nordsk":                         {ref["gone"]},
		"q=mette&vis=aabne":                {ref["fix"], ref["planning"]},
		"konsulent=" + d.annaID.String():   {ref["planning"]},
		"konsulent=" + d.boID.String():     nil,
		"q=" + url.QueryEscape("100 % ny"): nil,
	} {
		require.Equal(t, want, shown(d.opens("/sekretariat/forloeb?"+query)), query)
	}
	require.NotContains(t, d.logged.String(), "nordsk", "what people search for is in no log")
}

func TestTheListGoesStraightToAReference(t *testing.T) {
	d := newDesk(t)
	id := d.withdrawn()
	d.env.Apply()
	for _, query := range []string{d.reference(id), "sag " + d.reference(id), strings.Replace(d.reference(id), "-", " ", 1)} {
		a := d.browse(d.sec, "/sekretariat/forloeb?status=planning&q="+url.QueryEscape(query))
		require.Equal(t, http.StatusSeeOther, a.StatusCode, query)
		require.Equal(t, "/sekretariat/forloeb/"+id.String(), a.Header.Get("Location"))
	}
	doc := d.opens("/sekretariat/forloeb?q=01-0000")
	require.Equal(t, "Ingen forløb passer. Søgte du på et navn, så prøv arbejdspladsen eller sagsnummeret.", said(doc, "none"))
}

func TestTheListSaysWhereThereIsAHit(t *testing.T) {
	d := newDesk(t)
	doc := d.opens("/sekretariat/forloeb")
	require.Equal(t, "Der er ingen forløb endnu.", said(doc, "none"))
	require.Empty(t, said(doc, "summary"))

	gone := d.withdrawn()
	doc = d.opens("/sekretariat/forloeb?vis=aabne&kommune=101")
	require.Equal(t, "Ingen forløb passer.", said(doc, "none"))
	widen := doc.Find("[data-test-id=widen]")
	require.Equal(t, "Se det ene forløb, der ellers passer", plain(widen.Text()))
	require.Equal(t, []string{d.reference(gone)}, shown(d.opens(widen.AttrOr("href", ""))))
	require.Equal(t, "Der er ikke noget her.", said(d.opens("/sekretariat/forloeb?vis=handling"), "none"))
}

func TestTheListIgnoresWhatItDoesNotKnow(t *testing.T) {
	d := newDesk(t)
	id := d.planning()
	for query, named := range map[string]string{
		"status=perhaps":                     "status",
		"kommune=0101":                       "kommune",
		"tema=weather":                       "tema",
		"konsulent=" + uuid.NewString():      "konsulent",
		"vis=mine":                           "visning",
		"fra=nonsense":                       "det sted i listen, du kom fra",
		"status=x&tema=y":                    "status og tema",
		"q=" + strings.Repeat("a", 101):      "søgningen, som er længere end 100 tegn",
		"kommune=%00&q=%00%ff&fra=%00&x=%00": "kommune og det sted i listen, du kom fra",
	} {
		doc := d.opens("/sekretariat/forloeb?" + query)
		require.Equal(t, "Vi kunne ikke bruge noget i adressen: "+named+". Listen er vist uden.", said(doc, "ignored"), query)
		require.Equal(t, []string{d.reference(id)}, shown(doc), query)
	}
	require.Empty(t, said(d.opens("/sekretariat/forloeb?status=&kommune=&q="), "ignored"), "an empty field asks for nothing")
}

func TestTheListTurnsItsPages(t *testing.T) {
	d := newDesk(t)
	d.env.Many(120)
	seen := map[string]bool{}
	doc := d.opens("/sekretariat/forloeb?kommune=751")
	for _, summary := range []string{"Viser 50 af 120", "Viser de næste 50 af 120", "Viser de sidste 20 af 120"} {
		require.Equal(t, summary+" forløb, det, der haster mest, først.", said(doc, "summary"))
		for _, reference := range shown(doc) {
			require.False(t, seen[reference])
			seen[reference] = true
		}
		_, partial := doc.Find("[data-live-list]").Attr("data-live-partial")
		require.True(t, partial)
		if next, more := doc.Find("[data-test-id=next]").Attr("href"); more {
			require.Contains(t, next, "kommune=751")
			doc = d.opens(next)
		}
	}
	require.Len(t, seen, 120)
	require.Equal(t, "/sekretariat/forloeb?kommune=751", doc.Find("[data-test-id=first]").AttrOr("href", ""))
}

// What is in the form comes back in it, and each tab keeps the search.
func TestTheListKeepsWhatWasAskedFor(t *testing.T) {
	d := newDesk(t)
	d.planning()
	query := url.Values{"q": {"Mette"}, "status": {"planning"}, "kommune": {"751"}, "tema": {"cooperation"}, "konsulent": {d.annaID.String()}, "handling": {"true"}, "vis": {"alle"}}
	doc := d.opens("/sekretariat/forloeb?" + query.Encode())
	form := doc.Find("[data-test-id=filters]")
	for name, value := range query {
		field := form.Find(fmt.Sprintf(`[name=%s]`, name))
		if field.Is("select") {
			field = field.Find("[selected]")
		}
		require.Equal(t, value[0], field.AttrOr("value", ""), name)
	}
	_, open := form.Find("details").Attr("open")
	require.True(t, open)
	doc.Find("[data-test-id=views] a").Each(func(_ int, s *goquery.Selection) {
		address, err := url.Parse(s.AttrOr("href", ""))
		require.NoError(t, err)
		require.Equal(t, "Mette", address.Query().Get("q"))
		require.Empty(t, address.Query().Get("status"), "its number counts every status")
	})
	require.Equal(t, "/sekretariat/forloeb?vis=alle", doc.Find("[data-test-id=clear]").AttrOr("href", ""))
	_, open = d.opens("/sekretariat/forloeb").Find("[data-test-id=filters] details").Attr("open")
	require.False(t, open)
}
