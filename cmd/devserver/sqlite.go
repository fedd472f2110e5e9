package main

import (
	"fmt"
	"log/slog"
	"net/url"
	"os"

	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/headers"
	sqliteplugin "go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/schema/sqlite"
)

// layout is counted up when what prepareSQLite puts into a new database changes.
const layout = "1"

const sqliteStore = "sqlite"

func sqlitePersistence(file string) config.Persistence {
	return config.Persistence{
		DefaultStore:     sqliteStore,
		VisibilityStore:  sqliteStore,
		NumHistoryShards: 1, // more than one only costs where SQLite has one writer
		DataStores:       map[string]config.DataStore{sqliteStore: {SQL: sqliteFile(file)}},
	}
}

func sqliteFile(file string) *config.SQL {
	return &config.SQL{
		PluginName: sqliteplugin.PluginName,
		// The name becomes part of a URI: a blank or a question mark in the path must not end it.
		DatabaseName: (&url.URL{Path: file}).EscapedPath(),
		ConnectAttributes: map[string]string{
			"mode": "rwc",
			// Several times faster than the default; the last moments before a power cut may be lost, and the
			// product restarts everything from its own rows anyway.
			"journal_mode": "wal",
			"synchronous":  "1",
			"busy_timeout": "10000",
		},
	}
}

// prepareSQLite makes the schema and the namespace.
//
// SQLite's schema is never migrated by the server, and a process killed half-way leaves half a schema. So a stamp
// beside the file says that it was finished, and by which version; without the right stamp the file is made anew.
func prepareSQLite(opts options) error {
	stamp := opts.Database + ".version"
	want := fmt.Sprintf("server %s, layout %s, namespace %s\n", headers.ServerVersion, layout, opts.Namespace)
	got, err := os.ReadFile(stamp)
	if err == nil && string(got) == want && exists(opts.Database) {
		return nil
	}
	if exists(opts.Database) {
		slog.Warn("the Temporal database is from another version or was never finished: it is made anew")
	}
	if err := remove(opts.Database); err != nil {
		return fmt.Errorf("the old Temporal database cannot be removed: %w", err)
	}
	if err := createSQLite(opts); err != nil {
		return err
	}
	if err := os.WriteFile(stamp, []byte(want), 0o644); err != nil {
		return fmt.Errorf("the Temporal database cannot be marked as finished: %w", err)
	}
	return nil
}

func createSQLite(opts options) error {
	db := sqliteFile(opts.Database)
	if err := sqlite.SetupSchema(db); err != nil {
		return fmt.Errorf("the Temporal database cannot be created: %w", err)
	}
	return createNamespace(db, opts.Namespace)
}

func remove(file string) error {
	for _, name := range []string{file, file + "-wal", file + "-shm", file + ".version"} {
		if err := os.Remove(name); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}
