package forloeb

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestDanishDates(t *testing.T) {
	from, to := danishTime(t, "2026-11-23 13:00"), danishTime(t, "2026-11-23 16:00")
	require.Equal(t, "mandag den 23. november 2026", Date(from))
	require.Equal(t, "mandag den 23. november 2026 kl. 13.00", DateTime(from))
	require.Equal(t, "mandag den 23. november 2026 kl. 13.00–16.00", Interval(from, to))
	require.Equal(t, "kl. 13.00–16.00", ClockRange(from, to))
	require.Equal(t, "23.11.2026", ShortDate(from))
	require.Equal(t, "november 2026", Month(from))
	require.Equal(t, "Mandag den 23. november 2026", Capital(Date(from)))

	early := danishTime(t, "2026-05-01 09:05")
	require.Equal(t, "kl. 9.05", Clock(early))
	require.Equal(t, "1.5.2026", ShortDate(early))
	require.Equal(t, "fredag den 1. maj 2026", Date(early))
	require.Equal(t, "kl. 0.00", Clock(danishTime(t, "2026-05-01")))
	require.Equal(t, "fredag den 1. maj 2026 kl. 20.00 til lørdag den 2. maj 2026 kl. 1.00",
		Interval(danishTime(t, "2026-05-01 20:00"), danishTime(t, "2026-05-02 01:00")))
}

// Complaint K26.
func TestDatesAreDanishTime(t *testing.T) {
	require.Equal(t, "torsdag den 1. juli 2027 kl. 0.30", DateTime(time.Date(2027, 6, 30, 22, 30, 0, 0, time.UTC)))
	require.Equal(t, "søndag den 3. januar 2027 kl. 0.30", DateTime(time.Date(2027, 1, 2, 23, 30, 0, 0, time.UTC)))
}

func TestEveryWeekdayAndMonthHasItsName(t *testing.T) {
	words := map[string]bool{}
	for i := range 366 {
		for _, word := range strings.Fields(Date(danishTime(t, "2026-01-01").AddDate(0, 0, i))) {
			words[word] = true
		}
	}
	for _, word := range []string{"mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag", "januar",
		"februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"} {
		require.True(t, words[word], word)
	}
}

func TestCapital(t *testing.T) {
	for in, want := range map[string]string{"": "", "åben": "Åben", "a": "A", "Mandag": "Mandag", "\xff": "\xff", "1": "1"} {
		require.Equal(t, want, Capital(in))
	}
}

func TestNumber(t *testing.T) {
	for in, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1.000", 1304: "1.304", 100000: "100.000",
		1234567: "1.234.567", -1304: "-1.304", -999: "-999"} {
		require.Equal(t, want, Number(in))
	}
}

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"11-3-2027":        "2027-03-11",
		"11.3.2027":        "2027-03-11",
		"11/3 2027":        "2027-03-11",
		"11/3-2027":        "2027-03-11",
		"11/3/2027":        "2027-03-11",
		"110327":           "2027-03-11",
		"11032027":         "2027-03-11",
		"2027-03-11":       "2027-03-11",
		"  11 - 3 - 2027 ": "2027-03-11",
		"11-3-27":          "2027-03-11",
		"11.03.27":         "2027-03-11",
		"11 3 2027":        "2027-03-11",
		"11. marts 2027":   "2027-03-11",
		"11 Marts 2027":    "2027-03-11",
		"11. mar. 2027":    "2027-03-11",
		"29-2-2028":        "2028-02-29",
		"29-2-2027":        "",
		"20/12":            "", // last month's or next year's: the year is asked for
		"20.12.":           "",
		"20. december":     "",
		"2012":             "",
		"31-4-2027":        "",
		"0-3-2027":         "",
		"11-13-2027":       "",
		"11-0-2027":        "",
		"11. smarts 2027":  "",
		"11. xyz 2027":     "",
		"11-3-0207":        "",
		"11-3-1999":        "",
		"11-3-2100":        "",
		"2027-13-11":       "",
		"i morgen":         "",
		"":                 "",
		"11":               "",
		"11-3-2027 x":      "",
		"11-3-202":         "",
		"1103271":          "",
		"¹¹-3-2027":        "",
	} {
		got, err := ParseDate(in)
		if want == "" {
			require.ErrorIs(t, err, ErrDate, in)
			require.Zero(t, got, in)
			continue
		}
		require.NoError(t, err, in)
		require.Equal(t, danishTime(t, want), got, in)
	}
}

func TestParseDateReadsWhatDatesWrite(t *testing.T) {
	everyDay(func(day time.Time) {
		midnight := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, Copenhagen)
		y, m, d := midnight.Date()
		for _, typed := range []string{
			ShortDate(day), day.Format("2006-01-02"), day.Format("020106"), day.Format("02-01-06"),
			fmt.Sprintf("%d/%d %d", d, int(m), y), fmt.Sprintf("%d. %s", d, Month(day)),
		} {
			got, err := ParseDate(typed)
			require.NoError(t, err, typed)
			require.Equal(t, midnight, got, typed)
		}
	})
}

func TestMistypedSaysHowToWriteIt(t *testing.T) {
	_, err := ParseDate("i morgen")
	require.Equal(t, "Skriv datoen som 11-3-2027.", mistyped(t, err))
	_, _, err = ParseClock("halv ti")
	require.Equal(t, "Skriv tiden som 13.00.", mistyped(t, err))
}

func mistyped(t *testing.T, err error) string {
	t.Helper()
	var m *Mistyped
	require.ErrorAs(t, err, &m)
	require.NotEmpty(t, m.Error())
	return m.Danish()
}

func TestParseClock(t *testing.T) {
	for in, want := range map[string]string{
		"13.00": "13:00", "13:00": "13:00", "13": "13:00", "9.30": "9:30", "09.30": "9:30", "9": "9:00",
		"kl. 9.00": "9:00", "Kl 13": "13:00", "kl. 13": "13:00", "kl.13:30": "13:30", "1300": "13:00", "0930": "9:30", " 8 ": "8:00", "0.00": "0:00", "23:59": "23:59",
		"24.00": "", "13.60": "", "13.0": "", "13,00": "", "930": "", "": "", "halv ti": "", "-1": "", "13.00.00": "",
	} {
		hour, minute, err := ParseClock(in)
		if want == "" {
			require.ErrorIs(t, err, ErrClock, in)
			continue
		}
		require.NoError(t, err, in)
		require.Equal(t, want, fmt.Sprintf("%d:%02d", hour, minute), in)
	}
}

func TestParseClockReadsWhatClockWrites(t *testing.T) {
	for minute := range 24 * 60 {
		at := danishTime(t, "2026-11-23").Add(time.Duration(minute) * time.Minute)
		h, m, err := ParseClock(Clock(at))
		require.NoError(t, err)
		require.Equal(t, minute, h*60+m)
	}
}

func TestParsersNeverPanic(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.StringMatching(`[0-9a-z./: -]{0,14}`).Draw(r, "s")
		if date, err := ParseDate(s); err == nil {
			require.Equal(r, "00:00:00", date.Format(time.TimeOnly))
		}
		_, _, _ = ParseClock(s)
	})
}

func TestSince(t *testing.T) {
	now := time.Date(2027, 1, 4, 8, 0, 0, 0, Copenhagen) // a Monday
	for want, then := range map[string]time.Time{
		"i dag":                        time.Date(2027, 1, 4, 0, 0, 0, 0, Copenhagen),
		"i går":                        time.Date(2027, 1, 3, 23, 59, 0, 0, Copenhagen),
		"i lørdags":                    time.Date(2027, 1, 2, 12, 0, 0, 0, Copenhagen),
		"i tirsdags":                   time.Date(2026, 12, 29, 0, 0, 0, 0, Copenhagen),
		"mandag den 28. december 2026": time.Date(2026, 12, 28, 23, 0, 0, 0, Copenhagen),
		"mandag den 16. november 2026": time.Date(2026, 11, 16, 9, 0, 0, 0, Copenhagen),
	} {
		require.Equal(t, want, Since(then, now))
	}
	require.Equal(t, "mandag den 16. november", Since(time.Date(2026, 11, 16, 9, 0, 0, 0, Copenhagen), time.Date(2026, 11, 23, 9, 0, 0, 0, Copenhagen)))
	require.Equal(t, "i dag", Since(now.AddDate(0, 0, 3), now), "a clock that was wound on")
}
