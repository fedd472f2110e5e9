package forloeb

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
)

// This file is about rounds of assessment: where the intake is assessed, the
// secretariat decides about all who wait at one sitting, so that help is spread
// over municipalities, lines of work and themes. SPARK has done so once a month.

// Errors of closing a round.
var (
	ErrRoundChanged   = errors.New("the round has changed since it was shown")
	ErrRoundUndecided = errors.New("an application in the round is not decided")
)

// RejectReason is why a round rejects an application, in the words of the record.
type RejectReason string

// Reasons. The last one needs words of its own.
const (
	RejectOutside RejectReason = "outside"
	RejectCrisis  RejectReason = "crisis"
	RejectRecent  RejectReason = "recent"
	RejectSpread  RejectReason = "spread"
	RejectOther   RejectReason = "other"
)

// RejectReasons are all of them, in the order of the form.
var RejectReasons = []RejectReason{RejectSpread, RejectRecent, RejectOutside, RejectCrisis, RejectOther}

var rejectReasons = map[RejectReason]struct{ label, sentence string }{
	RejectSpread:  {"Andre går forud denne gang", "Vi har flere ansøgninger, end vi har konsulenter til, og fordeler hjælpen mellem kommuner og arbejdsområder."},
	RejectRecent:  {"Har haft et forløb for nylig", "I har haft et forløb for nylig, og vi lader arbejdspladser, som ikke har prøvet det, komme først."},
	RejectOutside: {"Uden for det, vi kan hjælpe med", "Det, I skriver om, ligger uden for det, vi kan hjælpe med."},
	RejectCrisis:  {"Krisehjælp er nødvendig", "I har brug for hjælp hurtigere, end vi kan give den. Vi er ikke krisehjælp."},
	RejectOther:   {"Andet (skriv hvorfor)", ""},
}

// Label is the reason in the form and in the record.
func (r RejectReason) Label() string { return rejectReasons[r].label }

// Valid reports whether it is one of them.
func (r RejectReason) Valid() bool { return rejectReasons[r].label != "" }

// RoundChoice is what the secretariat has chosen for one application.
type RoundChoice struct {
	Forloeb  uuid.UUID
	Decision Decision     // empty while nothing is chosen
	Reason   RejectReason // of a rejection
	Words    string       // own words to the parties
}

// Lack is what a choice lacks before the round can be closed.
type Lack string

// What can be missing.
const (
	LacksNothing  Lack = ""
	LacksDecision Lack = "decision"
	LacksReason   Lack = "reason"
	LacksWords    Lack = "words"
)

// Lacks: every application needs a decision, and a rejection its reason.
func (c RoundChoice) Lacks() Lack {
	switch {
	case !c.Decision.Valid():
		return LacksDecision
	case c.Decision == Reject && !c.Reason.Valid():
		return LacksReason
	case c.Decision == Reject && c.Reason == RejectOther && CleanText(c.Words) == "":
		return LacksWords
	}
	return LacksNothing
}

// Deed is the decision as it is written, with what the parties read.
func (c RoundChoice) Deed() Decide {
	d := Decide{Decision: c.Decision, Reason: CleanText(c.Words)}
	if said := rejectReasons[c.Reason].sentence; c.Decision == Reject && said != "" {
		d.Reason = CleanText(said + "\n" + d.Reason)
	}
	return d
}

// PlaceLabel names a municipality or a region by its code.
func PlaceLabel(code string) string {
	if m, known := MunicipalityByCode(code); known {
		return m.OfficialName
	}
	return RegionLabel(code)
}

// WorkLabel names a line of work, or a type of unit, by its code.
func WorkLabel(code string) string {
	if u := UnitType(code); u.Valid() {
		return u.Label()
	}
	return Sector(code).Label()
}

// RoundLine is one application of a round, and what the decision rests on.
type RoundLine struct {
	Choice       RoundChoice
	Reference    string
	Workplace    string // empty in a closed round
	Type         TypeCode
	Municipality string // of a region's workplace its region
	Sector       Sector // of a region's workplace its type of unit
	Themes       []ThemeCode
	AgreedAt     time.Time
	Waited       int // days since both agreed
	Earlier      int // forløb that a workplace of that name in the same place has had
	Waitlisted   bool
	People       int // who get the letter; 0 in a closed round
}

// Round is one sitting: those who wait, with what has been chosen so far; or,
// when closed, the record of it.
type Round struct {
	ID        uuid.UUID // nil while it is open
	Programme ProgrammeCode
	Number    int
	SavedAt   time.Time // of what has been chosen; zero before
	SavedBy   string    // name; empty when unknown
	ClosedAt  time.Time
	ClosedBy  string
	Lines     []RoundLine
	Lately    Lately
}

// RoundSeen tells whether a round is still as somebody has seen it.
type RoundSeen struct {
	SavedAt int64 // microseconds since 1970
	Waiting int
}

// Seen is the open round as it stands.
func (r Round) Seen() RoundSeen {
	return RoundSeen{SavedAt: r.SavedAt.UnixMicro(), Waiting: len(r.Lines)}
}

// Lately is how many forløb got a consultant in the twelve months before, by
// the codes of each.
type Lately struct {
	Municipalities map[string]int `json:"municipalities"`
	Sectors        map[string]int `json:"sectors"`
	Themes         map[string]int `json:"themes"`
}

// Lacking are the lines that keep the round from being closed.
func (r Round) Lacking() (n int) {
	for _, l := range r.Lines {
		if l.Choice.Lacks() != LacksNothing {
			n++
		}
	}
	return n
}

// Decided are the lines with a decision.
func (r Round) Decided(d Decision) []RoundLine {
	return slices.DeleteFunc(slices.Clone(r.Lines), func(l RoundLine) bool { return l.Choice.Decision != d })
}

// Share is how a municipality, line of work or theme stands in a round.
type Share struct {
	Code     string
	Waiting  int // of the round's applications
	Approved int // of those
	Lately   int // forløb begun in the twelve months before
}

// Shares of the round, the most applications first; an application with two
// themes counts in both.
func (r Round) Shares(lately map[string]int, codes func(RoundLine) []string) []Share {
	found := map[string]*Share{}
	for _, l := range r.Lines {
		for _, code := range codes(l) {
			s := found[code]
			if s == nil {
				s = &Share{Code: code, Lately: lately[code]}
				found[code] = s
			}
			s.Waiting++
			if l.Choice.Decision == Approve {
				s.Approved++
			}
		}
	}
	list := make([]Share, 0, len(found))
	for _, s := range found {
		list = append(list, *s)
	}
	slices.SortFunc(list, func(a, b Share) int {
		return cmp.Or(b.Waiting-a.Waiting, b.Lately-a.Lately, cmp.Compare(a.Code, b.Code))
	})
	return list
}

// ClosedRound is a round that has just been closed.
type ClosedRound struct {
	ID   uuid.UUID
	Acts []Act
}
