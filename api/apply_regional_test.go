package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// regionalFilledIn is the form as sent, new each time.
func regionalFilledIn(t *testing.T, change func(*regionalApplyPage)) url.Values {
	t.Helper()
	form := asBrowsersSend(document(t, testRenderer(t), regionalApply(change)))
	form.Set("key", uuid.NewString())
	return form
}

func (w *site) appliesForARegion(form url.Values) answer {
	return w.send(request{method: http.MethodPost, path: regionalApplyPath, body: form.Encode(),
		header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}})
}

func (o *office) receivedBy(a answer) *forloeb.Forloeb {
	o.t.Helper()
	require.Equal(o.t, http.StatusSeeOther, a.StatusCode, a.text)
	var id uuid.UUID
	o.env.Get(&id, `select id from forloeb`)
	return o.env.Read(id)
}

func TestARegionalWorkplaceAppliesByTheForm(t *testing.T) {
	o := whileAgreed(newOffice(t))
	shown := visit(t, o.site, regionalApplyPath)
	require.Equal(t, "Søg om ekspertrådgivning – "+regional().Name, plain(shown.Find("title").Text()))
	require.NotRegexp(t, "SPARK|kommune|konsulent", plain(shown.Find("main form").Text()), "it is another programme")
	require.Equal(t, 4, shown.Find("[name=themes]").Length())
	require.Equal(t, 2, shown.Find("[name=provider]").Length())
	require.Equal(t, 6+1, shown.Find("[name=unit_type] option").Length())
	require.Equal(t, len(regional().Declarations), shown.Find("[data-test-id=declarations] li").Length())

	sent := o.appliesForARegion(regionalFilledIn(t, func(p *regionalApplyPage) { p.Form.Body, p.Form.BodyName = "other", "Arbejdsmiljøudvalget" }))
	f := o.receivedBy(sent)
	require.Equal(t, forloeb.Regional, f.Programme)
	require.Equal(t, forloeb.ProviderNFA, f.Provider)
	require.Equal(t, "midtjylland", f.Lead().Region)
	require.Equal(t, forloeb.UnitHospital, f.Lead().UnitType)
	require.Equal(t, "Arbejdsmiljøudvalget", freeze(f).Body)
	receipt := visit(t, o.site, sent.Header.Get("Location"))
	require.Contains(t, plain(receipt.Find("title").Text()), regional().Name)
	require.Contains(t, said(receipt, "what-happens"), "I får en ekspertNFA vælger en, når begge har sagt ja.")
}

// What it is not for comes first on the page, and first among the mistakes,
// which all are where the summary says.
func TestTheRegionalFormAsksFirstWhatItIsNotFor(t *testing.T) {
	o := whileAgreed(newOffice(t))
	shown := visit(t, o.site, regionalApplyPath)
	require.Equal(t, "exclusions-improvement_notice", shown.Find("main form [type=radio]").First().AttrOr("name", ""))
	again := o.appliesForARegion(url.Values{"key": {uuid.NewString()}})
	require.Equal(t, http.StatusUnprocessableEntity, again.StatusCode)
	doc := again.document()
	place := map[string]int{}
	doc.Find("main form [id]").Each(func(i int, field *goquery.Selection) { place["#"+field.AttrOr("id", "")] = i })
	var places []int
	doc.Find("[data-test-id=errors] a").Each(func(_ int, a *goquery.Selection) {
		require.Contains(t, place, a.AttrOr("href", ""))
		places = append(places, place[a.AttrOr("href", "")])
	})
	require.Len(t, places, 18)
	require.IsIncreasing(t, places)
	require.Equal(t, place["#exclusions-improvement_notice"], places[0])
}

func TestAYesToWhatItIsNotForSaysWhereToTurn(t *testing.T) {
	o := whileAgreed(newOffice(t))
	for i, e := range regional().Exclusions {
		form := regionalFilledIn(t, func(p *regionalApplyPage) { p.Questions[i].Answer = answeredYes })
		refused := o.appliesForARegion(form)
		require.Equal(t, http.StatusUnprocessableEntity, refused.StatusCode)
		doc := refused.document()
		require.Equal(t, "Det kan rådgivningen ikke bruges til", said(doc, "refused"))
		require.Equal(t, e.Question+" I svarede ja. "+e.Advice, plain(doc.Find("[data-test-id$=-refused]").Text()))

		back := asBrowsersSend(doc)
		back.Set("back", "1")
		again := o.appliesForARegion(back)
		require.Equal(t, http.StatusOK, again.StatusCode)
		require.Equal(t, form, asBrowsersSend(again.document()), "nothing is lost")
	}
	require.Zero(t, o.env.Count(`select count(*) from forloeb`))
}

// Wherever a regional workplace is led, it is told who tells more.
func TestC35RegionaltArbejdslivTellsMore(t *testing.T) {
	const address = "/guide?haster=nej&sted=region"
	for _, w := range []*office{newOffice(t), whileAgreed(newOffice(t))} {
		for _, path := range []string{address, regionalApplyPath} {
			link := visit(t, w.site, path).Find("[data-test-id=more] a")
			require.Equal(t, "Regionalt Arbejdsliv", link.Text(), path)
			require.Equal(t, "https://regionaltarbejdsliv.dk/", link.AttrOr("href", ""))
		}
	}
}

// The guide and the front page lead to the form while it is open. While it is
// not, the guide says so, and gives a telephone number.
func TestRegionsAreLedToTheirForm(t *testing.T) {
	closed, open := newOffice(t), whileAgreed(newOffice(t))
	shut := guided(t, closed.site, "nej", "region")
	require.Contains(t, plain(shut.Find("main").Text()), "tager ikke imod ansøgninger lige nu. Aftalen dækker til og med søndag den 31. marts 2024.")
	require.NotEmpty(t, said(shut, "call"))
	require.Zero(t, shut.Find("[data-test-id=way-on]").Length())
	require.Zero(t, visit(t, closed.site, "/").Find("[data-test-id=regional]").Length())

	require.Equal(t, regionalApplyPath, guided(t, open.site, "nej", "region").Find("[data-test-id=way-on]").AttrOr("href", ""))
	require.Equal(t, regionalApplyPath, visit(t, open.site, "/").Find("[data-test-id=regional] a").AttrOr("href", ""))
}

// Outside the agreement there is no form to fill in for nothing, unless the
// secretariat has opened it; one that was opened before is given back.
func TestTheRegionalFormIsShutOutsideTheAgreement(t *testing.T) {
	o := newOffice(t)
	shut := visit(t, o.site, regionalApplyPath)
	require.Equal(t, "Ekspertrådgivning om psykisk arbejdsmiljø tager ikke imod ansøgninger Aftalen dækker til og med søndag den 31. marts 2024. Forløb, der er i gang, fortsætter.", said(shut, "closed"))
	require.Zero(t, shut.Find("[data-test-id=apply-form]").Length())
	require.Contains(t, said(shut, "turn-to"), "Ring til Sekretariatet for ekspertrådgivningen på")

	late := regionalFilledIn(t, func(*regionalApplyPage) {})
	a := o.appliesForARegion(late)
	require.Equal(t, http.StatusConflict, a.StatusCode)
	require.Contains(t, said(a.document(), "wait"), "Det, du har skrevet, er her stadig.")
	require.Equal(t, late, asBrowsersSend(a.document()))

	a = o.does(http.MethodPost, "/programmes/regional/intake", fields{"state": "open"})
	require.Equal(t, http.StatusOK, a.StatusCode, a.text)
	require.Equal(t, 1, visit(t, o.site, regionalApplyPath).Find("[data-test-id=apply-form]").Length())
	require.Equal(t, forloeb.ProviderNFA, o.receivedBy(o.appliesForARegion(late)).Provider)
}
