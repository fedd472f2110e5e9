package devstack

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Some tests need a process of their own to kill: the test binary is then started again with one of these tasks.
const taskVariable = "DEVSTACK_TEST_TASK"

var tasks = map[string]func(arg string) error{
	"postgres":    holdPostgres,
	"temporal":    holdTemporal,
	"environment": checkEnvironment,
}

func TestMain(m *testing.M) {
	name, arg, _ := strings.Cut(os.Getenv(taskVariable), ":")
	if name == "" {
		os.Exit(m.Run())
	}
	if err := tasks[name](arg); err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
}

// startTask returns the first line that the task prints.
func startTask(t *testing.T, task string) (*exec.Cmd, string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), taskVariable+"="+task)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, _ := bufio.NewReader(out).ReadString('\n')
	if line == "" || strings.HasPrefix(line, "failed:") {
		t.Fatalf("the task %s says %q", task, line)
	}
	return cmd, strings.TrimSpace(line)
}

func killNow(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
}

// within is the context of one test step: far longer than it takes, so that a busy machine does not fail it.
func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), d)
	t.Cleanup(cancel)
	return ctx
}

// eventually waits for what another process does.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// stateFor is a state directory that is cleaned as `make clean` does, also of what lies outside it.
func stateFor(t *testing.T) string {
	t.Helper()
	dir := t.TempDir() + "/.spark"
	t.Cleanup(func() {
		if err := Clean(context.Background(), dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}
