package crashpoint_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// build makes the program that hits "at: one" and "at: other" five times each
// and says so.
func build(t *testing.T, flags ...string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "hits")
	out, err := exec.CommandContext(t.Context(), "go", append(append([]string{"build", "-o", binary}, flags...), "./testdata/hits")...).CombinedOutput()
	require.NoError(t, err, string(out))
	return binary
}

// run runs it and returns what it said, and the signal that it died of.
func run(t *testing.T, binary string, env ...string) (said string, died syscall.Signal) {
	t.Helper()
	command := exec.CommandContext(t.Context(), binary)
	var out bytes.Buffer
	command.Env, command.Stdout, command.Stderr = append(os.Environ(), env...), &out, os.Stderr
	_ = command.Run()
	status, ok := command.ProcessState.Sys().(syscall.WaitStatus)
	require.True(t, ok)
	if status.Signaled() {
		died = status.Signal()
	} else {
		require.True(t, command.ProcessState.Success())
	}
	return out.String(), died
}

// A process dies at exactly the n-th hit: what comes before has happened, and
// nothing that comes after.
func TestDiesAtTheNthHit(t *testing.T) {
	t.Parallel()
	binary := build(t, "-tags", "crashpoints")
	for n, order := range []string{"at: one:1", "at: one:2", "at: one:3", "at: one:4", "at: one:5"} {
		said, died := run(t, binary, "SPARK_CRASH_AT="+order)
		require.Equal(t, syscall.SIGKILL, died, order)
		require.Equal(t, strings.Repeat("one other ", n), said, order)
	}
	for order, before := range map[string]string{"at: one:4;at: other:2": "one other one ", "at: other:2;at: neither:1;at: one:1": ""} {
		said, died := run(t, binary, "SPARK_CRASH_AT="+order)
		require.Equal(t, syscall.SIGKILL, died, order)
		require.Equal(t, before, said, order)
	}
	for _, order := range []string{"at: one:6", "at: neither:1", ""} {
		said, died := run(t, binary, "SPARK_CRASH_AT="+order)
		require.Zero(t, died, order)
		require.Equal(t, strings.Repeat("one other ", 5), said, order)
	}
}

// The log has every hit, also the one that is died at.
func TestLogsEveryHit(t *testing.T) {
	t.Parallel()
	binary, log := build(t, "-tags", "crashpoints"), filepath.Join(t.TempDir(), "log")
	_, died := run(t, binary, "SPARK_CRASH_AT=at: other:2", "SPARK_CRASH_LOG="+log)
	require.Equal(t, syscall.SIGKILL, died)
	text, err := os.ReadFile(log)
	require.NoError(t, err)
	require.Equal(t, "at: one\nat: other\nat: one\nat: other\n", string(text))
}

// The product knows nothing of it, whatever its environment says.
func TestTheProductDoesNotDie(t *testing.T) {
	t.Parallel()
	log := filepath.Join(t.TempDir(), "log")
	binary := build(t)
	said, died := run(t, binary, "SPARK_CRASH_AT=at: one:1", "SPARK_CRASH_LOG="+log)
	require.Zero(t, died)
	require.Equal(t, strings.Repeat("one other ", 5), said)
	require.NoFileExists(t, log)
	text, err := os.ReadFile(binary)
	require.NoError(t, err)
	require.NotContains(t, string(text), "SPARK_CRASH")
}
