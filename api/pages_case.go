package api

import (
	"net/url"
	"time"
)

// casePage is one forløb as staff see it: where it stands, what can be done
// now, what has happened and what comes, and who is in it.
//
// States: each status, in either area; not settled yet; with tasks; with
// nothing that can be done; without a consultant; closed; erased; shared by several workplaces.
type casePage struct {
	Base
	Case     caseHead
	Back     wayOn // the list it was found in
	Type     string
	Badge    badge
	Facts    string // municipality, sector and size
	Themes   []string
	Erased   bool // who it was about is not known any more
	Waiting  waitingBox
	Chosen   string     // to a provider that has to choose who comes; else empty
	Twins    []twinLine // what it was closed as a duplicate of, and what was closed as a duplicate of it
	Alike    []alikeLine
	Before   []earlierLine // other forløb at the workplace
	Acts     []caseAct     // the likeliest
	MoreActs []caseAct
	Tasks    []caseTask
	TasksOn  string // whom they wait for

	Earlier  []timelineItem // what happened long ago, folded
	Timeline []timelineItem
	Open     bool // more will come

	Application frozenApplication
	Revision    string // which text it is, and since when
	Remarks     []caseRemark
	Handovers   []caseRemark // to the next consultant, oldest first
	Notes       []caseNote   // of those who run the forløb
	NotesFor    string       // who reads them; empty where none can be written
	NewNote     string       // where one is written
	Plans       []planCard   // none before there is a consultant to agree with
	PlanWay     wayOn        // where they are written; empty when that cannot be done now

	Parties      []caseParty // of a shared forløb, those who apply
	Places       []casePlace // that take part in a shared one, or were to
	Joined       string      // how many of them are with it
	Guests       caseGuests  // at the workplace, or of those who apply
	Former       []caseParty // those who were replaced
	Consultant   *caseConsultant
	Predecessors []string
	Held         string // how many meetings are held of those planned
	Meetings     []caseMeeting
	Mails        mailCount
	Access       string  // where it stands who has seen it; the secretariat's alone
	Elsewhere    []wayOn // to those who operate the product
}

func (*casePage) template() string { return "case" }

// twinLine is a forløb about the same.
type twinLine struct {
	Words     string
	Reference string // empty to those it is not for
	Address   string // empty to those who may not go there
}

// alikeLine is an open forløb that may be about the same.
type alikeLine struct {
	Reference, Workplace, Address string
	AppliedAt                     time.Time
	Why                           string
	Other                         string // its id, for the button that lets them be two
	NotAlike                      string // where that is sent
}

// caseAct is something that can be done now, on a page of its own.
type caseAct struct {
	Label, About, Address string
	Primary               bool
}

// caseTask is something that waits for the secretariat.
type caseTask struct {
	ID       string
	Sentence string
	Since    time.Time
	Ways     []wayOn
	Close    string // where it is closed by hand; empty when only a deed settles it
	Hold     taskHold
}

// taskHold is who sees to a task, and what can be said about that.
type taskHold struct {
	Words  string   // who has it and since when, or until when it is put off; empty when it is anybody's
	Take   string   // where it is taken; empty to whoever has it
	From   string   // whom it is taken over from; empty when nobody has it
	Button string   // that takes it
	GiveUp string   // where whoever has it lets go
	Note   string   // where a note is written; empty where the page has it elsewhere
	Later  string   // where it is put off; empty while it is
	Show   string   // where that is taken back
	Asked  []option // what goes along, hidden
	About  string   // what the buttons are about, for those who hear them alone
}

// caseNote is what somebody who runs the forløb wrote down.
type caseNote struct {
	What   string // who wrote it and when
	Text   string
	Struck string // by whom and when; empty while it stands
	Strike string // where it is struck; empty for whom it is not to strike
}

// caseRemark is what somebody wrote.
type caseRemark struct {
	What string // what it is about, who wrote it and when
	Text string
}

// caseParty is one of the two, and how it stands with them.
type caseParty struct {
	Role, Name   string
	Phone, Email string
	Answer       string
	Link         string // how it stands with their link, never the link
	Trouble      bool   // somebody has to see to it
	Listed       bool   // on the list of the network
	Ways         []wayOn
}

// casePlace is one workplace of a shared forløb.
type casePlace struct {
	ID, Name, Facts string
	State           badge
	Parties         []caseParty
	Guests          caseGuests
	Ways            []wayOn
}

// caseConsultant is who is responsible, and why.
type caseConsultant struct {
	contactCard
	Since    time.Time
	AnswerBy time.Time   // until when they can say no; zero when it is theirs
	Why      string      // empty for those it is not for
	Score    []scorePart // what counted
}

// scorePart is one part of why somebody was chosen.
type scorePart struct {
	Label  string
	Points int
}

// caseMeeting is one meeting, with what can be done about it.
type caseMeeting struct {
	ID       string
	Name     string
	When     string
	Place    string
	For      string   // the workplaces of a shared forløb that it is for; empty when that is all
	PrepTask string   // what is to be prepared
	Online   *url.URL // when it is held there; then Place says the same
	State    badge
	Ways     []wayOn
}

// mailCount sums up a forløb's mails.
type mailCount struct {
	N       int
	States  string
	Address string
}
