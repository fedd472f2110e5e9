package store_test

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/lib/pq"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// unwalled are the tables in front of the wall, each with why whoever comes as the
// api may read all of it.
var unwalled = map[string]string{
	"allowances":         "counts of networks, under a keyed hash",
	"api_tokens":         "asked before it is known who asks; hashes",
	"application_drafts": "of no forløb yet; found by a signed link alone",
	"consultant_links":   "versions of links, asked before it is known who asks",
	"consultants":        "colleagues, who are shown by name to one another",
	"draft_mails":        "of no forløb; addresses under a keyed hash",
	"goose_db_version":   "the schema's own",
	"idempotency_keys":   "a hash and an id",
	"intakes":            "what the front page tells everybody",
	"kept_forms":         "sealed; asked before it is known who asks",
	"leaves":             "colleagues' days off, without a reason",
	"mail_samples":       "invented people; of no forløb",
	"mail_texts":         "what everybody who gets a mail reads",
	"main_med_notices":   "numbers of a municipality",
	"mails_taken":        "hashes of mails, after a restore",
	"restorations":       "when the database was restored",
	"round_drafts":       "the secretariat's own, without a forløb",
	"rounds":             "the secretariat's own, without a forløb",
	"sessions":           "asked before it is known who asks; under a hash",
	"staff":              "asked before it is known who asks",
	"staff_mails":        "the api may neither read nor write it",
	"transitions":        "which steps there are",
}

// Every table is behind the wall, or somebody has said why it is not.
//
// Complaint K31.
func TestEveryTableIsBehindTheWall(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	var tables []struct {
		Name     string         `db:"name"`
		Walled   bool           `db:"walled"`
		Policies pq.StringArray `db:"policies"`
	}
	require.NoError(t, e.DB.Select(&tables, `
		select c.relname as name, c.relrowsecurity as walled,
			array(select p.polname || ' to ' || r.rolname from pg_policy p, pg_roles r where p.polrelid = c.oid and r.oid = any (p.polroles) order by 1) as policies
		from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'm')`))
	require.NotEmpty(t, tables)
	seen := map[string]bool{}
	for _, table := range tables {
		seen[table.Name] = true
		why := unwalled[table.Name]
		if table.Walled {
			require.Empty(t, why, "%s is behind the wall: take it off the list in wall_test.go", table.Name)
			require.Equal(t, pq.StringArray{"own to " + store.RoleAPI, "process to " + store.RoleWorker}, table.Policies, table.Name)
			continue
		}
		require.NotEmpty(t, why, `Nobody has decided who sees the rows of %[1]s.
If they are about a forløb or a person, end its migration with a line like one of those in 00025_wall.sql:
	call wall('{%[1]s}', 'forloeb_id in (select seen_forloeb())');
If anybody who comes as the api may read them all, say why in wall_test.go.`, table.Name)
	}
	for name := range unwalled {
		require.True(t, seen[name], "there is no table %s: take it off the list in wall_test.go", name)
	}
}

// walled are the tables behind the wall.
func walled(t *testing.T, e *storetest.Env) (names []string) {
	t.Helper()
	require.NoError(t, e.DB.Select(&names, `select relname from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity order by 1`))
	require.NotEmpty(t, names)
	return names
}

// bare counts the rows of a table as a query does that has forgotten its
// condition.
func bare(t *testing.T, s *store.Store, ctx context.Context, table string) (n int) {
	t.Helper()
	require.NoError(t, s.Ask(ctx, &n, `select count(*) from `+pq.QuoteIdentifier(table)), table)
	return n
}

// ofOne counts the rows of a table that are about one forløb: what its own
// receipt shows.
func ofOne(t *testing.T, e *storetest.Env, id uuid.UUID, table string) int {
	t.Helper()
	return bare(t, e.Front, forloeb.As(t.Context(), forloeb.ForloebViewer(id)), table)
}

func TestAQueryWithoutItsConditionShowsTheirOwnAlone(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ofSpark, ofNFA, ofRUC := inHandAt(e, ""), inHandAt(e, forloeb.ProviderNFA), inHandAt(e, forloeb.ProviderRUC)
	for _, f := range []*forloeb.Forloeb{ofSpark, ofNFA, ofRUC} {
		e.Exec(`insert into notes (forloeb_id, author, provider, written_at, text) values ($1, gen_random_uuid(), nullif($2, ''), now(), 'Ring tilbage.')`, f.ID, f.Provider)
		e.Exec(`insert into task_delays (task_id, until, put_off_by, put_off_at) select id, current_date + 3, gen_random_uuid(), now() from tasks where forloeb_id = $1`, f.ID)
		e.Exec(`insert into plan_texts (forloeb_id, kind, version, text) values ($1, 'arrangement', 1, 'Vi mødes.')`, f.ID)
	}
	as := func(who forloeb.Principal) context.Context {
		who.ID = uuid.New()
		return forloeb.AskedBy(t.Context(), who)
	}
	viewers := map[string]struct {
		ctx context.Context
		own *forloeb.Forloeb // nil: none
	}{
		"its consultant": {as(forloeb.Principal{Role: forloeb.RoleConsultant, Consultant: ofSpark.Consultant().ID}), ofSpark},
		"its expert":     {as(forloeb.Principal{Role: forloeb.RoleConsultant, Consultant: ofNFA.Consultant().ID, Provider: forloeb.ProviderNFA}), ofNFA},
		"its provider":   {as(forloeb.Principal{Role: forloeb.RoleProvider, Provider: forloeb.ProviderRUC}), ofRUC},
		"a meeting's":    {forloeb.As(t.Context(), forloeb.MeetingViewer(ofSpark.Meetings[0].ID)), ofSpark},
		"a party of it":  {forloeb.As(t.Context(), forloeb.PartyViewer(ofSpark.Parties[0].ID)), ofSpark},
		"a stranger":     {as(forloeb.Principal{Role: forloeb.RoleConsultant, Consultant: uuid.New()}), nil},
		"no provider":    {as(forloeb.Principal{Role: forloeb.RoleProvider}), nil},
		"a reader":       {as(forloeb.Principal{Role: forloeb.RoleReader}), nil},
		"no role":        {as(forloeb.Principal{}), nil},
		"nobody":         {t.Context(), nil},
		"injection":      {forloeb.As(t.Context(), "all'; set spark.viewer = 'all"), nil},
	}
	for _, table := range walled(t, e) {
		all := e.Count(`select count(*) from ` + table)
		require.Equal(t, all, bare(t, e.Front, as(forloeb.Principal{Role: forloeb.RoleSecretariat}), table), "the secretariat: %s", table)
		require.Equal(t, all, bare(t, e.Front, as(forloeb.Principal{Role: forloeb.RoleHead}), table), "the head: %s", table)
		if e.Count(`select has_table_privilege($1, $2, 'select')::int`, store.RoleWorker, table) == 1 {
			require.Equal(t, all, bare(t, e.Worker, t.Context(), table), "the process: %s", table)
		}
		for name, v := range viewers {
			want := 0
			if v.own != nil {
				want = ofOne(t, e, v.own.ID, table)
			}
			if table == "notes" && name == "its provider" {
				want = 1 // which nobody but those who run it reads
			}
			require.Equal(t, want, bare(t, e.Front, v.ctx, table), "%s: %s", name, table)
		}
	}
	for _, table := range []string{"forloeb", "listed", "party_contacts", "mails", "tasks", "task_delays", "meetings", "meeting_places", "workplace_names", "application_texts", "acts", "consents", "plan_texts", "remarks"} {
		mine := ofOne(t, e, ofSpark.ID, table)
		require.Positive(t, mine, table)
		require.Less(t, mine, e.Count(`select count(*) from `+table), table)
	}
}

// Who looks is forgotten with the transaction: the next to get the connection
// is nobody.
func TestWhoLooksEndsWithTheQuestion(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	e.Apply()
	one := e.Front.OneConnection()
	everything := forloeb.As(t.Context(), forloeb.House)
	for range 3 {
		require.Equal(t, 1, bare(t, one, everything, "forloeb"))
		require.Zero(t, bare(t, one, t.Context(), "forloeb"))
		require.Error(t, one.Ask(everything, new(int), `select 1/0`))
		require.Zero(t, bare(t, one, t.Context(), "forloeb"), "after an error")
	}
}

// A write that forgot its condition reaches no further than a read.
func TestAWriteWithoutItsConditionReachesTheirOwnAlone(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ofSpark, ofNFA := inHandAt(e, ""), inHandAt(e, forloeb.ProviderNFA)
	ctx := forloeb.AskedBy(t.Context(), forloeb.Principal{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA})
	var changed int
	require.NoError(t, e.Front.Ask(ctx, &changed, `with c as (update party_contacts set name = 'Ukendt' returning 1) select count(*) from c`))
	require.Equal(t, len(ofNFA.Parties), changed)
	require.NotEqual(t, "Ukendt", e.Read(ofSpark.ID).Parties[0].Contact.Name)
	err := e.Front.Ask(ctx, new(int), `insert into conflicts (forloeb_id, consultant_id) values ($1, $2) returning 1`, ofSpark.ID, ofNFA.Consultant().ID)
	require.ErrorContains(t, err, "row-level security")
}
