package devstack

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	temporalName        = "temporal"
	temporalStartWithin = 60 * time.Second
	// A little longer than the server gives itself.
	temporalStopWithin = 15 * time.Second
)

// Namespace is the one that the embedded Temporal server creates.
const Namespace = "default"

// NoUI as TemporalOptions.UIPort leaves the web UI out.
const NoUI = -1

// TemporalOptions say where a server keeps its state and where it listens.
type TemporalOptions struct {
	StateDir      string
	Port          int // 0 for a free one
	UIPort        int // 0 for a free one, NoUI for none
	PortSetting   string
	UIPortSetting string    // the two are named in the error when a port is taken
	Postgres      string    // URL of a server to keep the state in, as RoleTemporal; a file in StateDir when empty
	Binary        string    // from TemporalBinary
	Log           io.Writer // a line for each thing that takes time; may be nil
}

// Temporal is a running Temporal server of our own.
type Temporal struct {
	port, uiPort int
	database     string // file of the state
	postgres     string // URL of the server that keeps it instead
	proc         *process
	tied         io.Closer // its standard input
	lock         *os.File
}

// StartTemporal starts the server on loopback and returns when it answers. It stops one that a crashed run left behind
// on the same state. A PostgreSQL that is to keep the state may come later: it is waited for. The context is for
// starting only.
func StartTemporal(ctx context.Context, opts TemporalOptions) (_ *Temporal, err error) {
	if opts.Binary == "" {
		return nil, errors.New("the Temporal server's binary is missing: build it with TemporalBinary")
	}
	if opts.StateDir, err = openState(opts.StateDir); err != nil {
		return nil, err
	}
	lock, err := lockState(opts.StateDir, temporalName)
	if err != nil {
		return nil, err
	}
	t := &Temporal{lock: lock, database: filepath.Join(opts.StateDir, "temporal.db"), postgres: opts.Postgres}
	if err := t.start(ctx, opts); err != nil {
		t.Kill()
		return nil, err
	}
	return t, nil
}

// start tries again where the ports are ours to choose: another program may take one before the server has it.
func (t *Temporal) start(ctx context.Context, opts TemporalOptions) error {
	if stopTemporalLeftover(opts.StateDir) {
		say(opts.Log, "stopped a Temporal that was left running on %s", opts.StateDir)
	}
	for attempt := 1; ; attempt++ {
		err := t.launch(ctx, opts)
		chosen := opts.Port == 0 || opts.UIPort == 0
		if err == nil || t.proc == nil || !chosen || attempt == 3 || ctx.Err() != nil {
			return err
		}
		t.proc.kill()
	}
}

// launch leaves t.proc nil when the reason lies before the server itself.
func (t *Temporal) launch(ctx context.Context, opts TemporalOptions) error {
	t.proc = nil
	if err := t.choosePorts(opts); err != nil {
		return err
	}
	logFile := filepath.Join(opts.StateDir, temporalName+".log")
	log, err := os.Create(logFile)
	if err != nil {
		return fmt.Errorf("Temporal's log cannot be written: %w", err)
	}
	defer log.Close()
	cmd := exec.Command(opts.Binary, t.args()...)
	cmd.Stderr = log
	if t.tied, err = cmd.StdinPipe(); err != nil {
		return err
	}
	ready, err := t.begin(cmd)
	if err != nil {
		return err
	}
	_ = os.WriteFile(temporalPIDFile(opts.StateDir), fmt.Appendf(nil, "%d\n%s\n", t.proc.pid(), strings.Join(t.args(), " ")), 0o644)
	if err := t.waitReady(ctx, ready); err != nil {
		return fmt.Errorf("Temporal did not start, see %s: %w\n%s", logFile, err, tail(logFile))
	}
	return nil
}

func (t *Temporal) choosePorts(opts TemporalOptions) (err error) {
	if t.port, err = choosePort(opts.Port, "Temporal", opts.PortSetting); err != nil {
		return err
	}
	if opts.UIPort == NoUI {
		t.uiPort = 0
		return nil
	}
	t.uiPort, err = choosePort(opts.UIPort, "Temporal's web UI", opts.UIPortSetting)
	return err
}

func (t *Temporal) args() []string {
	args := []string{"--tied", "--port", strconv.Itoa(t.port), "--ui-port", strconv.Itoa(t.uiPort), "--namespace", Namespace}
	if t.postgres != "" {
		return append(args, "--postgres", t.postgres)
	}
	return append(args, "--db", t.database)
}

// begin starts the server; what it gives gets true when the server says that it is ready, and false when it ends first.
func (t *Temporal) begin(cmd *exec.Cmd) (<-chan bool, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd.Stdout = w
	t.proc, err = startProcess(cmd, syscall.SIGTERM)
	w.Close() // the child has its own
	if err != nil {
		r.Close()
		return nil, err
	}
	ready := make(chan bool, 1)
	go func() {
		defer r.Close()
		line, _ := bufio.NewReader(r).ReadString('\n')
		ready <- line == "ready\n"
		_, _ = io.Copy(io.Discard, r) // nothing it says later may break it
	}()
	return ready, nil
}

func (t *Temporal) waitReady(ctx context.Context, ready <-chan bool) error {
	select {
	case ok := <-ready:
		if !ok {
			return errors.New("it ended at once")
		}
		return nil
	case <-time.After(temporalStartWithin):
		return fmt.Errorf("it does not answer after %s", inWords(temporalStartWithin))
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Port is the frontend's.
func (t *Temporal) Port() int { return t.port }

// Address is the frontend's, for TEMPORAL_ADDRESS.
func (t *Temporal) Address() string { return address(t.port) }

// UI is the address of the web pages; empty without them.
func (t *Temporal) UI() string {
	if t.uiPort == 0 {
		return ""
	}
	return "http://" + address(t.uiPort)
}

// Done is closed when the server has ended, by Stop or on its own.
func (t *Temporal) Done() <-chan struct{} { return t.proc.done }

// Stop ends the server in order and waits until it is gone.
func (t *Temporal) Stop() {
	if t.proc != nil {
		t.proc.stop(syscall.SIGTERM, temporalStopWithin)
	}
	t.lock.Close()
}

// Kill ends the server as a crash would, for tests of what follows.
func (t *Temporal) Kill() {
	if t.proc != nil {
		t.proc.kill()
	}
	t.lock.Close()
}

// DeleteState loses all that the server knew, as a disaster would. A server that still runs is killed first.
//
// What PostgreSQL keeps is not ours to delete.
func (t *Temporal) DeleteState() error {
	t.Kill()
	if t.postgres != "" {
		return errors.New("Temporal's state lies in PostgreSQL: drop its databases there")
	}
	for _, suffix := range []string{"", "-wal", "-shm", ".version"} {
		if err := os.Remove(t.database + suffix); err != nil && !os.IsNotExist(err) {
			return fmt.Errorf("Temporal's state cannot be deleted: %w", err)
		}
	}
	return nil
}

func temporalPIDFile(stateDir string) string { return filepath.Join(stateDir, temporalName+".pid") }

// stopTemporalLeftover ends the server of a crashed run; it tells whether there was one. Only the holder of the lock
// may call it.
func stopTemporalLeftover(stateDir string) bool {
	b, _ := os.ReadFile(temporalPIDFile(stateDir))
	first, args, _ := strings.Cut(string(b), "\n")
	pid, _ := strconv.Atoi(strings.TrimSpace(first))
	args = strings.TrimSpace(args)
	// The number may have gone to another process since.
	ours := func() bool { return args != "" && alive(pid) && strings.Contains(commandLine(pid), args) }
	if !ours() {
		return false
	}
	_ = syscall.Kill(pid, syscall.SIGTERM)
	_ = syscall.Kill(pid, syscall.SIGCONT) // it may have been paused
	for deadline := time.Now().Add(temporalStopWithin); ours(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	return true
}
