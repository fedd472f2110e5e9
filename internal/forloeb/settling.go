package forloeb

import "time"

// Whoever is new has nothing to do yet, so that matching by load alone would
// give them everything. In the first months they are given one forløb at a
// time, with days between; a person can still choose them.
const (
	newForMonths = 2
	newRestsDays = 7
)

// Settling reports whether somebody who began as a consultant then, and was
// given the newest of their forløb then, waits before the next one. A time that
// is zero is long ago or never.
func Settling(since, given, now time.Time) bool {
	return !since.IsZero() && now.Before(AddMonths(since, newForMonths)) &&
		!given.IsZero() && now.Before(given.In(Copenhagen).AddDate(0, 0, newRestsDays))
}
