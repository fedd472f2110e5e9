package forloeb

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

var (
	weekdayNames = [...]string{"søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"}
	monthNames   = [...]string{"januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
		"oktober", "november", "december"}
)

// Date writes a day as prose and mails do: "mandag den 23. november 2026", in Danish time.
func Date(t time.Time) string {
	local := t.In(Copenhagen)
	return fmt.Sprintf("%s den %d. %s", weekdayNames[local.Weekday()], local.Day(), Month(local))
}

// DateTime writes "mandag den 23. november 2026 kl. 13.00".
func DateTime(t time.Time) string { return Date(t) + " " + Clock(t) }

// Interval writes "mandag den 23. november 2026 kl. 13.00–16.00"; over midnight both ends are written out.
func Interval(from, to time.Time) string {
	if Date(from) != Date(to) {
		return DateTime(from) + " til " + DateTime(to)
	}
	return Date(from) + " " + ClockRange(from, to)
}

// Clock writes "kl. 9.00": no zero before the hour, minutes also at a whole hour.
func Clock(t time.Time) string { return "kl. " + clockDigits(t) }

// ClockRange writes "kl. 13.00–16.00" with an en dash and no spaces.
func ClockRange(from, to time.Time) string {
	return "kl. " + clockDigits(from) + "–" + clockDigits(to)
}

func clockDigits(t time.Time) string {
	local := t.In(Copenhagen)
	return fmt.Sprintf("%d.%02d", local.Hour(), local.Minute())
}

// ShortDate writes "23.11.2026", for tables only; without zeros in front ("1.5.2026"), as Retskrivningsordbogen
// has it.
func ShortDate(t time.Time) string { return t.In(Copenhagen).Format("2.1.2006") }

// Since writes a day as colleagues say it to each other: "i dag", "i går", "i fredags", "mandag den 16. november", and
// with its year when that is another than now's. For the staff's morning page alone.
func Since(t, now time.Time) string {
	day, today := noon(t, 0), noon(now, 0)
	switch {
	case !day.Before(today):
		return "i dag"
	case day.Equal(noon(now, -1)):
		return "i går"
	case day.After(noon(now, -7)):
		return "i " + weekdayNames[day.Weekday()] + "s"
	case day.Year() == today.Year():
		return fmt.Sprintf("%s den %d. %s", weekdayNames[day.Weekday()], day.Day(), monthNames[day.Month()-1])
	}
	return Date(t)
}

// Month writes "november 2026".
func Month(t time.Time) string {
	local := t.In(Copenhagen)
	return monthNames[local.Month()-1] + " " + strconv.Itoa(local.Year())
}

// Capital makes the first letter large, for a date that begins a line or a label.
func Capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if first == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// Number writes 1304 as "1.304".
func Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return sign + digits
}

// Mistyped tells that what a person typed cannot be read. It does not repeat it.
type Mistyped struct{ danish, english string }

// Error says in English what it is not.
func (m *Mistyped) Error() string { return m.english }

// Danish says how to write it.
func (m *Mistyped) Danish() string { return m.danish }

// What ParseDate and ParseClock answer when a text is not a date or not a time of day.
var (
	ErrDate  = &Mistyped{"Skriv datoen som 11-3-2027.", "not a date"}
	ErrClock = &Mistyped{"Skriv tiden som 13.00.", "not a time of day"}
)

var (
	isoDate     = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	danishDate  = regexp.MustCompile(`^(\d{1,2})(?: ?[-./] ?| )(\d{1,2})(?: ?[-./] ?| )(\d{4}|\d{2})\.?$`)
	compactDate = regexp.MustCompile(`^(\d{2})(\d{2})(\d{4}|\d{2})$`)
	wordDate    = regexp.MustCompile(`^(\d{1,2})\.? ?([a-z]{3,9})\.? (\d{4})$`)
	clockTime   = regexp.MustCompile(`^(?:kl\.? ?)?(\d{1,2})(?:[.:](\d{2}))?$`)
	compactTime = regexp.MustCompile(`^(?:kl\.? ?)?(\d{2})(\d{2})$`)
)

// ParseDate reads a day as people type it: 11-3-2027, 11.3.2027, 11/3 2027, 110327, 11. marts 2027 and the
// technical 2027-03-11. Day comes before month, and two digits of a year are this century's. The year cannot be left
// out: the same 20/12 may be meant as the meeting just held and as the one to plan, and a year guessed wrong invites
// people to it. It returns midnight in Copenhagen, or ErrDate; years outside 2000–2099 are typing mistakes.
func ParseDate(s string) (time.Time, error) {
	day, month, year := dateParts(strings.ToLower(strings.Join(strings.Fields(s), " ")))
	if len(year) == 2 {
		year = "20" + year
	}
	return calendarDay(atoi(year), atoi(month), atoi(day))
}

// dateParts splits a date into digits; all are "" when s is no date.
func dateParts(s string) (day, month, year string) {
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return m[3], m[2], m[1]
	}
	for _, pattern := range []*regexp.Regexp{danishDate, compactDate} {
		if m := pattern.FindStringSubmatch(s); m != nil {
			return m[1], m[2], m[3]
		}
	}
	if m := wordDate.FindStringSubmatch(s); m != nil {
		return m[1], monthNumber(m[2]), m[3]
	}
	return "", "", ""
}

// monthNumber knows the months by name or by any beginning of three letters ("sept"); others become "0".
func monthNumber(word string) string {
	for i, name := range monthNames {
		if strings.HasPrefix(name, word) {
			return strconv.Itoa(i + 1)
		}
	}
	return "0"
}

// calendarDay refuses days that time.Date would move on, such as 31 April.
func calendarDay(year, month, day int) (time.Time, error) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, Copenhagen)
	if year < 2000 || year > 2099 || t.Day() != day || int(t.Month()) != month {
		return time.Time{}, ErrDate
	}
	return t, nil
}

// ParseClock reads a time of day as people type it: 13.00, 13:00, 13, 9.30, 1300, kl. 9. It returns ErrClock for
// anything else, 24.00 included.
func ParseClock(s string) (hour, minute int, err error) {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	m := clockTime.FindStringSubmatch(s)
	if m == nil {
		m = compactTime.FindStringSubmatch(s)
	}
	if m == nil {
		return 0, 0, ErrClock
	}
	hour, minute = atoi(m[1]), atoi("0"+m[2])
	if hour > 23 || minute > 59 {
		return 0, 0, ErrClock
	}
	return hour, minute, nil
}

// atoi reads digits that a pattern has already found to be a short number; "" is 0.
func atoi(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
