package storetest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sync"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/store"
	"example.dk/spark/migrations"
)

// templateLock is held while a template is made, by whichever test binary
// comes first.
const templateLock = 7_210_101

func createFromTemplate(t testing.TB, name string) {
	t.Helper()
	ctx, cancel := within()
	defer cancel()
	db := maintenance(t)
	template := template(ctx, t, db)
	_, err := db.ExecContext(ctx, fmt.Sprintf(`create database %s template %s`, name, template))
	require.NoError(t, err)
}

func createEmpty(t testing.TB, name string) {
	t.Helper()
	ctx, cancel := within()
	defer cancel()
	_, err := maintenance(t).ExecContext(ctx, `create database `+name)
	require.NoError(t, err)
}

// dropDatabase waits a few seconds, as PostgreSQL does by itself, for the
// connections that the test has just closed.
func dropDatabase(t testing.TB, name string) {
	ctx, cancel := within()
	defer cancel()
	_, err := maintenance(t).ExecContext(ctx, fmt.Sprintf(`drop database if exists %s`, name))
	require.NoError(t, err)
}

// maintenance is one connection for the whole process: databases are made and
// dropped through it.
func maintenance(t testing.TB) *sqlx.DB {
	t.Helper()
	url := base(t).String()
	maintenanceOnce.Do(func() { maintenanceDB, maintenanceErr = sqlx.Open("postgres", url) })
	require.NoError(t, maintenanceErr)
	return maintenanceDB
}

var (
	maintenanceOnce sync.Once
	maintenanceDB   *sqlx.DB
	maintenanceErr  error

	templateMutex sync.Mutex
	templateReady bool
)

// template makes a migrated database to copy, once for each state of the
// migrations.
func template(ctx context.Context, t testing.TB, db *sqlx.DB) string {
	t.Helper()
	name := "spark_template_" + schemaHash(t)
	templateMutex.Lock()
	defer templateMutex.Unlock()
	if templateReady {
		return name
	}
	conn, err := db.Connx(ctx)
	require.NoError(t, err)
	defer conn.Close()
	_, err = conn.ExecContext(ctx, `select pg_advisory_lock($1)`, templateLock)
	require.NoError(t, err)
	defer conn.ExecContext(ctx, `select pg_advisory_unlock($1)`, templateLock)
	var there bool
	require.NoError(t, conn.GetContext(ctx, &there, `select exists (select 1 from pg_database where datname = $1)`, name))
	if !there {
		build(ctx, t, conn, name)
	}
	templateReady = true
	return name
}

// build gives the template its name when it is whole, so that a killed run
// leaves none that looks finished.
func build(ctx context.Context, t testing.TB, conn *sqlx.Conn, name string) {
	t.Helper()
	unfinished := name + "_new"
	for _, query := range []string{`drop database if exists %s`, `create database %s`} {
		_, err := conn.ExecContext(ctx, fmt.Sprintf(query, unfinished))
		require.NoError(t, err)
	}
	url := address(t, owner(t), unfinished)
	require.NoError(t, store.Migrate(ctx, url))
	require.NoError(t, store.DevelopmentClock(ctx, url))
	_, err := conn.ExecContext(ctx, fmt.Sprintf(`alter database %s rename to %s`, unfinished, name))
	require.NoError(t, err)
}

// schemaHash names the state of the migrations.
func schemaHash(t testing.TB) string {
	t.Helper()
	h := sha256.New()
	files, err := fs.Glob(migrations.Files, "*.sql")
	require.NoError(t, err)
	for _, name := range files {
		content, err := migrations.Files.ReadFile(name)
		require.NoError(t, err)
		fmt.Fprintf(h, "%s %d\n%s", name, len(content), content)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
