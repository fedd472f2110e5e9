package workflows

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"
)

// listedAtOnce is Temporal's largest page of a list.
const listedAtOnce = 1000

// Running lists the forløb that a workflow runs for, as Temporal's visibility
// knows it: a second or more behind, so that who is not in it may run, and who
// is in it may have ended.
func (p *Process) Running(ctx context.Context) (ids []uuid.UUID, err error) {
	request := &workflowservice.ListWorkflowExecutionsRequest{
		Namespace: p.namespace, PageSize: listedAtOnce, Query: "WorkflowType = '" + WorkflowType + "' AND ExecutionStatus = 'Running'",
	}
	for {
		page, err := p.client.ListWorkflow(ctx, request)
		if err != nil {
			return nil, err
		}
		for _, run := range page.GetExecutions() {
			name, ours := strings.CutPrefix(run.GetExecution().GetWorkflowId(), workflowPrefix)
			if id, err := uuid.Parse(name); ours && err == nil {
				ids = append(ids, id)
			}
		}
		if request.NextPageToken = page.GetNextPageToken(); len(request.NextPageToken) == 0 {
			return ids, nil
		}
	}
}

// Runs asks Temporal itself whether a workflow runs for a forløb.
func (p *Process) Runs(ctx context.Context, id uuid.UUID) (bool, error) {
	run, err := p.client.DescribeWorkflowExecution(ctx, WorkflowID(id), "")
	if forgotten(err) {
		return false, nil
	}
	return run.GetWorkflowExecutionInfo().GetStatus() == enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING, err
}

// Namespace tells which namespace is ours and for how long it keeps what has
// ended; known is false when the server has none of that name.
func (p *Process) Namespace(ctx context.Context) (name string, retention time.Duration, known bool, err error) {
	n, err := p.client.WorkflowService().DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: p.namespace})
	var notFound *serviceerror.NamespaceNotFound
	if errors.As(err, &notFound) {
		return p.namespace, 0, false, nil
	}
	return p.namespace, n.GetConfig().GetWorkflowExecutionRetentionTtl().AsDuration(), true, err
}

// IdleQueues lists the task queues that no worker asks for work.
func (p *Process) IdleQueues(ctx context.Context) (idle []string, err error) {
	for _, q := range []struct {
		name string
		kind enumspb.TaskQueueType
	}{{TaskQueue, enumspb.TASK_QUEUE_TYPE_WORKFLOW}, {MailQueue, enumspb.TASK_QUEUE_TYPE_ACTIVITY}} {
		polled, err := p.polled(ctx, q.name, q.kind)
		if err != nil {
			return nil, err
		}
		if !polled {
			idle = append(idle, q.name)
		}
	}
	return idle, nil
}

// doctorQueue is a task queue without work. Asking it is how the server's
// clock is read: no call tells the time, but the server notes when somebody
// asked. It must be longer than the server's shortest poll, two seconds.
const (
	doctorQueue  = "spark-doctor"
	doctorPolls  = 5 * time.Second
	doctorLooks  = 50 * time.Millisecond
	doctorsAsker = "spark-doctor/"
)

// Clock is the server's time, read without leaving anything behind.
func (p *Process) Clock(ctx context.Context) (time.Time, error) {
	ctx, cancel := context.WithTimeout(ctx, doctorPolls)
	defer cancel()
	began, asker := time.Now(), doctorsAsker+uuid.NewString()
	queue := &taskqueuepb.TaskQueue{Name: doctorQueue, Kind: enumspb.TASK_QUEUE_KIND_NORMAL}
	go func() {
		_, _ = p.client.WorkflowService().PollWorkflowTaskQueue(ctx, &workflowservice.PollWorkflowTaskQueueRequest{
			Namespace: p.namespace, TaskQueue: queue, Identity: asker,
		})
	}()
	for {
		described, err := p.client.DescribeTaskQueue(ctx, doctorQueue, enumspb.TASK_QUEUE_TYPE_WORKFLOW)
		if err != nil {
			return time.Time{}, err
		}
		for _, poller := range described.GetPollers() {
			if poller.GetIdentity() == asker {
				// It asked just after we began; the rest of the time went since.
				return poller.GetLastAccessTime().AsTime().Add(time.Since(began)), nil
			}
		}
		select {
		case <-ctx.Done():
			return time.Time{}, ctx.Err()
		case <-time.After(doctorLooks):
		}
	}
}
