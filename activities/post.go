package activities

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"example.dk/spark/internal/forloeb"
)

// Mails that are no forløb's own are sent beside the workflows. No workflow waits
// for them, and Temporal may be away: their rows are all there is.

const (
	postEvery = 2 * time.Second
	// postAtOnce are mails that may wait for the mail server side by side.
	postAtOnce = 10
)

// post sends the mails of one table.
type post struct {
	of     string                                       // whose mails, for the log
	before func(ctx context.Context) error              // what is due before any is sent
	claim  func(ctx context.Context) (*outgoing, error) // the next that is due, or nil
	log    *slog.Logger
}

// outgoing is one attempt at a mail.
type outgoing struct {
	mail    forloeb.Mail // as it was found
	attempt int
	send    func(ctx context.Context) forloeb.Outcome
	settle  func(ctx context.Context, outcome forloeb.Outcome, pause time.Duration) error
}

// run works until ctx ends, and then notes what became of what it has begun.
func (p *post) run(ctx context.Context) {
	var sending sync.WaitGroup
	defer sending.Wait()
	room := make(chan struct{}, postAtOnce)
	tick := time.NewTicker(postEvery)
	defer tick.Stop()
	said := ""
	for {
		err := p.sweep(ctx, room, &sending)
		if ctx.Err() != nil {
			return
		}
		said = p.sayOnce(err, said)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// sweep begins to send what is due, as far as there is room.
func (p *post) sweep(ctx context.Context, room chan struct{}, sending *sync.WaitGroup) error {
	if err := p.before(ctx); err != nil {
		return err
	}
	for {
		select {
		case room <- struct{}{}:
		default:
			return nil
		}
		out, err := p.claim(ctx)
		if err != nil || out == nil {
			<-room
			return err
		}
		sending.Go(func() {
			defer func() { <-room }()
			p.sendOne(ctx, out)
		})
	}
}

// sendOne tries once. What the mail server answered is noted also when the worker
// is about to stop; what cannot be noted is found again when the attempt is
// over, as if its worker had died.
func (p *post) sendOne(ctx context.Context, out *outgoing) {
	outcome := out.try(ctx)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	if err := out.settle(ctx, outcome, out.pauseAfter(outcome)); err != nil {
		p.log.Warn("what became of a mail could not be noted", "of", p.of, "class", fmt.Sprintf("%T", err))
	}
}

// try is by the rules of every mail: one that has been in doubt too often is not
// sent again.
func (o *outgoing) try(ctx context.Context) forloeb.Outcome {
	if o.mail.State == forloeb.MailSending && o.mail.Doubts >= o.mail.Kind.MaxDoubts() {
		return forloeb.Outcome{State: forloeb.MailUncertain, Code: codeInterrupted, Doubts: o.mail.Doubts}
	}
	ctx, cancel := finishing(ctx, sendTimeout)
	defer cancel()
	return o.mail.After(o.send(ctx))
}

const (
	firstPause = 5 * time.Second
	mostPause  = 30 * time.Minute
)

// pauseAfter is as between the attempts at other mails: 5 seconds, 15, 45 and
// so on to half an hour, which is also what follows a doubt.
func (o *outgoing) pauseAfter(outcome forloeb.Outcome) time.Duration {
	if outcome.Doubts > o.mail.Doubts {
		return mostPause
	}
	pause := firstPause
	for n := 1; n < o.attempt && pause < mostPause; n++ {
		pause *= 3
	}
	return min(pause, mostPause)
}

// sayOnce tells of trouble when it begins or changes, and when it ends.
func (p *post) sayOnce(err error, said string) string {
	class := ""
	if err != nil {
		class = fmt.Sprintf("%T", err)
	}
	switch {
	case class == said:
	case class == "":
		p.log.Info("mails beside the forløb are looked after again", "of", p.of)
	default:
		p.log.Warn("mails beside the forløb are not looked after; their rows wait", "of", p.of, "class", class)
	}
	return class
}
