package store

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

//go:embed queries/alike.sql
var alikeSQL string

// duplicatesLock is held while a forløb is closed as a duplicate: of two that
// would be duplicates of each other at once, one goes on.
const duplicatesLock = 7_210_002

func lockDuplicates(ctx context.Context, tx *transaction) error {
	_, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock($1)`, duplicatesLock)
	return err
}

// closeDuplicate stops the forløb and ties it to the other.
func (w *writer) closeDuplicate(d forloeb.CloseDuplicate) error {
	var other struct {
		ID        uuid.UUID `db:"id"`
		Open      bool      `db:"open"`
		Duplicate bool      `db:"duplicate"`
		Ours      bool      `db:"ours"`
	}
	err := w.tx.GetContext(w.ctx, &other, `
		select f.id, f.withdrawn_at is null and f.stopped_at is null and l.open as open,
			d.of is not null as duplicate, coalesce(d.of = $2, false) as ours
		from forloeb f join listed l on l.forloeb_id = f.id left join duplicates d on d.forloeb_id = f.id
		where f.reference = $1`, d.Reference(), w.f.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return &forloeb.Refusal{Code: forloeb.RefuseDuplicateUnknown, Status: w.f.Status}
	}
	if err != nil {
		return err
	}
	if err := w.f.MayBe(forloeb.Original{Open: other.Open, Duplicate: other.Duplicate, Ours: other.Ours}); err != nil {
		return err
	}
	if err := w.exec(`insert into duplicates (forloeb_id, of) values ($1, $2)`, w.f.ID, other.ID); err != nil {
		return err
	}
	return w.forloeb(`stopped_at = $2`, w.now)
}

// Alike are the open forløb that may be about the same as this one, the
// likeliest first.
func (s *Store) Alike(ctx context.Context, id uuid.UUID) ([]forloeb.Alike, error) {
	return s.alike(ctx, pq.Array([]uuid.UUID{id}))
}

// AlikeLately are those that are like one of the applications that came in
// last and have no consultant yet.
func (s *Store) AlikeLately(ctx context.Context) ([]forloeb.Alike, error) { return s.alike(ctx, nil) }

func (s *Store) alike(ctx context.Context, ids any) (list []forloeb.Alike, err error) {
	var rows []struct {
		ID        uuid.UUID `db:"id"`
		Reference string    `db:"reference"`
		Other     uuid.UUID `db:"other"`
		OtherRef  string    `db:"other_reference"`
		CreatedAt time.Time `db:"created_at"`
		Workplace string    `db:"workplace"`
		Place     bool      `db:"place"`
		People    bool      `db:"people"`
	}
	err = s.db.SelectContext(ctx, &rows, alikeSQL, ids)
	for _, r := range rows {
		list = append(list, forloeb.Alike{
			Of: forloeb.Twin{ID: r.ID, Reference: r.Reference}, Twin: forloeb.Twin{ID: r.Other, Reference: r.OtherRef},
			Workplace: r.Workplace, AppliedAt: r.CreatedAt, Place: r.Place, People: r.People,
		})
	}
	return list, err
}

// SayNotAlike lets two forløb that look alike be two. Saying it again changes
// nothing. It is ErrNotFound when the other is not there, or is the same.
func (s *Store) SayNotAlike(ctx context.Context, id, other, by uuid.UUID) error {
	result, err := statement(ctx, s.db, "not alike", `
		with other as (select id from forloeb where id = $2 and id <> $1),
		said as (insert into not_alike (one, other, said_by) select least($1::uuid, id), greatest($1::uuid, id), $3 from other on conflict do nothing)
		select from other`, id, other, by)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return ErrNotFound
}
