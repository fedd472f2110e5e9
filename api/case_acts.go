package api

import (
	"slices"

	"example.dk/spark/internal/forloeb"
)

// shownActs is how many acts have a button on the forløb's page; the others
// are folded.
const shownActs = 3

// actsOf is what can be done now: the likeliest first, and what ends the
// forløb last.
func actsOf(k staffCase) (likeliest, others []caseAct) {
	var legal []*act
	for _, a := range acts {
		if a.legal(k) {
			legal = append(legal, a)
		}
	}
	slices.SortStableFunc(legal, func(a, b *act) int { return a.rank(k.Status) - b.rank(k.Status) })
	for i, a := range legal {
		shown := caseAct{Label: a.labelled(k), About: k.say(a.about), Address: a.address(k)}
		if i >= shownActs {
			others = append(others, shown)
			continue
		}
		shown.Primary = i == 0 && a.rank(k.Status) == 0
		likeliest = append(likeliest, shown)
	}
	return likeliest, others
}

func (a *act) rank(s forloeb.Status) int {
	switch {
	case slices.Contains(a.likely, s):
		return 0
	case a.final:
		return 2
	}
	return 1
}
