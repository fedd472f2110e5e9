package mail

import (
	"context"
	"log/slog"

	"example.dk/spark/internal/forloeb"
)

// Mailer composes letters and sends them.
type Mailer struct {
	composer *Composer
	sender   *Sender
}

// NewMailer joins the two halves.
func NewMailer(c *Composer, s *Sender) *Mailer { return &Mailer{composer: c, sender: s} }

// codeNotComposed marks a letter that lacks what its mail is about. Trying
// again would not help, so a person gets a task.
const codeNotComposed = "not_composed"

// Send composes the letter and tries to send it once.
func (m *Mailer) Send(ctx context.Context, l forloeb.Letter) forloeb.Outcome {
	message, err := m.composer.Compose(l)
	if err != nil {
		slog.ErrorContext(ctx, "a letter could not be composed", "mail_id", l.Mail.ID, "error", err)
		return forloeb.Outcome{State: forloeb.MailFailed, Code: codeNotComposed}
	}
	return m.sender.Send(ctx, message)
}
