package crash

import (
	"fmt"
	"strings"
)

// Verdict is the result in words, with the whole story of every forløb that
// has lost something.
func (r *Result) Verdict() string {
	var text strings.Builder
	for _, v := range r.Violations {
		fmt.Fprintf(&text, "\n%s: %s (forløb %s)\n%s", v.Rule, v.What, v.Forloeb, v.Story)
	}
	fmt.Fprintf(&text, "\nseed %d of %s: %g minutes, %d kills, %d freezes, %d power cuts, %d operations (%d done, %d refused, %d unknown)\n",
		r.Seed, r.Version, r.Minutes, r.Kills, r.Freezes, r.PowerCuts, r.Operations, r.Outcomes["done"], r.Outcomes["refused"], r.Outcomes["unknown"])
	fmt.Fprintf(&text, "%d forløb, %d of them completed; %d attempts to hand over a mail; at rest after %.0f s\n",
		r.Forloeb, r.Statuses["completed"], total(r.Mails), r.Rested)
	if len(r.Violations) == 0 {
		text.WriteString("nothing was lost, doubled or shown to anybody else")
	} else {
		fmt.Fprintf(&text, "%d VIOLATIONS", len(r.Violations))
	}
	return text.String()
}

// Proof is what came of planting bugs.
type Proof struct {
	Seed       uint64      `json:"seed"`
	Version    string      `json:"version"`
	Kills      int         `json:"kills"`
	Operations int         `json:"operations"`
	Violations []Violation `json:"violations"`    // one for each bug that was found
	Found      []string    `json:"planted_found"` // names
	Missed     []string    `json:"planted_missed"`
}

// Adds notes whether a run found the bug that was planted, and says so.
func (p *Proof) Adds(bug *Plant, r *Result) string {
	p.Seed, p.Version = r.Seed, r.Version
	p.Kills += r.Kills
	p.Operations += r.Operations
	for _, v := range r.Violations {
		if bug.FoundBy(v) {
			p.Found, p.Violations = append(p.Found, bug.Name), append(p.Violations, v)
			return fmt.Sprintf("found %q by %s: %s", bug.Name, v.Rule, v.What)
		}
	}
	p.Missed = append(p.Missed, bug.Name)
	return fmt.Sprintf("NOT FOUND: %q (%d other violations)\n%s", bug.Name, len(r.Violations), r.Verdict())
}
