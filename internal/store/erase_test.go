package store_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// erased are the tables of which nothing is left of a forløb when its time is
// over, and a draft of answers, which goes from its row.
var erased = map[string]string{
	"answer_remarks":    `answer_id in (select a.id from answers a join evaluations e on e.id = a.evaluation_id join workplaces w on w.id = e.workplace_id where w.forloeb_id = $1)`,
	"application_texts": `forloeb_id = $1`,
	"guest_contacts":    `guest_id in (select id from guests where forloeb_id = $1)`,
	"invitations.draft": `draft is not null and party_id in (select id from parties where forloeb_id = $1)`,
	"meeting_notes":     `meeting_id in (select id from meetings where forloeb_id = $1)`,
	"meeting_places":    `meeting_id in (select id from meetings where forloeb_id = $1)`,
	"meeting_tasks":     `meeting_id in (select id from meetings where forloeb_id = $1)`,
	"notes":             `forloeb_id = $1`,
	"party_contacts":    `party_id in (select id from parties where forloeb_id = $1)`,
	"plan_texts":        `forloeb_id = $1`,
	"remarks":           `forloeb_id = $1`,
	"round_choices":     `forloeb_id = $1`,
	"signatures":        `party_id in (select id from parties where forloeb_id = $1)`,
	"workplace_names":   `workplace_id in (select id from workplaces where forloeb_id = $1)`,
}

// written counts what is left, by table.
func (l *life) written(id uuid.UUID) map[string]int {
	counts := map[string]int{}
	for what, of := range erased {
		table := what
		if what == "invitations.draft" {
			table = "invitations"
		}
		counts[what] = l.Count(`select count(*) from `+table+` where `+of, id)
	}
	return counts
}

// fills writes into every table that is erased, where a life has not.
func (l *life) fills(consultant uuid.UUID) {
	l.t.Helper()
	m := l.Read(l.id).Meetings[0].ID
	l.Exec(`with g as (insert into guests (id, forloeb_id, workplace_id, added_at) select gen_random_uuid(), id, (select id from workplaces where forloeb_id = forloeb.id), now() from forloeb where id = $1 returning id)
		insert into guest_contacts (guest_id, name, email) select id, 'Ida', 'ida@example.dk' from g`, l.id)
	l.Exec(`insert into meeting_tasks (meeting_id, text) values ($1, 'Tal om pauserne.') on conflict do nothing`, m)
	l.Exec(`insert into meeting_notes (meeting_id, consultant_id, text, written_at) values ($1, $2, 'Stemningen var trykket.', now())`, m, consultant)
	l.Exec(`insert into notes (forloeb_id, author, written_at, text) values ($1, $2, now(), 'Ring efter ferien.')`, l.id, uuid.New())
	l.Exec(`insert into remarks (forloeb_id, version, kind, text) values ($1, 1, 'finish', 'Nået.')`, l.id)
	l.Exec(`insert into plan_texts (forloeb_id, kind, version, text) values ($1, 'arrangement', 1, 'Bo følger op.')`, l.id)
	l.Exec(`insert into round_drafts (programme, saved_at, saved_by) values ('spark', now(), 'x') on conflict do nothing`)
	l.Exec(`insert into round_choices (programme, forloeb_id, decision, words) values ('spark', $1, '', 'Måske.')`, l.id)
	l.Exec(`insert into signatures (party_id, revision, signature) select id, 1, 'Ida Holm' from parties where forloeb_id = $1 on conflict do nothing`, l.id)
	l.Exec(`update invitations set draft = '{}' where party_id in (select id from parties where forloeb_id = $1)`, l.id)
}

// When its day has come, nothing is left of who they were and what they wrote:
// not a day before, and not of another forløb. What was counted is counted as
// before, and the row itself can still be read.
func TestErasingWhenItsDayHasCome(t *testing.T) {
	t.Parallel()
	l := sleeping(t)
	l.to(2027, 7, 1, 12, 0)
	for _, side := range []forloeb.Side{forloeb.Leader, forloeb.Rep} {
		l.evaluate(side)
	}
	l.status(forloeb.Completed)
	var consultant uuid.UUID
	l.Get(&consultant, `select id from consultants limit 1`)
	l.fills(consultant)
	other := l.Apply()
	l.Settle(other)
	for what, n := range l.written(l.id) {
		require.Positive(t, n, "the test must write into %s", what)
	}
	whole, figures := l.written(other), statistics(t, l.Env, ofSpark(0))

	due := l.Read(l.id).EraseAt()
	require.Equal(t, "2029-07-01", due.In(forloeb.Copenhagen).Format("2006-01-02"))
	l.Wind(l.id, due.AddDate(0, 0, -1))
	require.Zero(t, l.erases())
	l.Wind(l.id, due)
	l.Exec(`update forloeb set version = version + 1 where id = $1`, l.id)
	require.Zero(t, l.erases(), "a workflow is to look at it first")
	l.Exec(`update forloeb set version = version - 1 where id = $1`, l.id)
	require.EqualValues(t, 1, l.erases())
	require.Zero(t, l.erases(), "once")

	for what, n := range l.written(l.id) {
		require.Zero(t, n, what)
	}
	require.Equal(t, whole, l.written(other))
	require.Equal(t, figures, statistics(t, l.Env, ofSpark(0)))
	require.True(t, l.Read(l.id).Anonymised())
	require.Equal(t, 1, l.Count(`select count(*) from erasures where forloeb_id = $1`, l.id))
	var words string
	l.Get(&words, `select words from listed where forloeb_id = $1`, l.id)
	require.Equal(t, l.Read(l.id).Reference, words, "no name finds it in the list")
}

// What closed early goes sooner, with the mails and tasks that nobody can
// settle any more.
func TestErasingWhatClosedEarly(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 11, 24, 12, 0).do(storetest.Secretary, forloeb.Stop{Reason: "Arbejdspladsen lukker."})
	l.Exec(`insert into tasks (forloeb_id, kind, subject, opened_at) values ($1, 'mail_failed', 'x', now())`, l.id)
	l.Exec(`update mails set state = 'planned' where id = (select min(id) from mails)`)
	l.Wind(l.id, at(2027, 5, 23, 12, 0))
	require.Zero(t, l.erases())
	l.Wind(l.id, at(2027, 5, 24, 13, 0))
	require.EqualValues(t, 1, l.erases())
	require.Empty(t, l.tasks())
	require.Zero(t, l.Count(`select count(*) from mails where state = 'planned'`))
}

func (l *life) erases() int64 {
	l.t.Helper()
	n, err := l.Worker.EraseForloeb(l.t.Context())
	require.NoError(l.t, err)
	return n
}

// kept says of every column with words in it that is not erased with its
// forløb, why it may stay. A table alone stands for all of its columns.
var kept = map[string]string{
	"access_log":         "codes and staff's own words, until its time is over",
	"acts":               "codes and ids: cmd/spark searches every row after erasing",
	"allowances":         "keyed hashes, for an hour",
	"answers":            "ticks, on no day and of nobody",
	"api_tokens":         "of staff",
	"application_drafts": "four weeks, then the drafts' own end",
	"applications":       "codes; a hash of what was agreed to",
	"assignments":        "codes and figures about consultants",
	"consents":           "codes; a hash of what was agreed to",
	"consultants":        "colleagues",
	"courses":            "codes and counts",
	"draft_mails":        "keyed hashes, for a week",
	"forloeb":            "codes, dates and the reference",
	"forloeb_events":     "codes",
	"idempotency_keys":   "hashes, for thirty days",
	"intakes":            "what the front page tells everybody",
	"kept_forms":         "sealed, for an hour",
	"listed":             "names go with the names: its trigger writes its words again",
	"mail_samples":       "invented people, for an hour",
	"mail_texts":         "what everybody who gets a mail reads",
	"mails":              "codes and ids",
	"mails_taken":        "Message-IDs, until their mails are found",
	"main_med_notices":   "figures of a municipality",
	"meetings":           "codes and ids",
	"outcomes":           "codes and counts",
	"parties":            "which side and role, of nobody",
	"pauses":             "codes",
	"recusal_reasons":    "about a colleague, who ends them",
	"recusals":           "about a colleague and a workplace by name, not about a forløb",
	"round_drafts":       "staff's ids",
	"round_lines":        "codes: why it was or was not taken, which must be explained later",
	"rounds":             "figures",
	"saved_views":        "staff's own names of filters",
	"sessions":           "of staff, for ten hours",
	"staff":              "colleagues",
	"staff_mails":        "codes and ids",
	"sums":               "codes and counts",
	"tasks":              "codes and ids",
	"transitions":        "which steps there are",
	"workplaces":         "municipality, sector and size, of no name",
	"goose_db_version":   "the schema's own",
}

// Whoever adds a column with words in it decides how long they are kept.
func TestEveryTextIsErasedOrKeptForAReason(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	var columns []struct {
		Table  string `db:"table_name"`
		Column string `db:"column_name"`
	}
	require.NoError(t, e.DB.Select(&columns, `
		select table_name, column_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
		where table_schema = 'public' and table_type = 'BASE TABLE' and data_type in ('text', 'jsonb', 'json', 'bytea', 'character varying', 'ARRAY', 'inet') order by 1, 2`))
	require.NotEmpty(t, columns)
	tables := map[string]bool{}
	for _, c := range columns {
		tables[c.Table] = true
		_, goes := erased[c.Table]
		_, part := erased[c.Table+"."+c.Column]
		_, stays := kept[c.Table]
		require.True(t, goes || part || stays, `Nobody has decided how long %[1]s.%[2]s is kept.
If people write in it, let erase_forloeb delete it (a migration) and name it in erased, in erase_test.go; else say in kept why it may stay.`, c.Table, c.Column)
		require.False(t, goes && stays, "%s is in both lists", c.Table)
	}
	for table := range kept {
		require.True(t, tables[table] || slices.Contains([]string{"goose_db_version"}, table), "there is no %s with words: take it off the list", table)
	}
}

func TestErasingTheAccessLogAndWhatIsSpent(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	for i, age := range []string{"11 months", "13 months"} {
		e.Exec(`insert into access_log (at, who, role, program, kind, route, purpose) values (now() - $1::interval, $2, 'head', false, 'search', 'x', 'search')`, age, uuid.New())
		e.Exec(`insert into idempotency_keys (route, key, body_hash, response, at) values ('x', $1, '', 'null', now() - $2::interval / 12)`, fmt.Sprint(i), age)
		e.Exec(`insert into sessions (token, data, expires_at) values ($1, '', now() - $2::interval + interval '12 months')`, fmt.Sprint(i), age)
		e.Exec(`insert into allowances (act, network, spent_until) values ('x', $1, now() - $2::interval + interval '12 months')`, fmt.Sprint(i), age)
	}
	for _, erase := range []struct {
		do   func() (int64, error)
		want int64
	}{
		{func() (int64, error) { return e.Worker.EraseAccessLog(t.Context()) }, 1},
		{func() (int64, error) { return e.Worker.EraseSpent(t.Context()) }, 3},
	} {
		n, err := erase.do()
		require.NoError(t, err)
		require.Equal(t, erase.want, n)
		n, err = erase.do()
		require.NoError(t, err)
		require.Zero(t, n)
	}
}
