package workflows

import (
	"sync"
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
	// mailsAtOnce protects the mail server.
	mailsAtOnce = 50
	// matchesAtOnce protects the database: they wait for each other's lock.
	matchesAtOnce = 10
	// stopTimeout lets a mail in flight finish when the worker stops.
	stopTimeout = 30 * time.Second
)

// Worker does the process's work. It is two workers, since a mail server may
// take its time with every mail it is handed: nothing else waits for that.
type Worker struct{ process, mails worker.Worker }

// Worker makes a worker for the process, of a release or, with an empty one, of
// none. onFatal is told when it can no longer work.
func (p *Process) Worker(do *activities.Activities, release string, onFatal func(error)) *Worker {
	worker.SetStickyWorkflowCacheSize(cachedForloeb)
	w := &Worker{
		process: worker.New(p.client, TaskQueue, p.workerOptions(matchesAtOnce, do.Cause, release, onFatal)),
		mails:   worker.New(p.client, MailQueue, p.workerOptions(mailsAtOnce, do.Cause, release, onFatal)),
	}
	registerWorkflow(w.process)
	registerActivities(w.process, do)
	registerSending(w.mails, do)
	return w
}

func (p *Process) workerOptions(atOnce int, cause Cause, release string, onFatal func(error)) worker.Options {
	autoscaling := worker.NewPollerBehaviorAutoscaling(worker.PollerBehaviorAutoscalingOptions{})
	return worker.Options{
		Identity:                           "spark-worker", // the default tells the machine's name
		WorkflowTaskPollerBehavior:         autoscaling,
		ActivityTaskPollerBehavior:         autoscaling,
		MaxConcurrentActivityExecutionSize: atOnce,
		WorkerStopTimeout:                  stopTimeout,
		MaxHeartbeatThrottleInterval:       activities.HeartbeatInterval,
		DisableRegistrationAliasing:        true,
		OnFatalError:                       onFatal,
		DeploymentOptions:                  versioned(release),
		Interceptors:                       []interceptor.WorkerInterceptor{&traced{cause: cause}, &codesOnly{log: p.log}},
	}
}

// Start begins to work. Its error is one of the connection to Temporal.
func (w *Worker) Start() error {
	if err := w.process.Start(); err != nil {
		return err
	}
	if err := w.mails.Start(); err != nil {
		w.process.Stop()
		return err
	}
	return nil
}

// Stop finishes what was begun, or gives it up after half a minute.
func (w *Worker) Stop() {
	var both sync.WaitGroup
	both.Go(w.process.Stop)
	both.Go(w.mails.Stop)
	both.Wait()
}

// registerWorkflow registers the process under its name on the wire.
func registerWorkflow(r worker.WorkflowRegistry) {
	r.RegisterWorkflowWithOptions(Forloeb, workflow.RegisterOptions{Name: WorkflowType})
}

// registerActivities registers what the process does but for mails.
func registerActivities(r worker.ActivityRegistry, do *activities.Activities) {
	register(r, activityLook, do.Look)
	register(r, activityCommit, do.Commit)
	register(r, activityMatch, do.Match)
}

// registerSending registers what the mail queue is for.
func registerSending(r worker.ActivityRegistry, do *activities.Activities) {
	register(r, activitySendMail, do.SendMail)
}

func register(r worker.ActivityRegistry, name string, do any) {
	r.RegisterActivityWithOptions(do, activity.RegisterOptions{Name: name})
}
