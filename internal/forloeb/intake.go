package forloeb

import (
	"strings"
	"time"
	"unicode/utf8"
)

// IntakeDecision is what the secretariat has decided about a programme's intake: that
// it is open or closed on some days. On all others the agreement decides.
type IntakeDecision struct {
	Programme ProgrammeCode
	State     IntakeState
	From      time.Time // first day; zero: at once
	Until     time.Time // last day; zero: until further notice
	Notice    string    // what the public reads about it; may be empty
	By        string    // name of who decided; empty when it was by a program
	At        time.Time // when; zero before anybody has decided anything
}

// IntakeState is what was decided.
type IntakeState string

// Every state.
const (
	IntakeAgreed IntakeState = "agreed" // as the agreement says
	IntakeOpen   IntakeState = "open"
	IntakeClosed IntakeState = "closed"
)

// IntakeStates are all of them, in the order in which they are offered.
var IntakeStates = []IntakeState{IntakeAgreed, IntakeOpen, IntakeClosed}

// MaxNotice is how long a public notice may be, in characters.
const MaxNotice = 500

// Label names the state.
func (s IntakeState) Label() string {
	switch s {
	case IntakeOpen:
		return "Åben"
	case IntakeClosed:
		return "Lukket"
	}
	return "Som aftalt"
}

// Valid reports whether it is one of them.
func (s IntakeState) Valid() bool { return s == IntakeAgreed || s.decides() }

// decides reports whether the state is another than what is agreed anyway.
func (s IntakeState) decides() bool { return s == IntakeOpen || s == IntakeClosed }

// Stands reports whether something is decided for the instant.
func (i IntakeDecision) Stands(at time.Time) bool {
	return i.State.decides() && Period{i.From, i.Until}.Covers(at)
}

// Check finds what is wrong with a decision that is made at the instant.
func (i IntakeDecision) Check(at time.Time) (wrong []Mistake) {
	if !i.State.Valid() {
		wrong = append(wrong, Mistake{Field: "state", Code: MistakeUnknownIntake})
	}
	if !i.Until.IsZero() && (i.Until.Before(i.From) || !at.Before(i.Until.AddDate(0, 0, 1))) {
		wrong = append(wrong, Mistake{Field: "until", Code: MistakeEndsTooSoon})
	}
	if n := utf8.RuneCountInString(CleanText(i.Notice)); n > MaxNotice {
		wrong = append(wrong, Mistake{Field: "notice", Code: MistakeTooLong, N: n - MaxNotice})
	}
	return wrong
}

// IntakeNow is whether a programme takes applications at an instant, and why.
type IntakeNow struct {
	Open      bool
	Programme string    // its name
	Opens     time.Time // first day that it is open again, as far as is known; zero when open, or when nobody knows
	Notice    string    // of what was decided
	Decided   bool      // by the secretariat; else it is as agreed
	Ended     time.Time // last day of the agreement, where one has ended and that is why
}

// IntakeAt judges a programme's intake at an instant.
func (p Programme) IntakeAt(i IntakeDecision, at time.Time) IntakeNow {
	now := IntakeNow{Open: p.takes(i, at), Programme: p.Name, Decided: i.Stands(at)}
	if now.Decided {
		now.Notice = i.Notice
	} else if !now.Open {
		now.Ended = p.LastAgreed(at).Until
	}
	if !now.Open {
		now.Opens = p.opens(i, at)
	}
	return now
}

func (p Programme) takes(i IntakeDecision, at time.Time) bool {
	if i.Stands(at) {
		return i.State == IntakeOpen
	}
	return p.Agreed(at)
}

// opens is the first day after the instant on which the programme takes
// applications: that can only be one on which something begins or is over.
func (p Programme) opens(i IntakeDecision, at time.Time) (first time.Time) {
	days := []time.Time{i.From}
	if !i.Until.IsZero() {
		days = append(days, i.Until.AddDate(0, 0, 1))
	}
	for _, period := range p.Periods {
		days = append(days, period.From)
	}
	for _, d := range days {
		if d.After(at) && p.takes(i, d) && (first.IsZero() || d.Before(first)) {
			first = d
		}
	}
	return first
}

// Refusal says that the programme takes no applications; nil when it does.
func (n IntakeNow) Refusal() *Refusal {
	if n.Open {
		return nil
	}
	if !n.Decided {
		return &Refusal{Code: RefuseProgrammeClosed, Date: n.Ended}
	}
	return &Refusal{Code: RefuseIntakeClosed, Date: n.Opens}
}

// Heading says in a line that a programme is closed.
func (n IntakeNow) Heading() string {
	if n.Decided {
		return "Vi tager ikke imod nye ansøgninger lige nu"
	}
	return n.Programme + " tager ikke imod ansøgninger"
}

// Told is what follows the heading: why, until when, and what goes on.
func (n IntakeNow) Told() string {
	var told []string
	if n.Notice != "" {
		told = append(told, n.Notice)
	}
	if !n.Ended.IsZero() {
		told = append(told, "Aftalen dækker til og med "+Date(n.Ended)+".")
	}
	if !n.Opens.IsZero() {
		told = append(told, "Vi åbner igen "+Date(n.Opens)+".")
	}
	return strings.Join(append(told, "Forløb, der er i gang, fortsætter."), " ")
}
