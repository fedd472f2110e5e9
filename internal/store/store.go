// Package store keeps every fact in PostgreSQL. Record is the one door for
// what people do, Commit the one for what the workflow decides; both lock the
// forløb's row first, so that two who act at once are one after the other.
package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

// Store is the product's database.
type Store struct {
	db    pool
	url   string // may hold a password
	whole prepared
	// Development lets Look write how far a forløb's clock has been wound on.
	Development bool
	// Policy, when set, gives a new forløb its rules instead of the programme's
	// own: for the demo and for benchmarks.
	Policy func(forloeb.Programme) forloeb.Policy
	// RequestsAnHour is how many consent requests may leave in an hour, over all
	// forløb; those beyond it wait for a person. 0: any number.
	RequestsAnHour int
}

// ErrNotFound: there is no such thing.
var ErrNotFound = &forloeb.Refusal{Code: forloeb.RefuseNotFound}

// errBadURL does not quote the address: it may hold a password.
var errBadURL = errors.New("the database address is not one: use postgres://user:password@host:5432/spark?sslmode=verify-full")

// maxConnections is how many a process opens, as docs/operations.md promises.
const maxConnections = 40

// Open connects to the database. It does not wait for it: the first use does.
func Open(url string) (*Store, error) {
	return open(url, "")
}

// OpenHouse connects as somebody who sees every forløb also where nobody has
// said who looks: for tools and tests, which look behind the scenes.
func OpenHouse(url string) (*Store, error) { return open(url, forloeb.House) }

func open(url string, viewer forloeb.Viewer) (*Store, error) {
	connector, err := connector(url, viewer)
	if err != nil {
		return nil, errBadURL
	}
	db := sqlx.NewDb(sql.OpenDB(connector), "postgres")
	db.SetMaxOpenConns(maxConnections)
	db.SetMaxIdleConns(maxConnections) // fewer, and every burst opens anew what the one before closed
	db.SetConnMaxIdleTime(5 * time.Minute)
	db.SetConnMaxLifetime(30 * time.Minute)
	return &Store{db: pool{db}, url: url}, nil
}

// connector asks PostgreSQL not to compile queries. The one that reads a
// forløb takes two milliseconds; with statistics of nearly empty tables its
// cost is guessed so high that each run is compiled anew first, for seconds.
func connector(url string, viewer forloeb.Viewer) (*pq.Connector, error) {
	config, err := pq.NewConfig(url)
	if err != nil {
		return nil, err
	}
	if config.Runtime == nil {
		config.Runtime = map[string]string{}
	}
	config.Runtime["jit"] = "off"
	if viewer != "" {
		config.Runtime["spark.viewer"] = string(viewer)
	}
	return pq.NewConnectorConfig(config)
}

// Close closes every connection.
func (s *Store) Close() error { return s.db.db.Close() }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.db.db.PingContext(ctx) }

// nullable turns a zero time into NULL.
func nullable(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

// uniqueViolation reports whether err is a breach of the named constraint, or
// of any when the name is empty.
func uniqueViolation(err error, constraint string) bool {
	var e *pq.Error
	return errors.As(err, &e) && e.Code == "23505" && (constraint == "" || e.Constraint == constraint)
}
