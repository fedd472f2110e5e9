package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"example.dk/spark/internal/forloeb"
)

// alarm is the one timer of a run. It follows the earliest date when that
// moves.
type alarm struct {
	at    time.Time
	timer workflow.Future
	stop  workflow.CancelFunc
}

// rings reports whether the date has come.
func (a alarm) rings() bool { return a.timer != nil && a.timer.IsReady() }

// setAlarm sets the timer to the next date, or stops it when there is none.
func (f *course) setAlarm(ctx workflow.Context) {
	next := f.next(ctx)
	if next.At.Equal(f.alarm.at) {
		return
	}
	if f.alarm.stop != nil {
		f.alarm.stop()
	}
	f.alarm = alarm{}
	if next.At.IsZero() {
		return
	}
	ctx, stop := workflow.WithCancel(ctx)
	timer := workflow.NewTimerWithOptions(ctx, next.At.Sub(workflow.Now(ctx)), workflow.TimerOptions{Summary: string(next.What)})
	f.alarm = alarm{at: next.At, timer: timer, stop: stop}
}

// due reports whether the date of a duty has come.
func (f *course) due(ctx workflow.Context, duty forloeb.Duty) bool {
	now := workflow.Now(ctx)
	for _, d := range f.view.Due {
		if d.What == duty && !d.At.After(now) {
			return true
		}
	}
	return false
}

// next is the earliest date that lies ahead. One that has passed was dealt
// with before waiting, or is not for this status: waiting for it would be no
// wait at all.
func (f *course) next(ctx workflow.Context) forloeb.Due {
	var next forloeb.Due
	now := workflow.Now(ctx)
	for _, d := range f.view.Due {
		if d.At.After(now) && (next.At.IsZero() || d.At.Before(next.At)) {
			next = d
		}
	}
	return next
}
