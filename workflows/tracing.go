package workflows

import (
	"context"
	"strings"

	"github.com/google/uuid"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/trace"
)

// A trace goes by the rows, which outlive every process: the relay and the
// activities find the act's span there. A history has it in the headers of
// its signals only, which no workflow code sees; so traced and untraced
// workers replay each other's histories.

// signalHeader is where a signal has the span of the relay.
const signalHeader = "traceparent"

// tracedClient puts the span of whoever signals into the signal's header.
type tracedClient struct {
	interceptor.ClientInterceptorBase
}

// InterceptClient wraps the client's calls.
func (*tracedClient) InterceptClient(next interceptor.ClientOutboundInterceptor) interceptor.ClientOutboundInterceptor {
	return &tracedCalls{interceptor.ClientOutboundInterceptorBase{Next: next}}
}

type tracedCalls struct {
	interceptor.ClientOutboundInterceptorBase
}

// SignalWithStartWorkflow implements interceptor.ClientOutboundInterceptor.
func (t *tracedCalls) SignalWithStartWorkflow(ctx context.Context, in *interceptor.ClientSignalWithStartWorkflowInput) (client.WorkflowRun, error) {
	if carried := trace.Carried(ctx); carried != "" {
		payload, err := converter.GetDefaultDataConverter().ToPayload(carried)
		if err != nil {
			return nil, err
		}
		interceptor.Header(ctx)[signalHeader] = payload
	}
	return t.Next.SignalWithStartWorkflow(ctx, in)
}

// Cause finds the act that last happened to a forløb: its span, and whether it
// is so fresh that what is done now is part of the same work.
type Cause func(ctx context.Context, id uuid.UUID) (carried string, fresh bool, err error)

// traced tells of every activity, and of every signal a workflow hears.
type traced struct {
	interceptor.WorkerInterceptorBase
	cause Cause
}

// InterceptWorkflow wraps every workflow of the worker.
func (t *traced) InterceptWorkflow(_ workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	return &tracedWorkflow{interceptor.WorkflowInboundInterceptorBase{Next: next}}
}

type tracedWorkflow struct {
	interceptor.WorkflowInboundInterceptorBase
}

// HandleSignal tells that the workflow has heard. It reads the header and
// writes nothing: a replay neither sees nor tells of it.
func (t *tracedWorkflow) HandleSignal(ctx workflow.Context, in *interceptor.HandleSignalInput) error {
	if payload := interceptor.WorkflowHeader(ctx)[signalHeader]; trace.On() && payload != nil && !workflow.IsReplaying(ctx) {
		tellHeard(workflow.GetInfo(ctx).WorkflowExecution.ID, in.SignalName, payload)
	}
	return t.Next.HandleSignal(ctx, in)
}

func tellHeard(workflowID, signal string, payload *commonpb.Payload) {
	var carried string
	if converter.GetDefaultDataConverter().FromPayload(payload, &carried) != nil {
		return
	}
	_, span := trace.Under(context.Background(), carried, "workflow "+heard(signal), trace.Forloeb(forloebOf(workflowID)))
	span.End("")
}

// heard is the name of a signal that we know.
func heard(signal string) string {
	for _, name := range forloeb.ActNames {
		if signal == string(name) {
			return signal
		}
	}
	return "signal"
}

// InterceptActivity wraps every activity of the worker, local ones too.
func (t *traced) InterceptActivity(_ context.Context, next interceptor.ActivityInboundInterceptor) interceptor.ActivityInboundInterceptor {
	return &tracedActivity{interceptor.ActivityInboundInterceptorBase{Next: next}, t.cause}
}

type tracedActivity struct {
	interceptor.ActivityInboundInterceptorBase
	cause Cause
}

// ExecuteActivity runs the activity as part of what caused it.
func (t *tracedActivity) ExecuteActivity(ctx context.Context, in *interceptor.ExecuteActivityInput) (any, error) {
	if !trace.On() || t.cause == nil {
		return t.Next.ExecuteActivity(ctx, in)
	}
	info := activity.GetInfo(ctx)
	id := forloebOf(info.WorkflowExecution.ID)
	begin := trace.After
	carried, fresh, err := t.cause(ctx, id)
	if err == nil && fresh && carried != "" {
		begin = trace.Under
	}
	ctx, span := begin(ctx, carried, "activity "+info.ActivityType.Name, trace.Forloeb(id), trace.Attempt(int(info.Attempt)))
	result, err := t.Next.ExecuteActivity(ctx, in)
	span.End(failure(err))
	return result, err
}

func failure(err error) string {
	if err == nil {
		return ""
	}
	return errorCode(err)
}

func forloebOf(workflowID string) uuid.UUID {
	id, _ := uuid.Parse(strings.TrimPrefix(workflowID, workflowPrefix))
	return id
}
