//go:build crashpoints

package activities

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// The process dies at the point, once, and as if by kill -9.
func TestCrashesOnce(t *testing.T) {
	if os.Getenv("SPARK_CRASH_AT") != "" {
		require.NoError(t, (&Activities{Store: &rowStore{}}).Commit(t.Context(), forloeb.Change{}))
		return
	}
	once := filepath.Join(t.TempDir(), "crashed")
	run := func(point string) *os.ProcessState {
		again := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestCrashesOnce$")
		again.Env = append(os.Environ(), "SPARK_CRASH_AT="+point, "SPARK_CRASH_FILE="+once)
		_ = again.Run()
		return again.ProcessState
	}
	require.True(t, run("after_smtp").Success(), "another point")
	killed, ok := run("after_commit").Sys().(syscall.WaitStatus)
	require.True(t, ok)
	require.Equal(t, syscall.SIGKILL, killed.Signal())
	require.True(t, run("after_commit").Success(), "the second time")
}
