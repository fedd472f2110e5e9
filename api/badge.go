package api

import (
	"time"

	"example.dk/spark/internal/forloeb"
)

// badge is a status in a word. The colour only supports it.
type badge struct {
	Text string
	Kind string // info, success, warning, error; empty for grey
}

// soon is when an unanswered application is close to its deadline.
const soon = 5 * 24 * time.Hour

// badgeOf is the forløb's status as staff see it.
func badgeOf(f *forloeb.Forloeb, now time.Time) badge {
	b := badge{Text: f.StaffStatusLabel()}
	switch f.Status {
	case forloeb.AwaitingConsent:
		if closes := f.ConsentCloses(); !closes.IsZero() && closes.Sub(now) < soon {
			b.Kind = "warning"
		}
	case forloeb.AwaitingConsultant:
		b.Kind = "warning"
	case forloeb.InProgress, forloeb.Evaluating:
		b.Kind = "info"
	case forloeb.Completed:
		b.Kind = "success"
	}
	return b
}
