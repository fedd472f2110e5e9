package api

import (
	"strconv"

	"example.dk/spark/internal/forloeb"
)

// retention is one row of the table that tells how long something is kept.
type retention struct {
	What, How string
}

// privacyPage tells what becomes of people's data.
//
// States: whether a HovedMED may be told of themes.
type privacyPage struct {
	Base
	Controller string // who is responsible; a setting
	Retention  []retention
	// TellsMainMED: the HovedMED of a municipality may be told of themes.
	TellsMainMED bool
}

// LeastTold is of how many workplaces at once.
func (*privacyPage) LeastTold() string { return strconv.Itoa(forloeb.LeastTold) }

func (*privacyPage) template() string { return "privacy" }

// newPrivacyPage reads how long things are kept from the policy that the
// program itself follows.
func newPrivacyPage(controller string, p forloeb.Policy) *privacyPage {
	return &privacyPage{Controller: controller, TellsMainMED: p.TellMainMED, Retention: []retention{
		{"En kladde til en ansøgning, som I har gemt", "Når ansøgningen er sendt, eller " + weeks(forloeb.DraftDays) + " efter, at kladden sidst blev gemt. I kan også selv slette den"},
		{"Navne, mailadresser, telefonnumre og det, I har skrevet, når ansøgningen eller forløbet slutter før tid",
			months(p.KeepClosed) + " efter, at det sluttede"},
		{"Det samme, når forløbet er gennemført", months(p.KeepCompleted) + " efter, at det sluttede"},
		{"Svar på spørgeskemaet", "Gemmes uden navn og indgår i tallene"},
		{"Kommune, arbejdsområde, antal ansatte, tema og datoer", "Gemmes uden navne og indgår i tallene"},
	}}
}

// months writes a period as people say it.
func months(n int) string {
	switch {
	case n == 1:
		return "1 måned"
	case n == 12:
		return "1 år"
	case n%12 == 0:
		return strconv.Itoa(n/12) + " år"
	}
	return strconv.Itoa(n) + " måneder"
}

// accessibilityPage is the way to the accessibility statement, which tells
// what is known to be missing, and to help meanwhile.
//
// States: before and after the statement is published.
type accessibilityPage struct {
	Base
	Statement string // its address at was.digst.dk; empty until it is published
}

func (*accessibilityPage) template() string { return "accessibility" }
