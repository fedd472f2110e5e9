package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// Decide is the secretariat's decision where applications are assessed.
type Decide struct {
	Decision Decision
	Reason   string // stands in the letter of a rejection
}

// Line names the act.
func (d Decide) Line() Line { return Line{Name: AssessmentDecided, Detail: string(d.Decision)} }

// Check: only while the application waits for it; a rejection needs words.
func (d Decide) Check(f *Forloeb, by Actor, now time.Time) error {
	if f.Policy.Intake != Assessed {
		return f.refuse(RefuseNotAssessed)
	}
	if err := first(f.open(), f.in(AwaitingAssessment)); err != nil {
		return err
	}
	switch d.Decision {
	case Approve, Waitlist:
		return nil
	case Reject:
		return f.needReason(d.Reason)
	}
	return f.refuse(RefuseNotAssessed)
}

// Assign gives the forløb to a consultant: a person's choice, or Match's.
// Match has judged capacity, leave and themes; a person may overrule them
// with a reason, which store checks under the same lock.
type Assign struct {
	Consultant uuid.UUID
	Reason     string
	Handover   string // to whoever takes over; see HandoverMistake
	Auto       bool
	Score      []Score
}

// Line names the act.
func (d Assign) Line() Line {
	how := "chosen"
	if d.Auto {
		how = "automatic"
	}
	return Line{ConsultantAssigned, d.Consultant.String(), how}
}

// Check: while the forløb waits for a consultant, or has one to change from.
func (d Assign) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := first(f.open(), f.in(AwaitingConsultant, Planning, InProgress)); err != nil {
		return err
	}
	c := f.Chosen()
	if c != nil && (d.Auto || c.ID == d.Consultant) {
		return f.refuse(RefuseAlreadyAssigned)
	}
	if c != nil {
		return first(f.needReason(d.Reason), f.handover(d.Handover))
	}
	return f.handover(d.Handover)
}

// Release takes the consultant off the forløb, which goes back to waiting for
// one.
type Release struct {
	Reason   string
	Handover string // to whoever takes over; see HandoverMistake
	Interest bool   // a conflict of interest: as final as that of who declined with it
}

// Line names the act.
func (d Release) Line() Line {
	if d.Interest {
		return Line{Name: ConsultantReleased, Detail: string(DeclineConflict)}
	}
	return Line{Name: ConsultantReleased}
}

// Check: there is somebody to release, and a reason.
func (d Release) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := first(f.open(), f.in(Planning, InProgress)); err != nil {
		return err
	}
	if f.Assignment() == nil {
		return f.refuse(RefuseNotAssigned)
	}
	return first(f.needReason(d.Reason), f.handover(d.Handover))
}

// HandoverMistake is what is wrong with a handover (overlevering), if anything:
// what whoever lets go of a forløb writes for the next consultant, who reads it on
// the forløb's page and gets nothing else of what was only theirs.
func HandoverMistake(text string) (Mistake, bool) { return textMistake(RemarkHandover, text) }

func (f *Forloeb) handover(text string) error {
	if _, unfit := HandoverMistake(text); unfit {
		return f.refuse(RefuseUnfitText)
	}
	return nil
}
