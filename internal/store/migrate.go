package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/lib/pq"
	"github.com/pressly/goose/v3"
	sessionlock "github.com/pressly/goose/v3/lock"

	"example.dk/spark/migrations"
)

// The roles that the migrations grant rights to. Whoever runs the database
// creates them; the migrations do not.
const (
	RoleAPI    = "spark_api"
	RoleWorker = "spark_worker"
)

// Migrate brings the schema up to the version this binary knows, as the
// tables' owner. Two at once are one after the other.
func Migrate(ctx context.Context, ownerURL string) error {
	return migrateNeeding(ctx, ownerURL, RoleAPI, RoleWorker)
}

func migrateNeeding(ctx context.Context, ownerURL string, roles ...string) error {
	db, err := openOwner(ownerURL)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := requireRoles(ctx, db, roles); err != nil {
		return err
	}
	locker, err := sessionlock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, migrations.Files, goose.WithSessionLocker(locker))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// DevelopmentClock lets the forløb of this database have clocks of their own.
// It is for development and tests: elsewhere a constraint keeps every clock
// real.
func DevelopmentClock(ctx context.Context, ownerURL string) error {
	db, err := openOwner(ownerURL)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, `alter table forloeb drop constraint if exists forloeb_clock_is_real`)
	return err
}

func openOwner(url string) (*sql.DB, error) {
	connector, err := pq.NewConnector(url)
	if err != nil {
		return nil, errBadURL
	}
	return sql.OpenDB(connector), nil
}

func requireRoles(ctx context.Context, db *sql.DB, roles []string) error {
	var missing pq.StringArray
	err := db.QueryRowContext(ctx, `
		select coalesce(array_agg(r), '{}') from unnest($1::text[]) r where r not in (select rolname from pg_roles)`,
		pq.Array(roles)).Scan(&missing)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if len(missing) > 0 {
		return fmt.Errorf("the database has no role %s: create the roles %s and %s (login, nothing more) before migrating",
			strings.Join(missing, " and "), RoleAPI, RoleWorker)
	}
	return nil
}

// Ready reports whether the database answers and has the schema this binary
// needs. A newer schema will do: during a release the migration comes first.
func (s *Store) Ready(ctx context.Context) error {
	at, err := s.SchemaVersion(ctx)
	if err != nil {
		return err
	}
	if need := latestMigration(); at < need {
		return fmt.Errorf("the database's schema is version %d and this binary needs %d: run spark migrate", at, need)
	}
	return nil
}

// SchemaVersion is the number of the last migration that was applied; 0 when
// none was.
func (s *Store) SchemaVersion(ctx context.Context) (version int64, err error) {
	err = s.db.GetContext(ctx, &version, `select coalesce(max(version_id), 0) from goose_db_version where is_applied`)
	var missing *pq.Error
	if errors.As(err, &missing) && missing.Code == "42P01" { // undefined table
		return 0, nil
	}
	return version, err
}

// latestMigration is the highest number among the embedded files.
func latestMigration() (latest int64) {
	files, err := migrations.Files.ReadDir(".")
	if err != nil {
		panic(err) // they are embedded
	}
	for _, f := range files {
		number, _, _ := strings.Cut(path.Base(f.Name()), "_")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil {
			latest = max(latest, n)
		}
	}
	return latest
}
