package activities

import (
	"context"
	"sync"
	"time"

	"go.temporal.io/sdk/activity"
)

const (
	// HeartbeatTimeout is how long nothing may be heard from a worker that
	// sends a mail before Temporal takes it for dead.
	HeartbeatTimeout = time.Minute
	// HeartbeatInterval lets a few heartbeats get lost.
	HeartbeatInterval = 10 * time.Second
)

// keepAlive tells Temporal that the worker lives, beside what the activity
// waits for, until it is stopped. Outside of Temporal it does nothing.
func keepAlive(ctx context.Context) (stop func()) {
	if !activity.IsActivity(ctx) {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	var beating sync.WaitGroup
	beating.Go(func() { beat(ctx) })
	return func() {
		cancel()
		beating.Wait()
	}
}

func beat(ctx context.Context) {
	tick := time.NewTicker(HeartbeatInterval)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			activity.RecordHeartbeat(ctx)
		case <-ctx.Done():
			return
		}
	}
}
