package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// This file is how those who run forløb share the pile of tasks: who has taken
// which, and which are put off to a day. None of it is a fact of a forløb. The
// process knows nothing of it, and the version does not move.

// Handling is what somebody has said about a task.
type Handling struct {
	Claim  Claim
	PutOff PutOff
}

// Claim is who sees to a task.
type Claim struct {
	By   uuid.UUID // a member of staff, or a token; nil while nobody does
	Name string
	At   time.Time // on the forløb's clock
}

// Taken reports whether somebody sees to the task.
func (c Claim) Taken() bool { return c.By != uuid.Nil }

// Judge refuses to take what somebody else has, unless it is taken from the
// one who was seen to have it.
func (c Claim) Judge(by, from uuid.UUID) error {
	if c.Taken() && c.By != by && c.By != from {
		return &Refusal{Code: RefuseTaskTaken, Date: c.At}
	}
	return nil
}

// PutOff is until when a task need not be seen.
type PutOff struct {
	Until time.Time // the beginning of the day on which it is shown again; zero when it is not put off
	Name  string    // of whoever put it off
}

// Hides reports whether the task is put off to a later day than now's.
func (p PutOff) Hides(now time.Time) bool { return p.Until.After(now) }

// farthestPutOff is how many years ahead a task can be put off: a year
// mistyped would lose it.
const farthestPutOff = 1

// JudgePutOff refuses a day that is not ahead, that is more than a year ahead,
// or that lies past the deadline the task is about.
func (f *Forloeb) JudgePutOff(t Task, until, now time.Time) error {
	if !until.After(now) || until.After(now.AddDate(farthestPutOff, 0, 0)) {
		return &Refusal{Code: RefusePutOffDay}
	}
	if last := f.PutOffLast(t, now); passed(last, until) {
		return &Refusal{Code: RefusePutOffLate, Date: last}
	}
	return nil
}

// PutOffLast is the last day to which a task can be put off; zero when it is
// about no deadline that is still ahead.
func (f *Forloeb) PutOffLast(t Task, now time.Time) time.Time {
	last := f.taskDeadline(t)
	if last.IsZero() || !EndOfDay(last).After(EndOfDay(now)) {
		return time.Time{}
	}
	return last
}

// taskDeadline is the forløb's own deadline that a task is about; zero when it
// is about none, or when that stands still.
func (f *Forloeb) taskDeadline(t Task) time.Time {
	switch {
	case f.Status == AwaitingConsent:
		return f.ConsentCloses()
	case f.Status == Evaluating:
		return f.EvaluationCloses()
	case t.Kind == TaskReopenAsked:
		return f.ReopenUntil()
	case t.Kind == TaskNoConsultant, t.Kind == TaskFirstMeeting:
		return f.StartBy()
	}
	return time.Time{}
}

// TaskChoice is which tasks a list shows.
type TaskChoice string

// Choices of tasks.
const (
	TasksWaiting TaskChoice = "waiting" // open, and not put off
	TasksPutOff  TaskChoice = "put_off" // open, and put off to a later day
	TasksOpen    TaskChoice = "open"    // both
	TasksAll     TaskChoice = "all"     // closed ones too
)

// TaskFilter narrows the list of tasks.
type TaskFilter struct {
	Which  TaskChoice
	Holder uuid.UUID // who has taken them; nil for everybody's and nobody's
	ID     int64     // one task; 0 for all
	Cursor string    // where the last page ended
	NoHeld bool      // without those about mails that are held because many applied: they are settled together
}

// SettledTask is a task that was closed.
type SettledTask struct {
	TaskRow
	By string // who said that it was settled; empty when its cause went away
}

// LastWorkingDay is the beginning of the working day before t's day.
func LastWorkingDay(t time.Time) time.Time { return onClock(AddWorkingDays(t, -1), 0, 0, 0) }
