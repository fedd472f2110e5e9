package devstack

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func holdPostgres(dir string) error {
	p, err := StartPostgres(context.Background(), PostgresOptions{StateDir: dir})
	if err != nil {
		return err
	}
	fmt.Println(p.Port())
	select {}
}

func startPostgres(t *testing.T, opts PostgresOptions) *Postgres {
	t.Helper()
	p, err := StartPostgres(within(t, time.Minute), opts)
	require.NoError(t, err)
	t.Cleanup(p.Stop)
	return p
}

func connect(t *testing.T, p *Postgres, role, database string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", p.URL(role, database))
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

func ask(t *testing.T, db *sql.DB, query string) (answer string) {
	t.Helper()
	require.NoError(t, db.QueryRow(query).Scan(&answer))
	return answer
}

func do(t *testing.T, db *sql.DB, query string) {
	t.Helper()
	_, err := db.Exec(query)
	require.NoError(t, err)
}

func TestPostgresRolesAndSettings(t *testing.T) {
	p := startPostgres(t, PostgresOptions{StateDir: stateFor(t)})
	owner := connect(t, p, RoleOwner, Database)
	require.Equal(t, RoleOwner, ask(t, owner, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"))
	require.Equal(t, "UTF8", ask(t, owner, "SHOW server_encoding"))
	require.Equal(t, "200", ask(t, owner, "SHOW max_connections"))
	require.Equal(t, "127.0.0.1", ask(t, owner, "SHOW listen_addresses"))
	require.Equal(t, "", ask(t, connect(t, p, superuser, Database), "SHOW unix_socket_directories"))
	require.Equal(t, "off", ask(t, owner, "SHOW fsync"))
	require.Equal(t, "blåbærgrød", ask(t, owner, "SELECT 'blåbærgrød'"))
	require.Equal(t, "0", ask(t, owner, "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'spark%' AND rolsuper"))

	do(t, owner, "CREATE DATABASE a_test_of_its_own")
	for _, role := range []string{RoleAPI, RoleWorker} {
		db := connect(t, p, role, Database)
		require.Equal(t, role, ask(t, db, "SELECT current_user"))
		_, err := db.Exec("CREATE DATABASE not_for_me")
		require.ErrorContains(t, err, "permission denied")
		_, err = db.Exec("CREATE TABLE not_for_me ()")
		require.ErrorContains(t, err, "permission denied")
	}
}

func TestPostgresKeepsDataOverStop(t *testing.T) {
	opts := PostgresOptions{StateDir: stateFor(t), Durable: true}
	first := startPostgres(t, opts)
	db := connect(t, first, RoleOwner, Database)
	require.Equal(t, "on", ask(t, db, "SHOW fsync"))
	do(t, db, "CREATE TABLE kept AS SELECT 7 AS n")
	first.Stop() // with a connection open: it does not wait for people to leave
	requireEnded(t, first)

	second := startPostgres(t, opts)
	require.Equal(t, "7", ask(t, connect(t, second, RoleOwner, Database), "SELECT n FROM kept"))
}

func requireEnded(t *testing.T, p *Postgres) {
	t.Helper()
	require.True(t, p.proc.ended())
	require.Empty(t, serverProcesses(p.data))
}

func TestPostgresRestartsAtOnceAfterCrash(t *testing.T) {
	opts := PostgresOptions{StateDir: stateFor(t), Durable: true} // the other kind loses its last moments in a crash
	p := startPostgres(t, opts)
	opts.Port = p.Port() // whoever was connected comes back to the same place
	do(t, connect(t, p, RoleOwner, Database), "CREATE TABLE kept AS SELECT 7 AS n")
	for range 3 {
		p.Kill()
		p = startPostgres(t, opts)
		require.Equal(t, "7", ask(t, connect(t, p, RoleOwner, Database), "SELECT n FROM kept"))
	}
}

func TestPostgresDiesWithItsStarter(t *testing.T) {
	dir := stateFor(t)
	holder, port := startTask(t, "postgres:"+dir)
	n, err := strconv.Atoi(port)
	require.NoError(t, err)
	killNow(t, holder)
	eventually(t, "the port is free again", func() bool { return Check("", "", address(n)) == nil })
	startPostgres(t, PostgresOptions{StateDir: dir, Port: n})
}

func TestPostgresLeftRunningIsStopped(t *testing.T) {
	dir := stateFor(t)
	p := startPostgres(t, PostgresOptions{StateDir: dir})
	// As if we had died where the kernel does not tell children: the lock is free and the server runs.
	p.lock.Close()
	again := startPostgres(t, PostgresOptions{StateDir: dir, Port: p.Port()})
	require.True(t, p.proc.ended())
	require.Equal(t, "1", ask(t, connect(t, again, RoleAPI, Database), "SELECT 1"))
}

func TestPostgresTakesOverPIDOfAnotherProcess(t *testing.T) {
	dir := stateFor(t)
	p := startPostgres(t, PostgresOptions{StateDir: dir})
	p.Kill()
	eventually(t, "the orphans are gone", func() bool { return len(serverProcesses(p.data)) == 0 })

	// The number in the file now belongs to another process of the same user, as it may after a reboot.
	sleeper := exec.Command("sleep", "300")
	sleeper.SysProcAttr = databaseAccount().attributes()
	require.NoError(t, sleeper.Start())
	t.Cleanup(func() { _ = sleeper.Process.Kill(); _ = sleeper.Wait() })
	file := filepath.Join(p.data, "postmaster.pid")
	require.NoError(t, os.WriteFile(file, []byte(strconv.Itoa(sleeper.Process.Pid)+"\n"+p.data+"\n"), 0o600))

	startPostgres(t, PostgresOptions{StateDir: dir})
	require.NoError(t, sleeper.Process.Signal(syscall.Signal(0)), "the other process was ended")
}

func TestPostgresStateInUseIsRefused(t *testing.T) {
	dir := stateFor(t)
	startPostgres(t, PostgresOptions{StateDir: dir})
	_, err := StartPostgres(within(t, time.Minute), PostgresOptions{StateDir: dir})
	require.ErrorContains(t, err, "already run by process "+strconv.Itoa(os.Getpid()))
	require.ErrorContains(t, Clean(within(t, time.Minute), dir), "stop that first")
}

func TestPostgresTakenPortIsNamed(t *testing.T) {
	dir := stateFor(t)
	other := startPostgres(t, PostgresOptions{StateDir: stateFor(t)})
	_, err := StartPostgres(within(t, time.Minute), PostgresOptions{StateDir: dir, Port: other.Port(), PortSetting: "SPARK_X"})
	require.EqualError(t, err, fmt.Sprintf("port %d (PostgreSQL) is taken: stop the program that uses it or set SPARK_X", other.Port()))
}

func TestPostgresUnfinishedDataAreMadeAnew(t *testing.T) {
	dir := stateFor(t)
	state, err := openState(dir)
	require.NoError(t, err)
	data, err := placeFor(state, databaseAccount())
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Join(data+unfinished, "base"), 0o700))
	startPostgres(t, PostgresOptions{StateDir: dir})
}

func TestPostgresOtherVersionIsExplained(t *testing.T) {
	data := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(data, "PG_VERSION"), []byte("9\n"), 0o600))
	_, err := requirePostgres(within(t, time.Minute), data, nil)
	require.ErrorContains(t, err, "were made by PostgreSQL 9")
	require.ErrorContains(t, err, "make clean")
}
