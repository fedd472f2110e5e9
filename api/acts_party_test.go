package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func TestTheSecretariatCorrectsAnAddress(t *testing.T) {
	d := newClerk(t)
	id := d.planning()
	rep := d.env.Party(id, forloeb.Rep)
	page := casePath(id) + "/parter/" + rep.ID.String() + "/adresse"

	for typed, wants := range map[string]struct{ field, text string }{
		"amir":            {"email", "Skriv en mailadresse som navn@kommune.dk."},
		"":                {"email", "Skriv medarbejderrepræsentantens mailadresse."},
		"amir@gmial.com":  {"email", "Mente du amir@gmail.com?"},
		rep.Contact.Email: {"email", "Adressen er den samme som før."},
		d.env.Party(id, forloeb.Leader).Contact.Email: {"email", "Adressen hører allerede til den anden part."},
	} {
		got := d.sends(page, url.Values{"email": {typed}})
		require.Equal(t, http.StatusUnprocessableEntity, got.StatusCode, typed)
		require.Contains(t, got.mistake(wants.field), wants.text, typed)
		require.Contains(t, got.text, `value="`+typed+`"`)
	}
	require.Contains(t, d.sends(page, url.Values{"phone": {"1234"}}).mistake("phone"), "telefonnummer")

	done := d.sends(page, url.Values{"email": {"Amir@Gmial.com"}, "email_sure": {"true"}, "phone": {"20 00 00 09"}})
	require.Equal(t, casePath(id)+"?klar=adresse", done.Header.Get("Location"), done.text)
	got := d.env.Read(id).Party(rep.ID)
	require.Equal(t, forloeb.Contact{Name: rep.Contact.Name, Email: "amir@gmial.com", Phone: "20 00 00 09"}, got.Contact)
	require.Equal(t, rep.LinkVersion+1, got.LinkVersion)

	only := d.sends(page, url.Values{"phone": {""}})
	require.Equal(t, http.StatusSeeOther, only.StatusCode, only.text)
	require.Empty(t, d.env.Read(id).Party(rep.ID).Contact.Phone)
	require.Equal(t, got.LinkVersion, d.env.Read(id).Party(rep.ID).LinkVersion, "the link is as it was")
}

func TestTheSecretariatReplacesAParty(t *testing.T) {
	d := newClerk(t)
	id := d.planning()
	rep := d.env.Party(id, forloeb.Rep)
	page := casePath(id) + "/parter/" + rep.ID.String() + "/skift"
	fresh := url.Values{"name": {"Ida Bach"}, "role": {"tr"}, "email": {"ida@example.dk"}, "phone": {"20 00 00 08"}}
	with := func(field, typed string) url.Values { return over(fresh, url.Values{field: {typed}}) }
	leader := d.env.Party(id, forloeb.Leader).Contact
	for _, c := range []struct{ field, typed, text string }{
		{"name", "", "Skriv medarbejderrepræsentantens navn."},
		{"name", "Ida 010203-1234", "CPR-nummer"},
		{"name", strings.ToUpper(leader.Name), "skal være to forskellige personer"},
		{"role", "boss", "valgt som"},
		{"email", "ida", "Skriv en mailadresse som navn@kommune.dk."},
		{"email", leader.Email, "Adressen hører allerede til den anden part. Skriv medarbejderrepræsentantens egen."},
		{"phone", "1234", "telefonnummer"},
	} {
		got := d.sends(page, with(c.field, c.typed))
		require.Equal(t, http.StatusUnprocessableEntity, got.StatusCode, "%s %s", c.field, c.typed)
		require.Contains(t, got.mistake(c.field), c.text)
		for name, typed := range with(c.field, c.typed) {
			if name != "role" {
				require.Equal(t, typed, sent(got.document(), name), "kept as it was typed")
			}
		}
	}

	stale := over(d.opens(page), fresh)
	done := d.sends(page, fresh)
	require.Equal(t, casePath(id)+"?klar=skift", done.Header.Get("Location"), done.text)
	now := d.env.Party(id, forloeb.Rep)
	require.Equal(t, forloeb.Contact{Name: "Ida Bach", Email: "ida@example.dk", Phone: "20 00 00 08"}, now.Contact)
	require.Equal(t, forloeb.RoleTR, now.Role)
	require.Equal(t, rep.ID, now.ReplacesParty)

	head := d.loggedIn(forloeb.RoleHead, "henrik@example.dk")
	again := d.submit(head, page, stale)
	require.Equal(t, http.StatusConflict, again.StatusCode)
	require.Contains(t, again.text, "ændrede sagen", "a colleague was first")
	require.Contains(t, again.text, `value="Ida Bach"`)
	stale.Del("version")
	again = d.submit(head, page, stale)
	require.Equal(t, http.StatusConflict, again.StatusCode)
	require.Contains(t, again.text, "Kontaktpersonen er allerede skiftet.")
	d.browse(d.j, page).message(http.StatusConflict, "Kontaktpersonen er allerede skiftet.")
}

func TestPartyActsAreAboutThisForloeb(t *testing.T) {
	d := newClerk(t)
	id, other := d.planning(), d.planning()
	stranger := d.env.Read(other).Parties[0].ID.String()
	for _, party := range []string{stranger, uuid.NewString(), "x"} {
		for _, act := range []string{"adresse", "skift"} {
			d.browse(d.j, casePath(id)+"/parter/"+party+"/"+act).message(http.StatusNotFound, "Siden findes ikke")
		}
	}
}
