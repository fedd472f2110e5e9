package workflows

import (
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/internal/forloeb"
)

// assessment waits for the secretariat's decision. On the waiting list the
// forløb stays here.
func (f *course) assessment(ctx workflow.Context) error {
	switch {
	case f.view.Edited:
		return f.move(ctx, forloeb.AwaitingConsent, string(forloeb.ApplicationChanged))
	case f.view.Decision == forloeb.Approve:
		return f.move(ctx, forloeb.AwaitingConsultant, string(forloeb.AssessmentDecided))
	case f.view.Decision == forloeb.Reject:
		return f.move(ctx, forloeb.Rejected, string(forloeb.AssessmentDecided))
	}
	return f.rest(ctx)
}
