package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// EraseForloeb erases who the parties were, and what was written, in every
// forløb whose day has come (Forloeb.ToErase). It returns how many. Those that
// it has come to stay erased when it ends early.
func (s *Store) EraseForloeb(ctx context.Context) (n int64, err error) {
	ids, err := s.unerased(ctx, 24*time.Hour)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		erased, err := s.eraseForloeb(ctx, id)
		if err != nil {
			return n, err
		}
		if erased {
			n++
		}
	}
	return n, nil
}

// Unerased lists the forløb that should have been erased so long ago.
func (s *Store) Unerased(ctx context.Context, olderThan time.Duration) ([]uuid.UUID, error) {
	return s.unerased(asHouse(ctx), -olderThan)
}

// unerased are those that have been closed for as many months as they are kept,
// in so long a time. What the day is exactly, the domain says of each.
func (s *Store) unerased(ctx context.Context, soon time.Duration) (ids []uuid.UUID, err error) {
	err = s.db.SelectContext(ctx, &ids, `
		select f.id from forloeb f
		where f.status = any($1) and not exists (select from erasures e where e.forloeb_id = f.id)
			and f.status_since + make_interval(months => (f.policy ->> case f.status when $2 then 'keep_completed_months' else 'keep_closed_months' end)::int)
				<= forloeb_now(f) + make_interval(secs => $3)
		order by f.status_since`, closedStatuses, forloeb.Completed, soon.Seconds())
	return ids, err
}

func (s *Store) eraseForloeb(ctx context.Context, id uuid.UUID) (erased bool, err error) {
	f, err := s.Forloeb(ctx, id)
	if err != nil {
		return false, err
	}
	now, err := s.Now(ctx, id)
	if err != nil || !f.ToErase(now) {
		return false, err
	}
	err = s.db.GetContext(ctx, &erased, `select erase_forloeb($1)`, id)
	return erased, err
}

// EraseAccessLog deletes what the access log has kept for its time, and
// returns how many lines.
func (s *Store) EraseAccessLog(ctx context.Context) (n int64, err error) {
	err = s.db.GetContext(ctx, &n, `select erase_access_log(now() - make_interval(months => $1))`, forloeb.AccessLogMonths)
	return n, err
}

// EraseSpent deletes logins, kept forms, counts of networks and keys of
// applications whose time is over, and returns how many.
func (s *Store) EraseSpent(ctx context.Context) (n int64, err error) {
	err = s.db.GetContext(ctx, &n, `select erase_spent()`)
	return n, err
}
