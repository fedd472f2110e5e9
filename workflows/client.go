package workflows

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/google/uuid"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"example.dk/spark/internal/crashpoint"
	"example.dk/spark/internal/forloeb"
)

// Process is the running side of every forløb. It hides Temporal from the
// rest of the product.
type Process struct {
	client    client.Client
	namespace string
	log       *slog.Logger
}

// Connect prepares the connection to Temporal without needing it: the product
// starts and answers also while Temporal is away.
func Connect(options client.Options, log *slog.Logger) (*Process, error) {
	options.Logger = logger{to: log}
	options.Interceptors = append(options.Interceptors, &tracedClient{})
	if options.Namespace == "" {
		options.Namespace = client.DefaultNamespace
	}
	c, err := client.NewLazyClient(options)
	if err != nil {
		return nil, fmt.Errorf("temporal: %w", err)
	}
	return &Process{client: c, namespace: options.Namespace, log: log}, nil
}

// Close ends the connection.
func (p *Process) Close() { p.client.Close() }

// Relay tells a forløb's process that something has happened, and starts it
// when it does not run. The row is the guard: a signal too many, too late or
// out of order changes nothing.
func (p *Process) Relay(ctx context.Context, act forloeb.Act) error {
	id := WorkflowID(act.ForloebID)
	options := client.StartWorkflowOptions{
		ID:                       id,
		TaskQueue:                TaskQueue,
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
	}
	nudge := forloeb.Nudge{Version: act.Version, Ref: reference(act.Ref)}
	crashpoint.Hit("before signal", string(act.Name))
	defer crashpoint.Hit("after signal", string(act.Name))
	_, err := p.client.SignalWithStartWorkflow(ctx, id, string(act.Name), nudge, options, WorkflowType, Input{ID: act.ForloebID})
	return err
}

// reference lets only ids through: what a reference says is for the row, and
// nothing but ids and codes may enter a history.
func reference(ref string) string {
	if id, err := uuid.Parse(ref); err == nil {
		return id.String()
	}
	if _, err := strconv.ParseInt(ref, 10, 64); err == nil {
		return ref
	}
	return ""
}

// Available reports why Temporal cannot be reached, or nil: in words that name
// the setting, where it is one.
func (p *Process) Available(ctx context.Context) error {
	_, err := p.client.CheckHealth(ctx, &client.CheckHealthRequest{})
	return unreachable(err)
}

// pollerIsGone is longer than one poll of a live worker takes. Temporal
// remembers a worker that died for some minutes more.
const pollerIsGone = 90 * time.Second

// WorkersPolling reports whether any worker asks for the process's work.
func (p *Process) WorkersPolling(ctx context.Context) (bool, error) {
	return p.polled(ctx, TaskQueue, enumspb.TASK_QUEUE_TYPE_WORKFLOW)
}

func (p *Process) polled(ctx context.Context, name string, kind enumspb.TaskQueueType) (bool, error) {
	queue, err := p.client.DescribeTaskQueue(ctx, name, kind)
	if err != nil {
		return false, err
	}
	for _, poller := range queue.GetPollers() {
		if time.Since(poller.GetLastAccessTime().AsTime()) < pollerIsGone {
			return true, nil
		}
	}
	return false, nil
}

// away reports whether an error means that Temporal as a whole cannot be
// reached, so that trying the next forløb is no use.
func away(err error) bool {
	switch errorCode(err) {
	case codeUnavailable, codeTimeout, codeCancelled, codeNotPermitted:
		return true
	}
	return false
}
