package workflows

import (
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/activities"
)

// sendOwed sends every owed mail that is not in flight. Mails go side by side
// and no status waits for one.
func (f *course) sendOwed(ctx workflow.Context) {
	for _, mail := range f.view.Owed {
		if !f.sending[mail] {
			f.send(ctx, mail, f.ended[mail])
		}
	}
	f.ended = map[int64]bool{}
}

// send sends one mail; again says that it is still owed although its sending
// has just ended, and must not be hurried.
func (f *course) send(ctx workflow.Context, mail int64, again bool) {
	f.sending[mail] = true
	workflow.Go(ctx, func(ctx workflow.Context) {
		if again {
			_ = workflow.Sleep(ctx, pauseAfterFailure)
		}
		in := activities.SendInput{Mail: mail, Now: workflow.Now(ctx)}
		// However it ends, the row says what became of it, and is read again.
		_ = workflow.ExecuteActivity(forMail(ctx), activitySendMail, in).Get(ctx, nil)
		delete(f.sending, mail)
		f.ended[mail] = true
		f.woken = true
	})
}
