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
func (s *Store) Closed() int64 { return s.db.Stats().MaxIdleClosed }

// Setting is what one of the server's parameters is on the store's
// connections.
func (s *Store) Setting(ctx context.Context, name string) (value string, err error) {
	err = s.db.GetContext(ctx, &value, `select current_setting($1)`, name)
	return value, err
}
