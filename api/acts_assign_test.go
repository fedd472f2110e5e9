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

func TestTheSecretariatChoosesAConsultant(t *testing.T) {
	d := newClerk(t)
	id := d.chosenByHand()
	page := casePath(id) + "/tildel"
	d.env.Exec(`update consultants set capacity = 5 where id = $1`, d.boID) // Bo has one forløb less to go

	doc := d.browse(d.j, page).document()
	rows := doc.Find("[data-test-id=candidate]")
	require.Equal(t, 2, rows.Length())
	require.Contains(t, plain(rows.First().Text()), "Foreslået")
	require.Equal(t, 1, doc.Find("main .badge:contains(Foreslået)").Length())
	require.Zero(t, doc.Find("main [type=radio][checked]").Length(), "nobody is chosen beforehand")
	first, second := rows.First().Find("input").AttrOr("value", ""), rows.Last().Find("input").AttrOr("value", "")

	for _, c := range []struct{ consultant, reason, field, text string }{
		{"", "", "consultant", "Vælg en konsulent."},
		{uuid.NewString(), "x", "consultant", "Vælg en konsulent."},
		{second, " ", "reason", "Skriv hvorfor."},
	} {
		got := d.sends(page, url.Values{"consultant": {c.consultant}, "reason": {c.reason}})
		require.Equal(t, http.StatusUnprocessableEntity, got.StatusCode)
		require.Contains(t, got.mistake(c.field), c.text)
	}
	require.Nil(t, d.env.Read(id).Chosen())

	done := d.sends(page, url.Values{"consultant": {first}})
	require.Equal(t, casePath(id)+"?klar=tildel", done.Header.Get("Location"), done.text)
	require.Equal(t, first, d.env.Read(id).Chosen().ID.String())
	d.env.Settle(id)

	changed := d.browse(d.j, page)
	require.Contains(t, changed.text, "Skift konsulent")
	require.NotContains(t, changed.text, "Aftalte møder", "there are none yet")
	require.Equal(t, 1, changed.document().Find("[data-test-id=candidate]").Length(), "who has the forløb cannot be changed to")
	require.Contains(t, d.sends(page, url.Values{"consultant": {second}}).mistake("reason"), "Skriv hvorfor.")
	done = d.sends(page, url.Values{"consultant": {second}, "reason": {"Ferie."}})
	require.Equal(t, http.StatusSeeOther, done.StatusCode, done.text)
	require.Equal(t, second, d.env.Read(id).Chosen().ID.String())
}

// chosenByHand has both answers, and waits for somebody to choose.
func (d clerk) chosenByHand() uuid.UUID {
	d.t.Helper()
	id := d.env.Apply()
	d.env.Policy(id, func(p *forloeb.Policy) { p.Assignment = forloeb.Proposed })
	d.env.Settle(id)
	d.env.Agree(id)
	d.env.Settle(id)
	return id
}

func TestNobodyHasRoom(t *testing.T) {
	d := newClerk(t)
	d.env.Exec(`update consultants set capacity = 0`)
	d.env.Exec(`update consultants set themes = '{lone_work}', regions = '{nordjylland}' where id = $1`, d.annaID)
	d.env.Exec(`insert into leaves (consultant_id, days) values ($1, daterange(current_date - 1, current_date + 8))`, d.annaID)
	d.env.Consultant("Stoppet", 5)
	d.env.Exec(`update consultants set active = false where name = 'Stoppet'`)
	id := d.env.Apply()
	d.env.Settle(id)
	d.env.Agree(id)
	d.env.Settle(id)
	page := casePath(id) + "/tildel"

	shown := d.browse(d.j, page)
	require.Contains(t, shown.text, "Ingen med plads passer")
	require.Contains(t, shown.text, "Vi leder igen "+forloeb.Date(d.env.Read(id).MatchAgainAt()))
	require.Contains(t, shown.text, "Tildel alligevel")
	require.NotContains(t, shown.text, "Foreslået")
	require.NotContains(t, shown.text, "Stoppet", "who has stopped cannot log in")
	rows := shown.document().Find("[data-test-id=candidate]").Map(func(_ int, s *goquery.Selection) string { return plain(s.Text()) })
	require.Len(t, rows, 2)
	require.Regexp(t, `^Bo 0 af 0 pladser brugt Optaget Dækker begge temaer`, rows[0], "who only lacks room comes first")
	require.Regexp(t, `^Anna .* Dækker ikke samarbejde, vold og trusler ?Dækker ikke Midtjylland Ferie til og med `, rows[1])

	require.Contains(t, d.sends(page, url.Values{"consultant": {d.annaID.String()}}).mistake("reason"), "Skriv hvorfor.")
	done := d.sends(page, url.Values{"consultant": {d.annaID.String()}, "reason": {"Hun kender området."}})
	require.Equal(t, http.StatusSeeOther, done.StatusCode, done.text)
	require.Equal(t, d.annaID, d.env.Read(id).Chosen().ID)
}

// Matching may find somebody while a person chooses: then it is a change, and
// they are told.
func TestMatchingIsFirst(t *testing.T) {
	d := newClerk(t)
	d.env.Exec(`update consultants set capacity = 0`)
	id := d.env.Apply()
	d.env.Settle(id)
	d.env.Agree(id)
	d.env.Settle(id)
	page := casePath(id) + "/tildel"
	typed := over(d.opens(page), url.Values{"consultant": {d.boID.String()}, "reason": {"Han kender området."}})
	d.env.Exec(`update consultants set capacity = 5 where id = $1`, d.annaID)
	d.env.RunTo(id, d.env.Now(id).AddDate(0, 0, 5))
	require.Equal(t, d.annaID, d.env.Read(id).Chosen().ID)

	got := d.submit(d.j, page, typed)
	require.Equal(t, http.StatusConflict, got.StatusCode)
	require.Contains(t, got.text, "Anna fik forløbet kl.")
	require.Contains(t, got.text, "Han kender området.")
	require.Equal(t, d.annaID, d.env.Read(id).Chosen().ID)
	again := over(typed, url.Values{"version": sent(got.document(), "version")})
	require.Equal(t, http.StatusSeeOther, d.submit(d.j, page, again).StatusCode)
	require.Equal(t, d.boID, d.env.Read(id).Chosen().ID)
}

// What the page offered may be gone under the lock.
func TestTheLastPlaceIsTaken(t *testing.T) {
	d := newClerk(t)
	id := d.chosenByHand()
	page := casePath(id) + "/tildel"
	typed := over(d.opens(page), url.Values{"consultant": {d.annaID.String()}})
	d.env.Exec(`update consultants set capacity = 0`)
	got := d.submit(d.j, page, typed)
	require.Equal(t, http.StatusUnprocessableEntity, got.StatusCode)
	require.NotEmpty(t, got.mistake("reason"), "nobody fits any more, so there is a reason to write")
	require.Contains(t, got.text, "Ingen med plads passer")
}

func TestThereIsNothingToAssign(t *testing.T) {
	d := newClerk(t)
	id := d.env.Apply()
	d.env.Settle(id)
	d.browse(d.j, casePath(id)+"/tildel").message(http.StatusConflict, "Det kan ikke lade sig gøre nu")
}
