package forloeb

import (
	"slices"

	"github.com/google/uuid"
)

// Remark is free text that somebody wrote about a forløb: what must be
// corrected, why not, why so. It is erased with the contacts.
type Remark struct {
	Kind    string
	Party   *uuid.UUID // who wrote it, when a party did
	Version int64      // of the act it belongs to
	Text    string
}

// remarkTitles say what each kind of remark is. {who} is the party who wrote
// it, or on whose behalf it was written.
var remarkTitles = map[string]string{
	"fix":          "{Who} vil have rettet",
	"no":           "Hvorfor {who} svarede nej",
	"deadline":     "Hvorfor fristen blev forlænget",
	"pause":        "Hvorfor forløbet blev sat på pause",
	"ask_pause":    "Hvorfor {who} har brug for en pause",
	"c_ask_pause":  "Hvorfor konsulenten beder om en pause",
	"phone":        "Hvad {who} sagde i telefonen",
	"left":         "Hvem der tager over, skrev {who}",
	"other_time":   "Hvornår et møde passer {who} bedre",
	"withdraw":     "Hvorfor {who} sagde fra",
	"decision":     "Begrundelse for afgørelsen",
	"assignment":   "Hvorfor konsulenten blev valgt",
	"release":      "Hvorfor konsulenten blev frigjort",
	RemarkHandover: "Overlevering",
	"cancel":       "Hvorfor et møde blev aflyst",
	"extra":        "Hvorfor der blev givet flere møder",
	"finish":       "Hvorfor forløbet blev afsluttet",
	"stop":         "Hvorfor forløbet blev stoppet",
	"reopen":       "Hvorfor sagen blev åbnet igen",
}

// RemarkHandover is what whoever let go of the forløb wrote for the next consultant.
const RemarkHandover = "handover"

// Earlier reports whether a remark is of a consultant who has not the forløb any
// more and meant it for the secretariat alone.
func (f *Forloeb) Earlier(r Remark) bool {
	a, c := f.ActOf(r), f.Chosen()
	return r.Kind == "c_ask_pause" && a != nil && (c == nil || a.Actor.ID != c.ID.String())
}

// RemarkTitle says what a remark is.
func (f *Forloeb) RemarkTitle(r Remark) string {
	who := "en part"
	if r.Party != nil {
		if p := f.Party(*r.Party); p != nil {
			who = p.Side.Label()
		}
	}
	title, known := remarkTitles[r.Kind]
	if !known {
		return "Bemærkning"
	}
	return fill(title, map[string]string{"who": who, "Who": Capital(who)})
}

// ActOf is the act that a remark belongs to; nil when there is none.
func (f *Forloeb) ActOf(r Remark) *Act { return f.ActAt(r.Version) }

// ActAt is the act that made a version; nil when there is none.
func (f *Forloeb) ActAt(version int64) *Act {
	i := slices.IndexFunc(f.Acts, func(a Act) bool { return a.Version == version })
	if i < 0 {
		return nil
	}
	return &f.Acts[i]
}

// SecretariatOnly reports whether consultants do not read it: a party was
// promised that, or it is about a consultant.
func (r Remark) SecretariatOnly() bool {
	return r.Kind == "no" || r.Kind == "assignment" || r.Kind == "release"
}
