package api

import "time"

// waitingBox says why nothing happens just now.
type waitingBox struct {
	Sentence string
	OnYou    bool   // the reader is the one we wait for
	On       string // whom we wait for, to staff: "konsulenten"; may be empty
	Action   string // what the reader can do about it: the button's words
	Address  string // and where
	Refresh  int    // seconds until the page looks again, 0 when it need not
	Live     string // the stream that tells the page to look again; may be empty
}

// when is where a line of the timeline lies.
type when string

const (
	past   when = "past"
	next   when = "next"
	future when = "future"
)

// timelineItem is one line of the timeline.
type timelineItem struct {
	ID      string // its address on the page; may be empty
	When    when
	At      time.Time // zero when there is no date yet
	Date    string    // as it is shown: a date, an interval or "Ikke aftalt endnu"
	Text    string
	Link    string // to a page about it; may be empty
	Linking string // the link's words
}

// contactCard is how to reach the consultant.
type contactCard struct {
	Name, Phone, Email string
}

// prepCard is what is to be prepared for a meeting.
type prepCard struct {
	Meeting time.Time // its start
	Text    string
	Address string // the meeting's page
}

// statusPage is a party's own page: what we wait for, what has happened, what
// comes and what can be changed.
//
// States: before a consultant (Started false: "Jeres ansøgning"); with one;
// waiting for the reader; in a network; being worked on (Waiting.Refresh); closed, perhaps
// with a reason from the secretariat, a way to ask for it to be opened again
// and a way to apply again.
type statusPage struct {
	Base
	Links      partyLinks
	Reference  string
	Workplace  string
	Started    bool // a consultant has been assigned
	Waiting    waitingBox
	Consultant contactCard // empty before there is one
	Timeline   []timelineItem
	PrepTask   prepCard   // for the next meeting; empty when there is none
	Plans      []planCard // what is agreed on
	Guests     []string   // who else hears of the meetings, by name
	AddGuest   bool       // one can be written on, or taken off
	Network    bool       // there is a list of those who share their mail

	Closed     bool
	Reason     string // why the secretariat stopped or rejected it
	AskReopen  bool
	AskPause   bool
	ApplyAgain string // the form, filled in; empty while open
}

func (*statusPage) template() string { return "status" }

// withdrawPage lists what happens before a party withdraws the application or
// stops the forløb, or takes its own workplace out of a shared one.
//
// States: asking, before and after a consultant is assigned; done; both of a
// workplace.
type withdrawPage struct {
	Base
	Links           partyLinks
	Reference       string
	Workplace       string // the one that leaves a shared forløb; else empty
	Started         bool
	Other           string      // the other party
	Consultant      contactCard // empty before there is one
	Meetings        []time.Time // booked, and cancelled by this
	EvaluationAhead bool
	EraseAt         time.Time
	Reason          string // as typed

	DoneAt      time.Time // zero while asking
	ReopenUntil time.Time
}

func (*withdrawPage) template() string { return "withdraw" }

// leftForm says who takes over, if the party knows.
type leftForm struct {
	Name  string `form:"name"`
	Email string `form:"email"`
}

// leftPage is where a party says that they have left the workplace.
//
// States: asking; with errors; done.
type leftPage struct {
	Base
	Links     partyLinks
	Reference string
	Form      leftForm
	Done      bool
}

func (*leftPage) template() string { return "left" }

// contactForm is a party's own mail and telephone.
type contactForm struct {
	Email string `form:"email"`
	Phone string `form:"phone"`
}

// contactPage is where a party corrects their own mail or telephone.
//
// States: asking; with errors; done with the same address; done with a new
// one, to which a new link is sent (NewLink).
type contactPage struct {
	Base
	Links     partyLinks
	Reference string
	Form      contactForm
	Done      bool
	NewLink   bool
}

func (*contactPage) template() string { return "contact" }
