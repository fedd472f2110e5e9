package forloeb

import (
	"regexp"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// Recusal is that a consultant is not to have forløb somewhere, because of a
// conflict of interest that is known beforehand (habilitet): they have worked
// there, or somebody close to them does. Nobody chooses them for a forløb
// there, with whatever reason, until it is ended. What they have already stays
// theirs until a person decides: nothing is taken away in silence.
type Recusal struct {
	ID         uuid.UUID
	Consultant uuid.UUID
	Place      string // a municipality's code, or a region's
	Workplace  string // as people call it; empty for all of the place
	Reason     string // shown to the consultant and the head alone; empty to others
	By         Actor
	At         time.Time // real time: it spans forløb
}

// RecusedForloeb is an open forløb that a consultant has where they are not to
// have any.
type RecusedForloeb struct {
	Twin
	Workplace string
}

// Details of the acts that tell a forløb of a recusal.
const (
	recusedDetail      = "recused"
	recusalEndedDetail = "recusal-ended"
)

// RecusedLine tells a forløb that its consultant is not to have any there.
func RecusedLine() Line { return Line{Name: FactsChanged, Detail: recusedDetail} }

// RecusalEndedLine tells it that they may again.
func RecusalEndedLine() Line { return Line{Name: FactsChanged, Detail: recusalEndedDetail} }

// Clean is the recusal as it is stored.
func (r Recusal) Clean() Recusal {
	r.Workplace, r.Reason = CleanLine(r.Workplace), CleanText(r.Reason)
	if m, known := MunicipalityByCode(r.Place); known {
		r.Place = m.Code
	}
	return r
}

// Mistakes finds what must be put right before it can be registered.
func (r Recusal) Mistakes() []Mistake {
	var c checker
	if PlaceLabel(r.Place) == "" {
		c.add("place", MistakeUnknownPlace)
	}
	before := len(c.mistakes)
	c.line("workplace", r.Workplace, false)
	if len(c.mistakes) == before && r.Workplace != "" && utf8.RuneCountInString(shortWorkplace.ReplaceAllString(r.Workplace, "")) < 3 {
		c.add("workplace", MistakeShortWorkplace)
	}
	if m, wrong := textMistake("reason", r.Reason); wrong {
		c.mistakes = append(c.mistakes, m)
	}
	return c.mistakes
}

// shortWorkplace is what does not count when names are compared.
var shortWorkplace = regexp.MustCompile(`[\s[:punct:]]+`)

// Places are the codes that a workplace there may have: those of a region on
// the map before and after, and not those of a neighbour that becomes the same.
func (r Recusal) Places() []string {
	places := []string{r.Place}
	for _, region := range regions {
		if region.code != r.Place && (region.becomes == r.Place || RegionAt(r.Place, newRegionalMap) == region.code) {
			places = append(places, region.code)
		}
	}
	return places
}

// Where is "Vejle Kommune", or "Tranemoseskolen, Vejle Kommune".
func (r Recusal) Where() string {
	if r.Workplace == "" {
		return PlaceLabel(r.Place)
	}
	return r.Workplace + ", " + PlaceLabel(r.Place)
}

// MayEnd refuses a consultant what others have registered about them.
func (r Recusal) MayEnd(by Actor) error {
	if by.Kind == ActorConsultant && r.By != by {
		return &Refusal{Code: RefuseRecusalNotYours}
	}
	return nil
}

// recusedNow reports whether the forløb's consultant is not to have it, while
// they are asked or its meetings go on.
func (f *Forloeb) recusedNow() bool {
	return f.Recused != uuid.Nil && f.Assignment() != nil && slices.Contains(RecusableStatuses, f.Status)
}

// RecusableStatuses are those in which a forløb needs its consultant to be
// impartial: after the last meeting there is nothing left to be partial in.
var RecusableStatuses = []Status{AwaitingConsultant, Planning, InProgress}
