package store

import (
	"context"

	"example.dk/spark/internal/forloeb"
)

// ListCounts counts what the tabs above a list hold. Statuses, NeedsAttention
// and Overdue of the filter make no difference, nor does its place in the list.
func (s *Store) ListCounts(ctx context.Context, f forloeb.ListFilter) (c forloeb.ListCounts, err error) {
	err = s.db.QueryRowContext(ctx, `with matching as (`+matchingSQL+`)
		select count(*) filter (where status <> all ($8)), count(*) filter (where needs_attention),
			count(*) filter (where overdue), count(*) filter (where status = any ($8))
		from matching`, matching(f)...).Scan(&c.Open, &c.NeedsAttention, &c.Overdue, &c.Closed)
	return c, err
}

// StatusCounts counts the forløb in each status that any is in.
func (s *Store) StatusCounts(ctx context.Context) (map[forloeb.Status]int, error) {
	var rows []struct {
		Status forloeb.Status `db:"status"`
		Count  int            `db:"count"`
	}
	err := s.db.SelectContext(ctx, &rows, `select status, count(*) from forloeb group by status`)
	counts := map[forloeb.Status]int{}
	for _, r := range rows {
		counts[r.Status] = r.Count
	}
	return counts, err
}
