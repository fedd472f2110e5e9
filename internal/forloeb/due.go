package forloeb

import (
	"slices"
	"time"
)

// This file holds the dates people are promised. Each is zero while it has no
// meaning.

// ConsentDeadline is the last moment of a party's own clock, which starts
// when its first mail is sent, and anew when it contests what was noted.
func (f *Forloeb) ConsentDeadline(p *Party) time.Time {
	asked := f.AskedAt(p)
	if asked.IsZero() {
		return time.Time{}
	}
	if f.Contested(p) {
		asked = later(asked, p.ContestedAt)
	}
	return f.ConsentDeadlineFrom(asked)
}

// ConsentCloses is when an unanswered application lapses: the latest of the
// open parties' own deadlines, so that nobody loses time because the other's
// mail was late. Zero while the clocks stand still.
func (f *Forloeb) ConsentCloses() (closes time.Time) {
	if f.AskedForFix() {
		return time.Time{}
	}
	for _, p := range f.Pending() {
		deadline := f.ConsentDeadline(p)
		if deadline.IsZero() || !p.Reachable() || f.mailTask(f.askMail(p)) {
			return time.Time{}
		}
		closes = later(closes, deadline)
	}
	return closes
}

// ContactBy is when the consultant has contacted the workplace.
func (f *Forloeb) ContactBy() time.Time {
	since := f.planningSince()
	if since.IsZero() {
		return time.Time{}
	}
	return f.calendar().workingDays(since, f.Policy.FirstMeetingMail)
}

// planningSince is since when the consultant has had a first meeting to book:
// anew when the only one was cancelled, or the forløb was opened again.
func (f *Forloeb) planningSince() time.Time {
	a := f.Assignment()
	if a == nil {
		return time.Time{}
	}
	return later(a.Since(), f.statusSince(Planning))
}

// StartBy is when the first meeting has been held at the latest.
func (f *Forloeb) StartBy() time.Time {
	agreed := f.Agreed()
	if agreed.IsZero() {
		return time.Time{}
	}
	return f.calendar().months(later(agreed, f.ReopenedAt), f.Policy.StartMonths)
}

// NewsBy is when the applicants hear from us at the latest while they wait
// for a consultant or for an assessment.
func (f *Forloeb) NewsBy() time.Time {
	var last time.Time
	for _, m := range f.Mails {
		if m.Kind == MailStillWaiting {
			last = later(last, m.PlannedAt)
		}
	}
	if f.Status != AwaitingAssessment && f.Status != AwaitingConsultant {
		return time.Time{}
	}
	since := later(f.StatusSince, later(last, f.DecidedAt))
	return f.calendar().quietless(f.calendar().months(since, f.Policy.StillWaitingMonths))
}

// EvaluationAt is when the last wave is first sent: three months after the
// last held meeting, of a shared forløb each workplace's own.
func (f *Forloeb) EvaluationAt() (first time.Time) {
	if !f.Shared() {
		return f.evaluationAtFor(f.Lead().ID)
	}
	if f.seen != nil && f.own() == nil {
		return f.seen.evaluation
	}
	for _, w := range f.Participants() {
		if at := f.evaluationAtFor(w.ID); !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}

// EvaluationSentAt is when the first request of the last wave was sent.
func (f *Forloeb) EvaluationSentAt() time.Time { return f.sentIn(f.Policy.Evaluations.last()) }

func (f *Forloeb) sentIn(wave int) (at time.Time) {
	for _, m := range f.Mails {
		if m.asksIn(wave) && !m.SentAt.IsZero() && (at.IsZero() || m.SentAt.Before(at)) {
			at = m.SentAt
		}
	}
	return at
}

func (m *Mail) asksIn(wave int) bool {
	return m.Kind == MailEvaluationRequest && m.Ordinal == int64(wave)+1
}

// EvaluationCloses is when the last wave closes: counted from its last
// request sent, and not while a request has not arrived, unless a person has
// let that be.
func (f *Forloeb) EvaluationCloses() time.Time {
	var last time.Time
	for i := range f.Mails {
		m := &f.Mails[i]
		if !m.asksIn(f.Policy.Evaluations.last()) || m.State == MailCancelled {
			continue
		}
		asked := later(m.SentAt, f.letBe(m))
		if asked.IsZero() && f.Party(m.Recipient).Reachable() || f.mailTask(m) {
			return time.Time{}
		}
		last = later(last, asked)
	}
	if f.Shared() && slices.ContainsFunc(f.evaluators(), func(p *Party) bool { return p.Reachable() && !f.askedLast(p) }) {
		return time.Time{} // somebody is yet to be asked
	}
	if last.IsZero() {
		if f.Status != Evaluating {
			return time.Time{}
		}
		last = f.StatusSince // nobody could be asked
	}
	return later(f.calendar().deadline(later(last, f.ReopenedAt), f.Policy.EvaluationDays), f.evaluationUntil())
}

// EraseAt is when personal data are erased: of a closed forløb. An open one
// has no such date.
func (f *Forloeb) EraseAt() time.Time {
	closed := f.ClosedAt()
	if closed.IsZero() {
		return time.Time{}
	}
	if f.Status == Completed {
		return f.always().months(closed, f.Policy.KeepCompleted)
	}
	return f.always().months(closed, f.Policy.KeepClosed)
}

// ToErase reports whether the day has come to erase personal data.
func (f *Forloeb) ToErase(now time.Time) bool {
	at := f.EraseAt()
	return !at.IsZero() && !now.Before(at)
}

// ReopenUntil is the last moment in which a closed forløb can be opened again.
func (f *Forloeb) ReopenUntil() time.Time {
	if !f.reopenable() {
		return time.Time{}
	}
	return f.ReopenUntilFrom(f.StatusSince)
}

// reopenable: not a shared forløb that lapsed since too few were left to join.
// It would lapse again at once.
func (f *Forloeb) reopenable() bool {
	return f.Status.Reopenable() && !(f.Status == Lapsed && f.Shared() && f.WorkplaceCount() < f.Quorum())
}

// CorrectUntil is the last moment in which a registered meeting can be
// corrected.
func (f *Forloeb) CorrectUntil(m *Meeting) time.Time {
	return f.calendar().workingDays(m.StateAt, f.Policy.CorrectDays)
}

// lastMovement is since when nothing has been in the calendar.
func (f *Forloeb) lastMovement() (at time.Time) {
	for _, m := range f.Meetings {
		switch m.State {
		case Held:
			at = later(at, m.EndsAt)
		case Cancelled, NoShow:
			at = later(at, m.StateAt)
		}
	}
	return at
}

// ConsentDeadlineFrom is what a party's deadline will be when the mail goes
// at an instant: for pages that are shown before it has.
func (f *Forloeb) ConsentDeadlineFrom(asked time.Time) time.Time {
	return later(f.calendar().deadline(asked, f.Policy.ConsentDays), f.consentUntil())
}

// ReopenUntilFrom is the last moment to open again what closed at an instant.
func (f *Forloeb) ReopenUntilFrom(closed time.Time) time.Time {
	return f.always().endOfDay(closed, f.Policy.ReopenDays)
}

// EraseAtFrom is when personal data are erased if the forløb is closed early
// at an instant.
func (f *Forloeb) EraseAtFrom(closed time.Time) time.Time {
	return f.always().months(closed, f.Policy.KeepClosed)
}

// FinishedMailFrom is when both parties are told that the last meeting has been
// held, when the meetings end at an instant.
func (f *Forloeb) FinishedMailFrom(finished time.Time) time.Time {
	return f.calendar().morning(finished)
}

// HeldUntil is when the secretariat has looked at a request that is held back;
// zero when it is not.
func (f *Forloeb) HeldUntil(p *Party) time.Time {
	m := f.askMail(p)
	if m == nil || !m.Held || m.State != MailPlanned {
		return time.Time{}
	}
	return f.FollowUpBy(m.PlannedAt)
}

// HeldForMany reports whether a request is held back because many have
// applied, and not because its own address got too many.
func (f *Forloeb) HeldForMany(p *Party) bool {
	m := f.askMail(p)
	return m != nil && m.Held && m.Code == CodeManyApplications
}

// EveryoneEvaluated reports whether every invitation to the last wave has been
// answered.
func (f *Forloeb) EveryoneEvaluated() bool {
	last := f.lastInvitations()
	return len(last) > 0 && !slices.ContainsFunc(last, func(i *Invitation) bool { return i.AnsweredAt.IsZero() })
}
