package workflows

import (
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/internal/forloeb"
)

// planning waits for the first meeting to be booked.
func (f *course) planning(ctx workflow.Context) error {
	switch {
	case !f.view.Assigned:
		return f.move(ctx, forloeb.AwaitingConsultant, string(forloeb.ConsultantReleased))
	case f.view.Booked > 0:
		return f.move(ctx, forloeb.InProgress, string(forloeb.MeetingBooked))
	case f.view.Held > 0:
		return f.move(ctx, forloeb.InProgress, string(forloeb.MeetingRegistered))
	}
	return f.rest(ctx)
}
