package store

import (
	"context"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

//go:embed queries/list.sql
var listSQL string

// List is one page of forløb: what needs a person first, then what happens
// soonest, then the rest, the newest first, so that the closed ones are in an
// order too. What it shows is what the workflow wrote last.
func (s *Store) List(ctx context.Context, f forloeb.ListFilter) (page forloeb.ListPage, err error) {
	after, err := parseListCursor(f.Cursor)
	if err != nil {
		return page, err
	}
	limit := pageSize(f.Limit)
	q := matching(ctx, f).narrowed(f)
	if f.Cursor != "" {
		q.where(`(not needs_attention, coalesce(next_at, 'infinity'), -extract(epoch from status_since), forloeb_id)
			> (?::boolean, ?::timestamptz, -extract(epoch from ?::timestamptz), ?::uuid)`, !after.NeedsAttention, after.next(), after.Since, after.ID)
	}
	var rows []listRow
	query, args := q.list(limit + 1)
	if err := s.db.SelectContext(ctx, &rows, query, args...); err != nil {
		return page, err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].cursor()
	}
	for _, r := range rows {
		page.Rows = append(page.Rows, r.row())
	}
	return page, nil
}

// list asks for so many rows.
func (q *filtering) list(limit int) (string, []any) {
	matching, args := q.rows()
	return sqlx.Rebind(sqlx.DOLLAR, strings.Replace(listSQL, "/*matching*/", matching, 1)), append(args, limit)
}

// ExplainList is PostgreSQL's own account of how it finds the first page of a
// list and counts its tabs.
func (s *Store) ExplainList(ctx context.Context, f forloeb.ListFilter) (string, error) {
	var plan []string
	for _, ask := range []func() (string, []any){
		func() (string, []any) { return matching(ctx, f).narrowed(f).list(forloeb.MaxRows + 1) },
		func() (string, []any) { return countsOf(ctx, f) },
	} {
		var lines []string
		query, args := ask()
		if err := s.db.SelectContext(ctx, &lines, `explain (analyze, buffers, costs off) `+query, args...); err != nil {
			return "", err
		}
		plan = append(plan, strings.Join(lines, "\n"))
	}
	return strings.Join(plan, "\n\n"), nil
}

type listRow struct {
	ID             uuid.UUID      `db:"id"`
	Reference      string         `db:"reference"`
	Type           string         `db:"type"`
	Workplaces     int            `db:"workplaces"`
	Status         forloeb.Status `db:"status"`
	StatusSince    time.Time      `db:"status_since"`
	Workplace      string         `db:"workplace"`
	Municipality   string         `db:"municipality"`
	Region         string         `db:"region"`
	Provider       string         `db:"provider"`
	Themes         pq.StringArray `db:"themes"`
	ConsultantID   uuid.NullUUID  `db:"consultant_id"`
	Consultant     string         `db:"consultant"`
	Waiting        []byte         `db:"waiting"`
	NextAt         *time.Time     `db:"next_at"`
	NeedsAttention bool           `db:"needs_attention"`
	Settled        bool           `db:"settled"`
	Overdue        bool           `db:"overdue"`
	Now            time.Time      `db:"now"`
}

func (r listRow) row() forloeb.ListRow {
	row := forloeb.ListRow{
		ID: r.ID, Reference: r.Reference, Type: forloeb.TypeCode(r.Type), Workplaces: r.Workplaces, Status: r.Status, StatusSince: r.StatusSince,
		Workplace: r.Workplace, Municipality: r.Municipality, Region: r.Region, Provider: forloeb.ProviderCode(r.Provider), Themes: themeCodes(r.Themes),
		ConsultantID: r.ConsultantID.UUID, Consultant: r.Consultant,
		NeedsAttention: r.NeedsAttention, Overdue: r.Overdue, Settled: r.Settled, Now: r.Now,
	}
	_ = json.Unmarshal(r.Waiting, &row.Waiting) // our own words; unreadable ones say nothing
	if r.NextAt != nil {
		row.NextAt = *r.NextAt
	}
	return row
}

// listCursor is the place of the last row in the order of the list.
type listCursor struct {
	NeedsAttention bool       `json:"a,omitempty"`
	NextAt         *time.Time `json:"n,omitempty"`
	Since          time.Time  `json:"s"`
	ID             uuid.UUID  `json:"i"`
}

func (r listRow) cursor() string {
	return encodeCursor(listCursor{NeedsAttention: r.NeedsAttention, NextAt: r.NextAt, Since: r.StatusSince, ID: r.ID})
}

// next is the date to go on from; rows without one come last.
func (c listCursor) next() string {
	if c.NextAt == nil {
		return "infinity"
	}
	return c.NextAt.Format(time.RFC3339Nano)
}

func parseListCursor(s string) (c listCursor, err error) {
	if s == "" {
		return c, nil
	}
	return c, decodeCursor(s, &c)
}

func encodeCursor(v any) string { return base64.RawURLEncoding.EncodeToString(toJSON(v)) }

func decodeCursor(s string, v any) error {
	document, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || json.Unmarshal(document, v) != nil {
		return forloeb.ErrBadCursor
	}
	return nil
}

func pageSize(wanted int) int {
	if wanted < 1 || wanted > forloeb.MaxRows {
		return forloeb.MaxRows
	}
	return wanted
}

func statuses(list []forloeb.Status) any {
	codes := make([]string, len(list))
	for i, s := range list {
		codes[i] = string(s)
	}
	return pq.Array(codes)
}

func themeCodes(codes []string) (list []forloeb.ThemeCode) {
	for _, c := range codes {
		list = append(list, forloeb.ThemeCode(c))
	}
	return list
}

func nullableID(id uuid.UUID) uuid.NullUUID { return uuid.NullUUID{UUID: id, Valid: id != uuid.Nil} }
