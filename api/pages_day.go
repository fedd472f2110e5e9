package api

import (
	"net/url"
	"time"
)

// dayPage is a consultant's day: what waits for them, where they are to be,
// and their forløb.
//
// States: with something in each part; with nothing that waits; without any
// forløb.
type dayPage struct {
	Base
	Today time.Time
	Live  liveStream
	Now   []dayTask // to do at once
	Soon  []dayMeeting
	Plan  []dayTask // forløb in which meetings are missing
	Own   []ownLine
}

func (*dayPage) template() string { return "day" }

// Idle reports whether nothing waits for the consultant.
func (p *dayPage) Idle() bool { return len(p.Now)+len(p.Plan) == 0 }

// dayTask is one thing to do about a forløb.
type dayTask struct {
	Case     ownCase
	Sentence string
	Words    []string // the parties' own; may be none
	Calls    []call
	Ways     []dayWay
}

// dayWay is a button of the day.
type dayWay struct {
	Label   string
	With    string // the workplace, where the label does not say it
	Address string
}

// ownCase is the way to one of the consultant's own forløb.
type ownCase struct {
	Address, Workplace, Reference string
}

// call is a party who can be called.
type call struct {
	Who   string // "lederen"
	Name  string
	Phone string
}

// dayMeeting is a meeting today or tomorrow.
type dayMeeting struct {
	Case  ownCase
	When  string // "I dag kl. 13.00–16.00"
	Name  string // "Møde 2"
	Place meetingPlace
	Calls []call
}

// meetingPlace is where a meeting is: in words, or at an address on the web.
type meetingPlace struct {
	Words  string
	Online *url.URL
}

// ownLine is one of the consultant's forløb in a list.
type ownLine struct {
	ID       string
	Case     ownCase
	Status   badge
	Sentence string
}

// ownPage lists a consultant's own forløb.
//
// States: open ones and closed ones, some and none; more than a page.
type ownPage struct {
	Base
	Closed bool
	Live   liveStream
	List   []ownLine
	First  string // the beginning of the list, from a page further on
	Next   string // the next page; empty on the last one
}

func (*ownPage) template() string { return "own" }

// calendarPage is a consultant's meetings and leave, month by month.
//
// States: with something ahead and past; with nothing; followed by a calendar
// elsewhere, or not.
type calendarPage struct {
	Base
	Live     liveStream
	Ahead    []calendarMonth
	Past     []calendarMonth
	Followed followedCalendar
}

func (*calendarPage) template() string { return "calendar" }

// followedCalendar is the link by which a calendar elsewhere follows the
// meetings, and where it is made and stopped.
type followedCalendar struct {
	Address    string    // empty while there is none
	Since      time.Time // when it was made
	Make, Drop string
	Version    int // of the link, as the forms carry it
}

// calendarMonth is one month of it.
type calendarMonth struct {
	Name    string
	Entries []calendarEntry
}

// calendarEntry is a meeting, or a period of leave: then there is no forløb.
type calendarEntry struct {
	When  string
	Name  string
	State string // what has become of a meeting; empty while it is ahead
	Place meetingPlace
	Case  ownCase
}
