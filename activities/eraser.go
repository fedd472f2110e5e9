package activities

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

// EraserStore deletes what is not to be kept any longer. Each says how many it
// deleted, and may be asked by several workers at once.
type EraserStore interface {
	EraseForloeb(ctx context.Context) (int64, error)      // names, addresses and texts of closed forløb
	EraseMeetingNotes(ctx context.Context) (int64, error) // what consultants wrote to themselves
	EraseAccessLog(ctx context.Context) (int64, error)    // who looked at what
	EraseSpent(ctx context.Context) (int64, error)        // logins, kept forms and keys
}

// Eraser deletes what is only kept for a while and belongs to no step of a
// forløb, so that no workflow waits for it. It asks the rows each time what is
// over its time: a promise to erase does not depend on anything that could be
// lost or switched off beside them. Several may run beside each other.
type Eraser struct {
	Store EraserStore
	Log   *slog.Logger
}

// eraseEvery is often enough for what is promised by the day.
const eraseEvery = time.Hour

// eraseAgain is when it is tried again after it failed.
const eraseAgain = time.Minute

// Run works until ctx ends: at once, and then every hour.
func (e *Eraser) Run(ctx context.Context) {
	for {
		pause := eraseEvery
		if !e.pass(ctx) {
			pause = eraseAgain
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
	}
}

// pass does every chore once, and reports whether all succeeded. One that fails
// does not hold up the others.
func (e *Eraser) pass(ctx context.Context) (done bool) {
	done = true
	for _, chore := range []struct {
		what string
		do   func(context.Context) (int64, error)
	}{
		{"forløb", e.Store.EraseForloeb}, {"meeting notes", e.Store.EraseMeetingNotes}, {"access log", e.Store.EraseAccessLog}, {"logins, forms and keys", e.Store.EraseSpent},
	} {
		switch n, err := chore.do(ctx); {
		case ctx.Err() != nil:
			return true
		case err != nil:
			e.Log.Warn("what is over its time was not erased; it is tried again", "what", chore.what, "class", fmt.Sprintf("%T", err))
			done = false
		case n > 0:
			e.Log.Info("erased, since its time is over", "what", chore.what, "n", n)
		}
	}
	return done
}
