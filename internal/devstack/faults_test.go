package devstack

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
)

// Long enough for an answer from whoever can give one, also on a busy machine.
const silence = time.Second

// beside is a Temporal on a PostgreSQL, each of which can be started again in its place.
type beside struct {
	t        *testing.T
	pg       PostgresOptions
	tmp      TemporalOptions
	postgres *Postgres
	temporal *Temporal
}

func newBeside(t *testing.T) *beside {
	port, err := Free()
	require.NoError(t, err)
	b := &beside{t: t, pg: PostgresOptions{StateDir: stateFor(t), Port: port, Durable: true}}
	b.tmp = TemporalOptions{StateDir: stateFor(t), UIPort: NoUI, Postgres: (&Postgres{port: port}).URL(RoleTemporal, "postgres")}
	return b
}

func (b *beside) startPostgres() { b.postgres = startPostgres(b.t, b.pg) }

func (b *beside) startTemporal() { b.comesUp(b.temporalComing()) }

// temporalComing starts Temporal without waiting for it.
func (b *beside) temporalComing() <-chan error {
	binary, err := binaryForTests()
	require.NoError(b.t, err)
	b.tmp.Binary = binary
	ctx := within(b.t, time.Minute)
	up := make(chan error, 1)
	go func() {
		var err error
		b.temporal, err = StartTemporal(ctx, b.tmp)
		up <- err
	}()
	return up
}

func (b *beside) comesUp(up <-chan error) {
	require.NoError(b.t, <-up)
	b.t.Cleanup(b.temporal.Stop)
	b.tmp.Port = b.temporal.Port()
}

// temporalFirst starts Temporal, which must wait, and then what it waits for.
func (b *beside) temporalFirst() {
	log := filepath.Join(b.tmp.StateDir, temporalName+".log")
	_ = os.Remove(log) // an earlier start's
	up := b.temporalComing()
	eventually(b.t, "Temporal says what it waits for", func() bool {
		return strings.Contains(tail(log), "PostgreSQL is not ready for Temporal: trying again")
	})
	b.startPostgres()
	b.comesUp(up)
}

// goesOn tells that what was there is there, and that there can be more.
func (b *beside) goesOn(c client.Client, ids ...string) {
	b.t.Helper()
	for _, id := range ids {
		eventually(b.t, id+" is known", func() bool {
			ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
			defer cancel()
			_, err := c.DescribeWorkflowExecution(ctx, id, "")
			return err == nil
		})
	}
	next := ids[len(ids)-1] + "+"
	eventually(b.t, next+" can be started", func() bool {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: next, TaskQueue: "none"}, "Any")
		return err == nil
	})
}

func TestTemporalOnPostgresSurvivesWhatIsKilled(t *testing.T) {
	b := newBeside(t)
	b.temporalFirst()
	for _, name := range []string{"temporal", "temporal_visibility"} {
		db := connect(t, b.postgres, RoleTemporal, name)
		require.Equal(t, RoleTemporal, ask(t, db, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"))
		_, err := connect(t, b.postgres, RoleWorker, name).Exec("DELETE FROM schema_version")
		require.ErrorContains(t, err, "permission denied")
		db.Close() // or its end is met by the kill
	}
	c := dial(t, b.temporal)
	begin(t, b.temporal, "a")

	b.postgres.Kill()
	b.startPostgres()
	b.goesOn(c, "a")

	b.temporal.Kill()
	b.startTemporal()
	b.goesOn(c, "a", "a+")

	b.postgres.Kill()
	b.temporal.Kill()
	b.temporalFirst()
	b.goesOn(c, "a", "a+", "a++")

	b.postgres.Pause()
	b.temporal.Pause()
	b.temporal.Resume()
	b.postgres.Resume()
	b.goesOn(c, "a", "a+", "a++", "a+++")

	require.ErrorContains(t, b.temporal.DeleteState(), "drop its databases there")
}

// A Temporal whose PostgreSQL dies at any moment of its start begins again.
func TestTemporalStartsThroughCrashesOfPostgres(t *testing.T) {
	b := newBeside(t)
	b.startPostgres()
	up := b.temporalComing()
	for range 4 {
		b.postgres.Kill()
		b.startPostgres()
	}
	b.comesUp(up)
	begin(t, b.temporal, "a")
}

func TestPausedPostgresGoesOn(t *testing.T) {
	p := startPostgres(t, PostgresOptions{StateDir: stateFor(t)})
	db := connect(t, p, RoleAPI, Database)
	require.Equal(t, "1", ask(t, db, "SELECT 1"))

	p.Pause()
	answered := make(chan error, 1)
	go func() { _, err := db.Exec("SELECT 1"); answered <- err }()
	select {
	case err := <-answered:
		require.Fail(t, "answered while paused", "%v", err)
	case <-time.After(silence):
	}
	p.Resume()
	require.NoError(t, <-answered, "the same connection goes on")

	p.Pause()
	p.Stop()
	requireEnded(t, p)
}

// echo is a program that gives back what it is told.
type echo struct {
	*Program
	in  io.Writer
	out *os.File
}

func startEcho(t *testing.T) echo {
	t.Helper()
	cmd := exec.Command("cat")
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	r, w, err := os.Pipe()
	require.NoError(t, err)
	t.Cleanup(func() { r.Close() })
	cmd.Stdout = w
	p, err := StartProgram(cmd)
	require.NoError(t, err)
	t.Cleanup(p.Kill)
	w.Close()
	return echo{p, in, r}
}

func (e echo) answer(within time.Duration) (string, error) {
	_ = e.out.SetReadDeadline(time.Now().Add(within))
	return bufio.NewReader(e.out).ReadString('\n')
}

func TestPausedProgramGoesOn(t *testing.T) {
	e := startEcho(t)
	e.Pause()
	_, err := io.WriteString(e.in, "hello\n")
	require.NoError(t, err)
	_, err = e.answer(silence)
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	e.Resume()
	line, err := e.answer(time.Minute)
	require.NoError(t, err)
	require.Equal(t, "hello\n", line)
}

func TestPausedProgramIsEnded(t *testing.T) {
	for _, end := range []func(*Program){(*Program).Stop, (*Program).Kill} {
		e := startEcho(t)
		e.Pause()
		end(e.Program)
		<-e.Done()
		require.False(t, alive(e.PID()))
	}
}
