package store

import (
	"context"
	"database/sql"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

// pool is the only way to the tables. What somebody asks runs in a transaction
// that says who looks, and the policies of the tables show no other forløb than
// theirs, whatever the question forgot to say. The setting ends with the
// transaction, so the next to get the connection is nobody. Nobody sees no
// forløb as the api; the process, with a database role of its own, sees all.
type pool struct{ db *sqlx.DB }

// asker answers questions: the pool, or a transaction.
type asker interface {
	GetContext(ctx context.Context, into any, query string, args ...any) error
	SelectContext(ctx context.Context, into any, query string, args ...any) error
}

// GetContext reads one row.
func (p pool) GetContext(ctx context.Context, into any, query string, args ...any) error {
	return p.ask(ctx, func(q sqlx.ExtContext) error { return sqlx.GetContext(ctx, q, into, query, args...) })
}

// SelectContext reads every row.
func (p pool) SelectContext(ctx context.Context, into any, query string, args ...any) error {
	return p.ask(ctx, func(q sqlx.ExtContext) error { return sqlx.SelectContext(ctx, q, into, query, args...) })
}

// ExecContext runs a statement.
func (p pool) ExecContext(ctx context.Context, query string, args ...any) (result sql.Result, err error) {
	err = p.ask(ctx, func(q sqlx.ExtContext) (err error) {
		result, err = q.ExecContext(ctx, query, args...)
		return err
	})
	return result, err
}

// scan reads the columns of one row.
func (p pool) scan(ctx context.Context, query string, args []any, into ...any) error {
	return p.ask(ctx, func(q sqlx.ExtContext) error { return q.QueryRowxContext(ctx, query, args...).Scan(into...) })
}

// ask runs a question as whoever looks. Where nobody has said who, it is one
// round trip and needs no transaction.
func (p pool) ask(ctx context.Context, f func(sqlx.ExtContext) error) error {
	if forloeb.ViewerOf(ctx) == "" {
		return f(p.db)
	}
	return p.transact(ctx, func(tx *sqlx.Tx) error { return f(tx) }, (*sqlx.Tx).Commit)
}

// transact begins a transaction as whoever looks and undoes it, unless f and
// end succeed.
func (p pool) transact(ctx context.Context, f, end func(*sqlx.Tx) error) error {
	tx, err := p.db.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after a commit this does nothing
	if err := look(ctx, tx, forloeb.ViewerOf(ctx)); err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return err
	}
	return end(tx)
}

// look says who looks for the rest of the transaction: what they see of forløb,
// and which member of staff it is, where it is one. A bare statement takes one
// round trip where one with parameters takes two.
func look(ctx context.Context, tx *sqlx.Tx, v forloeb.Viewer) error {
	if v == "" {
		return nil
	}
	says := `set local spark.viewer = ` + pq.QuoteLiteral(string(v))
	if who := forloeb.Asker(ctx); who.ID != uuid.Nil {
		says += `; set local spark.staff = ` + pq.QuoteLiteral(who.ID.String())
	}
	_, err := tx.ExecContext(ctx, says)
	return err
}

// keepHouse lets the rest of a transaction see everything. What a deed writes
// has been judged, and reaches other forløb: a consultant who is free again
// may be the one that another has waited for.
func keepHouse(ctx context.Context, tx *transaction) error { return look(ctx, tx.Tx, forloeb.House) }

// asHouse is for questions that nobody asks for themselves: what the process
// needs, and sums that name nobody.
func asHouse(ctx context.Context) context.Context { return forloeb.As(ctx, forloeb.House) }
