package activities

import (
	"context"
	"time"

	"go.temporal.io/sdk/temporal"

	"example.dk/spark/internal/crashpoint"
	"example.dk/spark/internal/forloeb"
)

// Both together end well before the activity itself times out, so that no
// second attempt begins while the first one still talks to the mail server.
const (
	sendTimeout   = 40 * time.Second
	settleTimeout = 10 * time.Second
)

const (
	// codeMailRetry stands in for an outcome that came without a code.
	codeMailRetry = "mail_retry"
	// codeInterrupted is an attempt that never told how it ended.
	codeInterrupted = "interrupted"
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
	letter, err := a.Store.ClaimMail(ctx, in.Mail, in.Now)
	if err != nil || letter == nil {
		return err
	}
	outcome := a.attempt(ctx, *letter)
	if err := a.settle(ctx, in, outcome); err != nil {
		return err
	}
	if outcome.State == forloeb.MailPlanned {
		return tryAgain(outcome.Code)
	}
	return nil
}

// attempt sends the letter, unless an earlier attempt died on the way and the
// letter is one that nobody should get twice.
func (a *Activities) attempt(ctx context.Context, letter forloeb.Letter) forloeb.Outcome {
	if letter.Mail.State == forloeb.MailSending && onceOnly(letter.Mail.Kind) {
		return forloeb.Outcome{State: forloeb.MailUncertain, Code: codeInterrupted}
	}
	return afterAttempt(letter.Mail.Kind, a.send(ctx, letter))
}

func (a *Activities) send(ctx context.Context, letter forloeb.Letter) forloeb.Outcome {
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	crashpoint.Hit("before hand-over", string(letter.Mail.Kind))
	defer crashpoint.Hit("after hand-over", string(letter.Mail.Kind))
	return a.Mailer.Send(ctx, letter)
}

// settle uses a context of its own: what the mail server answered must reach
// the row also when the worker is about to stop.
func (a *Activities) settle(ctx context.Context, in SendInput, outcome forloeb.Outcome) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	return a.Store.SettleMail(ctx, in.Mail, outcome, in.Now)
}

// afterAttempt decides what an uncertain attempt means: a mail that may have
// arrived is sent again under the same Message-ID, or is left to a person.
func afterAttempt(kind forloeb.MailKind, outcome forloeb.Outcome) forloeb.Outcome {
	if outcome.State == forloeb.MailUncertain && !onceOnly(kind) {
		outcome.State = forloeb.MailPlanned
	}
	return outcome
}

// onceOnly reports whether a mail that may have arrived is not sent again by
// itself: nobody should be asked to evaluate twice.
func onceOnly(kind forloeb.MailKind) bool { return kind == forloeb.MailEvaluationRequest }

// tryAgain carries the code only: a mail server's text holds the address.
func tryAgain(code string) error {
	if code == "" {
		code = codeMailRetry
	}
	return temporal.NewApplicationError(code, code)
}
