package forloeb

// Step is one legal step between two statuses.
type Step struct{ From, To Status }

// Transitions are the legal steps. The migrations write the same list into
// the table the database checks every event against; a test compares them.
var Transitions = steps()

func steps() []Step {
	s := []Step{
		{AwaitingConsent, AwaitingAssessment},
		{AwaitingConsent, AwaitingConsultant},
		{AwaitingConsent, Declined},
		{AwaitingConsent, Lapsed},
		{AwaitingAssessment, AwaitingConsultant},
		{AwaitingAssessment, Rejected},
		{AwaitingAssessment, AwaitingConsent}, // edited
		{AwaitingConsultant, AwaitingConsent}, // edited
		{AwaitingConsultant, Planning},
		{Planning, InProgress},
		{Planning, AwaitingConsultant},
		{InProgress, AwaitingEvaluation},
		{InProgress, Planning},
		{InProgress, AwaitingConsultant},
		{AwaitingEvaluation, InProgress},
		{AwaitingEvaluation, Evaluating},
		{Evaluating, Completed},
		{Declined, AwaitingConsent},
		{Lapsed, AwaitingConsent},
	}
	for _, open := range Statuses {
		if open.Closed() {
			continue
		}
		s = append(s, Step{open, Withdrawn}, Step{open, Stopped}, Step{Withdrawn, open}, Step{Stopped, open})
	}
	return s
}

// Legal reports whether a step exists.
func Legal(from, to Status) bool {
	for _, s := range Transitions {
		if s.From == from && s.To == to {
			return true
		}
	}
	return false
}
