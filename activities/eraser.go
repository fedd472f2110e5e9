package activities

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

// EraserStore is what erasing in time needs of the database.
type EraserStore interface {
	// EraseMeetingNotes deletes what consultants wrote to themselves and is not
	// to be kept any longer, and returns how many.
	EraseMeetingNotes(ctx context.Context) (int64, error)
}

// Eraser deletes what is only kept for a while and belongs to no step of a
// forløb, so that no workflow waits for it. Several may run beside each other.
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
		switch n, err := e.Store.EraseMeetingNotes(ctx); {
		case ctx.Err() != nil:
			return
		case err != nil:
			e.Log.Warn("meeting notes whose time is over were not erased; it is tried again", "class", fmt.Sprintf("%T", err))
			pause = eraseAgain
		case n > 0:
			e.Log.Info("meeting notes erased, since their time is over", "notes", n)
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
	}
}
