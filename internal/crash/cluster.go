package crash

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// member is a process of the cluster that can be broken and comes back.
type member struct {
	name  string
	begin func(ctx context.Context) (running, error)

	mu     sync.Mutex
	now    running
	paused bool
}

// running is a process as it runs.
type running interface {
	Kill()                 // as a crash ends it; it returns when it is gone
	Signal(os.Signal)      // to it and its children
	Done() <-chan struct{} // closed when it has ended
}

// start brings the member up, again and again until it is: an immediate start
// after a crash can fail.
func (m *member) start(ctx context.Context) error {
	var failed error
	for ctx.Err() == nil {
		now, err := m.begin(ctx)
		if err == nil {
			m.mu.Lock()
			m.now, m.paused = now, false
			m.mu.Unlock()
			return nil
		}
		failed = err
		pause(ctx, 200*time.Millisecond)
	}
	return fmt.Errorf("%s does not start: %w", m.name, failed)
}

// kill ends the member as a crash does; false when it was not running.
func (m *member) kill() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.now == nil {
		return false
	}
	m.now.Kill()
	m.now = nil
	return true
}

// stops suspends the member, as an overloaded or frozen machine does.
func (m *member) stops() bool  { return m.signals(syscall.SIGSTOP, true) }
func (m *member) resume() bool { return m.signals(syscall.SIGCONT, false) }

func (m *member) signals(s os.Signal, paused bool) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.now == nil || m.paused == paused {
		return false
	}
	m.now.Signal(s)
	m.paused = paused
	return true
}

// up reports whether the member runs.
func (m *member) up() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.now == nil || m.paused {
		return false
	}
	select {
	case <-m.now.Done():
		return false
	default:
		return true
	}
}

// process is one of the product's.
type process struct {
	cmd  *exec.Cmd
	done chan struct{}
}

// launch starts a command with its output in a file, which is added to.
func launch(logs, name, binary string, env []string, args ...string) (*process, error) {
	log, err := os.OpenFile(filepath.Join(logs, name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close() // the child has its own
	p := &process{cmd: exec.Command(binary, args...), done: make(chan struct{})}
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = append(os.Environ(), env...), log, log
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = p.cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// Kill is kill -9.
func (p *process) Kill() {
	_ = p.cmd.Process.Kill()
	<-p.done
}

// Signal sends a signal.
func (p *process) Signal(s os.Signal) { _ = p.cmd.Process.Signal(s) }

// Done is closed when the process has ended.
func (p *process) Done() <-chan struct{} { return p.done }
