package api

import (
	"strings"

	"example.dk/spark/internal/forloeb"
)

// The sentences in this file say who gets a mail when staff act.

// parties names those of the two who can be reached: "Mette Holm (leder) og
// Amir Dahl (medarbejderrepræsentant)".
func parties(k staffCase) string {
	var names []string
	for _, p := range k.CurrentParties() {
		if p.Reachable() {
			names = append(names, p.Contact.Name+" ("+p.Side.Noun()+")")
		}
	}
	if len(names) == 0 {
		return "Ingen af parterne kan nås, så ingen af dem"
	}
	return strings.Join(names, " og ")
}

// everyone is the parties and the consultant.
func everyone(k staffCase) string {
	told := parties(k)
	if consultant := k.Consultant(); consultant != nil {
		told += " og " + consultant.Name + " (konsulent)"
	}
	return told
}

// cancelled says which booked meetings an act ends.
func cancelled(k staffCase) (effects []string) {
	for _, m := range k.Meetings {
		if m.State == forloeb.Booked && m.StartsAt.After(k.Now) {
			effects = append(effects, "Mødet "+forloeb.DateTime(m.StartsAt)+" bliver aflyst.")
		}
	}
	return effects
}
