// Package migrations holds the database's schema: numbered, forward only,
// embedded in the binary. schema.sql is the whole as one file, for reading.
package migrations

import "embed"

// Files are the migrations in goose's format.
//
//go:embed 0*.sql
var Files embed.FS
