package store_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
	"example.dk/spark/migrations"
)

func TestMigrationsAreNumberedWithoutGapsOrDoubles(t *testing.T) {
	files, err := fs.Glob(migrations.Files, "*")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for i, name := range files { // sorted by name
		require.True(t, strings.HasPrefix(name, fmt.Sprintf("%05d_", i+1)), "%s is not number %d", name, i+1)
		content, err := migrations.Files.ReadFile(name)
		require.NoError(t, err)
		require.NotRegexp(t, `(?s)-- \+goose Down\s+\S`, string(content), "migrations go forward only")
	}
}

func TestTransitionsTableIsTheDomains(t *testing.T) {
	e := storetest.New(t)
	want := []string{"none to awaiting_consent"}
	for _, s := range forloeb.Transitions {
		want = append(want, string(s.From)+" to "+string(s.To))
	}
	var got []string
	require.NoError(t, e.DB.Select(&got, `select "from" || ' to ' || "to" from transitions`))
	require.ElementsMatch(t, want, got)
}

func TestMigrateTwiceAtOnce(t *testing.T) {
	e := storetest.NewEmpty(t)
	ctx := context.Background()
	before := e.OpenHouse()
	require.ErrorContains(t, before.Ready(ctx), "run spark migrate")

	var wait sync.WaitGroup
	errs := make([]error, 3)
	for i := range errs {
		wait.Go(func() { errs[i] = store.Migrate(ctx, e.OwnerURL()) })
	}
	wait.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	for _, role := range []string{store.RoleAPI, store.RoleWorker} {
		s := e.Open(role)
		require.NoError(t, s.Ready(ctx))
		version, err := s.SchemaVersion(ctx)
		require.NoError(t, err)
		files, _ := fs.Glob(migrations.Files, "*.sql")
		require.EqualValues(t, len(files), version)
	}
}

func TestReadyRefusesAnOldSchema(t *testing.T) {
	e := storetest.New(t)
	e.Exec(`delete from goose_db_version where version_id = (select max(version_id) from goose_db_version)`)
	require.ErrorContains(t, e.API.Ready(context.Background()), "run spark migrate")
}

func TestReadyReportsADatabaseThatIsAway(t *testing.T) {
	s, err := store.Open("postgres://spark_api@127.0.0.1:1/spark?sslmode=disable")
	require.NoError(t, err)
	defer s.Close()
	require.Error(t, s.Ready(context.Background()))
}

func TestABadAddressIsNotQuoted(t *testing.T) {
	_, err := store.Open("postgres://spark:hemmeligt@%zz/")
	require.Error(t, err)
	require.NotContains(t, err.Error(), "hemmeligt")
	require.Equal(t, err, store.Migrate(context.Background(), "postgres://spark:hemmeligt@%zz/"))
}

func TestMigrateNamesMissingRoles(t *testing.T) {
	e := storetest.NewEmpty(t)
	err := store.MigrateNeeding(context.Background(), e.OwnerURL(), "spark_nobody", "spark_api")
	require.ErrorContains(t, err, "the database has no role spark_nobody: create the roles")
	require.Zero(t, e.Count(`select count(*) from information_schema.tables where table_schema = 'public'`), "nothing was migrated")
}

func TestOnlyDevelopmentHasClocks(t *testing.T) {
	e := storetest.NewEmpty(t)
	ctx := context.Background()
	require.NoError(t, store.Migrate(ctx, e.OwnerURL()))
	id := e.Apply()
	_, err := e.DB.Exec(`update forloeb set clock_offset = '1 day' where id = $1`, id)
	require.ErrorContains(t, err, "forloeb_clock_is_real")
	require.NoError(t, store.DevelopmentClock(ctx, e.OwnerURL()))
	require.NoError(t, store.DevelopmentClock(ctx, e.OwnerURL()))
	e.Exec(`update forloeb set clock_offset = '1 day' where id = $1`, id)
}
