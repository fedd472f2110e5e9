package workflows

import (
	"fmt"

	"github.com/google/uuid"
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/internal/forloeb"
)

// Input names the forløb. Everything else stands in its row.
type Input struct {
	ID uuid.UUID `json:"id"`
}

// course is the state of one run. Nothing in it outlives the run.
type course struct {
	id      uuid.UUID                 // from Input
	signals []workflow.ReceiveChannel // one per act; see listen

	view  forloeb.View   // what Look said last
	began forloeb.Status // where the forløb stood at the first look

	woken   bool           // a mail has been sent or given up since the last look
	sending map[int64]bool // mails in flight
	ended   map[int64]bool // mails whose sending ended since the last look

	alarm   alarm // the one timer
	settled int64 // version of the last settling commit since the last wake-up
	steps   int   // commits since the last wake-up; see brake
	shown   shown // what Temporal's UI shows
}

// Forloeb is the process of one forløb.
func Forloeb(ctx workflow.Context, in Input) error {
	// A forløb ends by its facts. A request to cancel the workflow, a slip in
	// Temporal's UI, must not take it away from those who wait.
	ctx, _ = workflow.NewDisconnectedContext(ctx)
	f := &course{id: in.ID, settled: never, sending: map[int64]bool{}, ended: map[int64]bool{}}
	f.listen(ctx)
	err := f.look(ctx)
	f.began = f.view.Status
	for err == nil && !f.over() {
		err = f.step(ctx)
	}
	if err == nil {
		err = f.show(ctx)
	}
	return err
}

// step takes the forløb one step on, or waits.
func (f *course) step(ctx workflow.Context) error {
	switch v := f.view; {
	case v.Status.Closed() && v.ReopenTo != "":
		return f.move(ctx, v.ReopenTo, string(forloeb.ForloebReopened))
	case v.Status.Closed():
		return f.rest(ctx) // the last letters are on their way
	case v.Withdrawn:
		return f.move(ctx, forloeb.Withdrawn, string(forloeb.ForloebWithdrawn))
	case v.Stopped:
		return f.move(ctx, forloeb.Stopped, string(forloeb.ForloebStopped))
	}
	switch f.view.Status {
	case forloeb.AwaitingConsent:
		return f.consent(ctx)
	case forloeb.AwaitingAssessment:
		return f.assessment(ctx)
	case forloeb.AwaitingConsultant:
		return f.assignment(ctx)
	case forloeb.Planning:
		return f.planning(ctx)
	case forloeb.InProgress:
		return f.meetings(ctx)
	case forloeb.AwaitingEvaluation:
		return f.sleep(ctx)
	case forloeb.Evaluating:
		return f.evaluation(ctx)
	}
	// An older worker than the row: the task fails and is tried again, until a
	// worker that knows the status takes it. The forløb itself never fails.
	panic(fmt.Sprintf("unknown status %q", f.view.Status))
}

// over reports whether nothing is left to do: the forløb is closed, its
// letters are sent, the row knows that every fact is acted on, and nothing
// new has been heard.
func (f *course) over() bool {
	v := f.view
	return v.Status.Closed() && v.ReopenTo == "" && !f.unsettled() &&
		len(v.Owed) == 0 && len(f.sending) == 0 && !f.heard()
}
