package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"net/url"
	"os"
	"syscall"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// `spark testenv` sets it: a role that may create databases, on the maintenance database.
const postgresVariable = "SPARK_TEST_DATABASE_URL"

// emptyPostgres is the server without anything of Temporal's on it.
func emptyPostgres(t *testing.T) string {
	t.Helper()
	server := os.Getenv(postgresVariable)
	if server == "" {
		t.Fatalf("%s is not set: run this as make test does", postgresVariable)
	}
	db := openPostgres(t, server)
	for _, d := range []database{mainDatabase, visibilityDatabase} {
		if err := execute(t.Context(), db, `DROP DATABASE IF EXISTS %q WITH (FORCE)`, d.name); err != nil {
			t.Fatal(err)
		}
	}
	return server
}

func openPostgres(t *testing.T, server string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// patient waits for a signal and then for a while, so that it can be killed in either wait.
func patient(ctx workflow.Context) (string, error) {
	var word string
	workflow.GetSignalChannel(ctx, "word").Receive(ctx, &word)
	return word, workflow.Sleep(ctx, time.Second)
}

func TestWorkflowGoesOnAfterKillOnPostgres(t *testing.T) {
	server := emptyPostgres(t)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	ports, err := freePorts(2)
	if err != nil {
		t.Fatal(err)
	}
	s := launchOn(t, ports, "--postgres", server)
	checkNamespace(t, s.addr)
	checkUI(t, s.ui)

	c, err := client.DialContext(ctx, client.Options{HostPort: s.addr})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	w := worker.New(c, "patience", worker.Options{})
	w.RegisterWorkflow(patient)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop()
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: "patient", TaskQueue: "patience"}, patient)
	if err != nil {
		t.Fatal(err)
	}

	restart := func() {
		if err := s.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = s.Wait()
		s = launchOn(t, ports, "--postgres", server)
	}
	restart()
	if err := c.SignalWorkflow(ctx, "patient", run.GetRunID(), "word", "onwards"); err != nil {
		t.Fatal(err)
	}
	restart()
	checkNamespace(t, s.addr) // found as it was made
	var got string
	if err := run.Get(ctx, &got); err != nil || got != "onwards" {
		t.Fatalf("the workflow gives %q, %v; want the word it was sent", got, err)
	}
	if err := s.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(); err != nil {
		t.Fatalf("stopped by SIGTERM with %v; want a clean end", err)
	}
}

func TestPostgresIsSetUpTwice(t *testing.T) {
	server := emptyPostgres(t)
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	admin := openPostgres(t, server)
	// What a set-up killed half-way leaves.
	if err := execute(t.Context(), admin, `CREATE DATABASE %q`, mainDatabase.name+"_unfinished"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := tryPostgres(t.Context(), options{Postgres: address, Namespace: "default"}); err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range []database{mainDatabase, visibilityDatabase} {
		there := *address
		there.Path = "/" + d.name
		var got string
		if err := openPostgres(t, there.String()).QueryRowContext(t.Context(), "SELECT curr_version FROM schema_version WHERE db_name = $1", d.name).Scan(&got); err != nil || got != d.version {
			t.Errorf("database %s has schema %q, %v; want %s", d.name, got, err, d.version)
		}
	}
	var unfinished int
	if err := admin.QueryRowContext(t.Context(), `SELECT count(*) FROM pg_database WHERE datname LIKE 'temporal%unfinished'`).Scan(&unfinished); err != nil || unfinished != 0 {
		t.Errorf("%d unfinished databases are left, %v; want none", unfinished, err)
	}
}

func TestStateIsOneOfTwo(t *testing.T) {
	for _, args := range [][]string{{}, {"--db", "x", "--postgres", "postgres://y"}} {
		if _, _, err := parse(args); err == nil || errors.Is(err, flag.ErrHelp) {
			t.Errorf("%q is accepted; want a complaint", args)
		}
	}
}
