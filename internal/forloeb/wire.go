package forloeb

import "time"

// The types in this file enter workflow histories. They hold only ids, codes,
// numbers, flags and times; a reflection test keeps it so.

// View is what the workflow knows of a forløb: counts, flags, due dates and
// owed mails, at most 2 KB however many workplaces there are. Look computes
// it, so that a changed rule or a new holiday cannot break a forløb that
// sleeps: the workflow only compares the dates with its clock.
type View struct {
	Version   int64         `json:"version"`
	Seen      int64         `json:"seen"`
	Programme ProgrammeCode `json:"programme"`
	Status    Status        `json:"status"`

	Withdrawn bool   `json:"withdrawn,omitempty"`
	Stopped   bool   `json:"stopped,omitempty"`
	ReopenTo  Status `json:"reopen_to,omitempty"`

	No           int      `json:"no,omitempty"`
	Pending      int      `json:"pending,omitempty"` // parties who have not answered
	Short        bool     `json:"short,omitempty"`   // too many workplaces have said no for a shared forløb
	AfterConsent Status   `json:"after_consent,omitempty"`
	Edited       bool     `json:"edited,omitempty"` // a new revision must be answered
	Decision     Decision `json:"decision,omitempty"`
	Assigned     bool     `json:"assigned,omitempty"`
	Choose       bool     `json:"choose,omitempty"` // a person chooses the consultant
	Booked       int      `json:"booked,omitempty"`
	Held         int      `json:"held,omitempty"`
	Required     int      `json:"required,omitempty"`
	Finished     bool     `json:"finished,omitempty"`
	Unanswered   int      `json:"unanswered,omitempty"` // evaluations still open

	Due            []Due   `json:"due,omitempty"`       // earliest of each kind
	Owed           []int64 `json:"owed,omitempty"`      // mails to send, at most MaxOwed
	Unwritten      bool    `json:"unwritten,omitempty"` // effects or the waiting sentence are not yet rows
	Waiting        WaitKey `json:"waiting,omitempty"`
	NeedsAttention bool    `json:"needs_attention,omitempty"`
}

// MaxOwed bounds the mails in one view; the rest follow when they are sent.
const MaxOwed = 50

// Due is one date the workflow waits for.
type Due struct {
	What Duty      `json:"what"`
	At   time.Time `json:"at"`
}

// Change is a step the workflow takes: a transition when From and To differ,
// else effects of facts or of the calendar. It holds when the row's version
// and status are still as they were read.
type Change struct {
	ID      string    `json:"id"`
	Version int64     `json:"version"`
	From    Status    `json:"from"`
	To      Status    `json:"to"`
	Cause   string    `json:"cause"`             // a duty or an act
	Settled bool      `json:"settled,omitempty"` // nothing is left to do at this version
	Now     time.Time `json:"now"`
}

// Matched is what came of looking for a consultant.
type Matched struct {
	Assigned bool `json:"assigned"`
}

// Nudge is the payload of every signal.
type Nudge struct {
	Version int64  `json:"version"`
	Ref     string `json:"ref,omitempty"`
}
