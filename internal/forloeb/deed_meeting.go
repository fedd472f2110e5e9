package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// MaxMeetingLength is the longest meeting: one whole day.
const MaxMeetingLength = 10 * time.Hour

// BookMeeting books a meeting ahead.
type BookMeeting struct {
	Meeting  uuid.UUID // the new meeting's id
	StartsAt time.Time
	EndsAt   time.Time
	Place    string
	OddHours bool // confirmed that it lies outside 07–20

	Workplaces []uuid.UUID // of a shared forløb, those it is for; none: all
}

// Line names the act.
func (d BookMeeting) Line() Line { return Line{Name: MeetingBooked, Ref: d.Meeting.String()} }

// Check: a meeting to come, within the number planned, until the evaluation
// has begun.
func (d BookMeeting) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := first(f.mayBook(), f.times(d.StartsAt, d.EndsAt, d.OddHours)); err != nil {
		return err
	}
	if !d.StartsAt.After(now) {
		return f.refuseOn(RefuseMeetingPast, d.StartsAt)
	}
	return first(f.takePart(d.Workplaces), f.notPaused(d.StartsAt, now), f.room(), f.clash(d.Meeting, d.StartsAt, d.EndsAt))
}

// mayMeet: with a consultant, until the evaluation has begun.
func (f *Forloeb) mayMeet() error {
	if err := first(f.open(), f.in(Planning, InProgress, AwaitingEvaluation)); err != nil {
		return err
	}
	if f.Assignment() == nil {
		return f.refuse(RefuseNotAssigned)
	}
	return nil
}

// mayBook: also whoever is asked may, and says yes by it.
func (f *Forloeb) mayBook() error {
	if f.Status == AwaitingConsultant && f.Assignment() != nil {
		return f.open()
	}
	return f.mayMeet()
}

// times: a start before an end, not absurdly long, in decent hours unless
// that was confirmed.
func (f *Forloeb) times(start, end time.Time, confirmed bool) error {
	switch {
	case start.IsZero() || !end.After(start) || end.Sub(start) > MaxMeetingLength:
		return f.refuseOn(RefuseBadMeetingTime, start)
	case !confirmed && oddHours(start, end):
		return f.refuseOn(RefuseMeetingHours, start)
	}
	return nil
}

func oddHours(start, end time.Time) bool {
	s, e := start.In(Copenhagen), end.In(Copenhagen)
	evening := time.Date(s.Year(), s.Month(), s.Day(), 20, 0, 0, 0, Copenhagen)
	return s.Hour() < 7 || e.After(evening)
}

// room: no more meetings than planned may be held and booked together. A
// meeting after the planned ones waits for extra ones to be granted.
func (f *Forloeb) room() error {
	if f.HeldCount()+f.BookedCount() < f.Required() {
		return nil
	}
	if f.Required() >= f.Policy.MaxMeetings {
		return &Refusal{Code: RefuseTooManyMeetings, Status: f.Status, N: f.Policy.MaxMeetings}
	}
	return &Refusal{Code: RefuseNeedsExtraMeetings, Status: f.Status, N: f.Required()}
}

// clash: not at the same time as another meeting of this forløb.
func (f *Forloeb) clash(id uuid.UUID, start, end time.Time) error {
	for _, m := range f.Meetings {
		if m.ID != id && (m.State == Booked || m.State == Held) && start.Before(m.EndsAt) && m.StartsAt.Before(end) {
			return f.refuseOn(RefuseMeetingBookedAlready, m.StartsAt)
		}
	}
	return nil
}

// RecordMeeting writes down a meeting that was held without being booked.
type RecordMeeting struct {
	Meeting  uuid.UUID
	StartsAt time.Time
	EndsAt   time.Time
	Place    string
	OddHours bool

	Workplaces []uuid.UUID // of a shared forløb, those it was for; none: all
}

// Line names the act.
func (d RecordMeeting) Line() Line { return Line{MeetingRegistered, d.Meeting.String(), "recorded"} }

// Check: over, and not too long ago.
func (d RecordMeeting) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := first(f.mayMeet(), f.times(d.StartsAt, d.EndsAt, d.OddHours)); err != nil {
		return err
	}
	switch {
	case d.EndsAt.After(now):
		return f.refuseOn(RefuseMeetingNotBegun, d.StartsAt)
	case d.StartsAt.Before(f.calendar().daysBack(now, f.Policy.RecordBackDays)):
		return &Refusal{Code: RefuseMeetingTooFarBack, Status: f.Status, Date: d.StartsAt, N: f.Policy.RecordBackDays}
	}
	return first(f.takePart(d.Workplaces), f.room(), f.clash(d.Meeting, d.StartsAt, d.EndsAt))
}

// MoveMeeting gives a booked meeting another time or place.
type MoveMeeting struct {
	Meeting  uuid.UUID
	StartsAt time.Time
	EndsAt   time.Time
	Place    string // kept when empty
	OddHours bool
}

// Line names the act.
func (d MoveMeeting) Line() Line { return Line{Name: MeetingMoved, Ref: d.Meeting.String()} }

// Check: a booked meeting, to a time to come.
func (d MoveMeeting) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := first(f.mayMeet(), f.booked(d.Meeting), f.times(d.StartsAt, d.EndsAt, d.OddHours)); err != nil {
		return err
	}
	if !d.StartsAt.After(now) {
		return f.refuseOn(RefuseMeetingPast, d.StartsAt)
	}
	return first(f.notPaused(d.StartsAt, now), f.clash(d.Meeting, d.StartsAt, d.EndsAt))
}

func (f *Forloeb) booked(id uuid.UUID) error {
	m := f.Meeting(id)
	switch {
	case m == nil:
		return f.refuse(RefuseNotFound)
	case m.State != Booked:
		return f.refuseOn(RefuseMeetingNotBooked, m.StartsAt)
	}
	return nil
}

// CancelMeeting cancels a booked meeting.
type CancelMeeting struct {
	Meeting uuid.UUID
	Reason  string
}

// Line names the act.
func (d CancelMeeting) Line() Line { return Line{Name: MeetingCancelled, Ref: d.Meeting.String()} }

// Check: it is booked.
func (d CancelMeeting) Check(f *Forloeb, by Actor, now time.Time) error {
	return first(f.mayMeet(), f.booked(d.Meeting))
}

// RegisterMeeting says whether a meeting was held. It can be corrected for a
// while.
type RegisterMeeting struct {
	Meeting uuid.UUID
	Held    bool
	First   bool // refused when something has been said already
}

// State is what the meeting becomes.
func (d RegisterMeeting) State() MeetingState {
	if d.Held {
		return Held
	}
	return NoShow
}

// Line names the act.
func (d RegisterMeeting) Line() Line {
	return Line{MeetingRegistered, d.Meeting.String(), string(d.State())}
}

// Check: begun, and within the time in which it can be corrected. Registering
// the same again is no mistake: it shows the first.
func (d RegisterMeeting) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := f.mayMeet(); err != nil {
		return err
	}
	m := f.Meeting(d.Meeting)
	switch {
	case m == nil:
		return f.refuse(RefuseNotFound)
	case m.State == Cancelled, d.First && m.State != Booked:
		return f.refuseOn(RefuseMeetingNotBooked, m.StartsAt)
	case m.StartsAt.After(now):
		return f.refuseOn(RefuseMeetingNotBegun, m.StartsAt)
	case m.State != Booked && now.After(f.CorrectUntil(m)):
		return f.refuseOn(RefuseTooLongAgo, f.CorrectUntil(m))
	case d.Held && m.State == NoShow && f.HeldCount()+f.BookedCount() >= f.Policy.MaxMeetings:
		return &Refusal{Code: RefuseTooManyMeetings, Status: f.Status, N: f.Policy.MaxMeetings}
	}
	return nil
}

// GrantExtra plans more meetings than the default (seed A20).
type GrantExtra struct {
	N      int
	Reason string
}

// Line names the act.
func (d GrantExtra) Line() Line { return Line{Name: ExtraMeetingsGranted} }

// Check: a couple more, with a reason.
func (d GrantExtra) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := first(f.mayMeet(), f.needReason(d.Reason)); err != nil {
		return err
	}
	if d.N < 1 || f.Required()+d.N > f.Policy.MaxMeetings {
		return &Refusal{Code: RefuseTooManyMeetings, Status: f.Status, N: f.Policy.MaxMeetings}
	}
	return nil
}

// FinishMeetings says that the last meeting has been held before the planned
// number is. What is still booked is cancelled.
type FinishMeetings struct{ Reason string }

// Line names the act.
func (d FinishMeetings) Line() Line { return Line{Name: MeetingsFinished} }

// Check: at least one is held (seed A21: short forløb are fine).
func (d FinishMeetings) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := first(f.open(), f.in(InProgress)); err != nil {
		return err
	}
	if f.HeldCount() == 0 {
		return f.refuse(RefuseNoMeetingHeld)
	}
	return nil
}
