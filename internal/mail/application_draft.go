package mail

import (
	"context"
	"log/slog"
	netmail "net/mail"
	"strings"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// applicationDraft: the way back to an application that was saved. It is no
// forløb's, so it has no case number and greets nobody by name: nothing that
// was typed is in it.
type applicationDraft struct {
	Link string
	Ends string
}

// applicationDraftMail is the name of its templates.
const applicationDraftMail = "application_draft"

var draftTemplates = parseForEach(func(p forloeb.Programme) bodies { return parse(p, applicationDraftMail, nil) })

// ComposeDraft writes the mail with the link to a draft. The same letter gives
// the same message, byte for byte.
func (c *Composer) ComposeDraft(l forloeb.DraftLetter) (Message, error) {
	programme, known := forloeb.ProgrammeByCode(l.Draft.Programme)
	if !known || !forloeb.ValidEmail(l.Draft.Email) {
		return Message{}, errIncomplete
	}
	filled := applicationDraft{Link: c.draftLink(l.Draft), Ends: date(l.Draft.Expires)}
	templates := draftTemplates[l.Draft.Programme]
	subject, err := templates.subject(filled)
	if err != nil {
		return Message{}, errTemplate
	}
	f := frame{
		Subject: programme.Name + ": " + subject,
		Phone:   c.config.Phone, Hours: c.config.Hours, Contact: c.config.Contact,
		Mail: filled,
	}
	text, html, err := templates.render("party", f)
	if err != nil {
		return Message{}, errTemplate
	}
	return Message{
		ID: c.messageID(l.MessageID), Date: l.Date,
		From: inTheNameOf(c.config.From, programme.Words), ReplyTo: inTheNameOf(c.config.ReplyTo, programme.Words),
		To: netmail.Address{Address: l.Draft.Email}, Subject: f.Subject, Text: text, HTML: html,
	}, nil
}

func (c *Composer) draftLink(d forloeb.ApplicationDraft) string {
	return strings.TrimRight(c.config.BaseURL, "/") + link.Draft.Path(c.config.Links.Token(link.Draft, d.ID, d.LinkVersion))
}

// SendDraft composes the mail with the link to a draft and tries to send it
// once.
func (m *Mailer) SendDraft(ctx context.Context, l forloeb.DraftLetter) forloeb.Outcome {
	message, err := m.composer.ComposeDraft(l)
	if err != nil {
		slog.ErrorContext(ctx, "a letter about a draft could not be composed", "mail_id", l.Mail.ID, "error", err)
		return forloeb.Outcome{State: forloeb.MailFailed, Code: codeNotComposed}
	}
	return m.sender.Send(ctx, message)
}
