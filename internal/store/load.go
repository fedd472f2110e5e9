package store

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"example.dk/spark/internal/forloeb"
)

//go:embed queries/load.sql
var loadSQL string

// Forloeb reads one forløb whole, in one snapshot. ErrNotFound when there is
// none.
func (s *Store) Forloeb(ctx context.Context, id uuid.UUID) (*forloeb.Forloeb, error) {
	return s.load(ctx, id)
}

// Party reads the forløb a party belongs to. ErrNotFound when there is none.
func (s *Store) Party(ctx context.Context, party uuid.UUID) (*forloeb.Forloeb, error) {
	return s.loadBy(ctx, `select forloeb_id from parties where id = $1`, party)
}

// ByGuest reads the forløb a guest belongs to. ErrNotFound when there is none.
func (s *Store) ByGuest(ctx context.Context, guest uuid.UUID) (*forloeb.Forloeb, error) {
	return s.loadBy(ctx, `select forloeb_id from guests where id = $1`, guest)
}

// ByMeeting reads the forløb a meeting belongs to. ErrNotFound when there is none.
func (s *Store) ByMeeting(ctx context.Context, meeting uuid.UUID) (*forloeb.Forloeb, error) {
	return s.loadBy(ctx, `select forloeb_id from meetings where id = $1`, meeting)
}

// ByMail reads the forløb a mail belongs to. ErrNotFound when there is none.
func (s *Store) ByMail(ctx context.Context, mail int64) (*forloeb.Forloeb, error) {
	return s.loadBy(ctx, `select forloeb_id from mails where id = $1`, mail)
}

// ByTask reads the forløb a task belongs to. ErrNotFound when there is none.
func (s *Store) ByTask(ctx context.Context, task int64) (*forloeb.Forloeb, error) {
	return s.loadBy(ctx, `select forloeb_id from tasks where id = $1`, task)
}

// Now is the time on the forløb's own clock: real time, except where
// development has wound it on.
func (s *Store) Now(ctx context.Context, id uuid.UUID) (now time.Time, err error) {
	err = s.db.GetContext(ctx, &now, `select forloeb_now(f) from forloeb f where id = $1 and `+within(2), id, only(ctx))
	return now, notFound(err)
}

func (s *Store) loadBy(ctx context.Context, query string, arg any) (*forloeb.Forloeb, error) {
	var id uuid.UUID
	if err := s.db.GetContext(ctx, &id, query, arg); err != nil {
		return nil, notFound(err)
	}
	return s.load(ctx, id)
}

func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

func (s *Store) load(ctx context.Context, id uuid.UUID) (*forloeb.Forloeb, error) {
	whole, err := s.whole.statement(ctx, s.db)
	if err != nil {
		return nil, err
	}
	if forloeb.ViewerOf(ctx) == "" {
		return load(ctx, whole, id)
	}
	var f *forloeb.Forloeb
	err = s.db.transact(ctx, func(tx *sqlx.Tx) error {
		f, err = load(ctx, tx.StmtxContext(ctx, whole), id)
		return err
	}, (*sqlx.Tx).Commit)
	return f, err
}

func load(ctx context.Context, whole *sqlx.Stmt, id uuid.UUID) (*forloeb.Forloeb, error) {
	var document []byte
	if err := whole.GetContext(ctx, &document, id); err != nil {
		return nil, notFound(err)
	}
	f := new(forloeb.Forloeb)
	if err := json.Unmarshal(document, f); err != nil {
		return nil, fmt.Errorf("forløb %s cannot be read: %w", id, err)
	}
	if of := only(ctx); of != "" && f.Provider != of {
		return nil, ErrNotFound
	}
	return f, nil
}

// lock takes the forløb's row for this transaction and reads everything under
// it, with the time on its clock. One that whoever looks may not see is not
// found; from there on the transaction keeps house.
func lock(ctx context.Context, tx *transaction, id uuid.UUID) (*forloeb.Forloeb, time.Time, error) {
	var now time.Time
	err := tx.GetContext(ctx, &now, `select forloeb_now(f) from forloeb f where id = $1 for update`, id)
	if err != nil {
		return nil, now, notFound(err)
	}
	f, err := load(ctx, tx.whole, id)
	if err != nil {
		return nil, now, err
	}
	return f, now, keepHouse(ctx, tx)
}
