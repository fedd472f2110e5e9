package doctor

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync/atomic"
	"time"
)

// ReconcilerRows are Rows of which one process at a time is the reconciler.
type ReconcilerRows interface {
	Rows
	// Alone does something unless another process is doing it.
	Alone(ctx context.Context, do func(context.Context) error) (did bool, err error)
}

// Reconciler starts the workflows that are missing. What is unsettled, or has
// a date that has passed, the relay's sweep starts within a minute or two; a
// forløb that is settled and only waits for a date in three months it does
// not see. It remembers nothing: every pass compares everything.
type Reconciler struct {
	Rows ReconcilerRows
	Runs Runs
	Log  *slog.Logger

	started atomic.Int64
}

// Started is how many workflows this process has started because they were
// missing.
func (r *Reconciler) Started() int64 { return r.started.Load() }

// reconcileEvery is often enough for dates that come months later, and seldom
// enough that it costs a query and a list.
const reconcileEvery = 10 * time.Minute

// Run reconciles until ctx ends: first within a minute or two, so that
// processes that start together do not ask at the same moment.
func (r *Reconciler) Run(ctx context.Context) {
	for pause := time.Minute + rand.N(time.Minute); ; pause = reconcileEvery {
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
		if err := r.Reconcile(ctx); err != nil && ctx.Err() == nil {
			r.Log.Warn("rows and workflows were not compared; it is tried again", "class", fmt.Sprintf("%T", err))
		}
	}
}

// reconcileWithin is the longest that a pass may take; the next goes on.
const reconcileWithin = 5 * time.Minute

// Reconcile compares once and starts what is missing, unless another process
// is doing so.
func (r *Reconciler) Reconcile(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, reconcileWithin)
	defer cancel()
	_, err := r.Rows.Alone(ctx, r.pass)
	return err
}

func (r *Reconciler) pass(ctx context.Context) error {
	d, err := FindDrift(ctx, r.Rows, r.Runs)
	if err != nil {
		return err
	}
	if len(d.Closed)+len(d.Unknown) > 0 {
		r.Log.Warn("workflows run that no forløb needs; spark doctor says which", "closed", len(d.Closed), "unknown", len(d.Unknown))
	}
	if len(d.Missing) == 0 {
		return nil
	}
	if err := wake(ctx, r.Runs, d.Missing); err != nil {
		return err
	}
	r.started.Add(int64(len(d.Missing)))
	r.Log.Warn("workflows were missing and have been started", "forloeb", len(d.Missing))
	return nil
}
