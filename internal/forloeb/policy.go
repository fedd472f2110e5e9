package forloeb

import (
	"cmp"
	"time"
)

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

	StillWaitingMonths int `json:"still_waiting_months"`

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
	ConsentReminders: []int{3, 10}, ConsentDays: 21, ContestDays: 5, ExtendDays: 28,
	StillWaitingMonths: 1,
	FirstMeetingMail:   5, FirstMeetingTask: 10, StartMonths: 6,
	Meetings: 4, MaxMeetings: 6, MeetingReminder: 2,
	RegisterAgain: 2, RegisterTask: 5,
	NextMeetingMail: 10, NextMeetingTask: 20, OpenMonths: 12,
	RecordBackDays: 60, CorrectDays: 10,
	Evaluations: Waves{3}, EvaluationReminders: []int{7, 14}, EvaluationDays: 28,
	MailStuckDays: 5, ReopenDays: 30, KeepClosed: 6, KeepCompleted: 24,
}

// Chosen reports whether a person says who gets the forløb.
func (p Policy) Chosen() bool { return p.Assignment == Proposed || p.Assignment == ByProvider }

// workingDays is n working days after t, kept to office hours.
func (p Policy) workingDays(t time.Time, n int) time.Time {
	if p.Day > 0 {
		return t.Add(time.Duration(n) * p.Day)
	}
	return AddWorkingDays(t, n)
}

// reminder is n working days after t, in office hours. Quiet days do not
// count: else the two reminders of a July would fall on the same morning.
func (p Policy) reminder(t time.Time, n int) time.Time {
	if p.Day > 0 {
		return t.Add(time.Duration(n) * p.Day)
	}
	for range n {
		t = SkipQuiet(AddWorkingDays(t, 1))
	}
	return p.quietless(t)
}

// reminderDays is n counting days after t, in office hours.
func (p Policy) reminderDays(t time.Time, n int) time.Time {
	if p.Day > 0 {
		return t.Add(time.Duration(n) * p.Day)
	}
	return p.quietless(AddCountingDays(t, n))
}

// quietless is t, moved to office hours and past a quiet period, also one that
// begins before the office opens again.
func (p Policy) quietless(t time.Time) time.Time {
	if p.Day > 0 {
		return t
	}
	return OfficeHours(SkipQuiet(OfficeHours(t)))
}

// deadline is the end of the n-th counting day after t.
func (p Policy) deadline(t time.Time, n int) time.Time {
	if p.Day > 0 {
		return t.Add(time.Duration(n) * p.Day)
	}
	return EndOfDay(AddCountingDays(t, n))
}

// contestUntil is the end of the last working day in which an answer that was
// noted can be contested.
func (p Policy) contestUntil(noted time.Time) time.Time {
	n := cmp.Or(p.ContestDays, DefaultPolicy.ContestDays)
	if p.Day > 0 {
		return noted.Add(time.Duration(n) * p.Day)
	}
	return EndOfDay(AddWorkingDays(noted, n))
}

// extendTo is the last moment that a deadline can be put off to at once.
func (p Policy) extendTo(closes time.Time) time.Time {
	return p.endOfDay(closes, cmp.Or(p.ExtendDays, DefaultPolicy.ExtendDays))
}

// endOfDay is the end of the n-th calendar day after t; every day counts.
func (p Policy) endOfDay(t time.Time, n int) time.Time {
	if p.Day > 0 {
		return t.Add(time.Duration(n) * p.Day)
	}
	return EndOfDay(t.In(Copenhagen).AddDate(0, 0, n))
}

// days is n calendar days after t.
func (p Policy) days(t time.Time, n int) time.Time {
	if p.Day > 0 {
		return t.Add(time.Duration(n) * p.Day)
	}
	return t.In(Copenhagen).AddDate(0, 0, n)
}

// DoubtPause is how long a mail that may have arrived waits before it is sent
// again: a mail server's bad half hour must not use up every attempt.
func (p Policy) DoubtPause() time.Duration {
	if p.Day > 0 {
		return p.Day / 48
	}
	return 30 * time.Minute
}

// months is n calendar months after t, clamped to the month's end.
func (p Policy) months(t time.Time, n int) time.Time {
	if p.Day > 0 {
		return t.Add(time.Duration(30*n) * p.Day)
	}
	return AddMonths(t, n)
}

// morning is the next working day at 8.
func (p Policy) morning(t time.Time) time.Time {
	if p.Day > 0 {
		return t.Add(p.Day)
	}
	return NextWorkingDayAt(t, 8, 0)
}

// office is t, moved to when the calendar may write to people.
func (p Policy) office(t time.Time) time.Time {
	if p.Day > 0 {
		return t
	}
	return OfficeHours(t)
}
