package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

type actRow struct {
	ForloebID uuid.UUID       `db:"forloeb_id"`
	Version   int64           `db:"version"`
	Name      forloeb.ActName `db:"name"`
	Ref       string          `db:"ref"`
	Carried   string          `db:"carried"`
}

// Unrelayed lists acts that the workflow has not been told of, oldest first.
func (s *Store) Unrelayed(ctx context.Context, olderThan time.Duration, limit int) (acts []forloeb.Act, err error) {
	var rows []actRow
	err = s.db.SelectContext(asHouse(ctx), &rows, `
		select forloeb_id, version, name, ref, coalesce(traceparent, '') as carried from acts
		where relayed_at is null and written_at < clock_timestamp() - make_interval(secs => $1)
		order by written_at limit $2`, olderThan.Seconds(), limit)
	for _, r := range rows {
		acts = append(acts, forloeb.Act{ForloebID: r.ForloebID, Version: r.Version, Name: r.Name, Ref: r.Ref, Carried: r.Carried})
	}
	return acts, err
}

// MarkRelayed notes that the workflow has been told of these acts.
func (s *Store) MarkRelayed(ctx context.Context, acts []forloeb.Act) error {
	for _, a := range acts {
		if _, err := statement(asHouse(ctx), s.db, "relayed", `update acts set relayed_at = clock_timestamp() where forloeb_id = $1 and version = $2 and relayed_at is null`,
			a.ForloebID, a.Version); err != nil {
			return err
		}
	}
	return nil
}

// late is each reason why a forløb should be worked on, and since when.
const late = `
	select f.id, a.written_at as since from forloeb f join acts a on a.forloeb_id = f.id and a.version = f.version
	where f.seen_version < f.version
	union all
	select id, next_at - clock_offset from forloeb where seen_version = version and next_at is not null
	union all
	select forloeb_id, real_at + interval '1 hour' from mails where state in ('planned', 'sending') and not held`

// Unsettled lists forløb that nobody seems to work on: those whose last act
// the workflow has not acted on, though it had time to, those whose next date
// has passed, and those with a mail that ought to have gone an hour ago. The
// last two heal the loss of Temporal's database: a forløb that waits for a
// date is told of nothing else.
func (s *Store) Unsettled(ctx context.Context, olderThan time.Duration, limit int) (ids []uuid.UUID, err error) {
	err = s.db.SelectContext(asHouse(ctx), &ids, `
		select id from (`+late+`) late
		where since < clock_timestamp() - make_interval(secs => $1)
		group by id order by min(since) limit $2`, olderThan.Seconds(), limit)
	return ids, err
}

// freshFor is how long what is done counts as part of the click that brought
// it about. Later it is a retry or a date, with a trace of its own.
const freshFor = time.Hour

// Cause finds the act that last happened to a forløb: its span, "" when it has
// none, and whether what is done now is still part of the same work.
func (s *Store) Cause(ctx context.Context, id uuid.UUID) (carried string, fresh bool, err error) {
	var act struct {
		Carried string `db:"carried"`
		Fresh   bool   `db:"fresh"`
	}
	err = s.db.GetContext(asHouse(ctx), &act, `
		select coalesce(a.traceparent, '') as carried,
			f.seen_version < a.version or a.written_at > clock_timestamp() - make_interval(secs => $2) as fresh
		from acts a join forloeb f on f.id = a.forloeb_id
		where a.forloeb_id = $1 order by a.version desc limit 1`, id, freshFor.Seconds())
	return act.Carried, act.Fresh, err
}
