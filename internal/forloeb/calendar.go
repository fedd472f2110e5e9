package forloeb

import (
	"time"
	_ "time/tzdata" // a container without zone files must still know Danish time

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/aa"
	"github.com/rickar/cal/v2/dk"
)

// Copenhagen is the zone of every deadline and every shown time. All functions in this file work in its local
// time and return times in it.
var Copenhagen = mustLoad("Europe/Copenhagen")

// The office's own hours, for everything that the calendar starts (design: rules of time).
const (
	officeOpens  = 8  // o'clock, inclusive
	officeCloses = 16 // o'clock, exclusive
)

// closedDay is a day off with the Danish name a person knows it by.
type closedDay struct {
	name string
	on   *cal.Holiday
}

// closedDays holds the public holidays (with the two that always fall on a Sunday, for their names) and the two
// eves on which Danish offices are closed though no law says so. Where two fall on one day the first one names
// it. "Kristi" is a proper name and keeps its capital inside a sentence.
var closedDays = []closedDay{
	{"nytårsdag", dk.Nytaarsdag},
	{"skærtorsdag", dk.Skaertorsdag},
	{"langfredag", dk.Langfredag},
	{"påskedag", aa.Easter},
	{"anden påskedag", dk.AndenPaaskedag},
	{"store bededag", dk.StoreBededag}, // to 2023: lov nr. 214 af 6. marts 2023
	{"Kristi himmelfartsdag", dk.KristiHimmelfartsdag},
	{"pinsedag", aa.Pentecost},
	{"anden pinsedag", dk.AndenPinsedag},
	{"grundlovsdag", dk.Grundlovsdag},
	{"juleaften", &cal.Holiday{Month: time.December, Day: 24, Func: cal.CalcDayOfMonth}},
	{"juledag", dk.Juledag},
	{"anden juledag", dk.AndenJuledag},
	{"nytårsaften", &cal.Holiday{Month: time.December, Day: 31, Func: cal.CalcDayOfMonth}},
}

// The library computes in the machine's zone unless told otherwise, and there are zones without a midnight.
func init() { cal.DefaultLoc = Copenhagen }

func mustLoad(zone string) *time.Location {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		panic("forloeb: " + err.Error()) // impossible: the zones are built in
	}
	return loc
}

// HolidayName returns the Danish name of the holiday or closed eve that t falls on, as it is written inside a
// sentence ("skærtorsdag"), or "" on any other day, ordinary weekends included.
func HolidayName(t time.Time) string {
	year, month, day := t.In(Copenhagen).Date()
	for _, closed := range closedDays {
		on, _ := closed.on.Calc(year)
		// Zero means not that year, and would otherwise look like 1 January.
		if !on.IsZero() && on.Month() == month && on.Day() == day {
			return closed.name
		}
	}
	return ""
}

// WorkingDay tells whether the office is open on t's day: not a weekend, a public holiday, Grundlovsdag,
// 24 December or 31 December. Store bededag is closed up to 2023 only.
func WorkingDay(t time.Time) bool {
	switch t.In(Copenhagen).Weekday() {
	case time.Saturday, time.Sunday:
		return false
	}
	return HolidayName(t) == ""
}

// AddWorkingDays returns the time n working days after t (before t when n is negative) at the same wall clock.
// t's own day is not counted, whether it is a working day or not; n = 0 returns t.
func AddWorkingDays(t time.Time, n int) time.Time {
	return walkDays(WorkingDay, t, n)
}

// AddCountingDays returns the time n calendar days after t (before t when n is negative) at the same wall clock,
// where days in a quiet period do not count. It carries the consent deadline (21 days) and the closing of the
// evaluation (28 days). n = 0 returns t.
func AddCountingDays(t time.Time, n int) time.Time {
	return walkDays(func(day time.Time) bool { return !Quiet(day) }, t, n)
}

// walkDays walks from t until n days that count have been passed.
func walkDays(count func(time.Time) bool, t time.Time, n int) time.Time {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	moved := 0
	for n > 0 {
		moved += step
		if count(noon(t, moved)) {
			n--
		}
	}
	return shiftDays(t, moved)
}

// shiftDays moves t by calendar days and keeps the wall clock over a change to or from summer time. A wall clock
// that the new day skips (02:00–03:00 in March) becomes the one time.Date chooses.
func shiftDays(t time.Time, days int) time.Time {
	local := t.In(Copenhagen)
	if days == 0 {
		return local // rebuilding could pick the other of the two 02:30 in October
	}
	year, month, day := local.Date()
	return onDay(local, year, month, day+days)
}

// onDay puts t's wall clock on another day.
func onDay(t time.Time, year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), Copenhagen)
}

// noon stands for the whole day, a number of days from t's: there is always exactly one.
func noon(t time.Time, days int) time.Time {
	year, month, day := t.In(Copenhagen).Date()
	return time.Date(year, month, day+days, 12, 0, 0, 0, Copenhagen)
}

// onClock returns the day a number of days from t's, at hour:minute.
func onClock(t time.Time, days, hour, minute int) time.Time {
	year, month, day := t.In(Copenhagen).Date()
	return time.Date(year, month, day+days, hour, minute, 0, 0, Copenhagen)
}

// WorkingDaysBetween counts the working days after a's day up to and including b's day. It is negative when b is
// the earlier one: -WorkingDaysBetween(b, a).
func WorkingDaysBetween(a, b time.Time) int {
	from, to := noon(a, 0), noon(b, 0)
	if to.Before(from) {
		return -WorkingDaysBetween(b, a)
	}
	count := 0
	for day := from; day.Before(to); {
		day = noon(day, 1)
		if WorkingDay(day) {
			count++
		}
	}
	return count
}

// NextWorkingDayAt returns hour:minute on the first working day after t's day.
func NextWorkingDayAt(t time.Time, hour, minute int) time.Time {
	return onClock(AddWorkingDays(noon(t, 0), 1), 0, hour, minute)
}

// OnWorkingDayAt returns hour:00 on t's day if that is a working day, else on the next one. On a working day the
// result lies before t when the hour has passed.
func OnWorkingDayAt(t time.Time, hour int) time.Time {
	if WorkingDay(t) {
		return onClock(t, 0, hour, 0)
	}
	return NextWorkingDayAt(t, hour, 0)
}

// AddMonths returns the same day of the month n months later (earlier when n is negative) at the same wall clock;
// a day the month does not have becomes its last one, so that 30 November plus three months is 28 February and
// not, as time.AddDate has it, 2 March.
func AddMonths(t time.Time, n int) time.Time {
	local := t.In(Copenhagen)
	if n == 0 {
		return local
	}
	year, month, day := local.Date()
	last := time.Date(year, month+time.Month(n)+1, 0, 12, 0, 0, 0, Copenhagen).Day()
	return onDay(local, year, month+time.Month(n), min(day, last))
}

// Quiet tells whether t lies in a period in which nobody is reminded and the days do not count: 1–31 July and
// 23 December–2 January, all inclusive.
func Quiet(t time.Time) bool {
	_, month, day := t.In(Copenhagen).Date()
	switch month {
	case time.July:
		return true
	case time.December:
		return day >= 23
	case time.January:
		return day <= 2
	}
	return false
}

// SkipQuiet returns t, or when t is quiet the office's first opening after the period.
func SkipQuiet(t time.Time) time.Time {
	if !Quiet(t) {
		return t.In(Copenhagen)
	}
	return OnWorkingDayAt(AddCountingDays(noon(t, 0), 1), officeOpens)
}

// EndOfDay returns 23:59:59 on t's day: a deadline lasts to the end of its day.
func EndOfDay(t time.Time) time.Time {
	year, month, day := t.In(Copenhagen).Date()
	return time.Date(year, month, day, 23, 59, 59, 0, Copenhagen)
}

// OfficeHours returns t when the office is open then (working days from 08:00 until 16:00), else its next
// opening. Mails that the calendar starts keep to it; answers to a person's own act do not.
func OfficeHours(t time.Time) time.Time {
	local := t.In(Copenhagen)
	switch {
	case !WorkingDay(local) || local.Hour() >= officeCloses:
		return NextWorkingDayAt(local, officeOpens, 0)
	case local.Hour() < officeOpens:
		return onClock(local, 0, officeOpens, 0)
	}
	return local
}
