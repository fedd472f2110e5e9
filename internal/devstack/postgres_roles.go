package devstack

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/lib/pq"
)

// The product's database and roles: one owns the tables, the others get what the migrations grant. None is a
// superuser, so that what the grants forbid is forbidden here too.
const (
	Database   = "spark"
	RoleOwner  = "spark_owner" // may also create databases: tests want some of their own
	RoleAPI    = "spark_api"
	RoleWorker = "spark_worker"

	superuser = "postgres"
)

// RoleTemporal owns Temporal's databases where it keeps its state in PostgreSQL, and can do nothing in the product's.
const RoleTemporal = "temporal"

// createRoles adds what is missing.
func createRoles(ctx context.Context, db *sql.DB) error {
	for _, r := range []struct{ name, options string }{
		{RoleOwner, "LOGIN CREATEDB"},
		{RoleAPI, "LOGIN"},
		{RoleWorker, "LOGIN"},
		{RoleTemporal, "LOGIN CREATEDB"},
	} {
		query := fmt.Sprintf("CREATE ROLE %s %s", pq.QuoteIdentifier(r.name), r.options)
		if err := createUnless(ctx, db, "SELECT FROM pg_roles WHERE rolname = $1", r.name, query); err != nil {
			return err
		}
	}
	query := fmt.Sprintf("CREATE DATABASE %s OWNER %s", pq.QuoteIdentifier(Database), pq.QuoteIdentifier(RoleOwner))
	return createUnless(ctx, db, "SELECT FROM pg_database WHERE datname = $1", Database, query)
}

func createUnless(ctx context.Context, db *sql.DB, exists, name, create string) error {
	var there bool
	if err := db.QueryRowContext(ctx, "SELECT EXISTS ("+exists+")", name).Scan(&there); err != nil {
		return fmt.Errorf("PostgreSQL cannot be asked for %s: %w", name, err)
	}
	if there {
		return nil
	}
	if _, err := db.ExecContext(ctx, create); err != nil {
		return fmt.Errorf("%s failed: %w", strings.ToLower(create), err)
	}
	return nil
}
