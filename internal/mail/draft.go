package mail

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"example.dk/spark/internal/forloeb"
)

// errIncomplete means that the letter lacks what its kind of mail is about.
var errIncomplete = errors.New("mail: the letter lacks a recipient or what it is about")

// draft is a letter on its way to becoming a mail: what the functions that
// fill the structs ask.
type draft struct {
	forloeb.Letter
	addresses
}

// toConsultant reports whether a consultant and not a party gets the mail.
func (d *draft) toConsultant() bool { return d.Consultant != nil }

// toGuest reports whether a guest gets the mail.
func (d *draft) toGuest() bool { return d.Guest != nil }

// statusLink leads to the party's own page.
func (d *draft) statusLink() string { return d.status(d.Party) }

// waiting is the sentence that page, list and API show too. A mail answers an
// act before the workflow has acted on every fact, and "we are working on it"
// tells a reader of mail nothing: the forløb is taken as settled.
func (d *draft) waiting() forloeb.Waiting { return d.waitingAt(d.Now) }

func (d *draft) waitingAt(now time.Time) forloeb.Waiting {
	settled := *d.Forloeb
	settled.Seen = settled.Version
	return settled.WaitingFor(nil, now)
}

func (d *draft) waitingSentence() string { return d.waiting().Sentence() }

// asIfSent is the forløb as it will be when this mail is sent now: a mail that
// starts a clock must promise the deadline that the clock will give.
func (d *draft) asIfSent() *forloeb.Forloeb {
	f := *d.Forloeb
	f.Mails = slices.Clone(f.Mails)
	for i := range f.Mails {
		if m := &f.Mails[i]; m.Kind == d.Mail.Kind && m.SentAt.IsZero() {
			m.State, m.SentAt = forloeb.MailSent, d.Now
		}
	}
	return &f
}

// consentDeadline is the party's own. While the domain holds the clock back
// it is what the clock would give from now on.
func (d *draft) consentDeadline(p *forloeb.Party) string {
	deadline := d.asIfSent().ConsentDeadline(p)
	if deadline.IsZero() {
		deadline = d.Forloeb.ConsentDeadlineFrom(d.Now)
	}
	return date(deadline)
}

// evaluationCloses is likewise when the questionnaire closes.
func (d *draft) evaluationCloses() string {
	f := d.asIfSent()
	closes := f.ClosesFor(f.Invitation(d.Party.ID))
	if closes.IsZero() { // the other's request has not arrived; ours may count alone
		from := d.Now
		if d.Mail.Kind == forloeb.MailEvaluationReminder {
			from = d.Forloeb.EvaluationSentAt()
		}
		closes = forloeb.EndOfDay(forloeb.AddCountingDays(from, d.Forloeb.Policy.EvaluationDays))
	}
	return date(closes)
}

// otherName is the person across the table, or what to call them.
func (d *draft) otherName() string {
	if other := d.Forloeb.Other(d.Party); other != nil {
		if name := personName(other.Contact.Name); name != "" {
			return name
		}
	}
	return "den anden part"
}

// cancelledMeetings are those that the forløb's end took out of the calendar.
func (d *draft) cancelledMeetings() (dates []string) {
	end := d.ended()
	for _, m := range d.Forloeb.Meetings {
		if m.State == forloeb.Cancelled && !m.StateAt.Before(end) && m.StartsAt.After(end) {
			dates = append(dates, forloeb.DateTime(m.StartsAt))
		}
	}
	return dates
}

// bookedAhead reports whether there are meetings still to come.
func (d *draft) bookedAhead() bool { return d.Forloeb.NextMeeting(d.Now) != nil }

// ended is when the forløb was withdrawn or stopped.
func (d *draft) ended() time.Time {
	if d.Forloeb.Status == forloeb.Withdrawn {
		return d.Forloeb.WithdrawnAt
	}
	return d.Forloeb.StoppedAt
}

// started reports whether the forløb has had a consultant: before that people
// call it an application.
func (d *draft) started() bool { return len(d.Forloeb.TakenAssignments()) > 0 }

// nth is which reminder of its kind this is: the last digit of the ordinal.
func (d *draft) nth() int { return int(d.Mail.Ordinal % 10) }

// date is a day as mails write it, and nothing when there is none.
func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return forloeb.Date(t)
}

var notAName = regexp.MustCompile(`[0-9<>@/\\]|(?i:www\.|\.(dk|com|net|org)\b)`)

const longestName = 80

// personName is a name as it can stand in a mail to somebody else. The form
// mails strangers, so what is no name but an address or an advertisement is
// left out.
func personName(s string) string {
	name := forloeb.CleanLine(s)
	if len([]rune(name)) > longestName || notAName.MatchString(name) {
		return ""
	}
	return name
}

// contact is how to reach a consultant: name, telephone and mail, as far as
// they are known.
func contact(c *forloeb.Consultant) string {
	var known []string
	for _, s := range []string{c.Name, c.Phone, c.Email} {
		if s = forloeb.CleanLine(s); s != "" {
			known = append(known, s)
		}
	}
	return strings.Join(known, ", ")
}

// counted is a number of things in prose: "ét møde", "3 møder".
func counted(n int, one, many string) string {
	if n == 1 {
		return "ét " + one
	}
	return forloeb.Number(n) + " " + many
}
