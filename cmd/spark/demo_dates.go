package main

import (
	"time"

	"example.dk/spark/internal/forloeb"
)

// The dates of the demo: those that people choose, planned from the day it is
// run, and those that the rules give, reckoned here a second time. Only the
// calendar itself is the product's.

// plan holds the dates that the people in the story choose.
type plan struct {
	Scanned   time.Time // a mail scanner opens both links
	Confirmed time.Time // the leader says yes
	Reminded  time.Time // the representative is reminded
	Agreed    time.Time // and says yes
	Booked    time.Time // the consultant books the first meeting
	Meetings  [4]time.Time
	Before    time.Time // when the third meeting was to be
	Moved     time.Time // the day it is moved
}

// The hours at which people do things.
const (
	meetingHour  = 13
	meetingHours = 3 * time.Hour
	leadWorkdays = 8  // from the agreement to the first meeting
	minWorkdays  = 38 // from the agreement to the last one
)

// newPlan plans a forløb whose request for consent was sent at an instant. The
// last meeting is on a day that the month three months on does not have.
func newPlan(asked time.Time) plan {
	day := forloeb.NextWorkingDayAt(asked, 8, 12)
	p := plan{Scanned: day, Confirmed: day.Add(2 * time.Hour), Reminded: reminderDate(asked, 3)}
	p.Agreed = p.Reminded.Add(90 * time.Minute)
	p.Booked = forloeb.NextWorkingDayAt(p.Agreed, 9, 20)
	days := meetingDays(p.Agreed)
	last := len(days) - 1
	second, third := leadWorkdays+(last-leadWorkdays)/3, leadWorkdays+(last-leadWorkdays)*2/3
	p.Meetings = [4]time.Time{days[leadWorkdays], days[second], days[third], days[last]}
	p.Before = days[third-5]
	p.Moved = forloeb.AddWorkingDays(p.Before, -3).Add(-3 * time.Hour)
	return p
}

// meetingDays are the days on which people meet, up to the last meeting.
func meetingDays(agreed time.Time) (days []time.Time) {
	for day := forloeb.NextWorkingDayAt(agreed, meetingHour, 0); ; day = forloeb.NextWorkingDayAt(day, meetingHour, 0) {
		if forloeb.Quiet(day) || forloeb.Quiet(meetingReminderDate(day)) {
			continue
		}
		days = append(days, day)
		if len(days) >= minWorkdays && clamped(day) {
			return days
		}
	}
}

// clamped reports whether three months later there is no such day.
func clamped(day time.Time) bool {
	return forloeb.AddMonths(day, 3).Day() != day.In(forloeb.Copenhagen).Day()
}

// reminderDate is n working days after a request for consent, quiet days left
// out, in office hours.
func reminderDate(asked time.Time, n int) time.Time {
	for range n {
		asked = forloeb.SkipQuiet(forloeb.AddWorkingDays(asked, 1))
	}
	return quietly(asked)
}

// consentDeadline is the end of the 21st counting day.
func consentDeadline(asked time.Time) time.Time {
	return forloeb.EndOfDay(forloeb.AddCountingDays(asked, 21))
}

// newsDate is when those who wait hear from us: every month.
func newsDate(since time.Time) time.Time {
	return quietly(forloeb.AddMonths(since, 1))
}

// meetingReminderDate is two working days before.
func meetingReminderDate(meeting time.Time) time.Time {
	return forloeb.OfficeHours(forloeb.AddWorkingDays(meeting, -2))
}

// nextMorning is the next working day at 8.
func nextMorning(t time.Time) time.Time { return forloeb.NextWorkingDayAt(t, 8, 0) }

// evaluationDate is three months after the last held meeting, at 9 on a
// working day.
func evaluationDate(lastHeld time.Time) time.Time {
	return forloeb.OnWorkingDayAt(forloeb.AddMonths(lastHeld, 3), 9)
}

// quietly is the first moment in which the calendar may remind: in office
// hours, and in no quiet period, which the office's next morning may be in.
func quietly(t time.Time) time.Time {
	return forloeb.OfficeHours(forloeb.SkipQuiet(forloeb.OfficeHours(t)))
}

// evaluationReminderDate is seven counting days after the request.
func evaluationReminderDate(sent time.Time) time.Time {
	return quietly(forloeb.AddCountingDays(sent, 7))
}

// ended is when the last of the story happens.
func (p plan) ended() time.Time {
	return p.lastAnswer(evaluationReminderDate(evaluationDate(p.Meetings[3])))
}

// lastAnswer is two days after the reminder, at noon.
func (plan) lastAnswer(reminded time.Time) time.Time {
	return forloeb.OnWorkingDayAt(reminded.In(forloeb.Copenhagen).AddDate(0, 0, 2), 12)
}

// months is how many months the story takes.
func (p plan) months() int {
	n := 1
	for forloeb.AddMonths(p.Scanned, n).Before(p.ended()) {
		n++
	}
	return n
}

// changesClock finds the day in a period on which summer time begins or ends.
func changesClock(from, to time.Time) (day time.Time, found bool) {
	for day = noonOf(from); !day.After(to); day = noonOf(day.AddDate(0, 0, 1)) {
		if day.IsDST() != noonOf(day.AddDate(0, 0, -1)).IsDST() {
			return day, true
		}
	}
	return day, false
}

func noonOf(t time.Time) time.Time {
	y, m, d := t.In(forloeb.Copenhagen).Date()
	return time.Date(y, m, d, 12, 0, 0, 0, forloeb.Copenhagen)
}

// holidays names the holidays that lie between two days, both left out.
func holidays(from, to time.Time) (names []string) {
	for day := noonOf(from.AddDate(0, 0, 1)); day.Before(noonOf(to)); day = noonOf(day.AddDate(0, 0, 1)) {
		if name := forloeb.HolidayName(day); name != "" {
			names = append(names, name)
		}
	}
	return names
}
