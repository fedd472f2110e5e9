package forloeb

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// mail finds the row of a mail that was not cancelled; nil when there is none.
func (f *Forloeb) mail(kind MailKind, to uuid.UUID, ordinal int64) *Mail {
	for i := range f.Mails {
		m := &f.Mails[i]
		if m.Kind == kind && m.Recipient == to && m.Ordinal == ordinal && m.State != MailCancelled {
			return m
		}
	}
	return nil
}

// askOrdinal numbers the mails that ask a party for an answer: a new text or
// a new link is a new mail.
func (f *Forloeb) askOrdinal(p *Party) int64 {
	return int64(f.Application.Revision)*1000 + int64(p.LinkVersion)
}

// AskKind is the mail that asks a party: a request, or, when they were asked
// about an earlier text, a change.
func (f *Forloeb) AskKind(p *Party) MailKind {
	switch {
	case f.Edited() && f.askedBefore(p):
		return MailChanged
	case f.Applies(p):
		return MailConsentRequest
	}
	return MailWorkplaceInvited
}

// askedBefore: a mail about an earlier text that has not begun to leave is
// cancelled, and they have not been asked.
func (f *Forloeb) askedBefore(p *Party) bool {
	for i := range f.Mails {
		m := &f.Mails[i]
		asks := m.Kind.Asks()
		left := m.State != MailPlanned && m.State != MailCancelled
		if asks && left && m.Recipient == p.ID && m.Ordinal < int64(f.Application.Revision)*1000 {
			return true
		}
	}
	return false
}

// ToStrangers reports whether the mail goes to somebody who may not have asked for
// it: those to one address are counted.
func (k MailKind) ToStrangers() bool { return k.Asks() || k == MailGuestAdded }

// Asks reports whether the mail asks somebody who may know nothing of it for an answer.
func (k MailKind) Asks() bool {
	return k == MailConsentRequest || k == MailChanged || k == MailWorkplaceInvited
}

// askMail is the mail that asked this party; nil when none is owed yet. After
// a no was undone by opening again, the letter about that is what asks.
func (f *Forloeb) askMail(p *Party) *Mail {
	if m := f.mail(f.AskKind(p), p.ID, f.askOrdinal(p)); m != nil || !f.askedByReopening(p) {
		return m
	}
	return f.mail(MailReopened, p.ID, f.reopenedSeq())
}

// askedByReopening: the revision is the same text, made by opening again, and
// the party's link is still the one that letter holds.
func (f *Forloeb) askedByReopening(p *Party) bool {
	return f.Application.Revision > 1 && f.copied() && !f.newLinkSince(p, f.ReopenedAt)
}

func (f *Forloeb) newLinkSince(p *Party, since time.Time) bool {
	if f.PlaceOf(p).AskedAgainAt.After(since) {
		return true
	}
	for _, a := range f.Acts {
		if a.Ref == p.ID.String() && a.At.After(since) && (a.Detail == "address" || a.Detail == string(NotMe)) {
			return true
		}
		if a.Name == PartyReplaced && a.Ref == p.ReplacesParty.String() && a.At.After(since) {
			return true // the letter went to somebody else
		}
	}
	return false
}

// reopenedSeq is the number of the last step out of a closed status.
func (f *Forloeb) reopenedSeq() (seq int64) {
	for _, e := range f.Events {
		if e.From.Closed() {
			seq = int64(e.Seq)
		}
	}
	return seq
}

// AskedAt is when the party's own clock started: when the mail that asks for
// the answer was sent, or the application was opened again after that. A mail
// that never arrived starts it when a person lets that be, so that the other
// party does not wait for ever. Zero until then.
func (f *Forloeb) AskedAt(p *Party) time.Time {
	m := f.askMail(p)
	if m == nil {
		return time.Time{}
	}
	asked := m.SentAt
	if asked.IsZero() {
		asked = f.letBe(m)
	}
	if asked.IsZero() {
		return time.Time{}
	}
	return later(asked, f.ReopenedAt)
}

// letBe is when a person said that a mail need not arrive; zero when nobody
// has.
func (f *Forloeb) letBe(m *Mail) time.Time {
	for _, kind := range []TaskKind{TaskMail, TaskMailHeld} {
		if t := f.everTask(kind, mailSubject(m)); t != nil && !t.Open() {
			return t.ClosedAt
		}
	}
	return time.Time{}
}

// meetingOrdinal numbers the mails about one state of a meeting.
func meetingOrdinal(m *Meeting) int64 { return int64(m.Ordinal)*1000 + int64(m.Sequence) }

// roundSize keeps the rounds of CalendarOrdinal apart.
const roundSize = 1_000_000

// CalendarOrdinal numbers the mails that bring somebody's calendar in line
// with a meeting. Whoever has got a new link, or the forløb back, begins a new
// round: what was sent in an earlier one went to another address or was taken
// back, so they are invited again.
func (f *Forloeb) CalendarOrdinal(to uuid.UUID, m *Meeting) int64 {
	return int64(f.round(to))*roundSize + meetingOrdinal(m)
}

func (f *Forloeb) round(to uuid.UUID) int {
	if p := f.Party(to); p != nil {
		return p.LinkVersion - 1
	}
	if g := f.Guest(to); g != nil {
		return f.guestRound(g)
	}
	times := 0
	for i := range f.Assignments {
		if f.Assignments[i].Consultant.ID == to {
			times++
		}
	}
	return max(0, times-1)
}

// EntrySequence is the SEQUENCE (RFC 5545, section 3.8.7.4) of the meeting in the
// calendar of whoever gets a mail with this ordinal. It is the meeting's own,
// except that two are between one round and the next: a cancellation to somebody
// whom a standing meeting is no longer for, and the next invitation, each count up
// as a move does, or a calendar would pass over them.
func (m *Meeting) EntrySequence(ordinal int64, cancels bool) int64 {
	n := int64(m.Sequence) + 2*(ordinal/roundSize)
	if cancels && m.State == Booked {
		n++
	}
	return n
}

func sameRound(a, b int64) bool { return a/roundSize == b/roundSize }

// told is the last mail about a meeting to somebody that was not cancelled
// and is not about to be; nil when they know nothing of it.
func (f *Forloeb) told(to uuid.UUID, m *Meeting, now time.Time) (last *Mail) {
	for i := range f.Mails {
		mail := &f.Mails[i]
		if mail.Recipient != to || mail.Ref != m.ID.String() || mail.State == MailCancelled ||
			mail.State == MailPlanned && f.Moot(mail, now) {
			continue
		}
		switch mail.Kind {
		case MailMeetingInvitation, MailMeetingMoved, MailMeetingCancelled:
			last = mail
		}
	}
	return last
}

// Invited are those who have the meeting in their calendars, and who hear when
// it is taken out of them. A mail that has not left yet told nobody.
func (f *Forloeb) Invited(m *Meeting) (who []uuid.UUID) {
	last := map[uuid.UUID]MailKind{}
	for _, mail := range f.Mails {
		gone := mail.State != MailCancelled && (mail.State != MailPlanned || mail.Kind == MailMeetingCancelled)
		switch mail.Kind {
		case MailMeetingInvitation, MailMeetingMoved, MailMeetingCancelled:
			if mail.Ref == m.ID.String() && gone {
				last[mail.Recipient] = mail.Kind
			}
		}
	}
	for _, id := range f.everybody() {
		if kind, told := last[id]; told && kind != MailMeetingCancelled {
			who = append(who, id)
		}
	}
	return who
}

// everybody lists the parties who can be reached, the guests who are on, and
// everyone who is or was the consultant.
func (f *Forloeb) everybody() (ids []uuid.UUID) {
	for _, p := range f.CurrentParties() {
		if p.Reachable() {
			ids = append(ids, p.ID)
		}
	}
	for i := range f.Guests {
		if g := &f.Guests[i]; f.hears(g) {
			ids = append(ids, g.ID)
		}
	}
	for _, a := range f.Assignments {
		if !slices.Contains(ids, a.Consultant.ID) {
			ids = append(ids, a.Consultant.ID)
		}
	}
	return ids
}

// Introduced reports whether the consultant has been told of the assignment.
func (f *Forloeb) Introduced(a *Assignment) bool {
	m := f.mail(MailConsultantNew, a.Consultant.ID, a.ID)
	return m != nil && m.State != MailPlanned
}

// HasOpenTask reports whether something waits for a person.
func (f *Forloeb) HasOpenTask() bool { return slices.ContainsFunc(f.Tasks, Task.Open) }

// openTask finds an open task; nil when there is none.
func (f *Forloeb) openTask(kind TaskKind, subject string) *Task {
	for i := range f.Tasks {
		if t := &f.Tasks[i]; t.Open() && t.Kind == kind && t.Subject == subject {
			return t
		}
	}
	return nil
}

// mailTask reports whether a task about this mail is open, so that its
// recipient must not lose anything by it.
func (f *Forloeb) mailTask(m *Mail) bool {
	if m == nil {
		return false
	}
	subject := mailSubject(m)
	return f.openTask(TaskMail, subject) != nil || f.openTask(TaskMailHeld, subject) != nil
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// Sending reports whether a mail is on its way out.
func (f *Forloeb) Sending() bool {
	for i := range f.Mails {
		if f.Mails[i].Unsent() {
			return true
		}
	}
	return false
}
