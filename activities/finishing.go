package activities

import (
	"context"
	"time"
)

// stopsWithin is how long what has begun may go on when the worker is told to
// stop: as long as Temporal's worker lets the other mails.
const stopsWithin = 30 * time.Second

// finishing is ctx with a limit of its own, which outlives ctx by stopsWithin
// at most: a mail that a mail server is taking is not broken off.
func finishing(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	own, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	ends := context.AfterFunc(ctx, func() {
		select {
		case <-own.Done():
		case <-time.After(stopsWithin):
			cancel()
		}
	})
	return own, func() { ends(); cancel() }
}
