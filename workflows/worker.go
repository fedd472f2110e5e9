package workflows

import (
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/activities"
)

const (
	// cachedForloeb is how many sleeping forløb a worker keeps in memory, at
	// about 25 KiB each. The others are replayed when they wake.
	cachedForloeb = 2000
	// atOnce protects the mail server and the database.
	atOnce = 50
	// stopTimeout lets a mail in flight finish when the worker stops.
	stopTimeout = 30 * time.Second
)

// Worker is a worker for the process; start it with Run or Start. onFatal is
// told when it can no longer work.
func (p *Process) Worker(do *activities.Activities, onFatal func(error)) worker.Worker {
	worker.SetStickyWorkflowCacheSize(cachedForloeb)
	autoscaling := worker.NewPollerBehaviorAutoscaling(worker.PollerBehaviorAutoscalingOptions{})
	w := worker.New(p.client, TaskQueue, worker.Options{
		Identity:                           "spark-worker", // the default tells the machine's name
		WorkflowTaskPollerBehavior:         autoscaling,
		ActivityTaskPollerBehavior:         autoscaling,
		MaxConcurrentActivityExecutionSize: atOnce,
		WorkerStopTimeout:                  stopTimeout,
		MaxHeartbeatThrottleInterval:       activities.HeartbeatInterval,
		DisableRegistrationAliasing:        true,
		OnFatalError:                       onFatal,
		Interceptors:                       []interceptor.WorkerInterceptor{&codesOnly{log: p.log}},
	})
	registerWorkflow(w)
	registerActivities(w, do)
	return w
}

// registerWorkflow registers the process under its name on the wire.
func registerWorkflow(r worker.WorkflowRegistry) {
	r.RegisterWorkflowWithOptions(Forloeb, workflow.RegisterOptions{Name: WorkflowType})
}

// registerActivities registers what the process does.
func registerActivities(r worker.ActivityRegistry, do *activities.Activities) {
	register := func(name string, do any) {
		r.RegisterActivityWithOptions(do, activity.RegisterOptions{Name: name})
	}
	register(activityLook, do.Look)
	register(activityCommit, do.Commit)
	register(activityMatch, do.Match)
	register(activitySendMail, do.SendMail)
}
