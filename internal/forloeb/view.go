package forloeb

import "time"

// View is what the workflow is told at an instant of the forløb's clock.
func (f *Forloeb) View(now time.Time) View {
	v := View{
		Version: f.Version, Seen: f.Seen, Programme: f.Programme, Status: f.Status,
		Withdrawn: !f.WithdrawnAt.IsZero(), Stopped: !f.StoppedAt.IsZero(), ReopenTo: f.ReopenTo,
		AfterConsent: f.afterConsent(), Edited: f.edited(), Decision: f.Decision,
		Assigned: f.Consultant() != nil, Choose: f.Choose(),
		Booked: f.BookedCount(), Held: f.HeldCount(), Required: f.Required(), Finished: !f.FinishedAt.IsZero(),
		Due: f.Agenda(now), Owed: f.owed(), Waiting: f.waitingWhenSettled(now).Key, NeedsAttention: f.NeedsAttention(),
	}
	v.countAnswers(f, now)
	v.Unwritten = f.unwritten(now, v)
	return v
}

// countAnswers counts an answer that can still be contested as none.
func (v *View) countAnswers(f *Forloeb, now time.Time) {
	unsure := f.unsure(now)
	v.Pending, v.Short = len(f.Pending())+len(unsure), f.tooFew() && len(unsure) == 0
	if f.saidNoForGood(now) {
		v.No = 1
	}
	if f.enough() && !f.BegunAt.IsZero() {
		v.Pending = 0
	}
	if f.Status != Evaluating {
		return
	}
	for _, p := range f.evaluators() {
		// Whoever has just taken over is about to be invited, and for whoever
		// has left somebody may still take over: the closing date decides.
		if inv := f.Invitation(p.ID); inv == nil || !f.inLast(inv) || inv.Open() {
			v.Unanswered++
		}
	}
}

func (f *Forloeb) afterConsent() Status {
	if f.Policy.Intake == Assessed {
		return AwaitingAssessment
	}
	return AwaitingConsultant
}

// edited reports whether the text was changed after both had agreed, so that
// both must be asked again.
func (f *Forloeb) edited() bool {
	if f.Status != AwaitingAssessment && f.Status != AwaitingConsultant {
		return false
	}
	return f.Edited() && f.Application.At.After(f.Agreed()) && len(f.Pending()) > 0
}

// owed are the mails to send now, oldest first.
func (f *Forloeb) owed() (ids []int64) {
	for i := range f.Mails {
		m := &f.Mails[i]
		if m.Unsent() {
			if ids = append(ids, m.ID); len(ids) == MaxOwed {
				break
			}
		}
	}
	return ids
}

// unwritten reports whether a commit would write anything: effects, or what
// lists show.
func (f *Forloeb) unwritten(now time.Time, v View) bool {
	if f.Written.Waiting != v.Waiting || f.Written.NeedsAttention != v.NeedsAttention || !f.Written.Next.Equal(f.NextAt(now)) {
		return true
	}
	return !f.clone().Effects(Change{From: f.Status, To: f.Status, Now: now}).Empty()
}

// NextAt is the next date on which something happens by itself; zero when
// nothing does.
func (f *Forloeb) NextAt(now time.Time) time.Time {
	if due := f.Agenda(now); len(due) > 0 {
		return due[0].At
	}
	return time.Time{}
}

// NeedsAttention reports whether a task waits for a person.
func (f *Forloeb) NeedsAttention() bool {
	for _, t := range f.Tasks {
		if t.Open() {
			return true
		}
	}
	return false
}

// clone copies what Effects changes in memory.
func (f *Forloeb) clone() *Forloeb {
	c := *f
	c.Meetings = append([]Meeting(nil), f.Meetings...)
	c.Invitations = append([]Invitation(nil), f.Invitations...)
	c.Events = append([]Event(nil), f.Events...)
	c.Workplaces = append([]Workplace(nil), f.Workplaces...)
	c.Assignments = append([]Assignment(nil), f.Assignments...)
	return &c
}
