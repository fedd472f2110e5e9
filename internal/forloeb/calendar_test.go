package forloeb

import (
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/dk"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Easter Sundays from the published tables, not from the library under test.
var easter = map[int]string{
	2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2027: "2027-03-28", 2028: "2028-04-16",
	2029: "2029-04-01", 2030: "2030-04-21", 2031: "2031-04-13", 2032: "2032-03-28", 2033: "2033-04-17",
	2034: "2034-04-09", 2035: "2035-03-25", 2036: "2036-04-13",
}

func danishTime(t testing.TB, s string) time.Time {
	t.Helper()
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02"} {
		if at, err := time.ParseInLocation(layout, s, Copenhagen); err == nil {
			return at
		}
	}
	t.Fatalf("not a time: %q", s)
	return time.Time{}
}

// everyDay calls f with noon of each day 2024–2036.
func everyDay(f func(day time.Time)) {
	for day := time.Date(2024, 1, 1, 12, 0, 0, 0, Copenhagen); day.Year() <= 2036; day = day.AddDate(0, 0, 1) {
		f(day)
	}
}

// anyMoment draws a moment 2024–2036, given in a zone that is not Danish.
func anyMoment(r *rapid.T) time.Time {
	first := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	last := time.Date(2036, 12, 31, 0, 0, 0, 0, time.UTC).Unix()
	zone := rapid.SampledFrom([]*time.Location{time.UTC, Copenhagen, time.FixedZone("", -8*3600)}).Draw(r, "zone")
	return time.Unix(rapid.Int64Range(first, last).Draw(r, "unix"), 0).In(zone)
}

func expectedClosed(t *testing.T, day time.Time) bool {
	date := day.Format("2006-01-02")
	for _, offset := range []int{-3, -2, 0, 1, 39, 49, 50} {
		if danishTime(t, easter[day.Year()]).AddDate(0, 0, offset).Format("2006-01-02") == date {
			return true
		}
	}
	switch day.Format("01-02") {
	case "01-01", "06-05", "12-24", "12-25", "12-26", "12-31":
		return true
	}
	return false
}

func TestEveryDayFollowsTheEasterTable(t *testing.T) {
	everyDay(func(day time.Time) {
		closed := expectedClosed(t, day)
		weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
		require.Equal(t, closed, HolidayName(day) != "", day)
		require.Equal(t, !closed && !weekend, WorkingDay(day), day)
	})
}

func TestHolidayName(t *testing.T) {
	for date, want := range map[string]string{
		"2027-01-01": "nytårsdag",
		"2027-03-25": "skærtorsdag",
		"2027-03-26": "langfredag",
		"2027-03-28": "påskedag",
		"2027-03-29": "anden påskedag",
		"2027-05-06": "Kristi himmelfartsdag",
		"2027-05-07": "",
		"2027-05-16": "pinsedag",
		"2027-05-17": "anden pinsedag",
		"2027-06-05": "grundlovsdag",
		"2028-06-05": "anden pinsedag", // and Grundlovsdag
		"2026-12-24": "juleaften",
		"2026-12-25": "juledag",
		"2026-12-26": "anden juledag",
		"2026-12-31": "nytårsaften",
		"2023-05-05": "store bededag",
		"2024-04-26": "", // the fourth Friday after Easter is an ordinary day from 2024
		"2026-11-23": "",
		"2026-11-22": "", // a Sunday
	} {
		require.Equal(t, want, HolidayName(danishTime(t, date)), date)
	}
}

func TestEveryHolidayOfTheLibraryHasADanishName(t *testing.T) {
	known := map[*cal.Holiday]bool{}
	for _, closed := range closedDays {
		known[closed.on] = true
	}
	for _, holiday := range dk.Holidays {
		require.True(t, known[holiday], holiday.Name)
	}
}

func TestWorkingDayIsDecidedByDanishTime(t *testing.T) {
	// 23:30 UTC on Sunday is Monday in Copenhagen.
	require.True(t, WorkingDay(time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC)))
	// 23:30 UTC on 4 June is Grundlovsdag in Copenhagen.
	require.False(t, WorkingDay(time.Date(2029, 6, 4, 23, 30, 0, 0, time.UTC)))
}

func TestAddWorkingDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2027-03-31 13:00", -2, "2027-03-24 13:00"}, // over Easter
		{"2027-03-24 13:00", 1, "2027-03-30 13:00"},
		{"2027-03-31 13:00", 0, "2027-03-31 13:00"},
		{"2027-03-27 13:00", 0, "2027-03-27 13:00"}, // n = 0 stays, also on a Saturday
		{"2027-03-27 13:00", 1, "2027-03-30 13:00"},
		{"2027-03-27 13:00", -1, "2027-03-24 13:00"},
		{"2026-12-23 09:00", 1, "2026-12-28 09:00"}, // 24–27 December
		{"2026-12-30 09:00", 1, "2027-01-04 09:00"}, // 31 December–3 January
		{"2026-11-20 10:15", 3, "2026-11-25 10:15"},
		{"2026-11-20 10:15", 10, "2026-12-04 10:15"},
		{"2029-06-04 08:00", 1, "2029-06-06 08:00"}, // Grundlovsdag
		{"2026-03-27 02:45", 1, "2026-03-30 02:45"}, // summer time in between
		{"2026-10-23 02:45", 1, "2026-10-26 02:45"},
	} {
		require.Equal(t, danishTime(t, c.want), AddWorkingDays(danishTime(t, c.from), c.n), "%s %+d", c.from, c.n)
	}
}

func TestWorkingDaysProperties(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		from, n := anyMoment(r), rapid.IntRange(0, 60).Draw(r, "n")
		later := AddWorkingDays(from, n)
		require.Equal(r, n, WorkingDaysBetween(from, later))
		require.Equal(r, -n, WorkingDaysBetween(later, from))
		require.Equal(r, Copenhagen, later.Location())
		if n == 0 {
			require.True(r, later.Equal(from))
			return
		}
		require.True(r, WorkingDay(later))
		require.True(r, WorkingDay(AddWorkingDays(from, -n)))
		require.True(r, AddWorkingDays(from, n-1).Before(later))
		if WorkingDay(from) {
			require.Equal(r, Date(from), Date(AddWorkingDays(later, -n)))
		}
	})
}

func TestWorkingDaysBetween(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"2026-11-23 09:00", "2026-11-23 08:00", 0},
		{"2026-11-20 23:59", "2026-11-23 00:00", 1}, // Friday to Monday
		{"2026-11-23 00:00", "2026-11-20 23:59", -1},
		{"2026-11-20 12:00", "2026-11-21 12:00", 0}, // Friday to Saturday
		{"2027-03-24 12:00", "2027-03-31 12:00", 2},
		{"2026-12-22 12:00", "2027-01-04 12:00", 5}, // 23, 28, 29, 30 December and 4 January
	} {
		require.Equal(t, c.want, WorkingDaysBetween(danishTime(t, c.a), danishTime(t, c.b)), "%s → %s", c.a, c.b)
	}
}

func TestWorkingDaysBetweenAddsUp(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a := anyMoment(r)
		b := a.AddDate(0, 0, rapid.IntRange(-90, 90).Draw(r, "b"))
		c := a.AddDate(0, 0, rapid.IntRange(-90, 90).Draw(r, "c"))
		require.Equal(r, WorkingDaysBetween(a, c), WorkingDaysBetween(a, b)+WorkingDaysBetween(b, c))
	})
}

func TestWorkingDayAt(t *testing.T) {
	thursday := danishTime(t, "2027-03-25 10:00") // skærtorsdag
	require.Equal(t, danishTime(t, "2027-03-30 08:30"), NextWorkingDayAt(thursday, 8, 30))
	require.Equal(t, danishTime(t, "2027-03-30 09:00"), OnWorkingDayAt(thursday, 9))
	wednesday := danishTime(t, "2027-03-31 10:00")
	require.Equal(t, danishTime(t, "2027-04-01 08:00"), NextWorkingDayAt(wednesday, 8, 0))
	require.Equal(t, danishTime(t, "2027-03-31 09:00"), OnWorkingDayAt(wednesday, 9)) // already past
}

func TestEveryDayHasItsNextWorkingDay(t *testing.T) {
	everyDay(func(day time.Time) {
		next := NextWorkingDayAt(day, 8, 0)
		require.True(t, WorkingDay(next), day)
		require.True(t, next.After(EndOfDay(day)), day)
		require.Equal(t, 8, next.Hour(), day)
		require.Equal(t, 1, WorkingDaysBetween(day, next), day)
		require.LessOrEqual(t, next.Sub(day), 7*24*time.Hour, day)

		on := OnWorkingDayAt(day, 9)
		require.True(t, WorkingDay(on), day)
		require.Equal(t, WorkingDay(day), Date(on) == Date(day), day)
	})
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2027-03-31 13:00", 3, "2027-06-30 13:00"},
		{"2026-11-30 13:00", 3, "2027-02-28 13:00"},
		{"2027-11-30 13:00", 3, "2028-02-29 13:00"},
		{"2026-08-31 13:00", 3, "2026-11-30 13:00"},
		{"2026-11-23 13:00", 3, "2027-02-23 13:00"},
		{"2026-12-31 13:00", 2, "2027-02-28 13:00"},
		{"2026-10-15 13:00", 24, "2028-10-15 13:00"},
		{"2028-02-29 13:00", 12, "2029-02-28 13:00"},
		{"2027-05-31 13:00", -3, "2027-02-28 13:00"},
		{"2027-01-31 13:00", -13, "2025-12-31 13:00"},
		{"2026-11-23 13:00", 0, "2026-11-23 13:00"},
		{"2026-12-29 13:00", 3, "2027-03-29 13:00"}, // winter to summer time: the same wall clock
		{"2027-07-25 00:00", 3, "2027-10-25 00:00"},
		{"2026-09-30 23:59:59", 5, "2027-02-28 23:59:59"},
	} {
		require.Equal(t, danishTime(t, c.want), AddMonths(danishTime(t, c.from), c.n), "%s %+d", c.from, c.n)
	}
}

func TestAddMonthsEveryDay(t *testing.T) {
	everyDay(func(day time.Time) {
		for n := -14; n <= 26; n++ {
			got := AddMonths(day, n)
			months := (got.Year()-day.Year())*12 + int(got.Month()-day.Month())
			require.Equal(t, n, months, "%s %+d", day, n)
			require.LessOrEqual(t, got.Day(), day.Day())
			require.Equal(t, 12, got.Hour())
			if got.Day() != day.Day() { // clamped: the last day of its month
				require.Equal(t, 1, got.AddDate(0, 0, 1).Day(), "%s %+d", day, n)
			}
		}
	})
}

func TestEvaluationDate(t *testing.T) {
	// The rule as it is composed: three months, the next working day, 09:00.
	for from, want := range map[string]string{
		"2026-11-30 15:00": "2027-03-01 09:00", // 28 February is a Sunday
		"2026-12-26 15:00": "2027-03-30 09:00", // Good Friday
		"2027-03-31 15:00": "2027-06-30 09:00",
	} {
		require.Equal(t, danishTime(t, want), OnWorkingDayAt(AddMonths(danishTime(t, from), 3), 9), from)
	}
}

func TestQuiet(t *testing.T) {
	for date, want := range map[string]bool{
		"2027-06-30 23:59:59": false, "2027-07-01": true, "2027-07-31 23:59:59": true, "2027-08-01": false,
		"2026-12-22 23:59:59": false, "2026-12-23": true, "2026-12-31": true,
		"2027-01-01": true, "2027-01-02 23:59:59": true, "2027-01-03": false,
	} {
		require.Equal(t, want, Quiet(danishTime(t, date)), date)
	}
	// 22:30 UTC on 30 June is already July in Copenhagen.
	require.True(t, Quiet(time.Date(2027, 6, 30, 22, 30, 0, 0, time.UTC)))
}

func TestAddCountingDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-23 10:00", 21, "2026-12-14 10:00"},
		{"2026-06-20 10:00", 21, "2026-08-11 10:00"}, // ten days in June, eleven in August
		{"2026-06-30 10:00", 1, "2026-08-01 10:00"},
		{"2026-07-15 10:00", 1, "2026-08-01 10:00"},
		{"2026-07-15 10:00", 0, "2026-07-15 10:00"},
		{"2026-12-20 10:00", 28, "2027-01-28 10:00"}, // 21 and 22 December, then 3–28 January
		{"2026-12-22 10:00", 1, "2027-01-03 10:00"},
		{"2027-01-03 10:00", -1, "2026-12-22 10:00"},
		{"2027-03-27 02:30", 2, "2027-03-29 02:30"}, // no 02:30 on the day between
	} {
		require.Equal(t, danishTime(t, c.want), AddCountingDays(danishTime(t, c.from), c.n), "%s %+d", c.from, c.n)
	}
}

func TestAddCountingDaysProperties(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		from, n := anyMoment(r), rapid.IntRange(1, 60).Draw(r, "n")
		got := AddCountingDays(from, n)
		require.False(r, Quiet(got))
		counted := 0
		for i := 1; !noon(from, i).After(noon(got, 0)); i++ {
			if !Quiet(noon(from, i)) {
				counted++
			}
		}
		require.Equal(r, n, counted)
		require.True(r, got.Equal(AddCountingDays(AddCountingDays(from, n-1), 1)) || n > 1 && wallClockSkipped(from))
	})
}

// wallClockSkipped: a step that lands in the hour March skips moves the clock of the steps after it.
func wallClockSkipped(t time.Time) bool { return t.In(Copenhagen).Hour() == 2 }

func TestSkipQuiet(t *testing.T) {
	for from, want := range map[string]string{
		"2027-07-14 03:00": "2027-08-02 08:00", // 1 August is a Sunday
		"2028-07-01 00:00": "2028-08-01 08:00",
		"2026-12-23 12:00": "2027-01-04 08:00", // 3 January is a Sunday
		"2027-12-31 12:00": "2028-01-03 08:00",
		"2027-08-01 03:00": "2027-08-01 03:00", // not quiet: as it is, though a Sunday night
	} {
		require.Equal(t, danishTime(t, want), SkipQuiet(danishTime(t, from)), from)
	}
}

func TestEndOfDay(t *testing.T) {
	require.Equal(t, danishTime(t, "2026-12-14 23:59:59"), EndOfDay(danishTime(t, "2026-12-14 00:00")))
	require.Equal(t, danishTime(t, "2026-12-15 23:59:59"), EndOfDay(time.Date(2026, 12, 14, 23, 30, 0, 0, time.UTC)))
	everyDay(func(day time.Time) {
		end := EndOfDay(day)
		require.Equal(t, Date(day), Date(end))
		require.NotEqual(t, Date(day), Date(end.Add(time.Second)))
	})
}

func TestOfficeHours(t *testing.T) {
	for from, want := range map[string]string{
		"2026-11-23 07:59:59": "2026-11-23 08:00",
		"2026-11-23 08:00":    "2026-11-23 08:00",
		"2026-11-23 12:34:56": "2026-11-23 12:34:56",
		"2026-11-23 15:59:59": "2026-11-23 15:59:59",
		"2026-11-23 16:00":    "2026-11-24 08:00",
		"2026-11-20 17:00":    "2026-11-23 08:00",
		"2026-11-21 10:00":    "2026-11-23 08:00",
		"2027-03-25 10:00":    "2027-03-30 08:00",
		"2026-12-24 07:00":    "2026-12-28 08:00",
	} {
		require.Equal(t, danishTime(t, want), OfficeHours(danishTime(t, from)), from)
	}
}

func TestOpeningsProperties(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		moment := anyMoment(r)
		office, quiet := OfficeHours(moment), SkipQuiet(moment)
		require.True(r, WorkingDay(office) && office.Hour() >= 8 && office.Hour() < 16)
		require.False(r, office.Before(moment))
		require.Equal(r, office, OfficeHours(office))
		require.False(r, Quiet(quiet))
		require.False(r, quiet.Before(moment))
		require.Equal(r, quiet, SkipQuiet(quiet))
	})
}

func TestWallClockSurvivesSummerTime(t *testing.T) {
	for _, change := range []string{"2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"} {
		before := danishTime(t, change+" 13:00").AddDate(0, 0, -1)
		require.Equal(t, "13:00:00", AddCountingDays(before, 1).Format(time.TimeOnly), change)
		require.Equal(t, "13:00:00", AddWorkingDays(before, 1).Format(time.TimeOnly), change)
		require.Equal(t, "13:00:00", AddMonths(before, 1).Format(time.TimeOnly), change)
	}
	// The second 02:30 of the autumn night stays the second one when nothing is added.
	second := time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC)
	require.True(t, second.Equal(AddMonths(second, 0)))
	require.True(t, second.Equal(AddWorkingDays(second, 0)))
}

func BenchmarkWorkingDay(b *testing.B) {
	day := time.Date(2027, 5, 12, 12, 0, 0, 0, Copenhagen)
	for b.Loop() {
		WorkingDay(day)
	}
}
