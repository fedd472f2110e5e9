package storetest

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Sent is one mail that was handed over.
type Sent struct {
	Forloeb uuid.UUID
	Kind    forloeb.MailKind
	To      string    // leader, rep or consultant
	At      time.Time // on the forløb's clock
	Letter  forloeb.Letter
}

func delivered(forloeb.Letter) forloeb.Outcome { return forloeb.Outcome{State: forloeb.MailSent} }

// Mailer decides what becomes of mails from now on; nil delivers them.
func (e *Env) Mailer(fate func(forloeb.Letter) forloeb.Outcome) {
	if fate == nil {
		fate = delivered
	}
	e.mail.Lock()
	defer e.mail.Unlock()
	e.fate = fate
}

// Sent lists the mails of a forløb that were handed over, in order.
func (e *Env) Sent(id uuid.UUID) (list []Sent) {
	e.mail.Lock()
	defer e.mail.Unlock()
	for _, s := range e.sent {
		if s.Forloeb == id {
			list = append(list, s)
		}
	}
	return list
}

// Post lists the mails that were handed over since the last call as
// "2026-11-23 10:00 consent_request leader", sorted.
func (e *Env) Post(id uuid.UUID) (list []string) {
	e.mail.Lock()
	defer e.mail.Unlock()
	e.sent = slices.DeleteFunc(e.sent, func(s Sent) bool {
		if s.Forloeb == id {
			list = append(list, s.At.In(forloeb.Copenhagen).Format("2006-01-02 15:04")+" "+string(s.Kind)+" "+s.To)
		}
		return s.Forloeb == id
	})
	slices.Sort(list)
	return list
}

// sendOwed tries every owed mail once a round.
func (c *course) sendOwed(ctx context.Context) (any bool, err error) {
	for _, mail := range c.view.Owed {
		if c.tried[mail] {
			continue
		}
		any, c.tried[mail] = true, true
		if err := c.env.send(ctx, c.id, mail, c.now); err != nil {
			return any, err
		}
	}
	return any, nil
}

func (e *Env) send(ctx context.Context, id uuid.UUID, mail int64, now time.Time) error {
	letter, err := e.Worker.ClaimMail(ctx, mail, now)
	if err != nil || letter == nil {
		return err
	}
	e.mail.Lock()
	outcome := e.fate(*letter)
	if outcome.State == forloeb.MailSent {
		e.sent = append(e.sent, Sent{Forloeb: id, Kind: letter.Mail.Kind, To: recipient(letter), At: now, Letter: *letter})
	}
	e.mail.Unlock()
	return e.Worker.SettleMail(ctx, mail, letter.Attempt, letter.Mail.After(outcome))
}

func recipient(l *forloeb.Letter) string {
	if l.Guest != nil {
		return "guest " + l.Guest.Name
	}
	if l.Party == nil {
		return "consultant"
	}
	to := string(l.Party.Side)
	if !l.Forloeb.Applies(l.Party) {
		to += " " + l.Forloeb.PlaceOf(l.Party).Name
	}
	return to
}
