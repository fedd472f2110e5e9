package forloeb

import "math"

// percent rounds half up; of nothing it is 0.
func percent(some, all int) int {
	if all == 0 {
		return 0
	}
	return (200*some + all) / (2 * all)
}

// Wilson is the interval, in whole percent, that a share lies in with a
// certainty of 95 percent when some of all have it (Wilson 1927). It keeps
// within 0 and 100 and is right for few and for shares near the ends, which
// the plain one is not. Of nothing it is 0 to 100.
func Wilson(some, all int) (low, high int) {
	if all == 0 {
		return 0, 100
	}
	const z = 1.959963984540054
	n, p := float64(all), float64(some)/float64(all)
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	reach := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return wholePercent(middle - reach), wholePercent(middle + reach)
}

func wholePercent(share float64) int {
	return int(math.Round(100 * min(1, max(0, share))))
}
