package forloeb

import "time"

// Period is a stretch of days that the parties' agreement covers.
type Period struct {
	From  time.Time // first day
	Until time.Time // last day, zero while none is agreed
}

// Covers reports whether the instant lies on one of the period's days.
func (p Period) Covers(at time.Time) bool {
	return !at.Before(p.From) && (p.Until.IsZero() || at.Before(p.Until.AddDate(0, 0, 1)))
}

// Agreed reports whether an agreement covers the instant: outside its periods
// nobody can apply to a programme.
func (p Programme) Agreed(at time.Time) bool {
	for _, period := range p.Periods {
		if period.Covers(at) {
			return true
		}
	}
	return false
}

// LastAgreed is the period that covers the instant, or the latest that had
// ended by then; the zero period where none had begun.
func (p Programme) LastAgreed(at time.Time) (last Period) {
	for _, period := range p.Periods {
		if !at.Before(period.From) && period.From.After(last.From) {
			last = period
		}
	}
	return last
}
