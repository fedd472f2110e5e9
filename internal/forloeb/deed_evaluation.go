package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// AnswerEvaluation is a party's answer to the questionnaire. It is kept apart
// from who gave it.
type AnswerEvaluation struct {
	Party   uuid.UUID
	Answers Answers
}

// Line names the act.
func (d AnswerEvaluation) Line() Line { return Line{EvaluationAnswered, d.Party.String(), "answered"} }

// Check: invited, in time, once, with the required questions answered.
func (d AnswerEvaluation) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := f.mayEvaluate(d.Party, now); err != nil {
		return err
	}
	if len(d.Answers.Mistakes()) > 0 {
		return f.refuse(RefuseEvaluationIncomplete)
	}
	return nil
}

func (f *Forloeb) mayEvaluate(party uuid.UUID, now time.Time) error {
	if _, err := f.party(party); err != nil {
		return err
	}
	i := f.Invitation(party)
	switch {
	case f.Status == Completed:
		return f.refuseOn(RefuseEvaluationClosed, f.StatusSince)
	case i == nil || f.Status.Closed():
		return first(f.in(Evaluating), f.refuse(RefuseNotAParty))
	case !i.Open():
		return f.refuseOn(RefuseEvaluationAnswered, later(i.AnsweredAt, i.RefusedAt))
	case f.open() == nil && !f.Answerable(i, now):
		return f.refuseOn(RefuseEvaluationClosed, f.ClosesFor(i))
	}
	return f.open()
}

// RefuseEvaluation is a party who would rather not answer: no more reminders.
type RefuseEvaluation struct{ Party uuid.UUID }

// Line names the act.
func (d RefuseEvaluation) Line() Line { return Line{EvaluationAnswered, d.Party.String(), "refused"} }

// Check: as for an answer.
func (d RefuseEvaluation) Check(f *Forloeb, by Actor, now time.Time) error {
	return f.mayEvaluate(d.Party, now)
}
