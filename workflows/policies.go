package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/activities"
)

// forDatabase is for reading and writing a forløb's row: short, and part of
// the workflow's own task. Both timeouts must be set: without the second, the
// first one would end the retries too. When a round of retries is spent,
// inDatabase begins another with a fresh time.
func forDatabase(ctx workflow.Context) workflow.Context {
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		StartToCloseTimeout:    10 * time.Second,
		ScheduleToCloseTimeout: time.Minute,
		RetryPolicy:            databaseRetries,
	})
}

// forMatching is for finding a consultant, one forløb at a time.
func forMatching(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 30 * time.Second,
		RetryPolicy:         databaseRetries,
	})
}

// forMail is for the mail server, which may be away for days, and which may
// take minutes for an answer; a worker that dies meanwhile is noticed sooner.
// They have a queue of their own, so that nothing waits behind them.
func forMail(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue:              MailQueue,
		StartToCloseTimeout:    activities.SendLimit,
		HeartbeatTimeout:       activities.HeartbeatTimeout,
		ScheduleToCloseTimeout: 120 * time.Hour,
		RetryPolicy: &temporal.RetryPolicy{
			InitialInterval:    5 * time.Second,
			BackoffCoefficient: 3,
			MaximumInterval:    30 * time.Minute,
		},
	})
}

// databaseRetries come after 1, 4, 16 seconds and then every minute.
var databaseRetries = &temporal.RetryPolicy{
	InitialInterval:    time.Second,
	BackoffCoefficient: 4,
	MaximumInterval:    time.Minute,
}
