package forloeb

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// Twin is another forløb, as colleagues name it.
type Twin struct {
	ID        uuid.UUID
	Reference string
}

// Duplicate is the forløb that a closed one was a duplicate of.
type Duplicate struct {
	Twin
	Known []uuid.UUID // those of our parties who are party there too, by their mail address
}

// seenBy is what one of our parties may know of it: which one it is, only when
// they are party there too.
func (d *Duplicate) seenBy(p *Party) *Duplicate {
	if d == nil || !slices.Contains(d.Known, p.ID) {
		return d.nameless()
	}
	return &Duplicate{Twin: d.Twin, Known: []uuid.UUID{p.ID}}
}

func (d *Duplicate) nameless() *Duplicate {
	if d == nil {
		return nil
	}
	return &Duplicate{}
}

// CloseDuplicate is the secretariat's end of a forløb that is about the same
// as another. The store finds the other, and refuses what it may not be.
type CloseDuplicate struct{ Of string } // a reference, however it is written

// Line names the act: it stops the forløb.
func (d CloseDuplicate) Line() Line { return Line{Name: ForloebStopped, Detail: "duplicate"} }

// Check: while the forløb is open, of another one.
func (d CloseDuplicate) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := f.open(); err != nil {
		return err
	}
	switch d.Reference() {
	case "":
		return f.refuse(RefuseDuplicateUnknown)
	case f.Reference:
		return f.refuse(RefuseDuplicateSelf)
	}
	return nil
}

// Reference is that of the other forløb as it is stored; empty when it is none.
func (d CloseDuplicate) Reference() string { return ReferenceIn(d.Of) }

// Original is what is known of the forløb that another is to be a duplicate of.
type Original struct {
	Open      bool
	Duplicate bool // is closed as one itself
	Ours      bool // of the very forløb that is to be closed
}

// MayBe refuses what no forløb can be a duplicate of: one that is closed has no
// place for its people, and one that is a duplicate leads on, or back here.
func (f *Forloeb) MayBe(o Original) error {
	switch {
	case o.Ours:
		return f.refuse(RefuseDuplicateCircle)
	case o.Duplicate:
		return f.refuse(RefuseDuplicateChain)
	case !o.Open:
		return f.refuse(RefuseDuplicateClosed)
	}
	return nil
}

// DuplicateWords tells a party why the forløb closed; empty when it was for
// another reason. It is asked of what that party sees, see SeenBy.
func (f *Forloeb) DuplicateWords() string {
	switch d := f.DuplicateOf; {
	case d == nil:
		return ""
	case d.Reference == "":
		return "Arbejdspladsen har allerede en ansøgning hos os. Spørg på arbejdspladsen, hvem der har søgt, eller ring til os."
	default:
		return "Det er den samme ansøgning som sag " + d.Reference + ", som du også er part i. Vi går videre med den sag."
	}
}

// Alike is another open forløb that may be about the same.
type Alike struct {
	Of        Twin // the one that is looked at
	Twin           // the one it is like
	Workplace string
	AppliedAt time.Time
	Place     bool // the same municipality, and a workplace whose name is alike
	People    bool // somebody is party to both, by their mail address
}

// Why says what is alike.
func (a Alike) Why() string {
	switch {
	case a.Place && a.People:
		return "samme arbejdsplads og en fælles mailadresse"
	case a.People:
		return "en fælles mailadresse"
	}
	return "samme kommune og et navn, der ligner"
}
