package forloeb

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// entry is one date the calendar owes something on. An entry is gone once it
// is done: what shows that is the row it made.
type entry struct {
	Due
	mails []Mail // what falls due then; tasks follow from wanted
}

// Agenda lists the earliest date of each duty, soonest first: what the
// workflow sleeps towards. Overdue duties of one kind are one: what was
// missed while the system was down collapses to one mail.
func (f *Forloeb) Agenda(now time.Time) (due []Due) {
	earliest := map[Duty]int{}
	for _, e := range f.agenda(now) {
		i, seen := earliest[e.What]
		switch {
		case !seen:
			earliest[e.What] = len(due)
			due = append(due, e.Due)
		case e.At.Before(due[i].At):
			due[i].At = e.At
		}
	}
	slices.SortStableFunc(due, func(a, b Due) int { return a.At.Compare(b.At) })
	return due
}

// agenda lists every date the calendar owes something on in this status.
func (f *Forloeb) agenda(now time.Time) []entry {
	a := append(f.stuckMails(now), f.lateMails()...)
	if p := f.Paused(now); p != nil {
		a = append(a, at(PauseEnds, p.Until))
	} else {
		a = append(a, f.running(now)...)
	}
	a = slices.DeleteFunc(a, func(e entry) bool { return e.At.IsZero() || f.allMoot(e.mails, now) })
	for i := range a {
		a[i].At = f.inHours(a[i], now)
	}
	return a
}

// running lists the dates of a forløb that is not paused.
func (f *Forloeb) running(now time.Time) (a []entry) {
	switch f.Status {
	case AwaitingConsent:
		a = append(a, f.consentAgenda()...)
		a = append(a, f.contestAgenda(now)...)
	case AwaitingAssessment:
		a = append(a, f.stillWaiting())
	case AwaitingConsultant:
		a = append(a, f.stillWaiting())
		a = append(a, f.matchAgain()...)
		a = append(a, at(OfferEnds, f.OfferEnds()))
	case Planning:
		a = append(a, f.planningAgenda()...)
	case InProgress:
		a = append(a, f.meetingAgenda(now)...)
	case AwaitingEvaluation:
		a = append(a, f.sleepAgenda()...)
		a = append(a, f.evaluationAgenda(now)...)
	case Evaluating:
		a = append(a, at(EvaluationClose, f.EvaluationCloses()))
		a = append(a, f.evaluationAgenda(now)...)
	}
	return a
}

// inHours postpones what is overdue to when the calendar may write to people:
// a system that comes back on a Saturday night keeps quiet until Monday.
func (f *Forloeb) inHours(e entry, now time.Time) time.Time {
	if e.At.After(now) || len(e.mails) == 0 && e.What != EvaluationDue && e.What != EvaluationNext && e.What != OfferEnds {
		return e.At
	}
	opens := f.calendar().office(now)
	switch e.What {
	case ConsentReminder, StillWaiting, FirstMeetingMail, NextMeetingMail, EvaluationReminder:
		opens = f.calendar().quietless(now)
	}
	if opens.After(now) {
		return opens
	}
	return e.At
}

// allMoot keeps the agenda and Moot of one mind: a date on which nothing
// would be planned is no date.
func (f *Forloeb) allMoot(mails []Mail, now time.Time) bool {
	for i := range mails {
		if !f.Moot(&mails[i], now) {
			return false
		}
	}
	return len(mails) > 0
}

// stuckMails are of one mind with mailTasks: a mail that its recipient has no
// use for any more opens no task, so it has no date either.
func (f *Forloeb) stuckMails(now time.Time) (a []entry) {
	for i := range f.Mails {
		m := &f.Mails[i]
		if m.Unsent() && !f.Moot(m, now) && f.everTask(TaskMail, mailSubject(m)) == nil {
			a = append(a, at(MailStuck, f.stuckAt(m)))
		}
	}
	return a
}

// lateMails are those that somebody has to decide about and that lose their
// meaning when a meeting begins: the task closes then, and not only when
// something else happens.
func (f *Forloeb) lateMails() (a []entry) {
	for _, t := range f.Tasks {
		if m := f.TaskMailOf(t); t.Open() && m != nil {
			if meeting := f.MeetingOf(m); meeting != nil && f.Moot(m, meeting.StartsAt) {
				a = append(a, at(MailTooLate, meeting.StartsAt))
			}
		}
	}
	return a
}

// Unsent reports whether the mail is sent by itself, as soon as that can be
// done.
func (m *Mail) Unsent() bool { return (m.State == MailPlanned || m.State == MailSending) && !m.Held }

func (f *Forloeb) stuckAt(m *Mail) time.Time {
	return f.always().days(m.PlannedAt, f.Policy.MailStuckDays)
}

func (f *Forloeb) consentAgenda() []entry {
	a := []entry{at(f.consentDuty(), f.ConsentCloses())}
	if f.AskedForFix() || f.SaidNo() {
		return a
	}
	for _, p := range f.Pending() {
		a = append(a, f.consentReminders(p)...)
	}
	return a
}

// consentDuty is what the deadline does: the application lapses, or a shared
// forløb begins with those who have joined.
func (f *Forloeb) consentDuty() Duty {
	if f.enough() {
		return JoinDeadline
	}
	return ConsentDeadline
}

// consentReminders are those a party has still to get. With the last one, the
// party who has answered hears that the other is silent.
func (f *Forloeb) consentReminders(p *Party) (a []entry) {
	m := f.askMail(p)
	if m == nil || m.SentAt.IsZero() || !p.Reachable() || f.mailTask(m) {
		return nil
	}
	for _, r := range f.reminders(p) {
		mails := []Mail{{Kind: MailConsentReminder, Recipient: p.ID, Ordinal: f.reminderOrdinal(p, r.number)}}
		if o := f.Other(p); r.number == len(f.Policy.ConsentReminders) && o != nil && o.Consent != nil {
			mails = append(mails, Mail{Kind: MailOtherMissing, Recipient: o.ID, Ordinal: f.reminderOrdinal(p, r.number)})
		}
		if !f.reminded(p, r.number) && r.at.Before(f.ConsentDeadline(p)) {
			a = append(a, entry{Due{ConsentReminder, r.at}, mails})
		}
	}
	return a
}

// reminderOrdinal numbers a reminder within what is asked; reopening asks anew.
func (f *Forloeb) reminderOrdinal(p *Party, n int) int64 {
	return f.askOrdinal(p)*100 + int64(f.reopenings())*10 + int64(n)
}

func (f *Forloeb) reopenings() (n int) {
	for _, e := range f.Events {
		if e.From.Closed() {
			n++
		}
	}
	return n
}

// reminded reports whether this reminder or a later one has been planned.
func (f *Forloeb) reminded(p *Party, n int) bool {
	for ; n <= mostReminders; n++ {
		if f.mail(MailConsentReminder, p.ID, f.reminderOrdinal(p, n)) != nil {
			return true
		}
	}
	return false
}

// RemindedTimes is how many reminders of the current request a party has got.
func (f *Forloeb) RemindedTimes(p *Party) int {
	for n := mostReminders; n > 0; n-- {
		if m := f.mail(MailConsentReminder, p.ID, f.reminderOrdinal(p, n)); m != nil && m.State != MailCancelled {
			return n
		}
	}
	return 0
}

func (f *Forloeb) stillWaiting() entry {
	when := f.NewsBy()
	ordinal := when.Unix()
	return f.toParties(StillWaiting, when, MailStillWaiting, ordinal, "")
}

func (f *Forloeb) matchAgain() []entry {
	if f.Choose() || f.Assignment() != nil {
		return nil
	}
	return []entry{at(MatchAgain, f.MatchAgainAt())}
}

// MatchAgainAt is when a consultant is next looked for: at once, or the next
// working morning when nobody had room.
func (f *Forloeb) MatchAgainAt() time.Time {
	if f.MatchTriedAt.Before(f.StatusSince) {
		return f.StatusSince
	}
	return f.calendar().morning(f.MatchTriedAt)
}

func (f *Forloeb) planningAgenda() (a []entry) {
	// Once each time it comes to planning: a cancelled only meeting begins anew.
	ordinal := int64(f.StatusSeq())
	if as := f.Assignment(); as != nil && f.mail(MailFirstMissing, as.Consultant.ID, ordinal) == nil {
		a = append(a, entry{Due{FirstMeetingMail, f.calendar().reminder(f.planningSince(), f.Policy.FirstMeetingMail)},
			[]Mail{{Kind: MailFirstMissing, Recipient: as.Consultant.ID, Ordinal: ordinal}}})
	}
	return append(a, f.taskAgenda(FirstMeetingTask, StartTask)...)
}

func (f *Forloeb) meetingAgenda(now time.Time) (a []entry) {
	for i := range f.Meetings {
		if m := &f.Meetings[i]; m.State == Booked {
			a = append(a, f.meetingReminder(m, now))
			a = append(a, f.registerReminders(m)...)
		}
	}
	if f.BookedCount() == 0 {
		a = append(a, f.nextMissing())
	}
	return append(a, f.taskAgenda(RegisterTask, NextMeetingTask, OpenTooLongTask, StartTask)...)
}

// meetingReminder is owed two working days before, unless the invitation
// itself came later than that.
func (f *Forloeb) meetingReminder(m *Meeting, now time.Time) entry {
	when := f.remindAt(m.StartsAt)
	if !when.After(m.BookedAt) || !m.StartsAt.After(now) {
		return entry{}
	}
	to := f.guestsToRemind(m, when)
	for _, p := range f.CurrentParties() {
		if p.Reachable() && f.IsFor(m, p) {
			to = append(to, p.ID)
		}
	}
	return f.toAll(at(MeetingReminder, when), to, Mail{Kind: MailMeetingReminder, Ordinal: meetingOrdinal(m), Ref: m.ID.String()})
}

// remindAt is when the parties are reminded of a meeting that starts then.
func (f *Forloeb) remindAt(start time.Time) time.Time {
	return f.calendar().office(f.calendar().before(start, f.Policy.MeetingReminder))
}

// registerReminders ask the consultant whether the meeting was held: the next
// working morning, and once more.
func (f *Forloeb) registerReminders(m *Meeting) (a []entry) {
	c := f.Consultant()
	if c == nil {
		return nil
	}
	first := f.calendar().morning(m.EndsAt)
	for n, when := range []time.Time{first, f.calendar().workingDays(first, f.Policy.RegisterAgain)} {
		mail := Mail{Kind: MailRegister, Recipient: c.ID, Ordinal: meetingOrdinal(m)*10 + int64(n) + 1, Ref: m.ID.String()}
		later := f.mail(MailRegister, c.ID, meetingOrdinal(m)*10+2)
		if f.mail(mail.Kind, c.ID, mail.Ordinal) == nil && later == nil {
			a = append(a, entry{Due{RegisterMail, when}, []Mail{mail}})
		}
	}
	return a
}

func (f *Forloeb) nextMissing() entry {
	c, since := f.Consultant(), f.lastMovement()
	if c == nil || since.IsZero() || f.mail(MailNextMissing, c.ID, since.Unix()) != nil {
		return entry{}
	}
	return entry{Due{NextMeetingMail, f.calendar().reminder(since, f.Policy.NextMeetingMail)},
		[]Mail{{Kind: MailNextMissing, Recipient: c.ID, Ordinal: since.Unix()}}}
}

func (f *Forloeb) sleepAgenda() []entry {
	told := f.calendar().morning(later(f.LastHeld(), f.StatusSince))
	return []entry{
		f.toParties(MeetingsDone, told, MailMeetingsDone, f.LastHeld().Unix(), ""),
		at(EvaluationDue, later(f.EvaluationAt(), f.StatusSince)),
	}
}

// evaluationAgenda asks in each wave, and reminds.
func (f *Forloeb) evaluationAgenda(now time.Time) (a []entry) {
	for _, t := range f.turns(now) {
		a = append(a, at(EvaluationNext, t.at))
	}
	closes := f.EvaluationCloses()
	for i := range f.Invitations {
		a = append(a, f.evaluationReminders(&f.Invitations[i], closes)...)
	}
	return a
}

// evaluationReminders are those to one party; closes is EvaluationCloses, which
// is the same for all who are asked in the last wave.
func (f *Forloeb) evaluationReminders(i *Invitation, closes time.Time) (a []entry) {
	p := f.Party(i.PartyID)
	request := f.requestMail(i)
	if p == nil || !p.Reachable() || !i.Open() || request == nil || request.SentAt.IsZero() || f.mailTask(request) {
		return nil
	}
	base, last := int64(i.Wave+1)*10, closes
	if !f.inLast(i) {
		last = f.ClosesFor(i)
	}
	for n, days := range f.Policy.EvaluationReminders {
		when := f.calendar().reminderDays(request.SentAt, days)
		if !f.evaluationReminded(i, n+1) && (last.IsZero() || when.Before(last)) {
			a = append(a, entry{Due{EvaluationReminder, when},
				[]Mail{{Kind: MailEvaluationReminder, Recipient: i.PartyID, Ordinal: base + int64(n) + 1}}})
		}
	}
	return a
}

func (f *Forloeb) evaluationReminded(i *Invitation, n int) bool {
	for ; n <= len(f.Policy.EvaluationReminders); n++ {
		if f.mail(MailEvaluationReminder, i.PartyID, int64(i.Wave+1)*10+int64(n)) != nil {
			return true
		}
	}
	return false
}

// Open reports whether an answer is still awaited.
func (i *Invitation) Open() bool { return i.AnsweredAt.IsZero() && i.RefusedAt.IsZero() }

// taskAgenda lists the dates on which these tasks open.
func (f *Forloeb) taskAgenda(duties ...Duty) (a []entry) {
	for _, t := range f.calendarTasks() {
		if slices.Contains(duties, t.Duty) && f.everTask(t.Kind, t.Subject) == nil {
			a = append(a, at(t.Duty, t.At))
		}
	}
	return a
}

func at(d Duty, t time.Time) entry { return entry{Due: Due{d, t}} }

// toParties is a mail to every party who can be reached and has not got it.
func (f *Forloeb) toParties(d Duty, when time.Time, kind MailKind, ordinal int64, ref string) entry {
	var to []uuid.UUID
	for _, p := range f.CurrentParties() {
		if p.Reachable() {
			to = append(to, p.ID)
		}
	}
	return f.toAll(at(d, when), to, Mail{Kind: kind, Ordinal: ordinal, Ref: ref})
}

// toAll is a mail to each who has not got it.
func (f *Forloeb) toAll(e entry, to []uuid.UUID, m Mail) entry {
	for _, m.Recipient = range to {
		if f.mail(m.Kind, m.Recipient, m.Ordinal) == nil {
			e.mails = append(e.mails, m)
		}
	}
	if len(e.mails) == 0 {
		return entry{}
	}
	return e
}

// ReminderAt is when a party is next reminded to answer; zero when not.
func (f *Forloeb) ReminderAt(p *Party) time.Time {
	if r := f.consentReminders(p); len(r) > 0 {
		return r[0].At
	}
	return time.Time{}
}

// EvaluationReminderAt is when somebody is next reminded of the evaluation;
// zero when not.
func (f *Forloeb) EvaluationReminderAt() (next time.Time) {
	closes := f.EvaluationCloses()
	for i := range f.Invitations {
		for _, e := range f.evaluationReminders(&f.Invitations[i], closes) {
			if next.IsZero() || e.At.Before(next) {
				next = e.At
			}
		}
	}
	return next
}

// MeetingReminderAt is when the parties are reminded of a meeting; zero when
// the invitation itself came later than that.
func (f *Forloeb) MeetingReminderAt(m *Meeting, now time.Time) time.Time {
	return f.meetingReminder(m, now).At
}

// everTask finds a task that is open or that a person has closed; nil when
// there is none. One that closed by itself may open again: a forløb that was
// withdrawn and opened again has its tasks back.
func (f *Forloeb) everTask(kind TaskKind, subject string) *Task {
	for i := range f.Tasks {
		if t := &f.Tasks[i]; t.Kind == kind && t.Subject == subject && (t.Open() || f.closedByHand(t)) {
			return t
		}
	}
	return nil
}

// closedByHand reads who closed a task from what people did at that moment.
func (f *Forloeb) closedByHand(t *Task) bool {
	for _, a := range f.Acts {
		closed := a.Name == FactsChanged && a.Detail == "task" && a.Ref == itoa(t.ID)
		left := a.Name == MailSettled && a.Detail == string(LetMailBe) && strings.HasPrefix(t.Subject, "mail:"+a.Ref+":")
		if (closed || left) && a.At.Equal(t.ClosedAt) {
			return true
		}
	}
	return false
}
