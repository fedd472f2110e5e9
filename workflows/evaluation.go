package workflows

import (
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/internal/forloeb"
)

// evaluation waits until all have said what came of it, or until it closes.
func (f *course) evaluation(ctx workflow.Context) error {
	switch {
	case f.view.Unanswered == 0:
		return f.move(ctx, forloeb.Completed, string(forloeb.EvaluationAnswered))
	case f.due(ctx, forloeb.EvaluationClose):
		return f.move(ctx, forloeb.Completed, string(forloeb.EvaluationClose))
	}
	return f.rest(ctx)
}
