package forloeb

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestSettling(t *testing.T) {
	clock := func(s string) time.Time { return danishTime(t, s+":00") }
	began := clock("2026-11-23 09:00")
	for name, c := range map[string]struct {
		since, given, now time.Time
		want              bool
	}{
		"nothing yet":                     {began, time.Time{}, began, false},
		"just now":                        {began, began, began.Add(time.Minute), true},
		"the last minute of the week":     {began, began, clock("2026-11-30 08:59"), true},
		"after a week":                    {began, began, clock("2026-11-30 09:00"), false},
		"a week with a longer day":        {began, clock("2026-10-22 09:00"), clock("2026-10-29 09:00"), false},
		"one in the last of the months":   {began, clock("2027-01-22 09:00"), clock("2027-01-23 08:59"), true},
		"the months are over":             {began, clock("2027-01-22 09:00"), clock("2027-01-23 09:00"), false},
		"has been here as long as anyone": {time.Time{}, began, began, false},
	} {
		require.Equal(t, c.want, Settling(c.since, c.given, c.now), name)
	}
}
