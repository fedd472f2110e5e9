package mail

// Mails about the questionnaire.

// evaluationRequest asks what came of it.
type evaluationRequest struct {
	Since    string // the last meeting: "tre måneder"; nothing right after it
	Again    string // "tre måneder efter"; nothing the last time
	Deadline string
	Link     string
}

func fillEvaluationRequest(d *draft) (any, error) {
	i := d.Forloeb.Invitation(d.Party.ID)
	if i == nil {
		return nil, errIncomplete
	}
	wave, again := d.Forloeb.Wave(i)
	return evaluationRequest{Since: wave.Length(), Again: again, Deadline: d.evaluationCloses(), Link: d.evaluation(d.Party)}, nil
}

// again is when the party is asked once more; nothing the last time.
func (d *draft) again() string {
	if i := d.Forloeb.Invitation(d.Party.ID); i != nil {
		_, again := d.Forloeb.Wave(i)
		return again
	}
	return ""
}

// evaluationReminder is for who has not answered.
type evaluationReminder struct {
	Last     bool
	Again    string
	Deadline string
	Link     string
}

func fillEvaluationReminder(d *draft) (any, error) {
	return evaluationReminder{
		Last:     d.nth() >= len(d.Forloeb.Policy.EvaluationReminders),
		Again:    d.again(),
		Deadline: d.evaluationCloses(),
		Link:     d.evaluation(d.Party),
	}, nil
}

// evaluationThanks is the receipt. The forløb is often still open when the
// first of the two answers: then there is no date, only how long.
type evaluationThanks struct {
	Again  string
	Erased string
	Months int
}

func fillEvaluationThanks(d *draft) (any, error) {
	return evaluationThanks{Again: d.again(), Erased: date(d.Forloeb.EraseAt()), Months: d.Forloeb.Policy.KeepCompleted}, nil
}
