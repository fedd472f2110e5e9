package store

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

// NoteAccess adds a line to the access log, in the name of whoever is in it.
// Where the forløb is looked at in one sitting, the purpose is that of the
// line before; else the given one. An access whose line cannot be written is
// not to be had: the error says so.
func (s *Store) NoteAccess(ctx context.Context, a forloeb.AccessLine) error {
	_, err := s.db.ExecContext(asHouse(ctx), insertAccess, accessArgs(a)...)
	return err
}

// NoteStillOpen adds a line for a page that keeps itself current, or a search
// that does, unless there is one of this sitting.
func (s *Store) NoteStillOpen(ctx context.Context, a forloeb.AccessLine) error {
	_, err := s.db.ExecContext(asHouse(ctx), insertAccess+`
		where not exists (select from access_log where who = $1 and forloeb_id is not distinct from $4 and at > now() - make_interval(secs => $10)
			and ($4::uuid is not null or route = $6))`, accessArgs(a)...)
	return err
}

const insertAccess = `
	insert into access_log (who, role, program, forloeb_id, kind, route, purpose, words, filters)
	select $1::uuid, $2, $3::boolean, $4::uuid, $5, $6, coalesce((
		select l.purpose from access_log l
		where l.who = $1 and l.forloeb_id = $4 and not $3 and $7 = 'search' and l.at > now() - make_interval(secs => $10)
		order by l.id desc limit 1), $7), $8, $9::text[]`

func accessArgs(a forloeb.AccessLine) []any {
	return []any{a.Who, a.Role, a.Program, nullableID(a.Forloeb), a.Kind, a.Route, a.Purpose, a.Words, pq.Array(nonNil(a.Filters)), forloeb.Sitting.Seconds()}
}

// LookedAt reports whether somebody has had a forløb in hand so lately.
func (s *Store) LookedAt(ctx context.Context, who, id uuid.UUID, lately time.Duration) (looked bool, err error) {
	err = s.db.GetContext(asHouse(ctx), &looked, `
		select exists (select from access_log where who = $1 and forloeb_id = $2 and at > now() - make_interval(secs => $3))`, who, id, lately.Seconds())
	return looked, err
}

// AccessLog is a page of the access log, the latest first; nothing to who does
// not see all.
func (s *Store) AccessLog(ctx context.Context, f forloeb.AccessFilter) (page forloeb.AccessPage, err error) {
	var before int64
	if f.Cursor != "" {
		if err := decodeCursor(f.Cursor, &before); err != nil {
			return page, err
		}
	}
	var rows []accessRow
	err = s.db.SelectContext(ctx, &rows, selectAccess+`
		where ($1::uuid is null or l.forloeb_id = $1) and ($2::uuid is null or l.who = $2) and ($3 = 0 or l.id < $3)
		order by l.id desc limit $4`, nullableID(f.Forloeb), nullableID(f.Who), before, forloeb.MaxRows+1)
	if len(rows) > forloeb.MaxRows {
		rows = rows[:forloeb.MaxRows]
		page.Next = encodeCursor(rows[len(rows)-1].ID)
	}
	for _, r := range rows {
		page.Rows = append(page.Rows, r.access())
	}
	return page, err
}

const selectAccess = `
	select l.id, l.at, l.who, l.role, l.program, l.forloeb_id, l.kind, l.route, l.purpose, l.words, l.filters,
		coalesce(s.name, k.label, '') as name, coalesce(f.reference, '') as reference
	from access_log l
	left join staff s on s.id = l.who left join api_tokens k on k.id = l.who left join forloeb f on f.id = l.forloeb_id`

type accessRow struct {
	ID        int64              `db:"id"`
	At        time.Time          `db:"at"`
	Who       uuid.UUID          `db:"who"`
	Name      string             `db:"name"`
	Role      forloeb.StaffRole  `db:"role"`
	Program   bool               `db:"program"`
	Forloeb   uuid.NullUUID      `db:"forloeb_id"`
	Reference string             `db:"reference"`
	Kind      forloeb.AccessKind `db:"kind"`
	Route     string             `db:"route"`
	Purpose   forloeb.Purpose    `db:"purpose"`
	Words     string             `db:"words"`
	Filters   pq.StringArray     `db:"filters"`
}

func (r accessRow) access() forloeb.AccessLine {
	return forloeb.AccessLine{
		ID: r.ID, At: r.At, Who: r.Who, Name: r.Name, Role: r.Role, Program: r.Program, Forloeb: r.Forloeb.UUID, Reference: r.Reference,
		Kind: r.Kind, Route: r.Route, Purpose: r.Purpose, Words: r.Words, Filters: r.Filters,
	}
}
