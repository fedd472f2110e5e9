package api

import (
	"net/url"
	"time"

	"example.dk/spark/internal/forloeb"
)

// meetingStage is how a meeting stands to somebody who looks at it now.
type meetingStage string

// A booked meeting is ahead, going on or over until the consultant says what
// became of it.
const (
	meetingAhead     meetingStage = "ahead"
	meetingBegun     meetingStage = "begun"
	meetingOver      meetingStage = "over"
	meetingHeld      meetingStage = "held"
	meetingNotHeld   meetingStage = "not_held"
	meetingCancelled meetingStage = "cancelled"
)

// stageOf is a meeting's stage at an instant.
func stageOf(m *forloeb.Meeting, now time.Time) meetingStage {
	switch {
	case m.State == forloeb.Held:
		return meetingHeld
	case m.State == forloeb.NoShow:
		return meetingNotHeld
	case m.State == forloeb.Cancelled:
		return meetingCancelled
	case !m.EndsAt.After(now):
		return meetingOver
	case !m.StartsAt.After(now):
		return meetingBegun
	}
	return meetingAhead
}

// invitee is somebody who is asked to a meeting.
type invitee struct{ Name, Role string }

// meetingLink leads to the page of a meeting.
type meetingLink struct{ Name, Address string }

// otherTimeForm asks for another time.
type otherTimeForm struct {
	Starts    int64  `form:"starts"`     // the time the page showed, in seconds since 1970
	OtherTime string `form:"other_time"` // what suits better, as typed
	Ask       string `form:"ask"`        // the button
}

// meetingPage is one meeting as a party sees it: when, where, who, and what
// to do when prevented.
//
// States: each stage; moved; at a place, online, or at no place yet; with
// errors; the consultant told just now (JustAsked) or before (AskedAt), which
// the next one will be while there is none; the other party has asked; being
// worked on (Waiting).
type meetingPage struct {
	Base
	Links     partyLinks
	Reference string
	Workplace string

	Name        string // "Møde 2 – torsdag den …": what it is called and when it is
	Stage       meetingStage
	StartsAt    time.Time
	MovedFrom   time.Time // zero unless it is ahead and had another start
	CancelledAt time.Time // zero unless it is cancelled
	Place       string
	Online      *url.URL // the place, when it is an address
	PrepTask    string   // what is to be prepared; empty when nothing is
	Invited     []invitee
	Consultant  contactCard // empty while there is none
	Address     string      // of this page
	Calendar    string      // the calendar file; empty when it is not for a calendar
	Next        meetingLink // another one to come; empty when there is none
	Waiting     waitingBox  // empty unless it is being worked on

	CanAsk     bool
	AskedAt    time.Time // zero unless this party has
	JustAsked  bool
	OtherAsked string // the side of the other party, when that has asked
	Form       otherTimeForm
}

func (*meetingPage) template() string { return "meeting" }

// meetingLine is a meeting in a list.
type meetingLine struct {
	meetingLink
	State string
}

// meetingsPage lists the meetings when none is to come and none was named.
//
// States: with meetings behind, and without any.
type meetingsPage struct {
	Base
	Links     partyLinks
	Reference string
	Workplace string
	Waiting   waitingBox
	Meetings  []meetingLine
}

func (*meetingsPage) template() string { return "meetings" }
