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
	err = s.db.GetContext(asHouse(ctx), &y, `
		select
			(select count(*) from forloeb f where created_at >= $1 and created_at < $2 and `+within(3)+`) as received,
			(select count(*) from forloeb_events e join forloeb f on f.id = e.forloeb_id
				where e."to" = 'completed' and e.at >= $1 and e.at < $2 and `+within(3)+`) as completed`,
		from, from.AddDate(1, 0, 0), only(ctx))
	return y, err
}

// Initiatives counts what a programme's workplaces answered when they were
// asked for the last time: three months after, by SPARK's policy.
func (s *Store) Initiatives(ctx context.Context, p forloeb.ProgrammeCode) (i forloeb.Initiatives, err error) {
	err = s.db.GetContext(asHouse(ctx), &i, `
		select count(*) as answered, count(*) filter (where planned) as planned, count(*) filter (where ongoing) as ongoing
		from outcomes where programme = $1 and answered > 0`, p)
	return i, err
}
