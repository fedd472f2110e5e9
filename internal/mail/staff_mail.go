package mail

import (
	"cmp"
	"context"
	"log/slog"
	netmail "net/mail"
	"strings"

	"example.dk/spark/internal/forloeb"
)

// dayDigest tells a member of staff what waits today: numbers and references,
// since a mail is no place for names.
type dayDigest struct {
	Headline     string // what the subject says
	Tasks        []string
	Meetings     []string
	Unregistered []string
	Link         string
	Settings     string
}

// providerNew tells a provider's people that a forløb is theirs.
type providerNew struct {
	Reference string
	ChooseBy  string
	Link      string
}

// staffTemplates are those of the mails to staff, by their kinds.
var staffTemplates = parseForEach(func(p forloeb.Programme) map[forloeb.StaffMailKind]bodies {
	return map[forloeb.StaffMailKind]bodies{
		forloeb.StaffDigest:      parse(p, string(forloeb.StaffDigest), nil),
		forloeb.StaffProviderNew: parse(p, string(forloeb.StaffProviderNew), nil),
	}
})

// ComposeStaff writes a mail to a member of staff.
func (c *Composer) ComposeStaff(l forloeb.StaffLetter) (Message, error) {
	_, ofProvider, _ := forloeb.ProviderByCode(l.Access.Provider)
	programme, _ := forloeb.ProgrammeByCode(cmp.Or(ofProvider.Code, forloeb.Spark))
	filled, err := c.fillStaff(l, programme)
	if err != nil || !forloeb.ValidEmail(l.Email) {
		return Message{}, errIncomplete
	}
	templates := staffTemplates[programme.Code][l.Kind]
	subject, err := templates.subject(filled)
	if err != nil {
		return Message{}, errTemplate
	}
	name := forloeb.CleanLine(l.Name)
	f := frame{Subject: programme.Name + ": " + subject, Name: name, Mail: filled}
	text, html, err := templates.render("staff", f)
	if err != nil {
		return Message{}, errTemplate
	}
	return Message{
		ID: c.messageID(l.MessageID), Date: l.Date,
		From: inTheNameOf(c.config.From, programme.Words), ReplyTo: inTheNameOf(c.config.ReplyTo, programme.Words),
		To: netmail.Address{Name: name, Address: l.Email}, Subject: f.Subject, Text: text, HTML: html,
	}, nil
}

func (c *Composer) fillStaff(l forloeb.StaffLetter, p forloeb.Programme) (any, error) {
	area := strings.TrimRight(c.config.BaseURL, "/") + staffAreas[l.Access.Role]
	switch {
	case l.Kind == forloeb.StaffProviderNew && l.Reference != "":
		return providerNew{Reference: l.Reference, ChooseBy: date(l.ChooseBy), Link: area + "forloeb/" + l.ForloebID.String()}, nil
	case l.Kind != forloeb.StaffDigest || l.Digest.Empty():
		return nil, errIncomplete
	}
	d := dayDigest{Headline: headline(l.Digest), Link: area, Settings: area + "indstillinger"}
	for _, t := range l.Digest.Tasks {
		d.Tasks = append(d.Tasks, p.Words.Say(t.Words())+oldest(t))
	}
	for _, m := range l.Digest.Meetings {
		d.Meetings = append(d.Meetings, dashed(m.Reference, forloeb.ClockRange(m.Since, m.Before)))
	}
	for _, m := range l.Digest.Unregistered {
		d.Unregistered = append(d.Unregistered, dashed(m.Reference, date(m.Since)))
	}
	return d, nil
}

// staffAreas are where the pages of a role begin.
var staffAreas = map[forloeb.StaffRole]string{
	forloeb.RoleSecretariat: "/sekretariat/", forloeb.RoleHead: "/sekretariat/", forloeb.RoleConsultant: "/konsulent/", forloeb.RoleProvider: "/udbyder/",
}

// oldest names the case that has waited longest, and since when.
func oldest(t forloeb.DigestTasks) string {
	if t.Count == 1 {
		return ": sag " + t.Oldest + ", siden " + date(t.Since)
	}
	return ", ældst sag " + t.Oldest + ", siden " + date(t.Since)
}

// headline counts what waits.
func headline(d forloeb.DayDigest) string {
	var parts []string
	for _, part := range []struct {
		n         int
		one, many string
	}{
		{d.Waiting(), "ting venter", "ting venter"},
		{len(d.Meetings), "møde", "møder"},
		{len(d.Unregistered), "møde at notere", "møder at notere"},
	} {
		switch {
		case part.n == 1:
			parts = append(parts, "1 "+part.one)
		case part.n > 1:
			parts = append(parts, forloeb.Number(part.n)+" "+part.many)
		}
	}
	return forloeb.AndList(parts)
}

// SendStaff composes a mail to a member of staff and tries to send it once.
func (m *Mailer) SendStaff(ctx context.Context, l forloeb.StaffLetter) forloeb.Outcome {
	message, err := m.composer.ComposeStaff(l)
	if err != nil {
		slog.ErrorContext(ctx, "a mail to a member of staff could not be composed", "mail_id", l.Mail.ID, "error", err)
		return forloeb.Outcome{State: forloeb.MailFailed, Code: codeNotComposed}
	}
	return m.sender.Send(ctx, message)
}
