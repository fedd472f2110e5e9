package workflows

import (
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/activities"
	"example.dk/spark/internal/forloeb"
)

// began is a Monday morning in Copenhagen.
var began = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// world lives one forløb through its months, in the SDK's environment where
// time passes by itself. Like the relay it starts a new run when something
// happens and none is running, and goes on with the next run when one
// continues as new.
type world struct {
	t      *testing.T
	store  *fakeStore
	mailer *fakeMailer
	id     uuid.UUID
	now    time.Time
	script []*happening
	runs   int // started
	renews int // continued as new
}

// happening is something that comes from outside at its time.
type happening struct {
	at    time.Time
	do    func()
	nudge []forloeb.ActName
	over  bool
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, store: newFakeStore(), mailer: &fakeMailer{}, now: began}
	w.id = w.store.create(began).id
	return w
}

// on writes a fact so many days after the beginning and tells the workflow.
func (w *world) on(days float64, act forloeb.ActName, happen func(r *row)) {
	w.add(days, func() { w.store.fact(w.id, happen) }, act)
}

// lost writes a fact that nobody tells the workflow about.
func (w *world) lost(days float64, happen func(r *row)) {
	w.add(days, func() { w.store.fact(w.id, happen) })
}

// check looks at the row so many days after the beginning.
func (w *world) check(days float64, see func(r row)) {
	w.add(days, func() { see(w.row()) })
}

func (w *world) add(days float64, do func(), nudge ...forloeb.ActName) {
	at := began.Add(time.Duration(days * float64(day)))
	w.script = append(w.script, &happening{at: at, do: do, nudge: nudge})
}

func (w *world) row() row { return w.store.read(w.id) }

// stop ends a forløb that would otherwise outlive its test.
func (w *world) stop(days float64) {
	w.on(days, forloeb.ForloebStopped, func(r *row) { r.stopped = true })
}

// live runs the forløb until it has ended and nothing more happens.
func (w *world) live() {
	w.t.Helper()
	slices.SortStableFunc(w.script, func(a, b *happening) int { return a.at.Compare(b.at) })
	for {
		if w.run() {
			w.renews++
			continue
		}
		if !w.wake() {
			break
		}
	}
	require.Empty(w.t, w.store.refused, "transitions that the database would refuse")
}

// run is one run of the workflow; it reports whether it continues as new.
func (w *world) run() bool {
	w.t.Helper()
	env := w.environment()
	for _, h := range w.script {
		if !h.over {
			env.RegisterDelayedCallback(func() { w.happen(h, env) }, h.at.Sub(w.now))
		}
	}
	w.runs++
	env.ExecuteWorkflow(WorkflowType, Input{ID: w.id})
	w.now = env.Now()
	require.True(w.t, env.IsWorkflowCompleted())
	err := env.GetWorkflowError()
	if workflow.IsContinueAsNewError(err) {
		return true
	}
	require.NoError(w.t, err)
	return false
}

// wake lets happen what happens while no run is open; it reports whether
// something starts a new one.
func (w *world) wake() bool {
	for _, h := range w.script {
		if h.over {
			continue
		}
		h.over, w.now = true, h.at
		h.do()
		if len(h.nudge) > 0 {
			return true
		}
	}
	return false
}

func (w *world) happen(h *happening, env *testsuite.TestWorkflowEnvironment) {
	h.over = true
	h.do()
	for _, act := range h.nudge {
		env.SignalWorkflow(string(act), forloeb.Nudge{Version: w.row().version})
	}
}

func (w *world) environment() *testsuite.TestWorkflowEnvironment {
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(logger{to: slog.New(slog.DiscardHandler)})
	env := suite.NewTestWorkflowEnvironment()
	env.SetStartTime(w.now)
	env.SetTestTimeout(time.Minute)
	env.SetWorkerOptions(worker.Options{
		DeadlockDetectionTimeout: time.Minute, // a busy machine is none
		Interceptors:             []interceptor.WorkerInterceptor{&codesOnly{log: slog.New(slog.DiscardHandler)}},
	})
	registerWorkflow(env)
	do := &activities.Activities{Store: w.store, Mailer: w.mailer}
	registerActivities(env, do)
	registerSending(env, do)
	return env
}
