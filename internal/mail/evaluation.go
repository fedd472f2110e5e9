package mail

// Mails about the questionnaire.

// evaluationRequest asks what came of it.
type evaluationRequest struct {
	Deadline string
	Link     string
}

func fillEvaluationRequest(d *draft) (any, error) {
	return evaluationRequest{Deadline: d.evaluationCloses(), Link: d.evaluation(d.Party)}, nil
}

// evaluationReminder is for who has not answered.
type evaluationReminder struct {
	Last     bool
	Deadline string
	Link     string
}

func fillEvaluationReminder(d *draft) (any, error) {
	return evaluationReminder{
		Last:     d.nth() >= len(d.Forloeb.Policy.EvaluationReminders),
		Deadline: d.evaluationCloses(),
		Link:     d.evaluation(d.Party),
	}, nil
}

// evaluationThanks is the receipt. The forløb is often still open when the
// first of the two answers: then there is no date, only how long.
type evaluationThanks struct {
	Erased string
	Months int
}

func fillEvaluationThanks(d *draft) (any, error) {
	return evaluationThanks{Erased: date(d.Forloeb.EraseAt()), Months: d.Forloeb.Policy.KeepCompleted}, nil
}
