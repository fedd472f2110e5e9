package api

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"
)

// guided walks the guide by its pages: one answer a page, as a browser sends
// it, and "" for none.
func guided(t *testing.T, w *site, answers ...string) *goquery.Document {
	t.Helper()
	doc := visit(t, w, guidePath)
	for _, answer := range answers {
		query := url.Values{}
		doc.Find("[data-test-id=guide] input[type=hidden]").Each(func(_ int, s *goquery.Selection) {
			query.Set(s.AttrOr("name", ""), s.AttrOr("value", ""))
		})
		if answer != "" {
			choice := doc.Find("[data-test-id=guide] input[type=radio][value='" + answer + "']")
			require.Equal(t, 1, choice.Length(), answer)
			query.Set(choice.AttrOr("name", ""), answer)
		}
		doc = visit(t, w, guidePath+"?"+query.Encode())
	}
	return doc
}

func TestEveryWayThroughTheGuideEnds(t *testing.T) {
	w := newSite(t, &fakeStore{})
	var ends []string
	var walk func(answers []string)
	walk = func(answers []string) {
		require.LessOrEqual(t, len(answers), 4, "at most four questions")
		doc := guided(t, w, answers...)
		if doc.Find("[data-test-id=advice]").Length() > 0 {
			ends = append(ends, said(doc, "advice"))
			return
		}
		require.Equal(t, "Spørgsmål "+string(rune('1'+len(answers)))+" af 4", said(doc, "step"))
		doc.Find("[data-test-id=guide] input[type=radio]").Each(func(_ int, s *goquery.Selection) {
			walk(append(slices.Clone(answers), s.AttrOr("value", "")))
		})
	}
	walk(nil)
	count := map[string]int{}
	for _, end := range ends {
		count[end]++
	}
	require.Equal(t, map[string]int{
		"Få hjælp med det samme": 1, "SPARK er for kommuner": 1, "SPARK er kun for kommunale arbejdspladser": 1,
		"Giv stafetten videre": 2, "SPARK er noget for jer": 2, "Søg et fællesforløb": 2,
	}, count, "every end")
}

func TestTheGuideLeadsToTheForm(t *testing.T) {
	w := newSite(t, &fakeStore{})
	require.Equal(t, guidePath, visit(t, w, "/").Find("[data-test-id=guide-link]").AttrOr("href", ""))
	end := guided(t, w, "nej", "kommune", "leder", "en")
	require.Equal(t, "/ansoegning", end.Find("[data-test-id=way-on]").AttrOr("href", ""))
	end = guided(t, w, "nej", "kommune", "repraesentant", "flere")
	require.Equal(t, sharedApplyPath, end.Find("[data-test-id=way-on]").AttrOr("href", ""))
	require.Equal(t, "/#akut", guided(t, w, "ja").Find("[data-test-id=way-on]").AttrOr("href", ""))
}

func TestTheGuideAsksAgainWhatWasNotAnswered(t *testing.T) {
	w := newSite(t, &fakeStore{})
	require.Empty(t, said(guided(t, w, "nej"), "errors"), "nothing was sent yet")
	again := guided(t, w, "nej", "")
	require.Contains(t, said(again, "sted-group"), "Vælg et svar, før du går videre.")
	require.Equal(t, "Spørgsmål 2 af 4", said(again, "step"))
	require.Equal(t, "Spørgsmål 1 af 4", said(visit(t, w, guidePath+"?haster=maaske&sted=kommune"), "step"), "what is not an answer is asked")
}

// Going back shows the answer that was given, whether by the link or the
// browser's own button.
func TestTheGuideGoesBack(t *testing.T) {
	w := newSite(t, &fakeStore{})
	doc := guided(t, w, "nej", "kommune", "hr")
	for number := 3; number >= 1; number-- {
		doc = visit(t, w, doc.Find(".back-link").AttrOr("href", ""))
		require.Equal(t, "Spørgsmål "+string(rune('0'+number))+" af 4", said(doc, "step"))
		require.Equal(t, []string{"", "nej", "kommune", "hr"}[number], doc.Find("input[checked]").AttrOr("value", ""))
	}
	require.Equal(t, "/", doc.Find(".back-link").AttrOr("href", ""))
}

func TestA1RegionsAreToldWhereToGo(t *testing.T) {
	w := newSite(t, &fakeStore{})
	form := visit(t, w, "/ansoegning")
	to := form.Find("[data-test-id=elsewhere] a").AttrOr("href", "")
	require.Equal(t, guidedTo(t, w, to), "SPARK er for kommuner")
	require.Equal(t, guidedTo(t, w, guidePath+"?haster=nej&sted=andet"), "SPARK er kun for kommunale arbejdspladser")
}

func guidedTo(t *testing.T, w *site, address string) string {
	return said(visit(t, w, address), "advice")
}

// HR and colleagues are given an address to pass on, and a mail to do it with.
func TestE14OthersPassItOn(t *testing.T) {
	w := newSite(t, &fakeStore{})
	for _, who := range []string{"hr", "medarbejder"} {
		doc := guided(t, w, "nej", "kommune", who)
		address := doc.Find("[data-test-id=address]")
		require.Equal(t, testBaseURL+"/", address.AttrOr("value", ""))
		_, readonly := address.Attr("readonly")
		require.True(t, readonly)
		mail, err := url.Parse(doc.Find("[data-test-id=mail]").AttrOr("href", ""))
		require.NoError(t, err)
		require.Equal(t, "mailto", mail.Scheme)
		require.Contains(t, mail.Query().Get("body"), testBaseURL)
		require.Contains(t, plain(doc.Text()), "Du bliver ikke selv part")
	}
}

// The guide keeps nothing and knows nobody: no cookie, no row.
func TestTheGuideKeepsNothing(t *testing.T) {
	store := &fakeStore{}
	w := newSite(t, store)
	a := w.get(guidePath+"?"+strings.Join([]string{"haster=nej", "sted=kommune", "rolle=hr"}, "&"), "")
	require.Equal(t, http.StatusOK, a.StatusCode)
	require.Empty(t, a.Cookies())
	require.Zero(t, store.calls)
}
