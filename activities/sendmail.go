package activities

import (
	"cmp"
	"context"
	"errors"
	"time"

	"go.temporal.io/sdk/temporal"

	"example.dk/spark/internal/crashpoint"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/trace"
)

// SendLimit is more than one call of SendMail takes: to take the mail in hand,
// to hand it over, most of which is the wait for the answer to the final dot,
// and to note what became of it. So no second attempt begins while the first
// one still talks to the mail server.
const (
	SendLimit     = 12 * time.Minute
	sendTimeout   = 11 * time.Minute
	settleTimeout = 10 * time.Second
	// lateAfter is when an attempt that has not begun to hand the mail over no
	// longer may. With the mailer's own limit up to the final dot it is less
	// than HeartbeatTimeout: a worker that was frozen, and that Temporal takes
	// for dead, sends nothing when it wakes.
	lateAfter = 10 * time.Second
)

const (
	// codeMailRetry stands in for an outcome that came without a code.
	codeMailRetry = "mail_retry"
	// codeInterrupted is an attempt that never told how it ended.
	codeInterrupted = "interrupted"
	// codeUnsettled is an attempt that left a doubt which could not be noted,
	// as far as we know.
	codeUnsettled = "unsettled"
	// codeLate is an attempt that took too long to begin.
	codeLate = "late"
	// codeRestored is an attempt at a mail that waits, after a restore, until
	// it is known what has left before.
	codeRestored = "restored"
	// restoredPause is how soon mails go when they may. Temporal's own retries
	// would be half an hour apart by then.
	restoredPause = time.Minute
)

// SendInput names a mail that is owed. Its words and address are read from
// the row when it is sent.
type SendInput struct {
	Mail int64     `json:"mail"`
	Now  time.Time `json:"now"`
}

// SendMail sends one mail and notes what became of it. It fails only when the
// mail must be tried again; a mail that failed for good is settled, and a
// task says so.
func (a *Activities) SendMail(ctx context.Context, in SendInput) error {
	defer crashpoint.Hit("before result", "SendMail")
	defer keepAlive(ctx)()
	latest := time.Now().Add(lateAfter)
	letter, err := a.Store.ClaimMail(ctx, in.Mail, in.Now)
	switch {
	case errors.Is(err, forloeb.ErrMailsWait):
		return temporal.NewApplicationErrorWithOptions(codeRestored, codeRestored, temporal.ApplicationErrorOptions{NextRetryDelay: restoredPause})
	case err != nil || letter == nil:
		return err
	}
	outcome := a.attempt(ctx, *letter, latest)
	if err := a.settle(ctx, *letter, outcome); err != nil {
		return unsettled(err, *letter, outcome)
	}
	if outcome.State == forloeb.MailPlanned {
		return tryAgain(*letter, outcome)
	}
	return nil
}

// attempt sends the letter, unless it is too late to begin, or earlier
// attempts have left so much in doubt that a person must decide; the last of
// them died on the way.
func (a *Activities) attempt(ctx context.Context, letter forloeb.Letter, latest time.Time) forloeb.Outcome {
	mail := letter.Mail
	switch {
	case mail.State == forloeb.MailSending && mail.Doubts >= mail.Kind.MaxDoubts():
		return forloeb.Outcome{State: forloeb.MailUncertain, Code: codeInterrupted, Doubts: mail.Doubts}
	case time.Now().After(latest.Round(0)): // the clock on the wall: the other one stands still with a frozen machine
		return forloeb.Outcome{State: forloeb.MailPlanned, Code: codeLate, Doubts: mail.Doubts}
	}
	return mail.After(a.send(ctx, letter))
}

func (a *Activities) send(ctx context.Context, letter forloeb.Letter) forloeb.Outcome {
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	ctx, span := trace.Client(ctx, "mail "+string(letter.Mail.Kind))
	defer span.End("")
	crashpoint.Hit("before hand-over", string(letter.Mail.Kind))
	defer crashpoint.Hit("after hand-over", string(letter.Mail.Kind))
	outcome := a.Mailer.Send(ctx, letter)
	span.Note(trace.Outcome(outcome.State))
	return outcome
}

// settle uses a context of its own: what the mail server answered must reach
// the row also when the worker is about to stop.
func (a *Activities) settle(ctx context.Context, letter forloeb.Letter, outcome forloeb.Outcome) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	return a.Store.SettleMail(ctx, letter.Mail.ID, letter.Attempt, outcome)
}

// tryAgain carries the code only: a mail server's text holds the address.
func tryAgain(letter forloeb.Letter, outcome forloeb.Outcome) error {
	return again(cmp.Or(outcome.Code, codeMailRetry), nil, letter, outcome)
}

// unsettled is err, for an attempt that could not be noted.
func unsettled(err error, letter forloeb.Letter, outcome forloeb.Outcome) error {
	if outcome.Doubts == letter.Mail.Doubts {
		return err
	}
	return again(codeUnsettled, err, letter, outcome)
}

// again pauses a mail that may have arrived: it is not sent again at once.
func again(code string, cause error, letter forloeb.Letter, outcome forloeb.Outcome) error {
	options := temporal.ApplicationErrorOptions{Cause: cause}
	if outcome.Doubts > letter.Mail.Doubts {
		options.NextRetryDelay = letter.Forloeb.Policy.DoubtPause()
	}
	return temporal.NewApplicationErrorWithOptions(code, code, options)
}
