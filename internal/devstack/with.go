package devstack

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// What RunWith tells its child, and the tests read.
const (
	// TestDatabaseURL is spark_owner on the maintenance database: a role that may create databases of its own.
	TestDatabaseURL = "SPARK_TEST_DATABASE_URL"
	// TestTemporalAddress is the frontend of a Temporal that all tests share.
	TestTemporalAddress = "SPARK_TEST_TEMPORAL_ADDRESS"
	// TestTemporalBinary lets a test that kills Temporal start one of its own.
	TestTemporalBinary = "SPARK_TEST_TEMPORAL_BINARY"
)

// WithOptions are where the stack keeps its state and where the child's input and output go.
type WithOptions struct {
	StateDir       string // emptied first; .spark/test of the checkout when empty
	TemporalBinary string // built when empty
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Log            io.Writer // progress; may be nil
}

// RunWith runs a command beside a PostgreSQL and a Temporal of its own, on free ports, and stops them when it ends. It
// returns the command's exit code: 128 and the signal's number when a signal ended it. Signals we get go to the
// command and what it started; when ctx ends, it is terminated.
func RunWith(ctx context.Context, opts WithOptions, argv []string) (int, error) {
	if len(argv) == 0 {
		return 0, errors.New("the command is missing: give one after --")
	}
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	defer signal.Stop(signals)

	starting, cancel := untilSignal(ctx, signals)
	defer cancel()
	s, err := startStack(starting, opts)
	if err != nil {
		return 0, err
	}
	defer s.stop()
	cancel()
	return runChild(ctx, opts, argv, s.env(), signals)
}

// untilSignal lets an interrupt end the start, which may be building Temporal, as it later ends the child.
func untilSignal(parent context.Context, signals chan os.Signal) (context.Context, func()) {
	ctx, cancel := context.WithCancel(parent)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		select {
		case s := <-signals:
			signals <- s // it is the child's too, should there come to be one
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(); <-gone }
}

type stack struct {
	postgres *Postgres
	temporal *Temporal
	binary   string
}

func startStack(ctx context.Context, opts WithOptions) (*stack, error) {
	if opts.StateDir == "" {
		root, err := Checkout()
		if err != nil {
			return nil, err
		}
		opts.StateDir = filepath.Join(root, ".spark", "test")
	}
	// What an interrupted run left is of no use to this one.
	if err := Clean(ctx, opts.StateDir); err != nil {
		return nil, err
	}
	s := &stack{}
	if err := s.start(ctx, opts); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// start starts both at once; the first that fails spares the other its minutes.
func (s *stack) start(ctx context.Context, opts WithOptions) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	var both sync.WaitGroup
	both.Go(func() {
		var err error
		s.postgres, err = StartPostgres(ctx, PostgresOptions{StateDir: opts.StateDir, Log: opts.Log})
		if err != nil {
			fail(err)
		}
	})
	both.Go(func() {
		if err := s.startTemporal(ctx, opts); err != nil {
			fail(err)
		}
	})
	both.Wait()
	return context.Cause(ctx)
}

func (s *stack) startTemporal(ctx context.Context, opts WithOptions) (err error) {
	s.binary = opts.TemporalBinary
	if s.binary == "" {
		s.binary, err = TemporalBinary(ctx, func(line string) { say(opts.Log, "%s", line) })
		if err != nil {
			return err
		}
	}
	s.temporal, err = StartTemporal(ctx, TemporalOptions{StateDir: opts.StateDir, UIPort: NoUI, Binary: s.binary, Log: opts.Log})
	return err
}

func (s *stack) env() []string {
	return []string{
		TestDatabaseURL + "=" + s.postgres.URL(RoleOwner, "postgres"),
		TestTemporalAddress + "=" + s.temporal.Address(),
		TestTemporalBinary + "=" + s.binary,
	}
}

func (s *stack) stop() {
	var both sync.WaitGroup
	if s.temporal != nil {
		both.Go(s.temporal.Stop)
	}
	if s.postgres != nil {
		both.Go(s.postgres.Stop)
	}
	both.Wait()
}

func runChild(ctx context.Context, opts WithOptions, argv, env []string, signals <-chan os.Signal) (int, error) {
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdinFor(opts.Stdin), opts.Stdout, opts.Stderr
	// What a killed test leaves behind may hold our pipes open; it is not waited for long.
	cmd.WaitDelay = 5 * time.Second
	p, err := startProcess(cmd, syscall.SIGTERM)
	if err != nil {
		return 0, err
	}
	forward(ctx, p, signals)
	_ = syscall.Kill(-p.pid(), syscall.SIGKILL) // a browser, say, that a failed test has left
	return exitCode(cmd.ProcessState), nil
}

// stdinFor keeps a terminal to ourselves: the child is in a process group of its own, so that a signal reaches also
// what it started, and such a group is stopped when it reads the terminal.
func stdinFor(r io.Reader) io.Reader {
	if f, ok := r.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return nil
		}
	}
	return r
}

func forward(ctx context.Context, p *process, signals <-chan os.Signal) {
	toAll := func(s syscall.Signal) { _ = syscall.Kill(-p.pid(), s) }
	over := ctx.Done()
	var patience <-chan time.Time
	for {
		select {
		case <-p.done:
			return
		case s := <-signals:
			toAll(s.(syscall.Signal))
		case <-over:
			over = nil
			toAll(syscall.SIGTERM)
			patience = time.After(10 * time.Second)
		case <-patience:
			toAll(syscall.SIGKILL)
		}
	}
}

func exitCode(state *os.ProcessState) int {
	if state == nil {
		return 1
	}
	if ws, ok := state.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		return 128 + int(ws.Signal())
	}
	return state.ExitCode()
}
