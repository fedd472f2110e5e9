package activities

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"example.dk/spark/internal/crashpoint"
	"example.dk/spark/internal/forloeb"
)

// DraftStore is what the post of drafts needs of the database.
type DraftStore interface {
	// ClaimDraftMail marks a mail as being sent and returns its letter, or nil
	// when none is due.
	ClaimDraftMail(ctx context.Context) (*forloeb.DraftLetter, error)
	// SettleDraftMail notes what became of an attempt, and how long to wait
	// before the next.
	SettleDraftMail(ctx context.Context, mail int64, attempt int, outcome forloeb.Outcome, pause time.Duration) error
	// ExpireApplicationDrafts deletes the drafts whose time is over.
	ExpireApplicationDrafts(ctx context.Context) error
}

// DraftMailer hands one letter to the mail server.
type DraftMailer interface {
	SendDraft(ctx context.Context, letter forloeb.DraftLetter) forloeb.Outcome
}

// Drafts looks after applications that were saved and not sent: it mails their
// links and deletes them in time. They belong to no forløb, so no workflow
// waits for them, and Temporal may be away: their rows are all there is.
type Drafts struct {
	Store  DraftStore
	Mailer DraftMailer
	Log    *slog.Logger
}

const (
	draftsEvery = 2 * time.Second
	// draftsAtOnce are mails that may wait for the mail server side by side.
	draftsAtOnce = 10
)

// Run works until ctx ends, and then notes what became of what it has begun.
func (d *Drafts) Run(ctx context.Context) {
	var sending sync.WaitGroup
	defer sending.Wait()
	room := make(chan struct{}, draftsAtOnce)
	tick := time.NewTicker(draftsEvery)
	defer tick.Stop()
	said := ""
	for {
		err := d.sweep(ctx, room, &sending)
		if ctx.Err() != nil {
			return
		}
		said = d.sayOnce(err, said)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// sweep begins to send what is due, as far as there is room.
func (d *Drafts) sweep(ctx context.Context, room chan struct{}, sending *sync.WaitGroup) error {
	if err := d.Store.ExpireApplicationDrafts(ctx); err != nil {
		return err
	}
	for {
		select {
		case room <- struct{}{}:
		default:
			return nil
		}
		letter, err := d.Store.ClaimDraftMail(ctx)
		if err != nil || letter == nil {
			<-room
			return err
		}
		sending.Go(func() {
			defer func() { <-room }()
			d.send(ctx, *letter)
		})
	}
}

// send tries once. What the mail server answered is noted also when the worker
// is about to stop; what cannot be noted is found again when the attempt is
// over, as if its worker had died.
func (d *Drafts) send(ctx context.Context, letter forloeb.DraftLetter) {
	outcome := d.attempt(ctx, letter)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	if err := d.Store.SettleDraftMail(ctx, letter.Mail.ID, letter.Attempt, outcome, pauseAfter(letter, outcome)); err != nil {
		d.Log.Warn("what became of a mail about a draft could not be noted", "class", fmt.Sprintf("%T", err))
	}
}

// attempt is by the rules of every mail: one that has been in doubt too often
// is not sent again.
func (d *Drafts) attempt(ctx context.Context, letter forloeb.DraftLetter) forloeb.Outcome {
	mail := letter.Mail
	if mail.State == forloeb.MailSending && mail.Doubts >= mail.Kind.MaxDoubts() {
		return forloeb.Outcome{State: forloeb.MailUncertain, Code: codeInterrupted, Doubts: mail.Doubts}
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	crashpoint.Hit("before hand-over", "application_draft")
	defer crashpoint.Hit("after hand-over", "application_draft")
	return mail.After(d.Mailer.SendDraft(ctx, letter))
}

const (
	firstPause = 5 * time.Second
	mostPause  = 30 * time.Minute
)

// pauseAfter is as between the attempts at other mails: 5 seconds, 15, 45 and
// so on to half an hour, which is also what follows a doubt.
func pauseAfter(letter forloeb.DraftLetter, outcome forloeb.Outcome) time.Duration {
	if outcome.Doubts > letter.Mail.Doubts {
		return mostPause
	}
	pause := firstPause
	for n := 1; n < letter.Attempt && pause < mostPause; n++ {
		pause *= 3
	}
	return min(pause, mostPause)
}

// sayOnce tells of trouble when it begins or changes, and when it ends.
func (d *Drafts) sayOnce(err error, said string) string {
	class := ""
	if err != nil {
		class = fmt.Sprintf("%T", err)
	}
	switch {
	case class == said:
	case class == "":
		d.Log.Info("drafts are looked after again")
	default:
		d.Log.Warn("drafts are not looked after; their rows wait", "class", class)
	}
	return class
}
