package store

import (
	"context"
	"time"

	"example.dk/spark/internal/forloeb"
)

// Year counts what came in and what was completed in a year of Copenhagen. Sums
// are for readers too, who see no forløb.
func (s *Store) Year(ctx context.Context, year int) (y forloeb.YearCounts, err error) {
	from := time.Date(year, time.January, 1, 0, 0, 0, 0, forloeb.Copenhagen)
	err = s.db.GetContext(asHouse(ctx), &y, yearSQL, from, from.AddDate(1, 0, 0), only(ctx))
	return y, err
}

// yearSQL looks for the provider only where one asks: the rest is found in
// indexes alone.
const yearSQL = `
	select
		(select count(*) from forloeb where created_at >= $1 and created_at < $2 and ($3 = '' or provider = $3)) as received,
		(select count(*) from forloeb_events where "to" = 'completed' and at >= $1 and at < $2
			and ($3 = '' or forloeb_id in (select id from forloeb where provider = $3))) as completed`

// Initiatives counts what a programme's workplaces answered when they were
// asked for the last time: three months after, by SPARK's policy.
func (s *Store) Initiatives(ctx context.Context, p forloeb.ProgrammeCode) (i forloeb.Initiatives, err error) {
	err = s.db.GetContext(asHouse(ctx), &i, `
		select coalesce(sum(answered), 0) as answered, coalesce(sum(planned), 0) as planned, coalesce(sum(ongoing), 0) as ongoing
		from sums where programme = $1 and kind = 'time'`, p)
	return i, err
}
