package forloeb

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// AccessLogMonths is how long it is kept who looked at what: as long as a
// person may reasonably ask about it.
const AccessLogMonths = 12

// AccessKind is what staff did with what is known about people.
type AccessKind string

// The kinds, as Datatilsynet's catalogue of measures has them.
const (
	AccessRead   AccessKind = "read"
	AccessSearch AccessKind = "search"
	AccessChange AccessKind = "change"
	AccessExport AccessKind = "export"
)

// Label is the kind as staff read it.
func (k AccessKind) Label() string {
	return map[AccessKind]string{AccessRead: "Så", AccessSearch: "Søgte", AccessChange: "Ændrede", AccessExport: "Hentede ud"}[k]
}

// Purpose is why staff looked.
type Purpose string

// Purposes that the way to a forløb tells.
const (
	PurposeTask    Purpose = "task"    // from a task on the morning page
	PurposeSearch  Purpose = "search"  // from a list or a search
	PurposeOwn     Purpose = "own"     // the consultant's, or the provider's
	PurposeProgram Purpose = "program" // by an API token
)

// Purposes that are chosen, and put into words, where a forløb is closed or
// something leaves the house.
const (
	PurposeQuestion Purpose = "question"
	PurposeReopen   Purpose = "reopen"
	PurposeFollowUp Purpose = "follow_up"
	PurposeQuality  Purpose = "quality"
	PurposeInsight  Purpose = "insight" // GDPR, article 15
	PurposeOther    Purpose = "other"
)

// TypedPurposes are those that somebody chooses, in their order.
var TypedPurposes = []Purpose{PurposeQuestion, PurposeReopen, PurposeFollowUp, PurposeQuality, PurposeInsight, PurposeOther}

// Typed reports whether it is one that somebody has to choose.
func (p Purpose) Typed() bool { return slices.Contains(TypedPurposes, p) }

// Label is the purpose as staff read it.
func (p Purpose) Label() string {
	return map[Purpose]string{
		PurposeTask: "En opgave", PurposeSearch: "En liste eller en søgning", PurposeOwn: "Egen sag", PurposeProgram: "Et program",
		PurposeQuestion: "En part eller arbejdspladsen spørger", PurposeReopen: "Sagen skal måske genåbnes", PurposeFollowUp: "Opfølgning på forløbet",
		PurposeQuality: "Kvalitetssikring eller stikprøve", PurposeInsight: "Nogen har bedt om indsigt", PurposeOther: "Andet",
	}[p]
}

// MaxPurposeWords is how long the words beside a purpose can be, in letters.
const MaxPurposeWords = 200

// Sitting is how long somebody may go on with a forløb without saying anew
// why: a pause as long as this begins another sitting.
const Sitting = time.Hour

// LongSitting is how long a page that is left open keeps itself current by
// what was said when it was opened; no login lasts longer.
const LongSitting = 12 * time.Hour

// AccessLine is one line of the access log.
type AccessLine struct {
	ID        int64
	At        time.Time
	Who       uuid.UUID // a member of staff, or a token
	Name      string
	Role      StaffRole
	Program   bool      // a token was used
	Forloeb   uuid.UUID // nil of a search
	Reference string    // the forløb's, where it is known
	Kind      AccessKind
	Route     string // its name, without anything of the address
	Purpose   Purpose
	Words     string   // beside a chosen purpose
	Filters   []string // of a search, as codes; never what was typed
}

// ParsePurpose reads a chosen purpose as a program sends it: the code, and
// words after it where it needs some.
func ParsePurpose(sent string) (p Purpose, words string, ok bool) {
	code, words, _ := strings.Cut(strings.TrimSpace(sent), " ")
	p, words = Purpose(code), CleanLine(words)
	return p, words, p.Complete(words)
}

// Complete reports whether it is a chosen purpose with the words it needs.
func (p Purpose) Complete(words string) bool {
	return p.Typed() && (p != PurposeOther || words != "") && len([]rune(words)) <= MaxPurposeWords
}

// AccessFilter asks for a part of the log: about one forløb, or by one person.
type AccessFilter struct {
	Forloeb uuid.UUID
	Who     uuid.UUID
	Cursor  string
}

// AccessPage is a page of the log, the latest first.
type AccessPage struct {
	Rows []AccessLine
	Next string // the cursor of the next page; empty on the last
}
