package api

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// asBrowsersSend is the form of a page as it would be sent untouched.
func asBrowsersSend(doc *goquery.Document) url.Values {
	form := url.Values{}
	doc.Find("main form input[name], main form select[name], main form textarea[name]").Each(func(_ int, s *goquery.Selection) {
		name := s.AttrOr("name", "")
		form[name] = sent(doc, name)
	})
	return form
}

// sharedFilledIn is the form for several workplaces as sent, new each time.
func sharedFilledIn(t *testing.T, change func(*sharedApplyPage)) url.Values {
	t.Helper()
	form := asBrowsersSend(document(t, testRenderer(t), sharedApply(change)))
	form.Set("key", uuid.NewString())
	return form
}

func (w *site) appliesForMany(form url.Values) answer {
	return w.send(request{method: http.MethodPost, path: sharedApplyPath, body: form.Encode(),
		header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}})
}

func with(form url.Values, name, value string) url.Values {
	return over(form, url.Values{name: {value}})
}

func TestAWorkplaceIsAddedWithoutScriptAndNothingIsLost(t *testing.T) {
	w := newSite(t, &fakeStore{})
	form := sharedFilledIn(t, func(*sharedApplyPage) {})
	require.Len(t, form["participants-0-workplace"], 1)

	added := w.appliesForMany(with(form, "add", "1"))
	require.Equal(t, http.StatusOK, added.StatusCode)
	doc := added.document()
	now := asBrowsersSend(doc)
	for name, values := range form {
		require.Equal(t, values, now[name], name)
	}
	require.Len(t, now, len(form)+9, "one workplace more")
	require.Equal(t, []string{"740"}, now["participants-3-municipality"], "it is likely to be where the one before it is")
	require.Equal(t, 1, doc.Find("[data-test-id=place-4] h3[autofocus]").Length())
	require.Zero(t, doc.Find("[aria-invalid]").Length(), "nobody has sent it yet")

	removed := w.appliesForMany(with(now, "remove", "1"))
	require.Equal(t, http.StatusOK, removed.StatusCode)
	left := asBrowsersSend(removed.document())
	require.Equal(t, []string{"Tranemoseskolen"}, left["participants-0-workplace"])
	require.Equal(t, []string{"Plejecentret Åkanden"}, left["participants-1-workplace"])
	require.NotContains(t, left, "participants-3-workplace")
	require.Equal(t, "Børnehuset Solen er taget af listen. Der er nu 3 arbejdspladser.", said(removed.document(), "changed"))

	for _, nonsense := range []string{"-1", "7", "x"} {
		require.Equal(t, left, asBrowsersSend(w.appliesForMany(with(left, "remove", nonsense)).document()))
	}
}

// Enter sends the form, as it does on every other: the button that a browser
// takes for it is the first.
func TestEnterRemovesNoWorkplace(t *testing.T) {
	first := document(t, testRenderer(t), sharedApply(func(*sharedApplyPage) {})).Find("main form [type=submit]").First()
	require.Empty(t, first.AttrOr("name", ""))
}

func TestManyWorkplacesApplyByTheForm(t *testing.T) {
	o := withConsultants(t)
	form := sharedFilledIn(t, func(p *sharedApplyPage) { p.add() })
	sent := o.appliesForMany(form)
	require.Equal(t, http.StatusSeeOther, sent.StatusCode, sent.text)
	require.Equal(t, sent.Header.Get("Location"), o.appliesForMany(form).Header.Get("Location"), "sent twice, it is one application")

	f := o.theOnly()
	require.Equal(t, forloeb.Joint, f.Type)
	require.Equal(t, "Et godt arbejdsliv i skolerne", f.Application.Texts.Focus)
	require.Equal(t, 2, f.Quorum())
	var places []string
	for _, w := range f.Participants() {
		places = append(places, w.Name)
	}
	require.Equal(t, []string{"Tranemoseskolen", "Børnehuset Solen", "Plejecentret Åkanden"}, places, "the one that was added and left empty is not asked")

	receipt := visit(t, o.site, sent.Header.Get("Location"))
	require.Equal(t, 2, receipt.Find("[data-test-id^=receipt-]").Length(), "the two who apply get a mail now")
	require.Equal(t, 3, receipt.Find("[data-test-id=places] li").Length())
	require.Contains(t, said(receipt, "places"), "lis.tranemose@example.dk")
}

func (o *office) theOnly() *forloeb.Forloeb {
	o.t.Helper()
	var id uuid.UUID
	require.NoError(o.t, o.env.DB.Get(&id, `select id from forloeb`))
	f, err := o.env.API.Forloeb(o.t.Context(), id)
	require.NoError(o.t, err)
	return f
}

func TestAMistakeStandsAtItsWorkplace(t *testing.T) {
	o := newOffice(t)
	wrong := o.appliesForMany(sharedFilledIn(t, func(p *sharedApplyPage) {
		p.Places[2].RepEmail, p.Places[0].LeaderName, p.Shared.Quorum = "rie", "", "nul"
	}))
	require.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode)
	require.Equal(t, "Fejl: Arbejdsplads 3: Skriv en mailadresse som navn@kommune.dk.", wrong.mistake("participants-2-rep_email"))
	require.Equal(t, "Fejl: Arbejdsplads 1: Skriv lederens navn.", wrong.mistake("participants-0-leader_name"))
	require.Equal(t, "Fejl: Skriv et tal fra 2 til 3, eller lad feltet stå tomt.", wrong.mistake("quorum"))
	var order []string
	wrong.document().Find("[data-test-id=errors] a").Each(func(_ int, s *goquery.Selection) { order = append(order, s.AttrOr("href", "")) })
	require.Equal(t, []string{"#participants-0-leader_name", "#participants-2-rep_email", "#quorum"}, order, "in the order of the page")
	require.Zero(t, o.acts())
}

func TestTheLongestFormIsReceived(t *testing.T) {
	o := newOffice(t)
	form := sharedFilledIn(t, func(p *sharedApplyPage) {
		many := make([]workplaceForm, mostPlaces)
		for i := range many {
			many[i] = exampleWorkplace("Børnehuset på Åvej nummer "+strconv.Itoa(i), "daycare", strconv.Itoa(i))
		}
		p.list(many)
	})
	full := o.appliesForMany(with(form, "add", "1")).document()
	require.Equal(t, mostPlaces, full.Find("fieldset.place").Length())
	require.Equal(t, http.StatusSeeOther, o.appliesForMany(form).StatusCode)
	require.Len(t, o.theOnly().Participants(), 98)
}

func TestE6TheFormAsksForAWholeBranche(t *testing.T) {
	o := newOffice(t)
	branche := func(sector string) url.Values {
		return sharedFilledIn(t, func(p *sharedApplyPage) {
			p.Form.Sector = sector
			for i := range p.Places {
				p.Places[i].Sector = ""
			}
			p.Places[2].Sector = "daycare"
		})
	}
	other := o.appliesForMany(branche("school"))
	require.Equal(t, http.StatusUnprocessableEntity, other.StatusCode)
	require.Contains(t, other.mistake("participants-2-sector"), "Arbejdsplads 3: Forløbet er for branchen Skole")

	require.Equal(t, http.StatusSeeOther, o.appliesForMany(branche("daycare")).StatusCode)
	f := o.theOnly()
	require.Equal(t, "Dagtilbud", freeze(f).Branche)
	for _, w := range f.Participants() {
		require.Equal(t, forloeb.SectorDaycare, w.Sector, "whoever is in the branche need not say so again")
	}
}

func TestTheWayFromOneWorkplaceToSeveral(t *testing.T) {
	require.Equal(t, sharedApplyPath, theForm(t).Find("[data-test-id=shared-link]").AttrOr("href", ""))
}
