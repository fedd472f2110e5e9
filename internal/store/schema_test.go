package store_test

import (
	_ "embed"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

var update = flag.Bool("update", false, "write migrations/schema.sql anew")

//go:embed testdata/schema.sql
var describeSchema string

// schema.sql is the whole schema as one file, for reading. It is made from
// the database's own catalogue, so that it needs no dump program.
func TestSchemaFileIsCurrent(t *testing.T) {
	t.Parallel()
	e := storetest.NewEmpty(t)
	require.NoError(t, store.Migrate(t.Context(), e.OwnerURL()))
	var lines []string
	require.NoError(t, e.DB.Select(&lines, describeSchema))
	got := "-- The schema after every migration, for reading. Made by: go test ./internal/store -run TestSchemaFileIsCurrent -update\n\n" +
		strings.Join(lines, "\n\n") + "\n"
	const file = "../../migrations/schema.sql"
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "make it anew with: go test ./internal/store -run TestSchemaFileIsCurrent -update")
}
