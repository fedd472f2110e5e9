package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/lib/pq"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// Complaint K22.
func TestEveryWordOfASearchIsFound(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	one := e.Apply(func(s *forloeb.Submission) {
		s.Municipality, s.Workplace, s.Leader.Name, s.Rep.Name = "751", "Børnehuset Ærten", "Bo Ørsted", "Åse Al-Sayed"
	})
	other := e.Apply(func(s *forloeb.Submission) {
		s.Municipality, s.Workplace, s.Leader.Name, s.Rep.Name = "851", "Plejehjemmet Bøgen", "Jacob Holm", "Ida Bach"
	})
	for query, want := range map[string][]uuid.UUID{
		"ærten":              {one},
		"ørsted børnehuset":  {one},
		"Bo aarhus":          {one}, // 751 is Aarhus; Jacob does not begin with "bo"
		"bo":                 {one},
		"sayed åse":          {one},
		"aalborg bach":       {other},
		"bø":                 {one, other},
		"2":                  nil, // as all references begin
		"børnehuset bach":    nil,
		"aarhus ida":         nil,
		`\m`:                 nil,
		".*":                 nil,
		"o_":                 nil,
		"børnehuset\tærten ": {one},
	} {
		page, err := e.API.List(t.Context(), forloeb.ListFilter{Query: query})
		require.NoError(t, err, query)
		require.ElementsMatch(t, want, ids(page.Rows), query)
	}
}

// Whatever happens to a forløb, what it is listed by is what its rows say, and
// names go when the rows with them do.
func TestWhatIsListedIsWhatTheRowsSay(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	e.Consultant("Karen Lund", 3)
	id := waiting(e)
	e.Apply()
	gone := e.Apply()
	p := e.Party(gone, forloeb.Leader)
	e.Do(gone, storetest.By(p), forloeb.Withdraw{Party: p.ID})
	e.Settle(gone)
	now := e.Party(id, forloeb.Rep)
	e.Do(id, storetest.Secretary, forloeb.ReplaceParty{Party: now.ID, New: uuid.New(), Role: forloeb.RoleTR, Contact: forloeb.Contact{Name: "Ida Bach", Email: "ida@example.dk"}})
	e.Settle(id)

	e.Exec(`create table was_listed as table listed`)
	require.Equal(t, 3, e.Count(`select count(*) from listed`))
	require.NotContains(t, e.Read(id).Reference, "bach")
	require.Equal(t, 1, e.Count(`select count(*) from listed where words like '%ida bach%'`))
	require.Equal(t, 1, e.Count(`select count(*) from listed where consultant_id is not null`))
	e.Exec(`select list_again(id), list_words_again(id) from forloeb`)
	require.Zero(t, e.Count(`select count(*) from (table listed except table was_listed) changed`))
	var closed []string
	for _, status := range forloeb.Statuses {
		if status.Closed() {
			closed = append(closed, string(status))
		}
	}
	require.Zero(t, e.Count(`select count(*) from listed where open = (status = any ($1))`, pq.Array(closed)))
	for _, status := range forloeb.Statuses {
		named := e.Count(`select count(*) from pg_proc where proname = 'list_again' and position(quote_literal($1) in prosrc) > 0`, string(status))
		require.Equal(t, status.Closed(), named == 1, status)
	}
	e.Exec(`delete from party_contacts c using parties p where p.id = c.party_id and p.forloeb_id = $1`, id)
	require.Zero(t, e.Count(`select count(*) from listed where words like '%ida bach%'`))
	e.Exec(`delete from workplace_names n using workplaces w where w.id = n.workplace_id and w.forloeb_id = $1`, id)
	require.Equal(t, 1, e.Count(`select count(*) from listed l join forloeb f on f.id = l.forloeb_id where l.forloeb_id = $1 and l.words = f.reference`, id))
}

// Somebody who calls about a meeting is found too: a mødedeltager, by name or by
// mail address, as the parties are; also by part of the address, and no longer when
// the names are erased.
func TestAForloebIsFoundByItsGuestsAndByMailAddresses(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	f := inHandAt(e, "")
	e.Apply(func(s *forloeb.Submission) { s.Rep.Email = "other@silkeborg.example.dk" })
	guest := uuid.New()
	e.Exec(`insert into guests (id, forloeb_id, workplace_id, added_at) values ($1, $2, $3, now())`, guest, f.ID, f.Workplaces[0].ID)
	e.Exec(`insert into guest_contacts values ($1, 'Ærlig Øgård', 'Oe.Gaard@silkeborg.example.dk')`, guest)
	found := func(query string) []uuid.UUID {
		page, err := e.API.List(t.Context(), forloeb.ListFilter{Query: query})
		require.NoError(t, err, query)
		return ids(page.Rows)
	}
	for _, query := range []string{"øgård", "ærlig", "oe.gaard@silkeborg.example.dk", "OE.GAARD@", f.Parties[0].Contact.Email, "øgård oe.gaard@"} {
		require.Equal(t, []uuid.UUID{f.ID}, found(query), query)
	}
	require.Len(t, found("@silkeborg.example.dk"), 2)
	require.Empty(t, found("silkeborg.example"), "an address is no word")
	e.Exec(`update guest_contacts set name = 'Ny Navn', email = 'ny@example.dk' where guest_id = $1`, guest)
	require.Empty(t, found("øgård"))
	require.Equal(t, []uuid.UUID{f.ID}, found("ny@"))
	e.Exec(`delete from guest_contacts`)
	e.Exec(`delete from party_contacts where party_id in (select id from parties where forloeb_id = $1)`, f.ID)
	require.Empty(t, found("ny@"))
	require.Zero(t, e.Count(`select count(*) from listed where forloeb_id = $1 and addresses <> ''`, f.ID))
}
