package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// builtDir holds the binaries that tests run as people run them.
var builtDir string

func TestMain(m *testing.M) {
	os.Exit(withBuiltDir(m.Run))
}

func withBuiltDir(run func() int) int {
	dir, err := os.MkdirTemp("", "spark-built-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	builtDir = dir
	return run()
}

// product is the binary as it is delivered, crashing the one with the hooks
// that kill it. Each is built once, by whoever needs it first.
var (
	product  = sync.OnceValues(func() (string, error) { return build("spark") })
	crashing = sync.OnceValues(func() (string, error) { return build("spark-crashing", "-tags", "crashpoints") })
)

func build(name string, flags ...string) (string, error) {
	target := filepath.Join(builtDir, name)
	out, err := exec.Command("go", append(append([]string{"build", "-o", target}, flags...), ".")...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return target, nil
}

// patience is how long a test waits for another process on a busy machine.
const patience = 3 * time.Minute

// within is the context of one step of a test.
func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), d)
	t.Cleanup(stop)
	return ctx
}

// eventually waits for what another process does.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	require.Eventually(t, ok, patience, 50*time.Millisecond, what)
}

// capture is what a process has written so far.
type capture struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write takes what is written.
func (c *capture) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.Write(p)
}

// String is all of it.
func (c *capture) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.String()
}

// child is a process of the product.
type child struct {
	*exec.Cmd
	stdout, stderr capture
	ended          chan struct{}
}

func start(t *testing.T, binary, dir string, env []string, args ...string) *child {
	t.Helper()
	c := &child{Cmd: exec.Command(binary, args...), ended: make(chan struct{})}
	c.Dir, c.Env, c.Cmd.Stdout, c.Cmd.Stderr = dir, append(os.Environ(), env...), &c.stdout, &c.stderr
	require.NoError(t, c.Start())
	go func() {
		_ = c.Wait()
		close(c.ended)
	}()
	t.Cleanup(func() {
		_ = c.Process.Kill()
		<-c.ended
		if t.Failed() {
			t.Logf("%v: %s\n%s", args, c.ProcessState, c.stderr.String())
		}
	})
	return c
}

// stop asks the process to end, as systems do, and waits for it.
func (c *child) stop(t *testing.T) {
	t.Helper()
	require.NoError(t, c.Process.Signal(os.Interrupt))
	c.wait(t)
}

// wait waits until the process has ended by itself.
func (c *child) wait(t *testing.T) {
	t.Helper()
	select {
	case <-c.ended:
	case <-time.After(patience):
		t.Fatalf("%v does not end", c.Args)
	}
}
