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
	if !f.Status.Closed() && f.Paused(now) != nil {
		return badge{Text: f.StaffStatusLabel(now)} // nobody has to do anything
	}
	return badge{f.StaffStatusLabel(now), statusKind(f.Status, f.ConsentCloses(), now)}
}

// rowBadge is the same of a row in a list.
func rowBadge(r forloeb.ListRow) badge {
	if r.Waiting.Key == forloeb.WaitPaused {
		return badge{Text: r.StatusLabel()}
	}
	return badge{r.StatusLabel(), statusKind(r.Status, r.Waiting.Deadline, r.Now)}
}

// statusKind warns where somebody has to do something soon; closes is when an
// unanswered application lapses, zero while it does not.
func statusKind(status forloeb.Status, closes, now time.Time) string {
	switch status {
	case forloeb.AwaitingConsent:
		if !closes.IsZero() && closes.Sub(now) < soon {
			return "warning"
		}
	case forloeb.AwaitingConsultant:
		return "warning"
	case forloeb.InProgress, forloeb.Evaluating:
		return "info"
	case forloeb.Completed:
		return "success"
	}
	return ""
}
