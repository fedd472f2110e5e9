package forloeb

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// wantedTask is a task that the facts call for from a date on.
type wantedTask struct {
	Kind    TaskKind
	Subject string
	Duty    Duty      // the calendar's name for the date, empty when at once
	At      time.Time // zero: at once
}

// wanted lists the tasks the facts call for now. A task whose cause is gone
// closes by itself; one that was closed by a person is not opened again for
// the same subject.
func (f *Forloeb) wanted(now time.Time) (tasks []wantedTask) {
	tasks = f.mailTasks(now)
	if f.Status.Closed() {
		return append(append(tasks, f.nobodyAnswered()...), f.reopenAsked()...)
	}
	tasks = append(tasks, f.partyTasks(now)...)
	tasks = append(tasks, f.tooFewLeft()...)
	tasks = append(tasks, f.pauseAsked()...)
	if f.Paused(now) != nil {
		return tasks // nobody is to do anything until it goes on
	}
	tasks = append(tasks, f.decisionTasks()...)
	for _, t := range f.calendarTasks() {
		if !t.At.IsZero() && !t.At.After(now) {
			tasks = append(tasks, t)
		}
	}
	return tasks
}

// mailSubject changes with every time a person sends the mail again, so that
// a mail that fails anew opens a new task.
func mailSubject(m *Mail) string { return "mail:" + itoa(m.ID) + ":" + strconv.Itoa(m.Resends) }

func (f *Forloeb) mailTasks(now time.Time) (tasks []wantedTask) {
	for i := range f.Mails {
		m := &f.Mails[i]
		if f.Moot(m, now) {
			continue
		}
		switch {
		case m.Held && m.State == MailPlanned:
			tasks = append(tasks, wantedTask{Kind: TaskMailHeld, Subject: mailSubject(m)})
		case m.State == MailFailed, m.State == MailUncertain:
			tasks = append(tasks, wantedTask{Kind: TaskMail, Subject: mailSubject(m)})
		case m.Unsent() && !f.stuckAt(m).After(now):
			tasks = append(tasks, wantedTask{Kind: TaskMail, Subject: mailSubject(m)})
		}
	}
	return tasks
}

func (f *Forloeb) partyTasks(now time.Time) (tasks []wantedTask) {
	for _, p := range f.everyParty() {
		if f.out(p) && !f.askedAgain(p, now) {
			continue
		}
		id := p.ID.String()
		if !p.FixAskedAt.IsZero() {
			tasks = append(tasks, wantedTask{Kind: TaskFix, Subject: fmt.Sprintf("%s:%d", id, f.Application.Revision)})
		}
		if !p.NotMeAt.IsZero() {
			tasks = append(tasks, wantedTask{Kind: TaskWrongPerson, Subject: fmt.Sprintf("%s:%d", id, p.LinkVersion)})
		}
		if f.Contested(p) {
			tasks = append(tasks, wantedTask{Kind: TaskContested, Subject: fmt.Sprintf("%s:%d", id, p.ContestedAt.Unix())})
		}
		if !p.LeftAt.IsZero() {
			tasks = append(tasks, wantedTask{Kind: TaskPartyLeft, Subject: id})
		}
		if c := p.Consent; c != nil && c.Answer == Yes && !sameName(c.Signature, p.Contact.Name) {
			tasks = append(tasks, wantedTask{Kind: TaskSignature, Subject: fmt.Sprintf("%s:%d", id, c.Revision)})
		}
		if flag := f.mailboxFlag(p); flag != "" {
			tasks = append(tasks, wantedTask{Kind: flag, Subject: fmt.Sprintf("%s:%d", id, p.LinkVersion)})
		}
		if f.sameDevice(p) {
			tasks = append(tasks, wantedTask{Kind: TaskSameDevice, Subject: fmt.Sprintf("%s:%d", id, p.Consent.Revision)})
		}
		// A no after the start, of a replacement or in place of what was noted,
		// does not stop the forløb; a person has to talk to them.
		if c := p.Consent; c != nil && c.Answer == No && f.Status != AwaitingConsent {
			tasks = append(tasks, wantedTask{Kind: TaskPartyLeft, Subject: id + ":no"})
		}
	}
	return tasks
}

// mailboxFlag is what is worth a look about the address that a yes came from,
// until a meeting is held: then somebody has met them. A representative may
// well use a private address, and the form advises it; a leader has one at work.
func (f *Forloeb) mailboxFlag(p *Party) TaskKind {
	c := p.Consent
	switch {
	case c == nil || c.Answer != Yes || c.Channel != ByLink || f.HeldCount() > 0:
		return ""
	case SharedMailbox(p.Contact.Email):
		return TaskSharedMailbox
	case p.Side == Leader && PrivateMailbox(p.Contact.Email):
		return TaskPrivateMailbox
	}
	return ""
}

// sameDeviceWithin is how shortly after each other two answers come when the
// same person may have given both. A whole town hall can look like one browser
// from outside, but seldom answers in the same ten minutes.
const sameDeviceWithin = 10 * time.Minute

// sameDevice reports whether a party's yes is the second of its workplace that
// came from one browser, until a meeting is held.
func (f *Forloeb) sameDevice(p *Party) bool {
	other := f.Other(p)
	if other == nil || f.HeldCount() > 0 {
		return false
	}
	second, first := p.Consent, other.Consent
	return second != nil && first != nil && second.Answer == Yes && first.Answer == Yes &&
		second.Device != "" && second.Device == first.Device && f.answersAfter(p, other) && second.At.Sub(first.At) <= sameDeviceWithin
}

// answersAfter settles also who was the second of two at the same instant.
func (f *Forloeb) answersAfter(p, other *Party) bool {
	if p.Consent.At.Equal(other.Consent.At) {
		return p.Side == Rep
	}
	return p.Consent.At.After(other.Consent.At)
}

// sameName compares a signature with the name on the application: spaces and
// case do not matter, and a signature may leave names out.
func sameName(signature, name string) bool {
	if name == "" || signature == "" {
		return true // erased, or noted by telephone
	}
	parts := strings.Fields(strings.ToLower(name))
	for _, word := range strings.Fields(strings.ToLower(signature)) {
		if !contains(parts, strings.Trim(word, ".")) {
			return false
		}
	}
	return true
}

func contains(names []string, word string) bool {
	for _, n := range names {
		if n == word || len(word) == 1 && strings.HasPrefix(n, word) {
			return true
		}
	}
	return false
}

// tooFewLeft: a shared forløb goes on with one workplace as long as nobody
// decides otherwise.
func (f *Forloeb) tooFewLeft() []wantedTask {
	n := len(f.Participants())
	if !f.Shared() || f.Status == AwaitingConsent || n >= f.Quorum() {
		return nil
	}
	return []wantedTask{{Kind: TaskTooFew, Subject: strconv.Itoa(n)}}
}

func (f *Forloeb) decisionTasks() (tasks []wantedTask) {
	seq := strconv.Itoa(f.StatusSeq())
	if f.recusedNow() {
		tasks = append(tasks, wantedTask{Kind: TaskRecused, Subject: itoa(f.Assignment().ID) + ":" + f.Recused.String()})
	}
	switch {
	case f.Status == AwaitingAssessment && f.Decision == "":
		return append(tasks, wantedTask{Kind: TaskAssess, Subject: seq})
	case f.Status == AwaitingConsultant && f.Assignment() == nil && (f.Choose() || !f.MatchTriedAt.Before(f.StatusSince)):
		if a := f.chosenInVain(); a != nil {
			seq += ":" + itoa(a.ID) // another no is another choice to make
		}
		return append(tasks, wantedTask{Kind: TaskNoConsultant, Subject: seq})
	}
	return tasks
}

// calendarTasks are those that open on a date as long as their cause holds.
func (f *Forloeb) calendarTasks() (tasks []wantedTask) {
	p := f.calendar()
	if f.Status == Planning && f.Assignment() != nil {
		a := f.Assignment()
		tasks = append(tasks, wantedTask{TaskFirstMeeting, strconv.FormatInt(a.ID, 10), FirstMeetingTask, p.workingDays(f.planningSince(), p.FirstMeetingTask)})
	}
	if (f.Status == Planning || f.Status == InProgress) && f.HeldCount() == 0 {
		tasks = append(tasks, wantedTask{TaskStart, "start", StartTask, f.StartBy()})
	}
	if f.Status == InProgress {
		tasks = append(tasks, f.meetingTasks()...)
	}
	return tasks
}

func (f *Forloeb) meetingTasks() (tasks []wantedTask) {
	p := f.calendar()
	for i := range f.Meetings {
		if m := &f.Meetings[i]; m.State == Booked {
			subject := fmt.Sprintf("%s:%d", m.ID, m.Sequence)
			tasks = append(tasks, wantedTask{TaskRegister, subject, RegisterTask, p.workingDays(p.morning(m.EndsAt), p.RegisterTask)})
		}
	}
	if since := f.lastMovement(); f.BookedCount() == 0 && !since.IsZero() {
		tasks = append(tasks, wantedTask{TaskNextMeeting, strconv.FormatInt(since.Unix(), 10), NextMeetingTask, p.workingDays(since, p.NextMeetingTask)})
	}
	if taken := f.TakenAssignments(); len(taken) > 0 {
		tasks = append(tasks, wantedTask{TaskOpenTooLong, "open", OpenTooLongTask, p.months(taken[0].Since(), p.OpenMonths)})
	}
	return tasks
}

func (f *Forloeb) nobodyAnswered() []wantedTask {
	if f.Status != Completed {
		return nil
	}
	for _, i := range f.lastInvitations() {
		if !i.AnsweredAt.IsZero() {
			return nil
		}
	}
	return []wantedTask{{Kind: TaskNobodyAnswered, Subject: strconv.Itoa(f.StatusSeq())}}
}

// reopenAsked: while it can still be done.
func (f *Forloeb) reopenAsked() (tasks []wantedTask) {
	for _, p := range f.CurrentParties() {
		if p.ReopenAskedAt.After(f.StatusSince) && f.reopenable() {
			tasks = append(tasks, wantedTask{Kind: TaskReopenAsked, Subject: strconv.Itoa(f.StatusSeq())})
			break
		}
	}
	return tasks
}
