package crash

import (
	"fmt"
	"slices"
	"strings"
)

// Verdict is the result in words, with the story of one forløb for each rule
// that is broken.
func (r *RaceResult) Verdict() string {
	var text strings.Builder
	for _, v := range r.Violations {
		fmt.Fprintf(&text, "\n%s, %d times: %s (forløb %s)\n%s", v.Rule, r.Broken[v.Rule], v.What, v.Forloeb, v.Story)
	}
	fmt.Fprintf(&text, "\n%s on %d cores; %s mails; the answers of %s pairs were under way at the same time\n", r.Version, r.Cores, grouped(r.Mails), grouped(r.Together))
	if r.Pairs > 0 {
		fmt.Fprintf(&text, "%s simultaneous consent pairs: %s stuck, %s doubled. ", grouped(r.Pairs), grouped(r.Stuck), grouped(r.Doubled))
	}
	if r.Clicks > 0 {
		fmt.Fprintf(&text, "%s double clicks x %d: %s rows.", grouped(r.Clicks), r.Times, grouped(r.Rows))
	}
	if n := total(r.Broken); n > 0 {
		fmt.Fprintf(&text, "\n%d VIOLATIONS", n)
	}
	return text.String()
}

// Finds reports whether a bug was found, by a rule that is about it.
func (r *RaceResult) Finds(bug *Plant) bool { return slices.ContainsFunc(r.Violations, bug.FoundBy) }

// grouped is a number as it is read: 10,000.
func grouped(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", grouped(n/1000), n%1000)
}
