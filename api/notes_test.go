package api

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func TestNotesOnTheCase(t *testing.T) {
	d := newDesk(t)
	id, _ := d.inProgress()
	home := "/sekretariat/forloeb/" + id.String()
	anna, bo := d.named("Anna Bech", ofSecretariat), d.named("Bo Dam", ofSecretariat)
	head := d.named("Ida Krogh", forloeb.Access{Role: forloeb.RoleHead})
	before := d.acts()
	page := d.browse(anna, home)
	require.Contains(t, page.text, "Sekretariatet ser notatet. Det er en del af sagen og kan komme med, hvis nogen beder om indsigt.")
	form := page.document().Find("[data-test-id=new-note]").AttrOr("href", "")

	wrong := d.submit(anna, form, url.Values{"note": {" "}})
	require.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode)
	require.Contains(t, wrong.mistake("note"), "Skriv et notat.")
	wrong = d.submit(anna, form, url.Values{"note": {"Hun hedder\n010203-1234"}})
	require.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode)
	require.Contains(t, wrong.mistake("note"), "Fjern det, der ligner et CPR-nummer (linje 2)")
	require.Contains(t, wrong.text, "Hun hedder", "nothing that was typed is lost")

	const words = "Lederen ringede og var ked af det."
	require.Equal(t, home+"?klar=notat", d.submit(anna, form, url.Values{"note": {words}}).Header.Get("Location"))
	require.Equal(t, "/sekretariat/?klar=notat", d.submit(anna, form+"?fra=i-dag", url.Values{"note": {"Hun ringer igen."}}).Header.Get("Location"))
	require.Equal(t, before, d.acts(), "it is no deed")
	notes := d.reads(bo, home, "notes")
	require.Contains(t, notes, words)
	require.Contains(t, notes, "Anna Bech, "+forloeb.Date(time.Now()))
	require.NotContains(t, d.logged.String(), "ked af det")

	require.Zero(t, d.browse(bo, home).document().Find("[data-test-id=strike-way]").Length(), "a colleague's")
	strike := d.browse(anna, home).document().Find("[data-test-id=strike-way]").First().AttrOr("href", "")
	require.Equal(t, http.StatusConflict, d.browse(bo, strike).StatusCode)
	require.Equal(t, http.StatusConflict, d.submit(bo, strike, nil).StatusCode)
	require.Contains(t, d.browse(head, strike).text, words)
	require.Equal(t, home+"?klar=streget", d.submit(anna, strike, nil).Header.Get("Location"))
	require.Equal(t, http.StatusConflict, d.submit(head, strike, nil).StatusCode, "once")
	require.NotContains(t, d.browse(bo, home).text, words)
	require.Contains(t, d.reads(bo, home, "notes"), "Streget af Anna Bech")
	for _, nothing := range []string{"/notater/999999/streg", "/notater/x/streg"} {
		require.Equal(t, http.StatusNotFound, d.browse(anna, home+nothing).StatusCode)
	}
}

// What the secretariat notes is not the consultant's to read, on a page or in
// the API; nor what a provider's people note.
func TestAConsultantReadsNoNotes(t *testing.T) {
	d := newDesk(t)
	id, _ := d.inProgress()
	const words = "Ring ikke til lederen hjemme."
	require.NoError(t, d.env.API.WriteNote(t.Context(), id, forloeb.Principal{ID: uuid.New(), Role: forloeb.RoleSecretariat}, words))
	require.Contains(t, d.browse(d.sec, "/sekretariat/forloeb/"+id.String()).text, words)

	anna := d.loggedIn(forloeb.RoleConsultant, d.addressOf(true))
	own := d.browse(anna, "/konsulent/forloeb/"+id.String())
	require.Equal(t, http.StatusOK, own.StatusCode)
	require.NotContains(t, own.text, words)
	require.NotContains(t, own.text, "Notater")
	for _, path := range []string{"/konsulent/forloeb/" + id.String() + "/notater/nyt", "/sekretariat/forloeb/" + id.String() + "/notater/nyt"} {
		require.NotEqual(t, http.StatusOK, d.browse(anna, path).StatusCode, path)
	}
	path := "/forloeb/" + id.String()
	d.as(d.anna, http.MethodGet, path+"/notes", nil).problem(http.StatusForbidden, "forbidden")
	for _, theirs := range []string{path, path + "/application"} {
		require.NotContains(t, d.as(d.anna, http.MethodGet, theirs, nil).text, words)
	}
}

func TestAProviderReadsItsOwnNotes(t *testing.T) {
	a := newAgency(t)
	require.NoError(t, a.env.API.WriteNote(t.Context(), a.own, forloeb.Principal{ID: uuid.New(), Role: forloeb.RoleSecretariat}, "Kun for sekretariatet."))
	form := a.path(a.own) + "/notater/nyt"
	require.Contains(t, a.shows(form).text, "I og sekretariatet ser notatet.")
	require.Equal(t, http.StatusSeeOther, a.submit(a.j, form, url.Values{"note": {"Vi tager den i næste uge."}}).StatusCode)
	page := a.shows(a.path(a.own))
	require.Contains(t, page.text, "Vi tager den i næste uge.")
	require.NotContains(t, page.text, "Kun for sekretariatet.")
	secretariats := a.browse(a.named("Anna Bech", ofSecretariat), "/sekretariat/forloeb/"+a.own.String()).text
	require.Contains(t, secretariats, "Vi tager den i næste uge.")
	require.Contains(t, secretariats, "Kun for sekretariatet.")
	require.Equal(t, http.StatusNotFound, a.submit(a.j, a.path(a.rucs)+"/notater/nyt", url.Values{"note": {"x"}}).StatusCode)
}

func TestNotesInTheAPI(t *testing.T) {
	o := newOffice(t)
	id := o.env.Apply()
	path := "/forloeb/" + id.String() + "/notes"
	journal, head := o.tokenFor(forloeb.Principal{Role: forloeb.RoleSecretariat, Name: "Journalen"}), o.tokenFor(forloeb.Principal{Role: forloeb.RoleHead, Name: "Lederen"})
	var list listOf[noteDocument]
	o.as(journal, http.MethodGet, path, nil).into(http.StatusOK, &list)
	require.Empty(t, list.Items)
	o.as(journal, http.MethodPost, path, noteBody{"Lederen ringede."}).into(http.StatusCreated, &list)
	require.Equal(t, "Journalen", list.Items[0].Name)
	require.Equal(t, "Lederen ringede.", list.Items[0].Text)
	o.refused(o.as(journal, http.MethodPost, path, noteBody{" "}), http.StatusUnprocessableEntity, forloeb.RefuseNoText)
	o.refused(o.as(journal, http.MethodPost, path, noteBody{"010203-1234"}), http.StatusUnprocessableEntity, forloeb.RefuseUnfitText)
	strike := path + "/1/strike"
	o.refused(o.as(o.secretary, http.MethodPost, strike, nil), http.StatusConflict, forloeb.RefuseNoteStands)
	list = listOf[noteDocument]{}
	o.as(head, http.MethodPost, strike, nil).into(http.StatusOK, &list)
	require.Empty(t, list.Items[0].Text)
	require.Equal(t, "Lederen", list.Items[0].StruckBy)
	for _, nothing := range []string{path + "/999/strike", path + "/x/strike", "/forloeb/" + uuid.NewString() + "/notes/1/strike"} {
		o.refused(o.as(journal, http.MethodPost, nothing, nil), http.StatusNotFound, forloeb.RefuseNotFound)
	}
	for method, nothing := range map[string]string{http.MethodGet: "/forloeb/" + uuid.NewString() + "/notes", http.MethodPost: "/forloeb/x/notes"} {
		var body any
		if method == http.MethodPost {
			body = noteBody{"x"}
		}
		o.refused(o.as(journal, method, nothing, body), http.StatusNotFound, forloeb.RefuseNotFound)
	}
	o.env.Do(id, storetest.Secretary, forloeb.Withdraw{})
	o.env.Settle(id)
	o.env.Exec(`delete from party_contacts`)
	o.refused(o.as(journal, http.MethodPost, path, noteBody{"Hun hed Mette."}), http.StatusConflict, forloeb.RefuseErased)
}
