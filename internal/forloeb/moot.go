package forloeb

import (
	"slices"
	"time"
)

// Moot reports whether an unsent mail has lost its meaning: it is cancelled
// by the next commit, and refused by the sender, who asks again under lock.
func (f *Forloeb) Moot(m *Mail, now time.Time) bool {
	if m.Kind.waitsForPause() && f.Paused(now) != nil {
		return true // it is owed again when the pause is over
	}
	if p := f.Party(m.Recipient); p != nil {
		return f.mootForParty(m, p, now)
	}
	if g := f.Guest(m.Recipient); g != nil {
		return f.mootForGuest(m, g, now)
	}
	return f.mootForConsultant(m, now)
}

// letters are owed also when the forløb has closed since, or is about to.
var letters = []MailKind{
	MailAnswerYes, MailAnswerNo, MailPhoneReceipt, MailDeclined, MailLapsed, MailRejected, MailWithdrawn, MailStopped, MailDuplicate,
	MailContactOld, MailEvaluationThanks, MailLinkAgain, MailApplicationText, MailMeetingCancelled, MailWorkplaceLeft,
}

func (f *Forloeb) mootForParty(m *Mail, p *Party, now time.Time) bool {
	if m.Kind == MailContactOld {
		return false
	}
	if !p.Reachable() || m.Kind == MailPhoneReceipt && !p.noted(m) {
		return true
	}
	if f.askedAgain(p, now) && !f.mootAgain(m, p) {
		return false
	}
	if f.out(p) {
		return m.Kind != MailWorkplaceLeft && m.Kind != MailAnswerNo && m.Kind != MailPhoneReceipt && m.Kind != MailMeetingCancelled
	}
	if f.Status.Closed() || !f.WithdrawnAt.IsZero() || !f.StoppedAt.IsZero() {
		return !slices.Contains(letters, m.Kind)
	}
	switch m.Kind {
	case MailConsentRequest, MailChanged, MailWorkplaceInvited:
		return f.Status != AwaitingConsent || p.Consent != nil || m.Kind != f.AskKind(p) || m.Ordinal != f.askOrdinal(p)
	case MailPaused:
		return f.mootPause(m, now)
	case MailDeadlineMoved:
		return f.mootDeadline(m, p)
	case MailConsentReminder:
		return f.Status != AwaitingConsent || p.Consent != nil || f.AskedForFix()
	case MailOtherMissing:
		return f.Status != AwaitingConsent || len(f.Pending()) == 0 || p.Consent == nil
	case MailStillWaiting:
		return f.Status != AwaitingConsultant && f.Status != AwaitingAssessment
	case MailMeetingInvitation, MailMeetingMoved:
		return f.mootEntry(m, now) || !f.IsFor(f.MeetingOf(m), p)
	case MailMeetingReminder:
		return f.mootMeeting(m, now) || !f.IsFor(f.MeetingOf(m), p)
	case MailEvaluationRequest:
		return f.mootEvaluation(m.Ordinal-1, p, now)
	case MailEvaluationReminder:
		return f.mootEvaluation(m.Ordinal/10-1, p, now)
	case MailMeetingsDone:
		return f.Status != AwaitingEvaluation || m.Ordinal != f.LastHeld().Unix()
	case MailContactNew:
		return p.Consent != nil
	case MailConsultantAssigned, MailConsultantChanged:
		a := f.Assignment()
		return a == nil || a.ID != m.Ordinal
	}
	return false
}

// noted reports whether the answer that a receipt is for still stands.
func (p *Party) noted(m *Mail) bool {
	return p.Consent != nil && p.Consent.Channel == ByPhone && p.Consent.At.Unix() == m.Ordinal
}

// mootMeeting: the meeting is no longer what the mail says.
func (f *Forloeb) mootMeeting(m *Mail, now time.Time) bool {
	meeting := f.MeetingOf(m)
	return meeting == nil || meeting.State != Booked || meetingOrdinal(meeting) != m.Ordinal%roundSize || !meeting.StartsAt.After(now)
}

// mootEntry: so is an entry for a calendar, also when its reader has been
// invited anew.
func (f *Forloeb) mootEntry(m *Mail, now time.Time) bool {
	return f.mootMeeting(m, now) || !sameRound(m.Ordinal, f.CalendarOrdinal(m.Recipient, f.MeetingOf(m)))
}

func (f *Forloeb) mootForConsultant(m *Mail, now time.Time) bool {
	c := f.Consultant()
	if c == nil && (m.Kind == MailConsultantNew || m.Kind == MailConsultantChanges) {
		c = f.Chosen()
	}
	current := c != nil && c.ID == m.Recipient
	switch m.Kind {
	case MailConsultantGone, MailMeetingCancelled:
		return false
	case MailConsultantChanges:
		return !current || m.Ref == RefPaused && f.Paused(now) == nil
	case MailMeetingInvitation, MailMeetingMoved:
		return !current || f.mootEntry(m, now)
	case MailRegister:
		meeting := f.MeetingOf(m)
		return !current || meeting == nil || meeting.State != Booked
	case MailCannotCome:
		return !current || f.OtherTimeOf(m, now) == nil
	case MailFirstMissing:
		return !current || f.Status != Planning
	case MailNextMissing:
		return !current || f.Status != InProgress || f.BookedCount() > 0
	}
	return !current
}
