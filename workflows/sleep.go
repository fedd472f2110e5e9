package workflows

import (
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/internal/forloeb"
)

// sleep waits for the day of the evaluation, months away. A new meeting or a
// correction takes the forløb back to its meetings.
func (f *course) sleep(ctx workflow.Context) error {
	switch {
	case f.view.Booked > 0:
		return f.move(ctx, forloeb.InProgress, string(forloeb.MeetingBooked))
	case !f.met():
		return f.move(ctx, forloeb.InProgress, string(forloeb.MeetingRegistered))
	case f.due(ctx, forloeb.EvaluationDue):
		return f.move(ctx, forloeb.Evaluating, string(forloeb.EvaluationDue))
	}
	return f.rest(ctx)
}
