package forloeb

import (
	"cmp"
	"time"
)

// calendar is a forløb's own: the rules of time of its policy, and the pauses
// it has had. Every date of a forløb is counted by one of its methods, so that
// none can forget a pause.
//
// A pause moves what had not passed when it began: its days do not count, as
// quiet days do not, and nothing falls due before it has ended. What had
// passed stays as it was.
type calendar struct {
	Policy
	pauses []Pause // oldest first; they do not overlap
}

// calendar is the forløb's own.
func (f *Forloeb) calendar() calendar { return calendar{f.Policy, f.pauses()} }

// always is one that knows no pause: for what is about the machine and about
// forløb that have closed.
func (f *Forloeb) always() calendar { return calendar{Policy: f.Policy} }

// past asks a rule for a date with one pause more at a time, until the date
// lies before the next.
func (c calendar) past(rule func(known calendar) time.Time) time.Time {
	known := calendar{Policy: c.Policy}
	date := rule(known)
	for i, p := range c.pauses {
		if date.Before(p.From) {
			break
		}
		known.pauses = c.pauses[:i+1]
		date = later(rule(known), p.Until)
	}
	return date
}

// after is the date of a rule that counts n days from t. A policy with days of
// its own length has no other rule than that.
func (c calendar) after(t time.Time, n int, rule func(known calendar) time.Time) time.Time {
	if c.Day == 0 {
		return c.past(rule)
	}
	return c.past(func(known calendar) time.Time { return known.stretched(t, t.Add(time.Duration(n)*c.Day)) })
}

// paused reports whether a day is one of a pause: the day it was paused, but
// not the one on which it went on.
func (c calendar) paused(day time.Time) bool {
	at := noon(day, 0)
	for _, p := range c.pauses {
		if !at.Before(noon(p.From, 0)) && at.Before(noon(p.Until, 0)) {
			return true
		}
	}
	return false
}

func (c calendar) works(day time.Time) bool   { return WorkingDay(day) && !c.paused(day) }
func (c calendar) counts(day time.Time) bool  { return !Quiet(day) && !c.paused(day) }
func (c calendar) running(day time.Time) bool { return !c.paused(day) }

// stretched is a date as far from t as it would be without the pauses, in days
// that are none of them.
func (c calendar) stretched(t, date time.Time) time.Time {
	switch {
	case len(c.pauses) == 0:
		return date
	case c.Day > 0:
		return c.lengthened(t, date)
	}
	days := 0
	for noon(t, days).Before(noon(date, 0)) {
		days++
	}
	year, month, day := walkDays(c.running, noon(t, 0), days).Date()
	return onDay(date.In(Copenhagen), year, month, day)
}

// lengthened is a date later by what was paused between t and it.
func (c calendar) lengthened(t, date time.Time) time.Time {
	for _, p := range c.pauses {
		if from := later(t, p.From); from.Before(p.Until) && !date.Before(from) {
			date = date.Add(p.Until.Sub(from))
		}
	}
	return date
}

// workingDays is n working days after t.
func (c calendar) workingDays(t time.Time, n int) time.Time {
	return c.after(t, n, func(known calendar) time.Time { return walkDays(known.works, t, n) })
}

// before is n working days before t. It cannot come later than t for a pause
// that lies between: only nothing falls due while that lasts.
func (c calendar) before(t time.Time, n int) time.Time {
	if c.Day > 0 {
		return c.past(func(calendar) time.Time { return t.Add(-time.Duration(n) * c.Day) })
	}
	return c.past(func(calendar) time.Time { return AddWorkingDays(t, -n) })
}

// reminder is n working days after t, in office hours. Quiet days do not
// count: else the two reminders of a July would fall on the same morning.
func (c calendar) reminder(t time.Time, n int) time.Time {
	return c.after(t, n, func(known calendar) time.Time {
		at := t
		for range n {
			at = SkipQuiet(walkDays(known.works, at, 1))
		}
		return quietless(at)
	})
}

// reminderDays is n counting days after t, in office hours.
func (c calendar) reminderDays(t time.Time, n int) time.Time {
	return c.after(t, n, func(known calendar) time.Time { return quietless(walkDays(known.counts, t, n)) })
}

// quietless is t, moved to office hours and past a quiet period.
func (c calendar) quietless(t time.Time) time.Time {
	return c.after(t, 0, func(calendar) time.Time { return quietless(t) })
}

// quietless: also past a quiet period that begins before the office opens
// again.
func quietless(t time.Time) time.Time { return OfficeHours(SkipQuiet(OfficeHours(t))) }

// deadline is the end of the n-th counting day after t.
func (c calendar) deadline(t time.Time, n int) time.Time {
	return c.after(t, n, func(known calendar) time.Time { return EndOfDay(walkDays(known.counts, t, n)) })
}

// contestUntil is the end of the last working day in which an answer that was
// noted can be contested.
func (c calendar) contestUntil(noted time.Time) time.Time {
	n := cmp.Or(c.ContestDays, DefaultPolicy.ContestDays)
	return c.after(noted, n, func(known calendar) time.Time { return EndOfDay(walkDays(known.works, noted, n)) })
}

// extendTo is the last moment that a deadline can be put off to at once.
func (c calendar) extendTo(closes time.Time) time.Time {
	return c.endOfDay(closes, cmp.Or(c.ExtendDays, DefaultPolicy.ExtendDays))
}

// pauseTo is the last moment that a pause can last to.
func (c calendar) pauseTo(now time.Time) time.Time {
	return c.months(now, cmp.Or(c.PauseMonths, DefaultPolicy.PauseMonths))
}

// endOfDay is the end of the n-th calendar day after t.
func (c calendar) endOfDay(t time.Time, n int) time.Time {
	return c.after(t, n, func(known calendar) time.Time {
		return EndOfDay(known.stretched(t, t.In(Copenhagen).AddDate(0, 0, n)))
	})
}

// days is n calendar days after t.
func (c calendar) days(t time.Time, n int) time.Time {
	return c.after(t, n, func(known calendar) time.Time { return known.stretched(t, t.In(Copenhagen).AddDate(0, 0, n)) })
}

// daysBack is n calendar days before t.
func (c calendar) daysBack(t time.Time, n int) time.Time {
	if c.Day > 0 {
		return t.Add(-time.Duration(n) * c.Day)
	}
	return walkDays(c.running, t, -n)
}

// months is n calendar months after t, clamped to the month's end.
func (c calendar) months(t time.Time, n int) time.Time {
	return c.after(t, 30*n, func(known calendar) time.Time { return known.stretched(t, AddMonths(t, n)) })
}

// morning is the next working day at 8.
func (c calendar) morning(t time.Time) time.Time {
	return c.after(t, 1, func(calendar) time.Time { return NextWorkingDayAt(t, officeOpens, 0) })
}

// office is t, moved to when the calendar may write to people.
func (c calendar) office(t time.Time) time.Time {
	return c.after(t, 0, func(calendar) time.Time { return OfficeHours(t) })
}

// at is when a wave comes after a last held meeting: three calendar months,
// clamped to the month's end, then the next working day at 9 (document A24).
func (c calendar) at(w Wave, lastHeld time.Time) time.Time {
	if w == 0 {
		return c.after(lastHeld, 1, func(calendar) time.Time { return NextWorkingDayAt(lastHeld, wavesGo, 0) })
	}
	return c.after(lastHeld, 30*int(w), func(known calendar) time.Time {
		return OnWorkingDayAt(known.stretched(lastHeld, AddMonths(lastHeld, int(w))), wavesGo)
	})
}

// wavesGo is the hour at which workplaces are asked what came of it.
const wavesGo = 9

// moved is a date that a person set, later by the pauses since.
func (c calendar) moved(set, date time.Time) time.Time {
	return c.past(func(known calendar) time.Time { return known.stretched(set, date) })
}
