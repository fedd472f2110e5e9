package api

import (
	"context"
	"time"

	"example.dk/spark/internal/forloeb"
)

// intakeDocument is whether a programme takes applications.
type intakeDocument struct {
	Open   bool                `json:"open" doc:"Whether it takes applications now"`
	Opens  string              `json:"opens,omitempty" format:"date" doc:"The day on which it does again, when that is known"`
	State  forloeb.IntakeState `json:"state" doc:"What the secretariat has decided; agreed when it is left to the agreement"`
	From   string              `json:"from,omitempty" format:"date" doc:"First day of what is decided"`
	Until  string              `json:"until,omitempty" format:"date" doc:"Last day of what is decided"`
	Notice string              `json:"notice,omitempty" doc:"What the public is told, in Danish"`
}

func newIntakeDocument(p forloeb.Programme, decided forloeb.IntakeDecision, at time.Time) intakeDocument {
	now := p.IntakeAt(decided, at)
	d := intakeDocument{Open: now.Open, Opens: day(now.Opens), State: forloeb.IntakeAgreed, From: day(decided.From), Until: day(decided.Until), Notice: decided.Notice}
	if decided.State != "" {
		d.State = decided.State
	}
	return d
}

type intakeBody struct {
	State  forloeb.IntakeState `json:"state"`
	From   string              `json:"from,omitempty" doc:"First day, such as 2027-07-01; at once when left out"`
	Until  string              `json:"until,omitempty" doc:"Last day; until further notice when left out"`
	Notice string              `json:"notice,omitempty" maxLength:"500" doc:"What the public is told, in Danish"`
}

type intakeInput struct {
	Programme forloeb.ProgrammeCode `path:"programme" doc:"See GET /api/v1/programmes" example:"spark"`
	Body      intakeBody
}

type programmeOutput struct{ Body programmeDocument }

// setIntake opens or closes a programme's intake.
func (s *Server) setIntake(ctx context.Context, in *intakeInput) (*programmeOutput, error) {
	programme, known := forloeb.ProgrammeByCode(in.Programme)
	if !known {
		return nil, errNoForloeb
	}
	decision, err := in.decision(s.now())
	if err != nil {
		return nil, err
	}
	if err := s.decide(ctx, decision); err != nil {
		return nil, err
	}
	return &programmeOutput{newProgrammeDocument(programme, decision, s.now())}, nil
}

func (in *intakeInput) decision(at time.Time) (forloeb.IntakeDecision, error) {
	var wrong []ProblemError
	read := func(field, text string) (t time.Time) {
		if text == "" {
			return t
		}
		t, err := time.ParseInLocation(time.DateOnly, text, forloeb.Copenhagen)
		if err != nil {
			wrong = append(wrong, ProblemError{Pointer: wholeBody + "/" + field, Code: "bad_date", Detail: "A date such as 2027-03-11."})
		}
		return t
	}
	b := in.Body
	i := forloeb.IntakeDecision{Programme: in.Programme, State: b.State, From: read("from", b.From), Until: read("until", b.Until), Notice: forloeb.CleanText(b.Notice)}
	if wrong = append(wrong, ruleErrors(i.Check(at))...); len(wrong) > 0 {
		return i, invalid(wrong...)
	}
	return i, nil
}

// decide writes down a decision about an intake, for the page and the JSON API
// alike.
func (s *Server) decide(ctx context.Context, i forloeb.IntakeDecision) error {
	by := principal(ctx)
	if err := s.store.DecideIntake(ctx, i, by.Actor()); err != nil {
		return err
	}
	s.log.Info("intake decided", "programme", i.Programme, "state", i.State, "by", by.ID)
	return nil
}
