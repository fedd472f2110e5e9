package workflows

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/fieldmaskpb"
)

// errInterrupted says that a forløb did not come as far as it was asked to.
var errInterrupted = errors.New("fast forward: interrupted")

// beyond is how far past the time the clock goes. What falls due at that time
// may begin a second late and sends mails, and where real time passes the end
// meanwhile, the server does not stop there but goes on to the next date.
const beyond = 10 * time.Second

// FastForward moves the clock of one forløb on to a time, in seconds of real
// time, through everything that falls due on the way. It needs a server that
// allows time skipping, as the one for development does. It returns when the
// clock has arrived, or when the forløb has ended before that. From there the
// forløb's clock goes on at its normal pace.
//
// now is the clock as the caller knows it; the server's word counts where it
// has one. A clock that was stopped on the way stands further on than the
// workflow has had time to say.
func (p *Process) FastForward(ctx context.Context, id uuid.UUID, now, to time.Time) error {
	now, err := p.clock(ctx, id, now)
	if err != nil {
		return fmt.Errorf("fast forward: %w", err)
	}
	skip := uuid.NewString()
	err = p.setSkipping(ctx, id, &commonpb.TimeSkippingConfig{
		Enabled:           true,
		FastForwardConfig: &commonpb.FastForwardConfig{Id: skip, Duration: durationpb.New(max(to.Sub(now), 0) + beyond)},
	})
	if err != nil {
		return fmt.Errorf("fast forward: %w", err)
	}
	if err := p.awaitSkip(ctx, id, skip); err != nil {
		// Whoever asked is told that it failed: the clock must not jump later.
		return errors.Join(err, p.stopSkipping(ctx, id))
	}
	return nil
}

// clock is the forløb's own time; known where the server has never moved it.
func (p *Process) clock(ctx context.Context, id uuid.UUID, known time.Time) (time.Time, error) {
	described, err := p.client.DescribeWorkflowExecution(ctx, WorkflowID(id), "")
	if err != nil {
		return time.Time{}, err
	}
	if moved := described.GetWorkflowExtendedInfo().GetTimeSkippingInfo().GetCurrentTime(); moved != nil {
		return moved.AsTime(), nil
	}
	return known, nil
}

// awaitSkip polls until the clock has arrived.
func (p *Process) awaitSkip(ctx context.Context, id uuid.UUID, skip string) error {
	for {
		answer, err := p.client.WorkflowService().PollWorkflowExecutionTimeSkipping(ctx, &workflowservice.PollWorkflowExecutionTimeSkippingRequest{
			Namespace: p.namespace, WorkflowExecution: execution(id), FastForwardId: skip,
		})
		if err != nil {
			return fmt.Errorf("fast forward: %w", err)
		}
		switch answer.GetFastForwardPollingResult() {
		case enumspb.FAST_FORWARD_POLLING_RESULT_POLL_TIMEOUT:
			continue
		case enumspb.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED:
			return nil
		}
		running, err := p.running(ctx, id)
		if err != nil {
			return fmt.Errorf("fast forward: %w", err)
		}
		if running {
			return errInterrupted
		}
		return nil
	}
}

// stopSkipping lets the clock go on from where it is. A forløb that has ended
// has no clock to stop.
func (p *Process) stopSkipping(ctx context.Context, id uuid.UUID) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), relayTimeout)
	defer cancel()
	err := p.setSkipping(ctx, id, &commonpb.TimeSkippingConfig{Enabled: false})
	if err != nil && errorCode(err) == codeNotFound {
		return nil
	}
	return err
}

func (p *Process) setSkipping(ctx context.Context, id uuid.UUID, skipping *commonpb.TimeSkippingConfig) error {
	_, err := p.client.WorkflowService().UpdateWorkflowExecutionOptions(ctx, &workflowservice.UpdateWorkflowExecutionOptionsRequest{
		Namespace:                p.namespace,
		WorkflowExecution:        execution(id),
		WorkflowExecutionOptions: &workflowpb.WorkflowExecutionOptions{TimeSkippingConfig: skipping},
		UpdateMask:               &fieldmaskpb.FieldMask{Paths: []string{"time_skipping_config"}},
	})
	return err
}

func (p *Process) running(ctx context.Context, id uuid.UUID) (bool, error) {
	described, err := p.client.DescribeWorkflowExecution(ctx, WorkflowID(id), "")
	if err != nil {
		return false, err
	}
	return described.GetWorkflowExecutionInfo().GetStatus() == enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING, nil
}

func execution(id uuid.UUID) *commonpb.WorkflowExecution {
	return &commonpb.WorkflowExecution{WorkflowId: WorkflowID(id)}
}
