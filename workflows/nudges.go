package workflows

import (
	"time"

	"github.com/google/uuid"
)

const (
	nudgeFirst = time.Minute
	nudgeMost  = time.Hour
)

// nudges remembers when an unsettled forløb was nudged last, and how long to
// wait until it is nudged again.
type nudges map[uuid.UUID]nudged

type nudged struct {
	next time.Time
	wait time.Duration
}

// due picks those to nudge now, and forgets those that have settled.
func (n nudges) due(unsettled []uuid.UUID, now time.Time) []uuid.UUID {
	var due []uuid.UUID
	still := nudges{}
	for _, id := range unsettled {
		last, known := n[id]
		switch {
		case !known:
			last.wait = nudgeFirst
		case now.Before(last.next):
			still[id] = last
			continue
		default:
			last.wait = min(2*last.wait, nudgeMost)
		}
		still[id] = nudged{next: now.Add(last.wait), wait: last.wait}
		due = append(due, id)
	}
	clear(n)
	for id, s := range still {
		n[id] = s
	}
	return due
}
