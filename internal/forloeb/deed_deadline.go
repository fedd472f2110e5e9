package forloeb

import (
	"slices"
	"time"
)

// ExtendDeadline puts off the deadline that runs: for answering the
// application, which in a shared forløb is also that for joining, or for
// answering the questionnaire. Those who have not answered get the new date.
type ExtendDeadline struct {
	Until  time.Time // any instant of the new last day
	Reason string
}

const deadlineDetail = "deadline"

// Line names the act.
func (d ExtendDeadline) Line() Line { return Line{Name: FactsChanged, Detail: deadlineDetail} }

// Last is the new last moment.
func (d ExtendDeadline) Last() time.Time { return EndOfDay(d.Until) }

// Check: while a deadline runs, also when it has passed and the process is
// late; to a day that is later, and not too late.
func (d ExtendDeadline) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := first(f.open(), f.in(AwaitingConsent, Evaluating), f.notPaused(now, now)); err != nil {
		return err
	}
	closes, latest := f.Closes(), f.ExtendableTo(now)
	switch {
	case closes.IsZero():
		return f.refuse(RefuseNoDeadline)
	case !d.Last().After(later(closes, now)):
		return f.refuseOn(RefuseDeadlineEarlier, later(closes, now))
	case d.Last().After(latest):
		return f.refuseOn(RefuseDeadlineTooFar, latest)
	}
	return f.needReason(d.Reason)
}

// Closes is the deadline that runs; zero when none does.
func (f *Forloeb) Closes() time.Time {
	switch f.Status {
	case AwaitingConsent:
		return f.ConsentCloses()
	case Evaluating:
		return f.EvaluationCloses()
	}
	return time.Time{}
}

// ExtendableTo is the last moment that the deadline can be put off to at once.
func (f *Forloeb) ExtendableTo(now time.Time) time.Time {
	return f.calendar().extendTo(later(f.Closes(), now))
}

// consentUntil is what the deadline for answering was put off to, later by the
// pauses since; evaluationUntil likewise. Zero when it was not.
func (f *Forloeb) consentUntil() time.Time {
	return f.calendar().moved(f.lastExtended(), f.ConsentUntil)
}

func (f *Forloeb) evaluationUntil() time.Time {
	return f.calendar().moved(f.lastExtended(), f.EvaluationUntil)
}

// ExtendedTo is what the deadline of this status was put off to, as it was
// written; zero when it was not.
func (f *Forloeb) ExtendedTo() time.Time {
	switch f.Status {
	case AwaitingConsent:
		return f.ConsentUntil
	case Evaluating:
		return f.EvaluationUntil
	}
	return time.Time{}
}

// extensions are the acts that put off a deadline.
func (f *Forloeb) extensions() (list []Act) {
	for _, a := range f.Acts {
		if a.Name == FactsChanged && a.Detail == deadlineDetail {
			list = append(list, a)
		}
	}
	return list
}

func (f *Forloeb) lastExtended() (at time.Time) {
	for _, a := range f.extensions() {
		at = later(at, a.At)
	}
	return at
}

// owesAnswer reports whether a party has been asked, by the mail that the
// deadline counts from, and has not answered.
func (f *Forloeb) owesAnswer(p *Party) (since time.Time) {
	switch f.Status {
	case AwaitingConsent:
		if slices.Contains(f.Pending(), p) {
			return f.AskedAt(p)
		}
	case Evaluating:
		if i := f.Invitation(p.ID); i != nil && f.inLast(i) && i.Open() {
			if m := f.requestMail(i); m != nil {
				return m.SentAt
			}
		}
	}
	return time.Time{}
}

// movedDeadline tells those who had been asked before it was put off.
func (p *plan) movedDeadline() {
	until, at := p.f.ExtendedTo(), p.f.lastExtended()
	if until.IsZero() || !until.After(p.now) {
		return
	}
	for _, party := range p.f.CurrentParties() {
		if asked := p.f.owesAnswer(party); party.Reachable() && !asked.IsZero() && !asked.After(at) {
			p.mail(MailDeadlineMoved, party.ID, until.Unix(), "")
		}
	}
}

func (f *Forloeb) mootDeadline(m *Mail, p *Party) bool {
	return f.owesAnswer(p).IsZero() || m.Ordinal != f.ExtendedTo().Unix()
}

// reminder is one of those that a party gets while it does not answer.
type reminder struct {
	number int
	at     time.Time
}

// lastReminder is how many working days before a deadline that was put off
// there is one reminder more.
const lastReminder = 3

// reminders are those of the policy, and one more before a deadline that was
// put off.
func (f *Forloeb) reminders(p *Party) (list []reminder) {
	asked := f.AskedAt(p)
	for i, days := range f.Policy.ConsentReminders {
		list = append(list, reminder{i + 1, f.calendar().reminder(asked, days)})
	}
	extra := f.calendar().quietless(f.calendar().before(f.consentUntil(), lastReminder))
	if !f.ConsentUntil.IsZero() && f.consentUntil().Equal(f.ConsentDeadline(p)) && extra.After(f.lastExtended()) {
		list = append(list, reminder{min(len(list)+len(f.extensions()), mostReminders), extra})
	}
	return list
}

// mostReminders: their numbers are the last digit of an ordinal.
const mostReminders = 9

// LastReminder reports whether none comes after a party's reminder with this
// number.
func (f *Forloeb) LastReminder(p *Party, number int) bool {
	all := f.reminders(p)
	return len(all) == 0 || number >= all[len(all)-1].number
}
