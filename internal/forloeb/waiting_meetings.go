package forloeb

import "time"

// planningWait says when the consultant makes contact and when the first
// meeting is held at the latest.
func (f *Forloeb) planningWait(now time.Time) Waiting {
	a := f.Assignment()
	if a == nil {
		return f.assignmentWait()
	}
	if w := f.takingOver(a, now); w.Key != "" {
		return w
	}
	if f.lastMovement().After(a.Since()) {
		if w := f.nothingBooked(); !passed(w.Deadline, now) {
			return w
		}
		return f.startWait(a, now)
	}
	late := f.FollowUpBy(f.calendar().workingDays(a.Since(), f.Policy.FirstMeetingTask))
	switch contact := f.ContactBy(); {
	case !passed(contact, now):
		return Waiting{Key: WaitPlanContact, Since: a.Since(), Deadline: contact}
	case !passed(late, now):
		return Waiting{Key: WaitPlanContactLate, Since: a.Since(), Deadline: contact, Next: late}
	}
	return f.startWait(a, now)
}

func (f *Forloeb) startWait(a *Assignment, now time.Time) Waiting {
	w := Waiting{Key: WaitPlanStartBy, Since: a.Since(), Deadline: f.StartBy()}
	if passed(w.Deadline, now) {
		w.Key, w.Next = WaitPlanStartByLate, f.FollowUpBy(w.Deadline)
	}
	return w
}

// takingOver is said of a new consultant until there is news of a meeting.
func (f *Forloeb) takingOver(a *Assignment, now time.Time) Waiting {
	contact := f.ContactBy()
	if len(f.TakenAssignments()) < 2 || passed(contact, now) || f.meetingNews().After(a.Since()) {
		return Waiting{}
	}
	w := Waiting{Key: WaitReassign, Since: a.Since(), Deadline: contact}
	if next := f.NextMeeting(now); next != nil {
		w.At = next.StartsAt
	}
	return w
}

// meetingNews is when something last happened to a meeting.
func (f *Forloeb) meetingNews() (at time.Time) {
	for _, m := range f.Meetings {
		at = later(at, later(m.BookedAt, m.StateAt))
	}
	return at
}

// meetingWait says what comes first: a meeting today, one to be registered,
// the next one, or that none is booked.
func (f *Forloeb) meetingWait(now time.Time) Waiting {
	next := f.NextMeeting(now)
	if next != nil && sameDay(next.StartsAt, now) {
		return f.meetingNamed(WaitMeetToday, next)
	}
	if m := f.unregistered(now); m != nil {
		return f.registerWait(m, now)
	}
	if a := f.Assignment(); a != nil {
		if w := f.takingOver(a, now); w.Key != "" {
			return w
		}
	}
	if next != nil {
		w := f.meetingNamed(WaitMeetNext, next)
		w.Next = f.MeetingReminderAt(next, now)
		return w
	}
	return f.unplannedWait(now)
}

func (f *Forloeb) meetingNamed(key WaitKey, m *Meeting) Waiting {
	n := f.MeetingNumber(m)
	return Waiting{Key: key, N: n, M: max(n, f.Required()), At: m.StartsAt}
}

// unregistered is the oldest meeting that is over and still only booked.
func (f *Forloeb) unregistered(now time.Time) *Meeting {
	for i := range f.Meetings {
		if m := &f.Meetings[i]; m.State == Booked && !m.EndsAt.After(now) {
			return m
		}
	}
	return nil
}

func (f *Forloeb) registerWait(m *Meeting, now time.Time) Waiting {
	w := f.meetingNamed(WaitMeetRegister, m)
	w.Since = m.StartsAt
	w.Deadline = f.calendar().workingDays(f.calendar().morning(m.EndsAt), f.Policy.RegisterTask)
	if passed(w.Deadline, now) {
		w.Key, w.Next = WaitMeetRegisterLate, f.FollowUpBy(w.Deadline)
	}
	return w
}

func (f *Forloeb) unplannedWait(now time.Time) Waiting {
	if f.lastMoved() == nil {
		return f.planningWait(now)
	}
	w := f.nothingBooked()
	if !passed(w.Deadline, now) {
		return w
	}
	since := f.lastMovement()
	task := f.calendar().workingDays(since, f.Policy.NextMeetingTask)
	return Waiting{Key: WaitMeetUnplannedLate, Since: since, Deadline: w.Deadline, Next: f.FollowUpBy(task)}
}

// nothingBooked says what became of the last meeting and by when the
// consultant has found another.
func (f *Forloeb) nothingBooked() Waiting {
	w := Waiting{Key: WaitMeetUnplanned, K: f.HeldCount(), M: f.Required(), Since: f.LastHeld(),
		Deadline: f.calendar().reminder(f.lastMovement(), f.Policy.NextMeetingMail)}
	switch m := f.lastMoved(); {
	case m == nil || m.State == Held:
	case m.State == Cancelled:
		w.Key, w.At = WaitMeetCancelled, m.StartsAt
	case m.State == NoShow:
		w.Key, w.Since = WaitMeetNoShow, m.StartsAt
	}
	return w
}

// lastMoved is the meeting that was held, cancelled or not held last.
func (f *Forloeb) lastMoved() (last *Meeting) {
	var at time.Time
	for i := range f.Meetings {
		m := &f.Meetings[i]
		moved := m.StateAt
		if m.State == Held {
			moved = m.EndsAt
		}
		if m.State != Booked && !moved.Before(at) {
			last, at = m, moved
		}
	}
	return last
}
