package api

import (
	"time"

	"example.dk/spark/internal/forloeb"
)

// local is a time as the JSON API writes it: in Copenhagen, in whole seconds.
// Zero stays zero, and is left out.
func local(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(forloeb.Copenhagen).Truncate(time.Second)
}

// localTimes are the ways to write a time without an offset: Copenhagen's.
var localTimes = []string{"2006-01-02T15:04", "2006-01-02T15:04:05"}

// readTime reads a time with an offset, or the time on the clocks of
// Copenhagen. An hour that the clocks skip is no time.
func readTime(text string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, true
	}
	for _, layout := range localTimes {
		if t, err := time.ParseInLocation(layout, text, forloeb.Copenhagen); err == nil {
			return t, t.Format(layout) == text
		}
	}
	return time.Time{}, false
}

// readTimes reads the start and end of a meeting, which stands at a pointer in
// the body, and tells what is wrong with either.
func readTimes(pointer, start, end string) (from, to time.Time, wrong []ProblemError) {
	read := func(text, field string) time.Time {
		t, ok := readTime(text)
		if !ok {
			wrong = append(wrong, ProblemError{Pointer: pointer + "/" + field, Code: "bad_time", Detail: timeForm})
		}
		return t
	}
	from, to = read(start, "starts_at"), read(end, "ends_at")
	return from, to, wrong
}

const timeForm = "A time such as 2027-03-11T13:00:00+01:00, or 2027-03-11T13:00 on the clocks of Copenhagen."
