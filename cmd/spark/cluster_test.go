package main

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	_ "github.com/lib/pq"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/devstack"
)

// cluster is a PostgreSQL of one test's own, as an operator has it: with files
// that commands of docs/operations.md are about.
type cluster struct {
	t      *testing.T
	bin    string
	dir    string // of the user that PostgreSQL runs as
	data   string
	port   int
	server *devstack.Program
}

// newCluster makes the files; nothing runs yet.
func newCluster(t *testing.T) *cluster {
	t.Helper()
	c := clusterIn(t)
	c.run(filepath.Join(c.bin, "initdb"), "--pgdata="+c.data, "--username=postgres", "--encoding=UTF8", "--locale=C", "--auth=trust", "--no-sync")
	return c
}

// clusterIn is a place for files that a test puts there.
func clusterIn(t *testing.T) *cluster {
	t.Helper()
	bin, err := devstack.PostgresPrograms(t.Context())
	require.NoError(t, err)
	dir, err := devstack.DatabaseFolder()
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	port, err := devstack.Free()
	require.NoError(t, err)
	return &cluster{t: t, bin: bin, dir: dir, data: filepath.Join(dir, "data"), port: port}
}

// run runs a program as the database's user.
func (c *cluster) run(program string, args ...string) string {
	c.t.Helper()
	return c.command(exec.Command(program, args...))
}

func (c *cluster) command(cmd *exec.Cmd) string {
	c.t.Helper()
	devstack.AsDatabaseUser(cmd)
	out, err := cmd.CombinedOutput()
	require.NoError(c.t, err, string(out))
	return string(out)
}

// shell runs a block of docs/operations.md as the database's user.
func (c *cluster) shell(drill string, env ...string) string {
	c.t.Helper()
	cmd := exec.Command("bash", "-euo", "pipefail", "-c", drillBlock(c.t, drill))
	cmd.Env = append([]string{"PATH=" + c.bin + ":" + os.Getenv("PATH"), "PGDATA=" + c.data}, env...)
	return c.command(cmd)
}

// start starts the server and waits until it takes writes.
func (c *cluster) start() {
	c.t.Helper()
	cmd := exec.Command(filepath.Join(c.bin, "postgres"), "-D", c.data, "-p", fmt.Sprint(c.port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=")
	devstack.AsDatabaseUser(cmd)
	var log capture
	cmd.Stdout, cmd.Stderr = &log, &log
	var err error
	c.server, err = devstack.StartProgram(cmd)
	require.NoError(c.t, err)
	c.t.Cleanup(func() {
		c.stop()
		if c.t.Failed() {
			c.t.Log(log.String())
		}
	})
}

// writable waits until the server takes writes.
func (c *cluster) writable() {
	c.t.Helper()
	eventually(c.t, "PostgreSQL takes writes", func() bool { return c.says(`select not pg_is_in_recovery()`) })
}

// stop ends the server as systems do: its clients with it.
func (c *cluster) stop() {
	if c.server != nil {
		c.server.Interrupt()
	}
}

// says asks the server something as its superuser; false when it does not answer.
func (c *cluster) says(question string) (yes bool) {
	db, err := sql.Open("postgres", c.url("postgres", "postgres"))
	require.NoError(c.t, err)
	defer db.Close()
	return db.QueryRow(question).Scan(&yes) == nil && yes
}

func (c *cluster) url(role, database string) string {
	return fmt.Sprintf("postgres://%s@127.0.0.1:%d/%s?sslmode=disable", role, c.port, database)
}

// prepare makes the roles and the database as docs/operations.md says, and the
// tables with the product's own command.
func (c *cluster) prepare(binary string) {
	c.t.Helper()
	db, err := sql.Open("postgres", c.url("postgres", "postgres"))
	require.NoError(c.t, err)
	defer db.Close()
	for _, query := range strings.Split(docBlock(c.t, "```sql\n", "create role spark_owner"), ";") {
		if strings.TrimSpace(query) != "" {
			_, err := db.Exec(query)
			require.NoError(c.t, err, query)
		}
	}
	migrate := exec.Command(binary, "migrate")
	migrate.Env = append(os.Environ(), "SPARK_DATABASE_URL="+c.url("spark_owner", "spark"))
	out, err := migrate.CombinedOutput()
	require.NoError(c.t, err, string(out))
}

// docBlock is the first block of docs/operations.md that begins so and has
// some words in it.
func docBlock(t *testing.T, begins, words string) string {
	t.Helper()
	_, rest, found := strings.Cut(operations(t), begins)
	for ; found; _, rest, found = strings.Cut(rest, begins) {
		if block, _, _ := strings.Cut(rest, "```"); strings.Contains(block, words) {
			return block
		}
	}
	t.Fatalf("docs/operations.md has no block with %q", words)
	return ""
}

// drillBlock is the block of docs/operations.md that is marked for a test.
func drillBlock(t *testing.T, drill string) string {
	t.Helper()
	found := regexp.MustCompile("<!-- drill: " + regexp.QuoteMeta(drill) + " -->\n```sh\n((?s).*?)```").FindStringSubmatch(operations(t))
	require.NotNil(t, found, "docs/operations.md has no block %q", drill)
	return found[1]
}

func operations(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/operations.md")
	require.NoError(t, err)
	return string(text)
}
