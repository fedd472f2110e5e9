package workflows

import (
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/internal/forloeb"
)

// consent waits for the answers of both sides; of a shared forløb, then for the
// workplaces that are to take part.
func (f *course) consent(ctx workflow.Context) error {
	switch {
	case f.view.No > 0:
		return f.move(ctx, forloeb.Declined, string(forloeb.ConsentAnswered))
	case f.view.Short:
		return f.move(ctx, forloeb.Lapsed, string(forloeb.ConsentAnswered))
	case f.view.Pending == 0:
		return f.move(ctx, f.view.AfterConsent, string(forloeb.ConsentAnswered))
	case f.due(ctx, forloeb.JoinDeadline):
		return f.move(ctx, f.view.AfterConsent, string(forloeb.JoinDeadline))
	case f.due(ctx, forloeb.ConsentDeadline):
		return f.move(ctx, forloeb.Lapsed, string(forloeb.ConsentDeadline))
	}
	return f.rest(ctx)
}
