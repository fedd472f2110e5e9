package forloeb

import (
	"slices"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// PlanKind is one of the two things that are agreed on with the workplace
// (seed C17).
type PlanKind string

// How the forløb is arranged (samarbejdsaftale), and how what the workplace
// has set going is followed up after the last meeting (opfølgning).
const (
	Arrangement PlanKind = "arrangement"
	FollowUp    PlanKind = "follow_up"
)

// PlanKinds lists both, in the order in which they are agreed on.
var PlanKinds = []PlanKind{Arrangement, FollowUp}

// Plan is what was last written down of one of them: free text, erased with
// the contacts. Earlier words are not kept.
type Plan struct {
	Kind    PlanKind
	Version int64 // of the act: who wrote it, and when
	Text    string
}

// Plan finds what is agreed on; nil when nothing is written.
func (f *Forloeb) Plan(kind PlanKind) *Plan {
	i := slices.IndexFunc(f.Plans, func(p Plan) bool { return p.Kind == kind })
	if i < 0 {
		return nil
	}
	return &f.Plans[i]
}

// Planned reports whether the forløb has come so far that there is something
// to agree on with a consultant.
func (f *Forloeb) Planned() bool { return f.in(planStatuses...) == nil }

var planStatuses = []Status{Planning, InProgress, AwaitingEvaluation, Evaluating}

// removedDetail ends the detail of an act that took a text away.
const removedDetail = "_removed"

// WritePlan writes down what is agreed on, in place of what was there. No text
// takes it away.
type WritePlan struct {
	Kind PlanKind
	Text string
}

// Line names the act.
func (d WritePlan) Line() Line {
	return Line{Name: FactsChanged, Detail: writtenDetail(string(d.Kind), d.Text)}
}

func writtenDetail(what, text string) string {
	if CleanText(text) == "" {
		return what + removedDetail
	}
	return what
}

// Check: from when there is a consultant until the forløb closes, and only
// what is new.
func (d WritePlan) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := first(f.open(), f.in(planStatuses...)); err != nil {
		return err
	}
	var before string
	if p := f.Plan(d.Kind); p != nil {
		before = p.Text
	}
	return f.newText(string(d.Kind), d.Text, before)
}

// Mistake is what is wrong with the text, if anything.
func (d WritePlan) Mistake() (Mistake, bool) { return textMistake(string(d.Kind), d.Text) }

const prepDetail = "prep_task"

// WritePrepTask says what is to be prepared for a meeting (hjemmeopgave), in
// place of what was there. No text takes it away.
type WritePrepTask struct {
	Meeting uuid.UUID
	Text    string
}

// Line names the act.
func (d WritePrepTask) Line() Line {
	return Line{FactsChanged, d.Meeting.String(), writtenDetail(prepDetail, d.Text)}
}

// Check: a meeting to come.
func (d WritePrepTask) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := first(f.mayMeet(), f.booked(d.Meeting)); err != nil {
		return err
	}
	m := f.Meeting(d.Meeting)
	if !m.StartsAt.After(now) {
		return f.refuseOn(RefuseMeetingPast, m.StartsAt)
	}
	return f.newText(prepDetail, d.Text, m.PrepTask)
}

// Mistake is what is wrong with the text, if anything.
func (d WritePrepTask) Mistake() (Mistake, bool) { return textMistake(prepDetail, d.Text) }

// newText: fit to be kept, and another than before.
func (f *Forloeb) newText(field, text, before string) error {
	if _, unfit := textMistake(field, text); unfit {
		return f.refuse(RefuseUnfitText)
	}
	if CleanText(text) == before {
		return f.refuse(RefuseNothingChanged)
	}
	return nil
}

// textMistake is what is wrong with an optional text, if anything.
func textMistake(field, text string) (Mistake, bool) {
	if line, found := LooksLikeCPR(text); found {
		return Mistake{Field: field, Code: MistakeCPR, N: line}, true
	}
	if over := utf8.RuneCountInString(CleanText(text)) - MaxText; over > 0 {
		return Mistake{Field: field, Code: MistakeTooLong, N: over}, true
	}
	return Mistake{}, false
}
