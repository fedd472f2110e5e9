package storetest

import (
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// Many writes n applications at once, for tests that need thousands. Their
// rows are as Create writes them; what triggers do for each row as it comes is
// done once for each forløb.
func (e *Env) Many(n int) (ids []uuid.UUID) {
	e.t.Helper()
	first := e.Apply()
	triggers := e.Untriggered("forloeb", "applications", "workplaces", "workplace_names", "parties", "party_contacts", "acts", "forloeb_events")
	for _, query := range []string{
		`insert into forloeb (id, reference, programme, type, policy, created_at)
			select gen_random_uuid(), reference || '/' || n, programme, type, policy, created_at from forloeb, generate_series(2, $2) n where id = $1`,
		`insert into applications select f.id, a.revision, a.started_by, a.body, a.themes, a.hash, a.at from applications a, forloeb f
			where a.forloeb_id = $1 and f.id <> $1 and $2 > 0`,
		`insert into application_texts (forloeb_id, revision, situation, tried, timing) select f.id, a.revision, a.situation, a.tried, a.timing from application_texts a, forloeb f
			where a.forloeb_id = $1 and f.id <> $1 and $2 > 0`,
		`insert into workplaces select gen_random_uuid(), f.id, w.municipality, w.sector, w.employees from workplaces w, forloeb f
			where w.forloeb_id = $1 and f.id <> $1 and $2 > 0`,
		`insert into workplace_names select w.id, 'Skolen' from workplaces w where w.forloeb_id <> $1 and $2 > 0`,
		`insert into parties (id, forloeb_id, workplace_id, side, role)
			select gen_random_uuid(), w.forloeb_id, w.id, p.side, p.role from parties p, workplaces w
			where p.forloeb_id = $1 and w.forloeb_id <> $1 and $2 > 0`,
		`insert into party_contacts select p.id, 'Mette Holm', '', p.id || '@example.dk' from parties p where p.forloeb_id <> $1 and $2 > 0`,
		`insert into acts (forloeb_id, version, name, detail, actor_kind, at)
			select f.id, 1, a.name, a.detail, a.actor_kind, a.at from acts a, forloeb f where a.forloeb_id = $1 and f.id <> $1 and $2 > 0`,
		`insert into forloeb_events (forloeb_id, seq, "from", "to", cause, facts_version, at)
			select f.id, e.seq, e."from", e."to", e.cause, e.facts_version, e.at from forloeb_events e, forloeb f where e.forloeb_id = $1 and f.id <> $1 and $2 > 0`,
		`update forloeb f set status_seq = first.status_seq, status_since = first.status_since from forloeb first where first.id = $1 and f.id <> $1 and $2 > 0`,
	} {
		e.Exec(query, first, n)
	}
	triggers()
	e.Exec(`analyze`)
	e.Exec(`select list_again(id), list_words_again(id), course_again(id) from forloeb`)
	e.Exec(`analyze`)
	require.NoError(e.t, e.DB.Select(&ids, `select id from forloeb`))
	require.Len(e.t, ids, n)
	return ids
}

// Untriggered keeps the triggers of tables still until what it returns is
// called: thousands of rows written by one statement are then as many rows, and
// not as many statements.
func (e *Env) Untriggered(tables ...string) (again func()) {
	e.t.Helper()
	all := func(what string) {
		e.t.Helper()
		for _, table := range tables {
			e.Exec(`alter table ` + table + ` ` + what + ` trigger user`)
		}
	}
	all("disable")
	return func() { e.t.Helper(); all("enable") }
}
