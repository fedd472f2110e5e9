package forloeb

import (
	"strconv"
	"time"
)

// Light tells staff how near a promised day is.
type Light struct {
	Colour LightColour
	Days   int // working days to the promised day, or since it
}

// LightColour is which of the three lights is on. The words say it too.
type LightColour string

// The colours. Nothing promised has none.
const (
	LightNone   LightColour = ""
	LightGreen  LightColour = "green"
	LightYellow LightColour = "yellow"
	LightRed    LightColour = "red"
)

// soonDays is how many working days before a promised day the light turns
// yellow: about the five days before the deadline for an answer on which its
// status warns.
const soonDays = 3

// LightAt is the light of a promised day, which lasts to its end. Zero without
// one.
func LightAt(promised, now time.Time) Light {
	if promised.IsZero() {
		return Light{}
	}
	days := WorkingDaysBetween(now, promised)
	switch {
	case passed(promised, now):
		return Light{LightRed, -days}
	case days <= soonDays:
		return Light{LightYellow, days}
	}
	return Light{LightGreen, days}
}

// Words are what the light says.
func (l Light) Words() string {
	switch l.Colour {
	case LightGreen:
		return "I god tid"
	case LightYellow:
		return "Snart (" + WorkingDays(l.Days) + ")"
	case LightRed:
		return "Over tid (" + WorkingDays(l.Days) + ")"
	}
	return ""
}

// WorkingDays writes a number of them: "1 hverdag", "5 hverdage".
func WorkingDays(n int) string {
	if n == 1 {
		return "1 hverdag"
	}
	return strconv.Itoa(n) + " hverdage"
}

// Light is how near the day is that the row's sentence promises. What is
// closed or being worked on promises nothing.
func (r ListRow) Light() Light {
	if r.Status.Closed() || !r.Settled {
		return Light{}
	}
	return LightAt(r.Waiting.Deadline, r.Now)
}
