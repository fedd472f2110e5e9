package workflows

import (
	"context"
	"errors"
	"log/slog"

	"github.com/google/uuid"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
)

// ReplayRunning replays the histories of up to most running forløb with this
// program's code, which changes nothing. It counts them, and lists those that
// the code cannot go on with: its order is not the one that was recorded.
func (p *Process) ReplayRunning(ctx context.Context, most int) (replayed int, broken []uuid.UUID, err error) {
	ids, err := p.Running(ctx)
	if err != nil {
		return 0, nil, err
	}
	for _, id := range ids[:min(most, len(ids))] {
		err := p.replay(ctx, id)
		switch {
		case err == nil:
		case ctx.Err() != nil:
			return replayed, broken, ctx.Err()
		case away(err):
			return replayed, broken, err
		case forgotten(err):
			continue // it has ended since it was listed
		default:
			broken = append(broken, id)
		}
		replayed++
	}
	return replayed, broken, nil
}

// replay replays the history of one forløb's last run.
func (p *Process) replay(ctx context.Context, id uuid.UUID) error {
	history := &historypb.History{}
	events := p.client.GetWorkflowHistory(ctx, WorkflowID(id), "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		if err != nil {
			return err
		}
		history.Events = append(history.Events, event)
	}
	return replayer().ReplayWorkflowHistory(logger{to: slog.New(slog.DiscardHandler)}, history)
}

func replayer() worker.WorkflowReplayer {
	replayer, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{Interceptors: []interceptor.WorkerInterceptor{&traced{}}})
	if err != nil {
		panic(err) // its options are ours
	}
	registerWorkflow(replayer)
	return replayer
}

// forgotten reports whether Temporal knows nothing of what was asked about.
func forgotten(err error) bool {
	var notFound *serviceerror.NotFound
	return errors.As(err, &notFound)
}
