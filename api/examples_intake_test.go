package api

import "example.dk/spark/internal/forloeb"

// exampleDecision closes for all of January.
func exampleDecision() forloeb.IntakeDecision {
	return forloeb.IntakeDecision{
		Programme: forloeb.Spark, State: forloeb.IntakeClosed, From: at(2027, 1, 1, 0, 0), Until: at(2027, 1, 31, 0, 0),
		Notice: "Alle konsulenter er optaget.", By: exampleAnna.Name, At: at(2026, 12, 14, 9, 20),
	}
}

func exampleClosed() *forloeb.IntakeNow {
	now := exampleProgramme().IntakeAt(exampleDecision(), at(2027, 1, 11, 9, 0))
	return &now
}

func intakeExamples() []example {
	list := func(decided forloeb.IntakeDecision, months int) pageData {
		line := intakeLineOf(exampleProgramme(), decided, exampleApplied.AddDate(0, months, 0))
		line.Drafts = months
		return seenBy(exampleAnna, intakesPath, &intakesPage{List: []intakeLine{line}})
	}
	form := func(change func(*intakePage)) pageData {
		p := &intakePage{Name: "SPARK", Action: intakesPath + "/spark", Form: intakeFormOf(exampleDecision())}
		change(p)
		return seenBy(exampleHead, p.Action, p)
	}
	previewed := func(i forloeb.IntakeDecision) pageData {
		return form(func(p *intakePage) {
			p.Form, p.Preview = intakeFormOf(i), newIntakePreview(exampleProgramme(), i, 1, exampleApplied)
		})
	}
	byProgram := exampleDecision()
	byProgram.By = ""
	return []example{
		{"intakes-agreed", list(forloeb.IntakeDecision{State: forloeb.IntakeAgreed}, 0)},
		{"intakes-decided", list(byProgram, 1)},
		{"intakes-closed", list(exampleDecision(), 2)},
		{"intake", form(func(p *intakePage) { p.Form = intakeForm{State: "agreed"} })},
		{"intake-closing", previewed(exampleDecision())},
		{"intake-opening", previewed(forloeb.IntakeDecision{Programme: forloeb.Spark, State: forloeb.IntakeOpen})},
		{"intake-errors", form(func(p *intakePage) {
			p.Form = intakeForm{From: "snart", Until: "1-1-2026"}
			_, p.Errors = p.Form.decision(forloeb.Spark, exampleApplied)
		})},
		{"intake-restored", form(func(p *intakePage) { p.Restored = true })},
	}
}
