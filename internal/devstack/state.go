package devstack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"time"
)

var moduleLine = regexp.MustCompile(`(?m)^module example\.dk/spark$`)

// Checkout returns the directory of SPARK's own go.mod, looking upwards from the working directory.
func Checkout() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("the working directory is gone: change to SPARK's checkout: %w", err)
	}
	for {
		b, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && moduleLine.Match(b) {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("SPARK's source is not here: run this inside its checkout, or set TEMPORAL_ADDRESS and SPARK_DATABASE_URL to servers of your own")
		}
		dir = filepath.Dir(dir)
	}
}

// openState creates the state directory and returns its absolute path.
func openState(dir string) (string, error) {
	if dir == "" {
		return "", errors.New("the state directory is missing: give one such as .spark")
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(abs, 0o755); err != nil {
		return "", fmt.Errorf("the state directory cannot be created: %w", err)
	}
	return filepath.EvalSymlinks(abs)
}

// errLocked means that another process holds the lock.
var errLocked = errors.New("locked")

// tryLock takes the lock file without waiting. The lock goes with the process, however that ends, so whoever gets it
// knows that what it finds running was left behind.
func tryLock(file string) (*os.File, error) {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("the lock cannot be opened: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, errLocked
	}
	_ = f.Truncate(0)
	_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return f, nil
}

// lockState refuses to share a state directory with another running process.
func lockState(stateDir, what string) (*os.File, error) {
	file := lockFile(stateDir, what)
	f, err := tryLock(file)
	if errors.Is(err, errLocked) {
		return nil, fmt.Errorf("%s with its state in %s is already run by process %d: stop that first", what, stateDir, readPID(file))
	}
	return f, err
}

func lockFile(stateDir, what string) string { return filepath.Join(stateDir, what+".lock") }

// waitLock waits for its turn, calling waiting once if it must.
func waitLock(ctx context.Context, file string, waiting func()) (*os.File, error) {
	for first := true; ; first = false {
		f, err := tryLock(file)
		if !errors.Is(err, errLocked) {
			return f, err
		}
		if first {
			waiting()
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// say writes one line of progress where the starter wants it.
func say(w io.Writer, format string, args ...any) {
	if w != nil {
		fmt.Fprintf(w, format+"\n", args...)
	}
}
