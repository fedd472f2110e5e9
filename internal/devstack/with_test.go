package devstack

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
)

// checkEnvironment is what a test under RunWith finds.
func checkEnvironment(string) error {
	db, err := sql.Open("postgres", os.Getenv(TestDatabaseURL))
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.Exec("CREATE DATABASE from_a_test"); err != nil {
		return err
	}
	c, err := client.Dial(client.Options{HostPort: os.Getenv(TestTemporalAddress)})
	if err != nil {
		return err
	}
	c.Close()
	if !executable(os.Getenv(TestTemporalBinary)) {
		return errors.New("there is no binary")
	}
	return nil
}

func runWith(t *testing.T, ctx context.Context, state string, argv ...string) (int, string) {
	t.Helper()
	binary, err := binaryForTests()
	require.NoError(t, err)
	var out bytes.Buffer
	code, err := RunWith(ctx, WithOptions{StateDir: state, TemporalBinary: binary, Stdout: &out, Stderr: &out}, argv)
	require.NoError(t, err)
	return code, out.String()
}

func TestRunWithGivesWhatTestsNeed(t *testing.T) {
	t.Setenv(taskVariable, "environment")
	state := stateFor(t)
	code, out := runWith(t, context.Background(), state, os.Args[0])
	require.Zero(t, code, out)
	requireAllStopped(t, state)

	// The next run starts from nothing, so that the same test can create the same database.
	code, out = runWith(t, context.Background(), state, os.Args[0])
	require.Zero(t, code, out)
}

// requireAllStopped: whoever gets the locks is alone.
func requireAllStopped(t *testing.T, state string) {
	t.Helper()
	for _, what := range []string{postgresName, temporalName} {
		lock, err := lockState(state, what)
		require.NoError(t, err)
		lock.Close()
	}
	require.False(t, alive(readPID(temporalPIDFile(state))))
}

func TestRunWithPassesOnExitCodesAndSignals(t *testing.T) {
	state := stateFor(t)
	code, _ := runWith(t, context.Background(), state, "sh", "-c", "exit 3")
	require.Equal(t, 3, code)

	// The child asks for a signal to us, and gets it.
	code, out := runWith(t, context.Background(), state, "sh", "-c", `trap 'echo got it; exit 5' INT; kill -INT $PPID; while :; do sleep 0.1; done`)
	require.Equal(t, 5, code, out)
	require.Equal(t, "got it\n", out)

	code, _ = runWith(t, context.Background(), state, "sh", "-c", `kill -KILL $$`)
	require.Equal(t, 128+int(syscall.SIGKILL), code)
}

func TestRunWithEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	state := stateFor(t)
	marker := state + "-started"
	go func() {
		for ctx.Err() == nil {
			if _, err := os.Stat(marker); err == nil {
				cancel()
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	code, _ := runWith(t, ctx, state, "sh", "-c", "touch "+marker+"; sleep 300")
	require.Equal(t, 128+int(syscall.SIGTERM), code)
	requireAllStopped(t, state)
}

func TestRunWithExplainsWhatIsMissing(t *testing.T) {
	_, err := RunWith(context.Background(), WithOptions{}, nil)
	require.ErrorContains(t, err, "command is missing")

	state := stateFor(t)
	_, err = RunWith(context.Background(), WithOptions{StateDir: state, TemporalBinary: "/bin/false"}, []string{"true"})
	require.ErrorContains(t, err, "Temporal did not start")
	requireAllStopped(t, state)
}
