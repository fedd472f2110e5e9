package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"github.com/jmoiron/sqlx"

	"example.dk/spark/internal/crashpoint"
)

// transaction is one that can read a forløb whole.
type transaction struct {
	*sqlx.Tx
	whole *sqlx.Stmt
}

// prepared is the query that reads a forløb whole. Planning it takes several
// times as long as running it, so it is planned once for each connection.
type prepared struct {
	sync.Mutex
	stmt *sqlx.Stmt
}

func (p *prepared) statement(ctx context.Context, db pool) (_ *sqlx.Stmt, err error) {
	p.Lock()
	defer p.Unlock()
	if p.stmt == nil {
		p.stmt, err = db.db.PreparexContext(ctx, loadSQL)
	}
	return p.stmt, err
}

// tx runs f in one transaction, as whoever looks, which is named for what it
// writes: committed when f returns nil, else undone.
func (s *Store) tx(ctx context.Context, what string, f func(tx *transaction) error) error {
	whole, err := s.whole.statement(ctx, s.db)
	if err != nil {
		return err
	}
	return s.db.transact(ctx, func(tx *sqlx.Tx) error {
		return f(&transaction{Tx: tx, whole: tx.StmtxContext(ctx, whole)})
	}, func(tx *sqlx.Tx) error {
		crashpoint.Hit("before commit", what)
		if err := tx.Commit(); err != nil {
			return fmt.Errorf("commit: %w", err)
		}
		crashpoint.Hit("after commit", what)
		return nil
	})
}

// statement runs one that is a transaction of its own, named for what it
// writes.
func statement(ctx context.Context, db pool, what, query string, args ...any) (sql.Result, error) {
	crashpoint.Hit("before commit", what)
	result, err := db.ExecContext(ctx, query, args...)
	crashpoint.Hit("after commit", what)
	return result, err
}
