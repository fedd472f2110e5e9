package workflows

import (
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/activities"
	"example.dk/spark/internal/forloeb"
)

// assignment finds a consultant, or waits until somebody has room or a person
// has chosen. Whoever is asked has the forløb when they say yes, and when they
// have not said no in time.
func (f *course) assignment(ctx workflow.Context) error {
	switch {
	case f.view.Edited:
		return f.move(ctx, forloeb.AwaitingConsent, string(forloeb.ApplicationChanged))
	case f.view.Assigned:
		return f.move(ctx, forloeb.Planning, string(forloeb.ConsultantAssigned))
	case f.due(ctx, forloeb.OfferEnds):
		return f.move(ctx, forloeb.Planning, string(forloeb.OfferEnds))
	case !f.view.Choose && f.due(ctx, forloeb.MatchAgain):
		return f.match(ctx)
	}
	return f.rest(ctx)
}

// match looks for a consultant. When nobody has room, the row notes the
// attempt, so that the next one lies ahead.
func (f *course) match(ctx workflow.Context) error {
	in := activities.MatchInput{ID: f.id, Now: workflow.Now(ctx)}
	var matched forloeb.Matched
	err := workflow.ExecuteActivity(forMatching(ctx), activityMatch, in).Get(ctx, &matched)
	switch {
	case err != nil:
		return f.pause(ctx)
	case matched.Assigned:
		return f.look(ctx)
	}
	return f.owe(ctx, forloeb.MatchAgain)
}
