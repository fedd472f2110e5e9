package forloeb

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// anyPauses draws pauses one after the other, from about a moment on: some of
// weeks to an office's opening, some ended early at any hour.
func anyPauses(r *rapid.T, t time.Time) (list []Pause) {
	from := t.AddDate(0, 0, rapid.IntRange(-40, 10).Draw(r, "before"))
	for range rapid.IntRange(0, 3).Draw(r, "pauses") {
		from = from.Add(time.Duration(rapid.IntRange(1, 30*24*60).Draw(r, "gap")) * time.Minute)
		until := from.Add(time.Duration(rapid.IntRange(0, 200*24*60).Draw(r, "length")) * time.Minute)
		if rapid.Bool().Draw(r, "planned") {
			until = OnWorkingDayAt(until.AddDate(0, 0, 1), goesOnAt)
		}
		list = append(list, Pause{From: from, Until: until})
		from = until
	}
	return list
}

// Of every rule: what lies before a pause stays as it is; nothing falls due in
// one; and as many days as the rule asks for count, none of them paused.
func TestExactlyThePausedDaysDoNotCount(t *testing.T) {
	always := func(time.Time) bool { return true }
	rules := map[string]struct {
		date   func(c calendar, from time.Time, n int) time.Time
		counts func(time.Time) bool
	}{
		"working days": {calendar.workingDays, WorkingDay},
		"deadline":     {calendar.deadline, func(day time.Time) bool { return !Quiet(day) }},
		"days":         {calendar.days, always},
		"end of day":   {calendar.endOfDay, always},
		"months":       {calendar.months, always},
		"set by hand":  {func(c calendar, from time.Time, n int) time.Time { return c.moved(from, EndOfDay(noon(from, n))) }, always},
	}
	for name, rule := range rules {
		t.Run(name, rapid.MakeCheck(func(r *rapid.T) {
			from, n := anyMoment(r), rapid.IntRange(1, 9).Draw(r, "n")
			c := calendar{Policy: DefaultPolicy, pauses: anyPauses(r, from)}
			without := rule.date(calendar{Policy: DefaultPolicy}, from, n)
			with := rule.date(c, from, n)
			if len(c.pauses) == 0 || without.Before(c.pauses[0].From) {
				require.True(r, with.Equal(without), "nothing was paused before it had passed")
				return
			}
			known := calendar{Policy: DefaultPolicy}
			for _, p := range c.pauses {
				require.False(r, !with.Before(p.From) && with.Before(p.Until), "due while it is paused")
				if !with.Before(p.From) {
					known.pauses = append(known.pauses, p)
				}
			}
			require.Equal(r, counted(from, without, rule.counts), counted(from, with, func(day time.Time) bool {
				return rule.counts(day) && !known.paused(day)
			}))
		}))
	}
}

// counted is how many days after a's, up to b's, count.
func counted(a, b time.Time, counts func(time.Time) bool) (n int) {
	for day := noon(a, 1); !day.After(noon(b, 0)); day = noon(day, 1) {
		if counts(day) {
			n++
		}
	}
	return n
}

// The other rules move hours, or count backwards: they keep the first two
// promises.
func TestNothingFallsDueInAPause(t *testing.T) {
	for name, date := range map[string]func(c calendar, from time.Time, n int) time.Time{
		"reminder":      calendar.reminder,
		"reminder days": calendar.reminderDays,
		"before":        calendar.before,
		"quiet":         func(c calendar, from time.Time, _ int) time.Time { return c.quietless(from) },
		"office":        func(c calendar, from time.Time, _ int) time.Time { return c.office(from) },
		"morning":       func(c calendar, from time.Time, _ int) time.Time { return c.morning(from) },
		"contest":       func(c calendar, from time.Time, _ int) time.Time { return c.contestUntil(from) },
		"wave":          func(c calendar, from time.Time, n int) time.Time { return c.at(Wave(n-1), from) },
	} {
		t.Run(name, rapid.MakeCheck(func(r *rapid.T) {
			from, n := anyMoment(r), rapid.IntRange(1, 9).Draw(r, "n")
			c := calendar{Policy: DefaultPolicy, pauses: anyPauses(r, from)}
			with, without := date(c, from, n), date(calendar{Policy: DefaultPolicy}, from, n)
			require.False(r, with.Before(without), "never earlier")
			for _, p := range c.pauses {
				require.False(r, !with.Before(p.From) && with.Before(p.Until), "due while it is paused")
			}
			if len(c.pauses) == 0 || without.Before(c.pauses[0].From) {
				require.True(r, with.Equal(without))
			}
		}))
	}
}

// A policy with days of its own length pauses to the moment.
func TestShortDaysPauseToTheMoment(t *testing.T) {
	start := sceneStart
	c := calendar{Policy: Policy{Day: time.Minute}, pauses: []Pause{{From: start.Add(90 * time.Second), Until: start.Add(5 * time.Minute)}}}
	require.Equal(t, start.Add(time.Minute), c.workingDays(start, 1))
	require.Equal(t, start.Add(2*time.Minute+210*time.Second), c.workingDays(start, 2))
	require.Equal(t, start.Add(5*time.Minute), c.before(start.Add(4*time.Minute), 2))
	require.Equal(t, start.Add(-2*time.Minute), c.daysBack(start, 2))
}

// How far back a meeting can be written down is counted without the pause.
func TestBackwardsThePauseIsSkipped(t *testing.T) {
	c := calendar{Policy: DefaultPolicy, pauses: []Pause{{From: at13(2027, 1, 4), Until: time.Date(2027, 3, 1, 8, 0, 0, 0, Copenhagen)}}}
	require.Equal(t, at13(2027, 1, 3), c.daysBack(at13(2027, 3, 2), 2))
	require.Equal(t, at13(2027, 3, 1), c.daysBack(at13(2027, 3, 2), 1))
}
