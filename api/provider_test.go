package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// agency is one of NFA's people at a browser, with one forløb of NFA's, one of
// RUC's and one of SPARK's, all agreed to, and an expert or two of each.
type agency struct {
	clerk
	own, rucs, sparks uuid.UUID
	nanna, mads, ulv  uuid.UUID
}

func newAgency(t *testing.T) agency {
	t.Helper()
	d := newClerk(t)
	a := agency{clerk: clerk{d.office, d.loggedInWith(forloeb.Access{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA}, "nina@example.dk")}}
	a.nanna, a.mads = d.env.Expert("Nanna Frost", forloeb.ProviderNFA, 4), d.env.Expert("Mads Eriksen", forloeb.ProviderNFA, 4)
	a.ulv = d.env.Expert("Rune Ulv", forloeb.ProviderRUC, 4)
	agreed := func(change ...func(*forloeb.Submission)) uuid.UUID {
		id := d.env.Apply(change...)
		d.env.Settle(id)
		d.env.Agree(id)
		d.env.Settle(id)
		return id
	}
	a.own = agreed(storetest.Regional, func(s *forloeb.Submission) { s.Workplace = "Afdeling 7" })
	a.rucs = agreed(storetest.Regional, func(s *forloeb.Submission) { s.Provider, s.Workplace = forloeb.ProviderRUC, "Afdeling 8" })
	a.sparks = agreed(func(s *forloeb.Submission) { s.Workplace = "Tranemoseskolen" })
	return a
}

func (a agency) path(id uuid.UUID) string { return providerArea + "/forloeb/" + id.String() }

func (a agency) shows(path string) answer {
	a.t.Helper()
	shown := a.browse(a.j, path)
	require.Equal(a.t, http.StatusOK, shown.StatusCode, shown.text)
	for _, other := range []string{"Afdeling 8", "Tranemoseskolen", "Rune Ulv", "onsulent"} {
		require.NotContains(a.t, plain(shown.document().Find("body").Text()), other, path)
	}
	return shown
}

// C32: a provider works in its own forløb from the first day to the expert,
// in the programme's name, and meets nobody else's.
func TestC32AProviderRunsItsOwnForloeb(t *testing.T) {
	a := newAgency(t)
	today := a.shows("/udbyder/")
	require.Contains(t, today.text, "Afdeling 7")
	require.Contains(t, today.text, "1 ting venter på et menneske")
	require.Equal(t, "Ekspertrådgivning om psykisk arbejdsmiljø NFA", plain(today.document().Find("[data-test-id=staff-home]").Text()))
	require.Contains(t, plain(today.document().Find("[data-test-id=who]").First().Text()), "Udbyder (NFA)")
	require.Contains(t, today.text, "Aftalen løb til og med søndag den 31. marts 2024. I kan gøre åbne forløb færdige, men ikke få nye.")

	list := a.shows("/udbyder/forloeb?vis=alle")
	require.Equal(t, 1, list.document().Find("[data-test-id=row]").Length())
	require.Equal(t, "Vores forløb", plain(list.document().Find("h1").Text()))
	require.Contains(t, list.text, "Mangler ekspert")
	reference := a.env.Read(a.own).Reference
	require.Equal(t, a.path(a.own), a.browse(a.j, "/udbyder/forloeb?q="+reference).Header.Get("Location"))
	require.NotContains(t, a.shows("/udbyder/forloeb?vis=alle&q="+a.env.Read(a.rucs).Reference).text, a.rucs.String())

	page := a.shows(a.path(a.own))
	require.Contains(t, page.text, "Arbejdspladsen valgte jer "+forloeb.Date(a.env.Now(a.own))+". Kontakt parterne senest ")
	require.Contains(t, page.text, "Vælg ekspert")
	for _, secretariats := range []string{"Stop forløbet", "Ret ansøgningen", "Træk"} {
		require.NotContains(t, plain(page.document().Find("main").Text()), secretariats)
	}

	choose := a.path(a.own) + "/tildel"
	require.Len(t, a.shows(choose).document().Find("[data-test-id=candidate]").Nodes, 2)
	require.Equal(t, http.StatusUnprocessableEntity, a.sends(choose, url.Values{"consultant": {a.ulv.String()}}).StatusCode, "nobody else's")
	done := a.sends(choose, url.Values{"consultant": {a.mads.String()}, "reason": {"Hun kender området."}})
	require.Equal(t, http.StatusSeeOther, done.StatusCode, done.text)
	require.Contains(t, a.shows(done.Header.Get("Location")).text, "Eksperten er valgt.")
	a.env.Settle(a.own)
	require.Equal(t, forloeb.Planning, a.env.Read(a.own).Status)

	change := a.sends(choose, url.Values{"consultant": {a.nanna.String()}, "reason": {"Ferie."}})
	require.Equal(t, http.StatusSeeOther, change.StatusCode, change.text)
	a.env.Settle(a.own)
	require.Equal(t, a.nanna, a.env.Read(a.own).Consultant().ID)
	after := a.shows(a.path(a.own))
	require.Contains(t, after.text, "Mads Eriksen")
	require.Contains(t, after.text, "NFA skiftede ekspert.")
	require.Contains(t, a.shows(a.path(a.own)+"/mails").text, "Nyt forløb til eksperten")
	a.shows(a.path(a.own) + "/moeder/ny")
}

// What is not theirs is not there; what is not their business is refused.
func TestAProviderIsNotShownOthers(t *testing.T) {
	a := newAgency(t)
	for _, id := range []uuid.UUID{a.rucs, a.sparks, uuid.New()} {
		for _, path := range []string{"", "/mails", "/tildel", livePath} {
			got := a.browse(a.j, a.path(id)+path)
			require.Equal(t, http.StatusNotFound, got.StatusCode, path)
			require.Contains(t, got.text, "Du har ikke adgang, eller sagen findes ikke")
		}
	}
	for _, id := range []uuid.UUID{a.ulv, a.annaID, uuid.New()} {
		require.Equal(t, http.StatusNotFound, a.browse(a.j, expertsPath+"/"+id.String()).StatusCode)
	}
	for _, path := range []string{"/sekretariat/", "/sekretariat/tal", "/sekretariat/post", "/sekretariat/forloeb/" + a.own.String(), "/konsulent/", "/sekretariat/medarbejdere"} {
		require.Equal(t, http.StatusForbidden, a.browse(a.j, path).StatusCode, path)
	}
	token := a.tokenFor(forloeb.Principal{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA, Name: "test"})
	var rows pageOf[rowDocument]
	a.as(token, http.MethodGet, "/forloeb", nil).into(http.StatusOK, &rows)
	require.Len(t, rows.Items, 1)
	require.Equal(t, a.own, rows.Items[0].ID)
	var tasks pageOf[taskDocument]
	a.as(token, http.MethodGet, "/tasks", nil).into(http.StatusOK, &tasks)
	require.Len(t, tasks.Items, 1)
	require.Equal(t, http.StatusForbidden, a.as(token, http.MethodGet, "/statistics", nil).StatusCode)
	require.Equal(t, http.StatusNotFound, a.as(token, http.MethodPatch, "/consultants/"+a.ulv.String(), fields{"capacity": 9}).StatusCode)
	require.Equal(t, http.StatusOK, a.as(token, http.MethodPatch, "/consultants/"+a.nanna.String(), fields{"capacity": 9}).StatusCode)
}

func TestAProviderKeepsItsExperts(t *testing.T) {
	a := newAgency(t)
	list := a.shows(expertsPath)
	require.Equal(t, "Eksperter", plain(list.document().Find("h1").Text()))
	require.Contains(t, list.text, "Nanna Frost")
	saved := a.sends(expertsPath+"/"+a.nanna.String(), url.Values{"capacity": {"2"}})
	require.Equal(t, http.StatusSeeOther, saved.StatusCode, saved.text)
	require.Contains(t, a.shows(saved.Header.Get("Location")).text, "Eksperten er gemt.")

	refused := a.sends(expertsPath+"/ny", url.Values{"name": {""}, "email": {"ny@example.dk"}})
	require.Equal(t, http.StatusUnprocessableEntity, refused.StatusCode)
	require.Equal(t, "Fejl: Skriv navnet.", refused.mistake("name"))
	added := a.sends(expertsPath+"/ny", url.Values{"name": {"Ny Ekspert"}, "email": {"ny@example.dk"}})
	require.Equal(t, http.StatusSeeOther, added.StatusCode, added.text)
	require.Equal(t, 1, a.env.Count(`select count(*) from consultants where name = 'Ny Ekspert' and provider = 'nfa'`))
}

func TestADayWithoutForloebAtAProvider(t *testing.T) {
	d := newClerk(t)
	ruc := d.loggedInWith(forloeb.Access{Role: forloeb.RoleProvider, Provider: forloeb.ProviderRUC}, "rasmus@example.dk")
	require.Contains(t, d.browse(ruc, "/udbyder/").text, "I har ingen åbne forløb.")
	require.Contains(t, d.browse(ruc, "/udbyder/forloeb").text, "I har ingen forløb endnu.")
	require.Contains(t, d.browse(ruc, expertsPath).text, "Der er ingen eksperter endnu.")
	require.Contains(t, d.browse(d.j, "/sekretariat/").text, "Der er ingen åbne forløb.", "nothing is said to the secretariat of a provider")

	head := d.loggedIn(forloeb.RoleHead, "henrik@example.dk")
	require.Contains(t, d.browse(head, staffPath).text, "Udbyder (RUC)")
}
