package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// Diary is what a consultant's calendar holds: the meetings of all their
// forløb, and their leave.
type Diary struct {
	Busy   []Busy  // by start
	Leaves []Leave // by first day
}

// Busy is one meeting in a consultant's calendar.
type Busy struct {
	Forloeb      uuid.UUID
	Reference    string
	Meeting      uuid.UUID
	Number       int    // as people know the meeting within its forløb
	Municipality string // of the workplace: three digits as text; of a regional one its region's code
	From, To     time.Time
}

// travelTime is kept free between two meetings in different municipalities.
// Nobody's rule: enough to get from one to the next in most of the country,
// and a person may book closer.
const travelTime = time.Hour

// near reports whether another meeting leaves no time for this one.
func (b Busy) near(municipality string, start, end time.Time) bool {
	travel := travelTime
	if b.Municipality == municipality {
		travel = 0
	}
	return start.Before(b.To.Add(travel)) && b.From.Before(end.Add(travel))
}

// covers reports whether a day lies in the leave.
func (l Leave) covers(t time.Time) bool {
	day := noon(t, 0)
	return !day.Before(noon(l.From, 0)) && !day.After(noon(l.To, 0))
}

// OwnMeeting is a meeting as its consultant needs it on the road.
type OwnMeeting struct {
	Forloeb      uuid.UUID
	Reference    string
	Status       Status // of the forløb
	Workplace    string
	Municipality string // three digits as text
	Meeting      uuid.UUID
	Number       int // as people know the meeting within its forløb
	StartsAt     time.Time
	EndsAt       time.Time
	Place        string
	State        MeetingState
	Attendees    []Attendee // the parties who can be called, the leader first
	Now          time.Time  // on the forløb's own clock: whether it is over is asked of this
}

// Attendee is one of the parties to call about a meeting.
type Attendee struct {
	Side  Side
	Role  Role
	Name  string
	Phone string // optional
}

// Unregistered reports whether the meeting is over and nobody has said if it
// was held.
func (m OwnMeeting) Unregistered() bool { return m.State == Booked && !m.EndsAt.After(m.Now) }
