package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// A view is saved under a name, found again above the list, renamed and
// deleted.
func TestAViewOfTheListIsSaved(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.env.Apply()
	d.env.Settle(id)
	require.Zero(t, d.opens(listPath).Find("[data-test-id=keep-view]").Length(), "there is nothing to keep")
	const narrowed = listPath + "?kommune=740&tema=change&status=awaiting_consent&q=Mette"
	page := d.opens(narrowed)
	form := d.opens(page.Find("[data-test-id=keep-view]").AttrOr("href", ""))
	require.Contains(t, said(form, "narrowed"), "Kommune: Silkeborg")
	require.Contains(t, said(form, "search-left-out"), "»Mette« bliver ikke gemt")
	require.Zero(t, form.Find("[name=del]").Length(), "sharing is the head's")

	sent := url.Values{"navn": {"<b>Silkeborg</b>"}, "del": {"true"}}
	form.Find("input[type=hidden]").Each(func(_ int, s *goquery.Selection) { sent.Set(s.AttrOr("name", ""), s.AttrOr("value", "")) })
	a := d.submit(d.sec, listPath+newViewPath, sent)
	require.Equal(t, http.StatusSeeOther, a.StatusCode, a.text)
	shown := d.opens(a.Header.Get("Location"))
	require.Equal(t, "<b>Silkeborg</b>", plain(shown.Find("[data-test-id=saved-views] a[aria-current=page]").Text()), "escaped, and marked")
	require.NotContains(t, said(shown, "saved-views"), "fælles")
	require.Equal(t, 1, d.env.Count(`select count(*) from saved_views where tab = 'all' and status = 'awaiting_consent' and municipality = '740' and theme = 'change' and not shared`))

	change := shown.Find("[data-test-id=keep-view]").AttrOr("href", "")
	require.Contains(t, change, savedViewsPath+"/")
	a = d.submit(d.sec, change, url.Values{"navn": {"Østjylland"}})
	require.Equal(t, http.StatusSeeOther, a.StatusCode, a.text)
	require.Contains(t, said(d.opens(listPath), "saved-views"), "Østjylland")
	drop := d.opens(change).Find("[data-test-id=drop]").Closest("form").AttrOr("action", "")
	a = d.submit(d.sec, drop, nil)
	require.Equal(t, http.StatusSeeOther, a.StatusCode, a.text)
	require.Contains(t, d.browse(d.sec, a.Header.Get("Location")).text, doneWords[doneViewDropped])
	require.Zero(t, d.opens(listPath).Find("[data-test-id=saved-views]").Length())
	require.Equal(t, http.StatusNotFound, d.submit(d.sec, change, url.Values{"navn": {"Igen"}}).StatusCode)
}

// What the database did not take is answered as that, and leads nowhere.
func TestWhatIsNotSavedLeadsNowhere(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.env.Exec(`revoke insert on saved_views from spark_api`)
	d.env.Exec(`revoke update (digest) on staff from spark_api`)
	for path, sent := range map[string]url.Values{
		listPath + newViewPath:         {"navn": {"Østjylland"}, "kommune": {"740"}},
		secretariatArea + settingsPath: {"digest": {"true"}},
	} {
		a := d.submit(d.sec, path, sent)
		require.Equal(t, http.StatusInternalServerError, a.StatusCode, path)
		require.Empty(t, a.Header.Get("Location"), path)
	}
}

// What cannot be saved is said, and what was typed is there.
func TestAViewThatCannotBeSaved(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	save := func(name string) answer {
		return d.submit(d.sec, listPath+newViewPath, url.Values{"navn": {name}, "vis": {"handling"}, "kommune": {"740' or 1=1"}, "status": {"perhaps"}})
	}
	for name, said := range map[string]string{"": "Giv visningen et navn", strings.Repeat("x", 41): "højst have 40 tegn", "Om 010170-1234": "CPR"} {
		a := save(name)
		require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
		require.Contains(t, a.text, said)
		require.Contains(t, a.text, `value="`+name+`"`)
	}
	require.Equal(t, http.StatusSeeOther, save("Haster").StatusCode)
	require.Equal(t, 1, d.env.Count(`select count(*) from saved_views where tab = 'attention' and municipality = '' and status = ''`), "what is not understood is not kept")
	require.Contains(t, save("haster").text, "allerede en visning, der hedder det")
	d.env.Exec(`insert into saved_views (staff_id, name, tab) select staff_id, 'nr ' || n, 'all' from saved_views, generate_series(2, 20) n`)
	require.Contains(t, save("Nummer 21").text, "allerede 20 visninger")
	change := listPath + savedViewsPath + "/" + d.viewNamed("Haster")
	require.Contains(t, d.submit(d.sec, change, url.Values{"navn": {"NR 7"}}).text, "allerede en visning, der hedder det")
	require.Contains(t, d.submit(d.sec, change, url.Values{"navn": {" "}}).text, "Giv visningen et navn")
}

func (d *desk) viewNamed(name string) (id string) {
	d.t.Helper()
	d.env.Get(&id, `select id::text from saved_views where name = $1`, name)
	return id
}

// A head shares views, and changes those that another head shared; a provider's
// people see none of them.
func TestAHeadSharesAView(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	head, other := d.loggedIn(forloeb.RoleHead, "head@example.dk"), d.loggedIn(forloeb.RoleHead, "other@example.dk")
	nfa := d.loggedInWith(forloeb.Access{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA}, "nfa@example.dk")
	a := d.submit(head, listPath+newViewPath, url.Values{"navn": {"Uden konsulent"}, "del": {"true"}, "status": {"awaiting_consultant"}})
	require.Equal(t, http.StatusSeeOther, a.StatusCode, a.text)
	require.Contains(t, said(d.opens(listPath), "saved-views"), "Uden konsulent (fælles)")
	require.Zero(t, d.opens(listPath+"?status=awaiting_consultant").Find("[data-test-id=keep-view]").Length(), "it is saved already")
	change := listPath + savedViewsPath + "/" + d.viewNamed("Uden konsulent")
	require.Equal(t, http.StatusNotFound, d.submit(d.sec, change, url.Values{"navn": {"Min"}}).StatusCode)
	require.Equal(t, http.StatusSeeOther, d.submit(other, change, url.Values{"navn": {"Uden"}, "del": {"true"}}).StatusCode)
	require.Contains(t, said(d.opens(listPath), "saved-views"), "Uden (fælles)")

	require.NotContains(t, d.browse(nfa, "/udbyder/forloeb").text, "saved-views")
	require.Equal(t, http.StatusNotFound, d.browse(nfa, "/udbyder/forloeb"+savedViewsPath+"/"+d.viewNamed("Uden")).StatusCode)
	require.Equal(t, http.StatusNotFound, d.browse(nfa, "/udbyder/forloeb"+savedViewsPath+"/x").StatusCode)
	a = d.submit(nfa, "/udbyder/forloeb"+newViewPath, url.Values{"navn": {"Vores"}, "status": {"planning"}, "del": {"true"}})
	require.Equal(t, "/udbyder/forloeb?status=planning&klar=visning", a.Header.Get("Location"))
	require.Equal(t, 1, d.env.Count(`select count(*) from saved_views where name = 'Vores' and not shared`))
	require.Equal(t, http.StatusNotFound, d.browse(head, listPath+savedViewsPath+"/"+uuid.NewString()).StatusCode)
}
