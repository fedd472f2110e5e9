package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/log"
	postgresplugin "go.temporal.io/server/common/persistence/sql/sqlplugin/postgresql"
	"go.temporal.io/server/schema/postgresql/v12"
	toolschema "go.temporal.io/server/tools/common/schema"
	toolsql "go.temporal.io/server/tools/sql"
)

// As many as in the server's own examples. It cannot be changed for a database that exists.
const postgresShards = 4

const (
	postgresTryEvery = 200 * time.Millisecond
	postgresSayEvery = 10 * time.Second
)

// database is one of the two that Temporal wants, with what the server's module says about it.
type database struct {
	name    string
	schema  string // path of its schema in the module
	version string // of that schema
	conns   int    // at most so many for each of the four services: PostgreSQL has them in common with the product
}

var (
	mainDatabase       = database{"temporal", "postgresql/v12/temporal", v12.Version, 10}
	visibilityDatabase = database{"temporal_visibility", "postgresql/v12/visibility", v12.VisibilityVersion, 5}
)

func postgresPersistence(server *url.URL) config.Persistence {
	return config.Persistence{
		DefaultStore:     mainDatabase.name,
		VisibilityStore:  visibilityDatabase.name,
		NumHistoryShards: postgresShards,
		DataStores: map[string]config.DataStore{
			mainDatabase.name:       {SQL: mainDatabase.on(server)},
			visibilityDatabase.name: {SQL: visibilityDatabase.on(server)},
		},
	}
}

// on is how Temporal reaches the database.
func (d database) on(server *url.URL) *config.SQL {
	password, _ := server.User.Password()
	cfg := &config.SQL{
		PluginName:        postgresplugin.PluginNamePGX,
		ConnectAddr:       server.Host,
		User:              server.User.Username(),
		Password:          password,
		DatabaseName:      d.name,
		ConnectAttributes: map[string]string{},
		MaxConns:          d.conns,
		MaxIdleConns:      d.conns,
	}
	for name := range server.Query() {
		cfg.ConnectAttributes[name] = server.Query().Get(name)
	}
	return cfg
}

// preparePostgres makes the databases and the namespace, or finds them. PostgreSQL may not be there yet, or go away
// meanwhile: it is waited for, for as long as it takes.
func preparePostgres(ctx context.Context, opts options) error {
	var said time.Time
	for {
		err := tryPostgres(ctx, opts)
		if err == nil {
			return nil
		}
		if time.Since(said) > postgresSayEvery {
			slog.Warn("PostgreSQL is not ready for Temporal: trying again", "error", err)
			said = time.Now()
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("stopped while waiting for PostgreSQL: %w", err)
		case <-time.After(postgresTryEvery):
		}
	}
}

func tryPostgres(ctx context.Context, opts options) error {
	admin, err := sql.Open("pgx", opts.Postgres.String()) // the driver comes with Temporal's plugin
	if err != nil {
		return err
	}
	defer admin.Close()
	for _, d := range []database{mainDatabase, visibilityDatabase} {
		if err := d.ensure(ctx, admin, opts.Postgres); err != nil {
			return fmt.Errorf("database %s: %w", d.name, err)
		}
	}
	return createNamespace(mainDatabase.on(opts.Postgres), opts.Namespace)
}

// ensure leaves the database with today's schema.
func (d database) ensure(ctx context.Context, admin *sql.DB, server *url.URL) error {
	var there bool
	if err := admin.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", d.name).Scan(&there); err != nil {
		return err
	}
	if there {
		return d.update(server)
	}
	return d.create(ctx, admin, server)
}

// create makes the database under another name, which it changes when the schema is whole: a kill half-way leaves
// nothing that looks finished.
func (d database) create(ctx context.Context, admin *sql.DB, server *url.URL) error {
	fresh := d
	fresh.name += "_unfinished"
	for _, step := range []func() error{
		func() error { return execute(ctx, admin, `DROP DATABASE IF EXISTS %q WITH (FORCE)`, fresh.name) },
		func() error { return execute(ctx, admin, `CREATE DATABASE %q`, fresh.name) },
		func() error { return fresh.fill(server, d.name) },
		func() error { return execute(ctx, admin, `ALTER DATABASE %q RENAME TO %q`, fresh.name, d.name) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func execute(ctx context.Context, db *sql.DB, statement string, names ...any) error {
	_, err := db.ExecContext(ctx, fmt.Sprintf(statement, names...))
	return err
}

// fill puts the schema into an empty database that will get another name, which the schema's version is kept by.
func (d database) fill(server *url.URL, name string) error {
	return d.connected(server, func(c *toolsql.Connection) error {
		how := &toolschema.SetupConfig{SchemaName: d.schema, InitialVersion: d.version}
		if err := toolschema.NewSetupSchemaTask(c, how, log.NewNoopLogger()).Run(); err != nil {
			return err
		}
		return c.Exec("UPDATE schema_version SET db_name = $1", name)
	})
}

// update brings a database of an earlier server to today's schema. One killed half-way is continued.
func (d database) update(server *url.URL) error {
	return d.connected(server, func(c *toolsql.Connection) error {
		return toolschema.NewUpdateSchemaTask(c, &toolschema.UpdateConfig{SchemaName: d.schema}, log.NewNoopLogger()).Run()
	})
}

func (d database) connected(server *url.URL, do func(*toolsql.Connection) error) error {
	c, err := toolsql.NewConnection(d.on(server), log.NewNoopLogger())
	if err != nil {
		return err
	}
	defer c.Close()
	return do(c)
}
