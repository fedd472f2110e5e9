package mail

import (
	"context"
	"log/slog"
	netmail "net/mail"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// ComposeSample writes a sample as the mail would be, to whoever asked for it:
// the subject says that it is one, nothing is attached, and its links lead to
// the page that says that a link does not work.
func (c *Composer) ComposeSample(l forloeb.SampleLetter) (Message, error) {
	all := samplesOf(l.Text.Programme, l.Text.Kind)
	i := slices.IndexFunc(all, func(s mailCase) bool { return s.name == l.Variant })
	if i < 0 || !forloeb.ValidEmail(l.Email) {
		return Message{}, errIncomplete
	}
	letter := all[i].letter
	letter.Text = l.Text
	dead := *c
	dead.links = deadLinks{strings.TrimRight(c.config.BaseURL, "/") + link.Consent.Path("proeve")}
	m, err := dead.words(letter)
	m.ID, m.Date = c.messageID(l.MessageID), l.Date
	m.To = netmail.Address{Name: forloeb.CleanLine(l.Name), Address: l.Email}
	m.Subject = "Prøve: " + m.Subject
	return m, err
}

// SendSample composes a sample and tries to send it once.
func (m *Mailer) SendSample(ctx context.Context, l forloeb.SampleLetter) forloeb.Outcome {
	message, err := m.composer.ComposeSample(l)
	if err != nil {
		slog.ErrorContext(ctx, "a sample could not be composed", "sample", l.ID, "error", err)
		return forloeb.Outcome{State: forloeb.MailFailed, Code: codeNotComposed}
	}
	return m.sender.Send(ctx, message)
}

// deadLinks look like links and open nothing: what stands in them was never
// signed.
type deadLinks struct{ address string }

func (d deadLinks) consent(*forloeb.Party) string                             { return d.address }
func (d deadLinks) status(*forloeb.Party) string                              { return d.address }
func (d deadLinks) evaluation(*forloeb.Party) string                          { return d.address }
func (d deadLinks) meeting(*forloeb.Party, *forloeb.Meeting) string           { return d.address }
func (d deadLinks) text(*forloeb.Party, time.Time) string                     { return d.address }
func (d deadLinks) guest(*forloeb.Guest) string                               { return d.address }
func (d deadLinks) consultant(string) string                                  { return d.address }
func (d deadLinks) register(*forloeb.Consultant, uuid.UUID, time.Time) string { return d.address }
