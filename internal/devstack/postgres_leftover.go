package devstack

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// stopPostgresLeftover ends whatever an earlier run left on the data directory. Only the holder of the lock may call
// it: then nobody can be using what it stops.
func stopPostgresLeftover(ctx context.Context, dataDir string, log io.Writer) error {
	pidFile := filepath.Join(dataDir, "postmaster.pid")
	left := serverProcesses(dataDir)
	if len(left) > 0 {
		say(log, "stopping a PostgreSQL that was left running on %s", dataDir)
	}
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGKILL} {
		signalServer(left, readPID(pidFile), s)
		for _, pid := range left {
			_ = syscall.Kill(pid, syscall.SIGCONT) // it may have been paused
		}
		if left = waitGone(ctx, dataDir, 5*time.Second); len(left) == 0 {
			break
		}
	}
	if len(left) > 0 {
		return fmt.Errorf("a PostgreSQL from an earlier run does not stop: end process %d yourself", left[0])
	}
	// PostgreSQL takes over a stale pid file, except when the number has gone to another of its user's processes.
	// On Linux we have just seen that nobody works on the data; elsewhere we cannot know, and leave the file.
	if runtime.GOOS == "linux" && alive(readPID(pidFile)) {
		return os.Remove(pidFile)
	}
	return nil
}

// signalServer asks the postmaster first: its children end with it. Without one, they are orphans and told each.
func signalServer(pids []int, postmaster int, s syscall.Signal) {
	if slices.Contains(pids, postmaster) && s != syscall.SIGKILL {
		_ = syscall.Kill(postmaster, s)
		return
	}
	if s == syscall.SIGINT {
		s = syscall.SIGTERM // to a child the interrupt means only: give up this query
	}
	for _, pid := range pids {
		_ = syscall.Kill(pid, s)
	}
}

func waitGone(ctx context.Context, dataDir string, within time.Duration) []int {
	for deadline := time.Now().Add(within); ; {
		left := serverProcesses(dataDir)
		if len(left) == 0 || ctx.Err() != nil || time.Now().After(deadline) {
			return left
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// serverProcesses lists the server's processes on a data directory, orphans included where the system shows them.
func serverProcesses(dataDir string) []int {
	if runtime.GOOS == "linux" {
		return postgresIn(dataDir)
	}
	pid := readPID(filepath.Join(dataDir, "postmaster.pid"))
	if alive(pid) && strings.Contains(commandLine(pid), dataDir) {
		return []int{pid}
	}
	return nil
}

// postgresIn finds them by their working directory, which is the data directory for every process of a server.
func postgresIn(dataDir string) []int {
	var pids []int
	dirs, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range dirs {
		cwd, err := os.Readlink(filepath.Join(dir, "cwd"))
		if err != nil || cwd != dataDir {
			continue
		}
		comm, _ := os.ReadFile(filepath.Join(dir, "comm"))
		if pid, err := strconv.Atoi(filepath.Base(dir)); err == nil && string(comm) == "postgres\n" {
			pids = append(pids, pid)
		}
	}
	return pids
}
