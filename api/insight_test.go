package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func TestInsightIsOfOnePersonAlone(t *testing.T) {
	d := newDesk(t)
	id, _ := d.inProgress()
	other, _ := d.inProgress()
	f := d.env.Read(id)
	leader, rep := f.Parties[0], f.Parties[1]
	d.env.Exec(`update party_contacts set email = party_id::text || '@example.dk' where party_id not in ($1, $2)`, leader.ID, rep.ID)
	d.env.Exec(`update party_contacts set name = 'Gitte Hemmelig', phone = '99 88 77 66' where party_id = $1`, rep.ID)
	d.env.Exec(`insert into notes (forloeb_id, author, written_at, text) values ($1, gen_random_uuid(), now(), 'Gitte Hemmelig (99 88 77 66) og lederen er uenige.')`, id)
	anna := d.named("Anna Bech", ofSecretariat)
	d.browse(anna, "/sekretariat/forloeb/"+id.String())
	asks := url.Values{"email": {strings.ToUpper(leader.Contact.Email)}, "words": {"Bad om det i mail i dag."}}

	before := d.lastLine()
	wrong := d.submit(anna, insightPath, url.Values{"email": {"leder"}})
	require.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode)
	require.Contains(t, wrong.mistake("email"), "Skriv mailadressen")
	require.Contains(t, wrong.mistake("words"), "Skriv kort")
	require.Contains(t, d.submit(anna, insightPath, url.Values{"email": {"a@example.dk"}, "words": {strings.Repeat("x", 201)}}).mistake("words"), "højst 200")
	require.Empty(t, d.linesSince(before))

	page := d.submit(anna, insightPath, asks)
	require.Equal(t, http.StatusOK, page.StatusCode)
	asks.Set("format", "fil")
	file := d.submit(anna, insightPath, asks)
	require.Equal(t, `attachment; filename="indsigt.json"`, file.Header.Get("Content-Disposition"))
	for _, text := range []string{page.text, file.text} {
		for _, has := range []string{leader.Contact.Name, leader.Contact.Phone, f.Reference, f.Lead().Name, "og lederen er uenige", forloeb.OtherPerson} {
			require.Contains(t, text, has)
		}
		for _, not := range []string{"Gitte", "99 88 77 66", rep.Contact.Email, d.env.Read(other).Reference} {
			require.NotContains(t, text, not)
		}
	}
	require.Contains(t, page.text, "En liste eller en søgning", "who has seen it")
	require.NotContains(t, file.text, "Anna Bech", "and not which colleague")
	line := loggedAccess{Forloeb: id.String(), Kind: "export", Purpose: "insight", Words: "Bad om det i mail i dag."}
	require.Equal(t, []loggedAccess{line, line}, d.linesSince(before))

	before = d.lastLine()
	asks.Del("format")
	asks.Set("email", "ukendt@example.dk")
	require.Contains(t, d.submit(anna, insightPath, asks).text, "Adressen hører ikke til nogen part")
	require.Len(t, d.linesSince(before), 1, "also what found nothing")
	require.NotContains(t, d.logged.String(), "ukendt@")
}
