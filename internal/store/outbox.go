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
}

// Unrelayed lists acts that the workflow has not been told of, oldest first.
func (s *Store) Unrelayed(ctx context.Context, olderThan time.Duration, limit int) (acts []forloeb.Act, err error) {
	var rows []actRow
	err = s.db.SelectContext(ctx, &rows, `
		select forloeb_id, version, name, ref from acts
		where relayed_at is null and written_at < clock_timestamp() - make_interval(secs => $1)
		order by written_at limit $2`, olderThan.Seconds(), limit)
	for _, r := range rows {
		acts = append(acts, forloeb.Act{ForloebID: r.ForloebID, Version: r.Version, Name: r.Name, Ref: r.Ref})
	}
	return acts, err
}

// MarkRelayed notes that the workflow has been told of these acts.
func (s *Store) MarkRelayed(ctx context.Context, acts []forloeb.Act) error {
	for _, a := range acts {
		if _, err := s.db.ExecContext(ctx, `update acts set relayed_at = clock_timestamp() where forloeb_id = $1 and version = $2 and relayed_at is null`,
			a.ForloebID, a.Version); err != nil {
			return err
		}
	}
	return nil
}

// Unsettled lists forløb that the workflow ought to have acted on by now: an
// act it had time for, or a date that has passed on the forløb's own clock.
// The second heals a forløb whose workflow was lost while it slept.
func (s *Store) Unsettled(ctx context.Context, olderThan time.Duration, limit int) (ids []uuid.UUID, err error) {
	err = s.db.SelectContext(ctx, &ids, `
		select f.id from forloeb f join acts a on a.forloeb_id = f.id and a.version = f.version
		where f.seen_version < f.version and a.written_at < clock_timestamp() - make_interval(secs => $1)
			or f.next_at < forloeb_now(f) - make_interval(secs => $1)
		order by a.written_at limit $2`, olderThan.Seconds(), limit)
	return ids, err
}
