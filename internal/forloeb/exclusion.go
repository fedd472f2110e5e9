package forloeb

import "time"

// ExclusionCode names something that a programme is not for.
type ExclusionCode string

// Exclusion is asked about before the form: a yes refuses the application.
type Exclusion struct {
	Code     ExclusionCode
	Question string
	Advice   string // where to turn instead
	Refusal  RefusalCode
}

// Refused says why nobody can apply like this just now, whatever the form
// says: the programme is closed, or not for what it is asked for. It is nil
// when they can.
func (s Submission) Refused(decided IntakeDecision, at time.Time) *Refusal {
	programme, known := ProgrammeByCode(s.Programme)
	if !known {
		return nil // the form's own mistake
	}
	if now := programme.IntakeAt(decided, at); !now.Open && !now.Decided {
		return now.Refusal() // a decision is judged where the application is written
	}
	for _, e := range programme.Exclusions {
		if s.Exclusions[e.Code] {
			return &Refusal{Code: e.Refusal}
		}
	}
	return nil
}

// exclusions: each must have been answered.
func (c *checker) exclusions() {
	programme, _ := ProgrammeByCode(c.Programme)
	for _, e := range programme.Exclusions {
		if _, answered := c.Exclusions[e.Code]; !answered {
			c.add("exclusions."+string(e.Code), MistakeMissing)
		}
	}
}

// noneExcluded answers every question with no, as those did who could apply.
func (p Programme) noneExcluded() map[ExclusionCode]bool {
	if len(p.Exclusions) == 0 {
		return nil
	}
	answers := make(map[ExclusionCode]bool, len(p.Exclusions))
	for _, e := range p.Exclusions {
		answers[e.Code] = false
	}
	return answers
}
