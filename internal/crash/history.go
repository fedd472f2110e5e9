package crash

import (
	"encoding/json"
	"os"
	"sync"
	"time"
)

// Outcome is what a client knows of what it asked for.
type Outcome string

// Outcomes of an operation.
const (
	Done    Outcome = "done"    // answered with 2xx or 3xx: it is stored
	Refused Outcome = "refused" // answered with 4xx: it is not
	Unknown Outcome = "unknown" // no answer, or 5xx: it may be
)

// Operation is one thing that a client asked for.
type Operation struct {
	N       int               `json:"n"`
	Client  int               `json:"client"`
	Name    string            `json:"name"`
	Forloeb string            `json:"forloeb,omitempty"`
	Marker  string            `json:"marker,omitempty"` // text that is nowhere else, and stored with what was asked
	Act     string            `json:"act,omitempty"`    // name of the acts that it writes when it is done
	Acts    int               `json:"acts,omitempty"`   // how many it may write
	Args    map[string]string `json:"args,omitempty"`
	Asked   time.Time         `json:"asked"`
	Told    time.Time         `json:"told,omitzero"`
	Outcome Outcome           `json:"outcome,omitempty"`
	Status  int               `json:"status,omitempty"` // of HTTP; 0 for no answer
	Answer  string            `json:"answer,omitempty"` // what the operation gave back, such as a reference
}

// Event is something the nemesis did.
type Event struct {
	At     time.Time `json:"at"`
	What   What      `json:"what"`
	Target string    `json:"target"` // a member of the cluster, or the mail server's fault
}

// What the nemesis does to a target.
type What string

// A member that is killed, paused or died is broken until it is back.
const (
	Kill   What = "kill"
	Pause  What = "pause"
	Died   What = "died" // on its own
	Back   What = "back"
	Missed What = "missed" // what was to be killed was down already
	Cut    What = "cut"    // the power: every member is killed now
	Lost   What = "lost"   // it does not come back; the target says why
	Mails  What = "mails"  // the mail server's faults are others from now on
)

// History is everything that was asked and everything that was broken, in a
// file with a line for each: an operation twice, before and after.
type History struct {
	mu         sync.Mutex
	file       *os.File
	next       int
	Operations []*Operation
	Events     []Event
}

// NewHistory begins one in a new file.
func NewHistory(path string) (*History, error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &History{file: file}, nil
}

// Asks notes that a client is about to ask.
func (h *History) Asks(op Operation) *Operation {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.next++
	op.N, op.Asked = h.next, time.Now()
	h.Operations = append(h.Operations, &op)
	h.write(op)
	return &op
}

// Hears notes the answer.
func (h *History) Hears(op *Operation, outcome Outcome, status int, answer string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	op.Told, op.Outcome, op.Status, op.Answer = time.Now(), outcome, status, answer
	h.write(op)
}

// Notes adds what the nemesis did.
func (h *History) Notes(what What, target string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	e := Event{At: time.Now(), What: what, Target: target}
	h.Events = append(h.Events, e)
	h.write(e)
}

// Kills counts by target how often a process was killed.
func (h *History) Kills() map[string]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	kills := map[string]int{}
	for _, e := range h.Events {
		switch e.What {
		case Kill:
			kills[e.Target]++
		case Missed:
			kills[e.Target]--
		}
	}
	return kills
}

// span is how long clients asked for something.
func (h *History) span() time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.Operations) == 0 {
		return 0
	}
	return h.Operations[len(h.Operations)-1].Asked.Sub(h.Operations[0].Asked)
}

// count is how many events there are of a kind.
func (h *History) count(what What) (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range h.Events {
		if e.What == what {
			n++
		}
	}
	return n
}

// broken is a time in which a member was not itself.
type broken struct {
	target   string
	from, to time.Time
}

// breaks are all such times; what is not back yet is broken for ever.
func (h *History) breaks() (list []broken) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, e := range h.Events {
		if e.What != Kill && e.What != Pause && e.What != Died {
			continue
		}
		b := broken{e.Target, e.At, time.Unix(1<<40, 0)}
		for _, later := range h.Events[i+1:] {
			if later.What == Back && later.Target == e.Target {
				b.to = later.At
				break
			}
		}
		list = append(list, b)
	}
	return list
}

// write is best effort: what counts is in memory, the file is for people.
func (h *History) write(line any) {
	if text, err := json.Marshal(line); err == nil {
		_, _ = h.file.Write(append(text, '\n'))
	}
}

// Close ends the file.
func (h *History) Close() error { return h.file.Close() }
