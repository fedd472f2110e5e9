package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"example.dk/spark/activities"
	"example.dk/spark/internal/forloeb"
)

const (
	// pauseAfterFailure lies between two rounds of something that fails
	// although its retries are spent. Rounds never end: no outage, however
	// long, may end a forløb.
	pauseAfterFailure = time.Minute
	// brake is more commits than one wake-up ever needs. What exceeds it is a
	// rule and a row that disagree: go on ever more slowly, instead of filling
	// the history.
	brake = 20
	// never is no version.
	never = -1
)

// look reads the facts again and sends what is owed.
func (f *course) look(ctx workflow.Context) error {
	f.hush() // before reading: what happens during the read wakes us again
	var view forloeb.View
	err := f.inDatabase(ctx, activityLook, &view, func(now time.Time) any {
		return activities.LookInput{ID: f.id, Now: now}
	})
	if err != nil {
		return err
	}
	f.view = view
	f.sendOwed(ctx)
	return nil
}

// move takes the forløb to another status.
func (f *course) move(ctx workflow.Context, to forloeb.Status, cause string) error {
	return f.commit(ctx, forloeb.Change{To: to, Cause: cause})
}

// owe writes what the calendar owes: mails and tasks, all that is due at once.
func (f *course) owe(ctx workflow.Context, duty forloeb.Duty) error {
	return f.commit(ctx, forloeb.Change{To: f.view.Status, Cause: string(duty)})
}

// settle tells the row that every fact up to this version is acted on.
func (f *course) settle(ctx workflow.Context) error {
	f.settled = f.view.Version
	return f.commit(ctx, forloeb.Change{To: f.view.Status, Cause: causeSettled, Settled: true})
}

// commit writes a step and looks again. A step that is stale or already done
// changes nothing; the row knows.
func (f *course) commit(ctx workflow.Context, change forloeb.Change) error {
	if f.steps++; f.steps > brake {
		workflow.GetLogger(ctx).Warn(Braked)
		if err := workflow.Sleep(ctx, braked(f.steps-brake)); err != nil {
			return err
		}
	}
	change.ID, change.Version, change.From = f.id.String(), f.view.Version, f.view.Status
	err := f.inDatabase(ctx, activityCommit, nil, func(now time.Time) any {
		change.Now = now
		return change
	})
	if err != nil {
		return err
	}
	return f.look(ctx)
}

// Braked is what the log says of a process that writes again and again what its
// row already has: a mistake of ours in the rules. Nothing is lost by it; the
// process goes on, but slowly.
const Braked = "the rules and the row disagree: going on more slowly"

// braked is how long to wait before the n-th commit too many: a minute, two,
// four and at most an hour.
func braked(n int) time.Duration {
	return min(time.Minute<<min(n-1, 6), time.Hour)
}

// inDatabase runs a local activity until it succeeds. The input is made anew
// for every round, since it holds the time.
func (f *course) inDatabase(ctx workflow.Context, name string, result any, input func(now time.Time) any) error {
	for {
		in := input(workflow.Now(ctx))
		if workflow.ExecuteLocalActivity(forDatabase(ctx), name, in).Get(ctx, result) == nil {
			return nil
		}
		if err := workflow.Sleep(ctx, pauseAfterFailure); err != nil {
			return err
		}
	}
}

// pause waits a little after a failure and looks again.
func (f *course) pause(ctx workflow.Context) error {
	if err := workflow.Sleep(ctx, pauseAfterFailure); err != nil {
		return err
	}
	return f.look(ctx)
}

// rest does what the calendar owes. When nothing is due, it waits.
func (f *course) rest(ctx workflow.Context) error {
	for _, d := range f.view.Due {
		if !d.What.Transition() && f.due(ctx, d.What) {
			return f.owe(ctx, d.What)
		}
	}
	return f.wait(ctx)
}

// wait sleeps until something happens or the next date comes.
func (f *course) wait(ctx workflow.Context) error {
	if f.unsettled() {
		return f.settle(ctx)
	}
	if err := f.show(ctx); err != nil {
		return err
	}
	if f.renewable(ctx) {
		return workflow.NewContinueAsNewError(ctx, WorkflowType, Input{ID: f.id})
	}
	f.setAlarm(ctx)
	if err := workflow.Await(ctx, func() bool { return f.heard() || f.alarm.rings() }); err != nil {
		return err
	}
	f.wakeUp()
	return f.look(ctx)
}

// unsettled reports whether the row must still be told that this version is
// acted on. It is told once a wake-up: a row that is never content must not
// keep the workflow spinning.
func (f *course) unsettled() bool {
	v := f.view
	return (v.Seen < v.Version || v.Unwritten) && f.settled != v.Version
}

// renewable reports whether this is the moment to go on as a new run. That
// is once on the way into the long sleep, so that months of history are not
// replayed after it, and whenever Temporal finds the history long.
func (f *course) renewable(ctx workflow.Context) bool {
	asleep := f.view.Status == forloeb.AwaitingEvaluation && f.began != forloeb.AwaitingEvaluation
	long := workflow.GetInfo(ctx).GetContinueAsNewSuggested()
	return (asleep || long) && len(f.sending) == 0 && !f.heard()
}

// wakeUp begins a new day's work.
func (f *course) wakeUp() {
	f.settled, f.steps = never, 0
	if f.alarm.rings() {
		f.alarm = alarm{}
	}
}
