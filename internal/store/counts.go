package store

import (
	"context"

	"github.com/jmoiron/sqlx"

	"example.dk/spark/internal/forloeb"
)

// ListCounts counts what a filter leaves, and what the tabs above the list
// hold. The filter's place in the list makes no difference.
func (s *Store) ListCounts(ctx context.Context, f forloeb.ListFilter) (c forloeb.ListCounts, err error) {
	query, args := countsOf(ctx, f)
	err = s.db.scan(ctx, query, args, &c.Found, &c.Open, &c.NeedsAttention, &c.Overdue, &c.Closed)
	return c, err
}

func countsOf(ctx context.Context, f forloeb.ListFilter) (string, []any) {
	tab := (&filtering{}).narrowed(f)
	matching, args := matching(ctx, f).rows()
	return sqlx.Rebind(sqlx.DOLLAR, `
		select count(*) filter (where `+tab.condition()+`), count(*) filter (where open), count(*) filter (where needs_attention),
			count(*) filter (where overdue), count(*) filter (where not open)
		from `+matching+` matching`), append(tab.args, args...)
}

// StatusCounts counts the forløb in each status that any is in, for readers
// too, who see none of them.
func (s *Store) StatusCounts(ctx context.Context) (map[forloeb.Status]int, error) {
	var rows []struct {
		Status forloeb.Status `db:"status"`
		Count  int            `db:"count"`
	}
	err := s.db.SelectContext(asHouse(ctx), &rows, statusCountsSQL, only(ctx))
	counts := map[forloeb.Status]int{}
	for _, r := range rows {
		counts[r.Status] = r.Count
	}
	return counts, err
}

const statusCountsSQL = `select status, count(*) from listed where $1 = '' or provider = $1 group by status`

// OpenTasks counts the tasks of each kind that wait for somebody, without
// those that are put off.
func (s *Store) OpenTasks(ctx context.Context) (map[forloeb.TaskKind]int, error) {
	var rows []struct {
		Kind  forloeb.TaskKind `db:"kind"`
		Count int              `db:"count"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		select t.kind, count(*) from tasks t join forloeb f on f.id = t.forloeb_id`+delays+`
		where t.closed_at is null and d.until is null and `+within(1)+` group by t.kind`, only(ctx))
	counts := map[forloeb.TaskKind]int{}
	for _, r := range rows {
		counts[r.Kind] = r.Count
	}
	return counts, err
}
