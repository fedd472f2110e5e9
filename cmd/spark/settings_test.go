package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// secretFile gives SPARK_DATABASE_URL as a file, and not otherwise.
func secretFile(t *testing.T, content string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "database")
	require.NoError(t, os.WriteFile(file, []byte(content+"\n"), 0o600))
	t.Setenv("SPARK_DATABASE_URL", "")
	t.Setenv("SPARK_DATABASE_URL_FILE", file)
}

func TestCommandsReadTheDatabaseFromAFile(t *testing.T) {
	empty := storetest.NewEmpty(t)
	secretFile(t, empty.OwnerURL())
	require.NoError(t, migrateCommand{}.Run(t.Context()))
	require.Zero(t, empty.Count(`select count(*) from forloeb`))

	secretFile(t, empty.URL("spark_api"))
	require.NoError(t, createTokenCommand{tokenDatabase{Postgres: 1}, forloeb.RoleSecretariat, "", "", "", time.Hour}.Run(t.Context()))
	require.Equal(t, 1, empty.Count(`select count(*) from api_tokens`))

	secretFile(t, "postgres://spark@db.example.dk/spark?sslmode=verify-full")
	require.ErrorContains(t, devCommand{}.Run(t.Context()), "SPARK_DATABASE_URL: development uses only servers on this machine")
}

// One setting that is wrong stops every command, before it does anything.
func TestCommandsReportEveryMistake(t *testing.T) {
	secretFile(t, "mysql://hemmelig")
	t.Setenv("SPARK_LISTEN", "nowhere")
	for name, run := range map[string]func() error{
		"api":     func() error { return apiCommand{}.Run(t.Context()) },
		"worker":  func() error { return workerCommand{}.Run(t.Context()) },
		"migrate": func() error { return migrateCommand{}.Run(t.Context()) },
		"token": func() error {
			return createTokenCommand{tokenDatabase{Postgres: 1}, forloeb.RoleSecretariat, "", "", "", time.Hour}.Run(t.Context())
		},
		"dev":   func() error { return devCommand{}.Run(t.Context()) },
		"ready": func() error { return readyCommand{}.Run(t.Context()) },
	} {
		err := run()
		require.ErrorContains(t, err, "SPARK_DATABASE_URL: is not a postgres:// address", name)
		require.ErrorContains(t, err, `SPARK_LISTEN: "nowhere" is not host:port`, name)
		require.NotContains(t, err.Error(), "hemmelig", name)
	}
}
