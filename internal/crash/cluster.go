package crash

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// running is a process, with its children, as it runs.
type running interface {
	Kill()                 // as a crash ends it; it returns when it is gone
	Pause()                // freezes it, as an overloaded machine does
	Resume()               // ends a Pause
	Done() <-chan struct{} // closed when it has ended
}

// member is a process of the cluster that can be broken and comes back.
type member struct {
	name  string
	begin func(ctx context.Context) (running, error)
	notes func(what What, target string)

	mu     sync.Mutex
	now    running
	paused bool
}

// start brings the member up, again and again until it is: an immediate start
// after a crash can fail. What ends on its own later is started again, as an
// operator's supervisor does.
func (m *member) start(ctx context.Context) error {
	var failed error
	for ctx.Err() == nil {
		now, err := m.begin(ctx)
		if err == nil {
			m.mu.Lock()
			m.now, m.paused = now, false
			m.mu.Unlock()
			go m.minds(now)
			return nil
		}
		failed = err
		pause(ctx, 200*time.Millisecond)
	}
	return fmt.Errorf("%s does not start: %w", m.name, failed)
}

// startsAgain is how long a member has to come back.
const startsAgain = 2 * time.Minute

// returns starts the member after it was broken, also when the run is ending.
func (m *member) returns() {
	within, stop := context.WithTimeout(context.Background(), startsAgain)
	defer stop()
	if err := m.start(within); err != nil {
		m.notes(Lost, err.Error())
		return
	}
	m.notes(Back, m.name)
}

// minds waits for the end of a process, and starts it again when nobody here
// has ended it.
func (m *member) minds(now running) {
	<-now.Done()
	m.mu.Lock()
	own := m.now == now
	if own {
		m.now = nil
	}
	m.mu.Unlock()
	if own {
		now.Kill() // lets go of what it held
		m.notes(Died, m.name)
		m.returns()
	}
}

// kill ends the member as a crash does; false when it was not running.
func (m *member) kill() bool {
	m.mu.Lock()
	now := m.now
	m.now = nil
	m.mu.Unlock()
	if now == nil {
		return false
	}
	now.Kill()
	return true
}

// freeze suspends the member until thaw.
func (m *member) freeze() bool { return m.turn(true, running.Pause) }
func (m *member) thaw() bool   { return m.turn(false, running.Resume) }

func (m *member) turn(paused bool, how func(running)) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.now == nil || m.paused == paused {
		return false
	}
	how(m.now)
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
