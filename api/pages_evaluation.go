package api

import (
	"strconv"
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
// questions' ids, and the version of the questionnaire rides along; a button
// named "act" with the value "save" keeps the answers so far instead of sending
// them.
//
// States: those of State; open also with what was saved earlier (Saved just
// after), in an earlier version, and with errors; thanks and answered also when
// both have answered, and of a shared forløb; all also before the last time it is
// asked.
type evaluationPage struct {
	Base
	Links        partyLinks
	Reference    string
	State        evaluationState
	Again        string    // when it is asked once more, "tre måneder efter"; empty the last time
	Deadline     time.Time // or when it closed
	Answers      forloeb.Answers
	Saved        bool // the answers so far have just been kept
	BothAnswered bool // of the workplace
	Shared       bool // other workplaces answer for themselves
	EraseAt      time.Time
}

func (*evaluationPage) template() string { return "evaluation" }

// Fields are the questions, numbered. Parts of one question stand side by side.
func (p *evaluationPage) Fields() (fields []field) {
	for _, q := range forloeb.QuestionnaireOf(p.Programme, p.Answers.Version) {
		if last := len(fields) - 1; q.Part != "" && last >= 0 && fields[last].ID == q.Text {
			fields[last].Parts = append(fields[last].Parts, p.field(q))
			continue
		}
		f := p.field(q)
		if q.Part != "" {
			f = field{ID: q.Text, Label: q.Text + " (frivilligt)", Control: "group", Parts: []field{f}}
		}
		f.Label = strconv.Itoa(len(fields)+1) + ". " + f.Label
		fields = append(fields, f)
	}
	return fields
}

func (p *evaluationPage) field(q forloeb.Question) field {
	f := newInput(p.Errors, q.ID, q.Text, p.Answers.Choices[q.ID])
	for _, o := range q.Options {
		f.Options = append(f.Options, option{Value: o.Code, Label: o.Label})
	}
	switch {
	case q.Part != "":
		f.Control, f.Label, f.First = "select", q.Part, "Vælg antal"
	case len(q.Options) > 0:
		f.Control = "radios"
	default:
		f.Control, f.Value, f.Optional = "textarea", p.Answers.Remark, true
		f.Hint = "Sekretariatet læser teksten og kan måske regne ud, hvem I er. Skriv ikke om enkeltpersoner."
	}
	return f
}

// Length is how many questions there are, as a sentence begins.
func (p *evaluationPage) Length() string {
	return forloeb.Capital(forloeb.Counted(len(p.Fields()), "ét spørgsmål", "spørgsmål"))
}
