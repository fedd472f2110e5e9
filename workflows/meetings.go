package workflows

import (
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/internal/forloeb"
)

// meetings follows the meetings until enough of them are held.
func (f *course) meetings(ctx workflow.Context) error {
	switch {
	case !f.view.Assigned:
		return f.move(ctx, forloeb.AwaitingConsultant, string(forloeb.ConsultantReleased))
	case f.met():
		return f.move(ctx, forloeb.AwaitingEvaluation, f.lastMeeting())
	case f.view.Booked == 0 && f.view.Held == 0:
		return f.move(ctx, forloeb.Planning, string(forloeb.MeetingCancelled))
	}
	return f.rest(ctx)
}

// met reports whether the last meeting has been held: nothing more is booked,
// and either enough are held or the consultant has finished early.
func (f *course) met() bool {
	enough := f.view.Held >= f.view.Required || f.view.Finished
	return f.view.Booked == 0 && f.view.Held > 0 && enough
}

func (f *course) lastMeeting() string {
	if f.view.Held >= f.view.Required {
		return string(forloeb.MeetingRegistered)
	}
	return string(forloeb.MeetingsFinished)
}
