package workflows

import (
	"context"
	"log/slog"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"google.golang.org/protobuf/types/known/durationpb"

	"example.dk/spark/activities"
	"example.dk/spark/internal/forloeb"
)

// patience is how long a test waits for what takes milliseconds.
const patience = 30 * time.Second

// namespace is this test run's own corner of the server.
var namespace = "test-" + uuid.NewString()

var prepareNamespace sync.Once

// live is one forløb on the real Temporal server, with a worker.
type live struct {
	t       *testing.T
	process *Process
	store   *fakeStore
	mailer  *fakeMailer
	worker  *Worker
	id      uuid.UUID
}

func newLive(t *testing.T) *live {
	t.Helper()
	return newLiveWith(t, &fakeMailer{})
}

func newLiveWith(t *testing.T, mailer *fakeMailer) *live {
	t.Helper()
	l := &live{t: t, process: connect(t), store: newFakeStore(), mailer: mailer}
	l.id = l.store.create(time.Now()).id
	t.Cleanup(func() { l.terminate(l.id) })
	l.start()
	return l
}

func (l *live) terminate(id uuid.UUID) {
	_ = l.process.client.TerminateWorkflow(context.Background(), WorkflowID(id), "", "test over")
}

// connect reaches the server that make test starts.
func connect(t *testing.T) *Process {
	t.Helper()
	address := os.Getenv("SPARK_TEST_TEMPORAL_ADDRESS")
	if address == "" {
		t.Fatal("no Temporal server: run make test")
	}
	p, err := Connect(client.Options{HostPort: address, Namespace: namespace, Identity: "spark-test"}, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(p.Close)
	prepareNamespace.Do(func() { prepare(t, p) })
	return p
}

// prepare makes the namespace, and waits until every part of the server knows it.
func prepare(t *testing.T, p *Process) {
	t.Helper()
	require.NoError(t, p.Available(t.Context()))
	_, err := p.client.WorkflowService().RegisterNamespace(t.Context(), &workflowservice.RegisterNamespaceRequest{
		Namespace: namespace, WorkflowExecutionRetentionPeriod: durationpb.New(day),
	})
	require.NoError(t, err)
	require.EventuallyWithT(t, func(c *assert.CollectT) { require.NoError(c, p.EnsureSearchAttributes(t.Context())) }, patience, 50*time.Millisecond)
}

// start runs a worker that remembers nothing of the one before.
func (l *live) start() {
	worker.PurgeStickyWorkflowCache()
	l.worker = l.process.Worker(&activities.Activities{Store: l.store, Mailer: l.mailer}, "", nil)
	require.NoError(l.t, l.worker.Start())
	w := l.worker
	l.t.Cleanup(w.Stop)
}

// happens writes a fact, tells the process and waits until it is acted on.
func (l *live) happens(name forloeb.ActName, happen func(r *row)) {
	l.t.Helper()
	l.store.fact(l.id, happen)
	l.nudge(name)
	l.until("settled after "+string(name), row.settled)
}

func (l *live) nudge(name forloeb.ActName) {
	l.t.Helper()
	require.NoError(l.t, l.process.Relay(l.t.Context(), forloeb.Act{ForloebID: l.id, Version: l.row().version, Name: name}))
}

func (l *live) row() row { return l.store.read(l.id) }

func (l *live) until(what string, ok func(r row) bool) {
	l.t.Helper()
	require.Eventually(l.t, func() bool { return ok(l.row()) }, patience, 5*time.Millisecond, what)
}

func (l *live) stands(status forloeb.Status) {
	l.t.Helper()
	l.until("stands at "+string(status), func(r row) bool { return r.status == status && r.settled() })
}

func (l *live) forward(days int) {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), patience)
	defer cancel()
	now, err := l.process.clock(ctx, l.id, time.Now())
	require.NoError(l.t, err)
	require.NoError(l.t, l.process.FastForward(ctx, l.id, now, now.Add(time.Duration(days)*day)))
}

// stop stops the worker when nothing is in flight: what a stopping worker
// has been handed would be missed only a minute later.
func (l *live) stop() {
	l.t.Helper()
	require.Eventually(l.t, func() bool {
		d, err := l.process.client.DescribeWorkflowExecution(l.t.Context(), WorkflowID(l.id), "")
		return err == nil && len(d.GetPendingActivities()) == 0 && d.GetPendingWorkflowTask() == nil
	}, patience, 5*time.Millisecond)
	l.worker.Stop()
}

// ended waits until the run has ended by itself.
func (l *live) ended() {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), patience)
	defer cancel()
	require.NoError(l.t, l.process.client.GetWorkflow(ctx, WorkflowID(l.id), "").Get(ctx, nil))
}

// histories are all runs of the forløb, the oldest first.
func (l *live) histories(runs int) []*historypb.History {
	l.t.Helper()
	var list *workflowservice.ListWorkflowExecutionsResponse
	require.Eventually(l.t, func() bool {
		var err error
		list, err = l.process.client.ListWorkflow(l.t.Context(), &workflowservice.ListWorkflowExecutionsRequest{
			Namespace: namespace, Query: "WorkflowId = '" + WorkflowID(l.id) + "'",
		})
		return err == nil && len(list.GetExecutions()) == runs
	}, patience, 20*time.Millisecond, "%d runs are listed", runs)
	found := map[int64]*historypb.History{}
	var order []int64
	for _, run := range list.GetExecutions() {
		history := l.history(run.GetExecution().GetRunId())
		at := history.GetEvents()[0].GetEventTime().AsTime().UnixNano()
		found[at], order = history, append(order, at)
	}
	slices.Sort(order)
	var histories []*historypb.History
	for _, at := range order {
		histories = append(histories, found[at])
	}
	return histories
}

func (l *live) history(run string) *historypb.History {
	l.t.Helper()
	history := &historypb.History{}
	events := l.process.client.GetWorkflowHistory(l.t.Context(), WorkflowID(l.id), run, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		require.NoError(l.t, err)
		// The server asks again when the clock is moved just as a run ends; every other failure is ours.
		if failed := event.GetWorkflowTaskFailedEventAttributes(); failed.GetCause() != enumspb.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND {
			require.Nil(l.t, failed, "%s", failed.GetFailure().GetMessage())
		}
		history.Events = append(history.Events, event)
	}
	return history
}
