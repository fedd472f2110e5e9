package store

import (
	"context"
	"time"

	"example.dk/spark/internal/forloeb"
)

// Year counts what came in and what was completed in a year of Copenhagen.
func (s *Store) Year(ctx context.Context, year int) (y forloeb.YearCounts, err error) {
	from := time.Date(year, time.January, 1, 0, 0, 0, 0, forloeb.Copenhagen)
	err = s.db.GetContext(ctx, &y, `
		select
			(select count(*) from forloeb where created_at >= $1 and created_at < $2) as received,
			(select count(*) from forloeb_events where "to" = 'completed' and at >= $1 and at < $2) as completed`,
		from, from.AddDate(1, 0, 0))
	return y, err
}
