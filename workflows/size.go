package workflows

import (
	"context"

	"github.com/google/uuid"
	enumspb "go.temporal.io/api/enums/v1"
)

// Size is what Temporal keeps of one forløb.
type Size struct {
	Runs   int   // the process continues as new when a history grows long
	Events int64 // of all runs
	Bytes  int64 // of all runs' histories
}

// Size counts a forløb's runs, from the last one back to the first. Runs that
// Temporal has forgotten, and those before somebody opened the forløb again,
// are not counted.
func (p *Process) Size(ctx context.Context, id uuid.UUID) (s Size, err error) {
	for run := ""; ; s.Runs++ {
		described, err := p.client.DescribeWorkflowExecution(ctx, WorkflowID(id), run)
		if err != nil {
			return s, err
		}
		info := described.GetWorkflowExecutionInfo()
		s.Events += info.GetHistoryLength()
		s.Bytes += info.GetHistorySizeBytes()
		if run, err = p.continued(ctx, id, info.GetExecution().GetRunId()); err != nil || run == "" {
			s.Runs++
			return s, err
		}
	}
}

// continued is the run that a run goes on from, if any: its first event says so.
func (p *Process) continued(ctx context.Context, id uuid.UUID, run string) (string, error) {
	history := p.client.GetWorkflowHistory(ctx, WorkflowID(id), run, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	first, err := history.Next()
	if err != nil {
		return "", err
	}
	return first.GetWorkflowExecutionStartedEventAttributes().GetContinuedExecutionRunId(), nil
}
