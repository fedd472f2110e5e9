package forloeb

import "time"

// Policy holds the rules of time and the choices of a forløb. It is fixed in
// the row when the forløb starts, so that a changed default never moves the
// deadlines of somebody who was promised another one. Days are calendar days
// where nothing else is said.
type Policy struct {
	Intake     Intake     `json:"intake"`
	Assignment AssignMode `json:"assignment"`

	ConsentReminders []int `json:"consent_reminders"` // working days after a party's first mail
	ConsentDays      int   `json:"consent_days"`      // counting days after it (quiet days do not count)

	// ContestDays is how many working days a party has to say that an answer
	// noted by telephone is wrong. A policy from before that could be done
	// says nothing; it then is as many as by default.
	ContestDays int `json:"contest_days,omitempty"`

	// ExtendDays is how far a deadline can be put off at once. What a policy
	// from before says nothing of is as by default, here too.
	ExtendDays int `json:"extend_days,omitempty"`

	// PauseMonths is how far ahead a forløb that is paused goes on at the
	// latest; likewise.
	PauseMonths int `json:"pause_months,omitempty"`

	StillWaitingMonths int `json:"still_waiting_months"`

	// OfferDays is how many working days a consultant has to say no before the
	// forløb is theirs and the applicants hear of it. 0, as in a policy from
	// before anybody was asked, makes it theirs at once.
	OfferDays int `json:"offer_days,omitempty"`

	FirstMeetingMail int `json:"first_meeting_mail"` // working days after assignment
	FirstMeetingTask int `json:"first_meeting_task"`
	StartMonths      int `json:"start_months"`

	Meetings        int `json:"meetings"`         // planned
	MaxMeetings     int `json:"max_meetings"`     // with a reason
	MeetingReminder int `json:"meeting_reminder"` // working days before
	RegisterAgain   int `json:"register_again"`   // working days after the first "please register"
	RegisterTask    int `json:"register_task"`    // working days after the meeting
	NextMeetingMail int `json:"next_meeting_mail"`
	NextMeetingTask int `json:"next_meeting_task"`
	OpenMonths      int `json:"open_months"`
	RecordBackDays  int `json:"record_back_days"` // how far back a held meeting may be written down
	CorrectDays     int `json:"correct_days"`     // working days in which held and no-show can be corrected

	Evaluations         Waves `json:"evaluation_months"`    // when what came of it is asked
	EvaluationReminders []int `json:"evaluation_reminders"` // days after the request
	EvaluationDays      int   `json:"evaluation_days"`      // counting days after it

	MailStuckDays int `json:"mail_stuck_days"`
	ReopenDays    int `json:"reopen_days"`
	KeepClosed    int `json:"keep_closed_months"`    // personal data after an early close
	KeepCompleted int `json:"keep_completed_months"` // personal data after completion

	// TellMainMED lets the secretariat tell the municipality's HovedMED of the
	// themes that several workplaces have agreed on. Off where nobody says so.
	TellMainMED bool `json:"tell_main_med,omitempty"`

	// Day, when set, is the length of every day and working day, a thirtieth
	// of every month, and switches the calendar and office hours off. It is
	// for crash tests and benchmarks and refused in production.
	Day time.Duration `json:"day,omitempty"`
}

// Intake is how an application becomes a forløb.
type Intake string

// AssignMode is how a consultant is found.
type AssignMode string

// Choices of a policy.
const (
	Direct   Intake = "direct"   // both agree, and it goes on
	Assessed Intake = "assessed" // the secretariat decides first

	Automatic AssignMode = "automatic" // the best match is assigned
	Proposed  AssignMode = "proposed"  // a person confirms the best match

	ByProvider AssignMode = "provider" // the provider chooses one of its own
)

// DefaultPolicy is SPARK's own.
var DefaultPolicy = Policy{
	Intake: Direct, Assignment: Automatic,
	ConsentReminders: []int{3, 10}, ConsentDays: 21, ContestDays: 5, ExtendDays: 28, PauseMonths: 6,
	StillWaitingMonths: 1, OfferDays: 2,
	FirstMeetingMail: 5, FirstMeetingTask: 10, StartMonths: 6,
	Meetings: 4, MaxMeetings: 6, MeetingReminder: 2,
	RegisterAgain: 2, RegisterTask: 5,
	NextMeetingMail: 10, NextMeetingTask: 20, OpenMonths: 12,
	RecordBackDays: 60, CorrectDays: 10,
	Evaluations: Waves{3}, EvaluationReminders: []int{7, 14}, EvaluationDays: 28,
	MailStuckDays: 5, ReopenDays: 30, KeepClosed: 6, KeepCompleted: 24,
}

// Chosen reports whether a person says who gets the forløb.
func (p Policy) Chosen() bool { return p.Assignment == Proposed || p.Assignment == ByProvider }

// DoubtPause is how long a mail that may have arrived waits before it is sent
// again: a mail server's bad half hour must not use up every attempt.
func (p Policy) DoubtPause() time.Duration {
	if p.Day > 0 {
		return p.Day / 48
	}
	return 30 * time.Minute
}
