package api

import (
	"time"

	"example.dk/spark/internal/forloeb"
)

// intakesPage tells the secretariat which programmes take applications.
//
// States: open as agreed; decided, with who and when; closed; with drafts.
type intakesPage struct {
	Base
	List []intakeLine
}

func (*intakesPage) template() string { return "intakes" }

// intakeLine is one programme's intake.
type intakeLine struct {
	Name, Address string
	State         badge
	Told          string // when closed
	Decided       string // what is decided, and for which days; empty when nothing is
	By            string
	At            time.Time
	Drafts        int // applications that were saved and not sent
}

// Saved tells how many there are.
func (l intakeLine) Saved() string {
	if l.Drafts == 0 {
		return ""
	}
	return drafted(l.Drafts) + " er gemt og ikke sendt."
}

// intakeForm is a decision about an intake, as it was typed.
type intakeForm struct {
	State, From, Until, Notice string
}

// intakePage is where the secretariat opens or closes a programme's intake.
// What the public will see, and what follows, is shown before it is saved.
//
// States: the decision that stands; with what it will look like, closed or
// open; with errors; with what was typed before a new login.
type intakePage struct {
	Base
	Name, Action string
	Form         intakeForm
	Preview      *intakePreview
	Restored     bool
}

func (*intakePage) template() string { return "intake" }

// States are what can be decided.
func (*intakePage) States() []option {
	return []option{
		{string(forloeb.IntakeAgreed), forloeb.IntakeAgreed.Label(), "Aftalen mellem parterne afgør det."},
		{string(forloeb.IntakeOpen), forloeb.IntakeOpen.Label(), ""},
		{string(forloeb.IntakeClosed), forloeb.IntakeClosed.Label(), ""},
	}
}

// intakePreview is what follows from a decision.
type intakePreview struct {
	Closed  *forloeb.IntakeNow // what the public reads; nil when it is open
	Effects []string
}
