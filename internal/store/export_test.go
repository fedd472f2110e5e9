package store

import (
	"context"
	"time"

	"example.dk/spark/internal/forloeb"
)

// MigrateNeeding lets a test miss a role.
var MigrateNeeding = migrateNeeding

// ListenImpatiently lets a test lose a connection that has fallen silent.
func (s *Store) ListenImpatiently(ctx context.Context, tell func(forloeb.News), patience time.Duration) error {
	return s.listen(ctx, tell, patience)
}

// Closed is how many connections were closed because enough were idle.
func (s *Store) Closed() int64 { return s.db.db.Stats().MaxIdleClosed }

// Setting is what one of the server's parameters is on the store's
// connections.
func (s *Store) Setting(ctx context.Context, name string) (value string, err error) {
	err = s.db.GetContext(ctx, &value, `select current_setting($1)`, name)
	return value, err
}

// Ask reads one row as whoever looks, with a question of the test's own.
func (s *Store) Ask(ctx context.Context, into any, query string, args ...any) error {
	return s.db.GetContext(ctx, into, query, args...)
}

// OneConnection lets a test know which connection it gets: there is one.
func (s *Store) OneConnection() *Store {
	s.db.db.SetMaxOpenConns(1)
	return s
}
