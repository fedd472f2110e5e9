package api

import (
	"time"

	"example.dk/spark/internal/forloeb"
)

// evaluationState is where a party and the questionnaire stand.
type evaluationState string

const (
	evaluationOpen     evaluationState = "open"
	evaluationThanks   evaluationState = "thanks"   // just sent
	evaluationAnswered evaluationState = "answered" // sent earlier
	evaluationRefused  evaluationState = "refused"  // would rather not
	evaluationClosed   evaluationState = "closed"
)

// evaluationPage asks what came of the forløb. The fields are named by the
// questions' ids; a button named "act" with the value "save" keeps the answers
// so far instead of sending them.
//
// States: those of State; open also with what was saved earlier (Saved just
// after) and with errors; thanks and answered also when both have answered;
// all also before the last time it is asked.
type evaluationPage struct {
	Base
	Links        partyLinks
	Reference    string
	State        evaluationState
	Again        string    // when it is asked once more, "tre måneder efter"; empty the last time
	Deadline     time.Time // or when it closed
	Answers      forloeb.Answers
	Saved        bool // the answers so far have just been kept
	BothAnswered bool
	EraseAt      time.Time
}

func (*evaluationPage) template() string { return "evaluation" }

// Questions are the questions of the questionnaire.
func (p *evaluationPage) Questions() []forloeb.Question { return forloeb.QuestionnaireOf(p.Programme) }

// Choice is what has been chosen for a question.
func (p *evaluationPage) Choice(q forloeb.Question) string { return p.Answers.Choices[q.ID] }

// Options are a question's answers as choices of a form.
func (*evaluationPage) Options(q forloeb.Question) (list []option) {
	for _, o := range q.Options {
		list = append(list, option{Value: o.Code, Label: o.Label})
	}
	return list
}
