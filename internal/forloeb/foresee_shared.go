package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// leave is a workplace that takes no part any more.
func (f *Forloeb) leave(workplace uuid.UUID, now time.Time) {
	w := f.Workplace(workplace)
	w.LeftAt, w.OutReason = now, OutLeft
}

// coming is what is planned when the process has acted on the facts: in a shared
// forløb also with the step that ends the asking, when this is what it waited for.
func (f *Forloeb) coming(now time.Time) []Mail {
	to := f.askingEnds(now)
	if to == "" {
		return f.planned(now)
	}
	c, step := f.clone(), Change{From: f.Status, To: to, Now: now}
	c.Apply(step)
	return c.Effects(step).Mails
}

// askingEnds is where a shared forløb goes when nobody has still to answer, or
// so many have said no that it cannot begin; empty while it waits.
func (f *Forloeb) askingEnds(now time.Time) Status {
	if !f.Joining() {
		return ""
	}
	switch v := f.View(now); {
	case v.Short:
		return Lapsed
	case v.Pending == 0:
		return v.AfterConsent
	}
	return ""
}

// Foreseen is a shared forløb when a deed about its workplaces has been done and
// the process has acted on it, and the status it has then. Whoever has not joined
// by the time the asking ends is out in it.
func (f *Forloeb) Foreseen(d Deed, now time.Time) (next *Forloeb, to Status) {
	next = f.after(d, now)
	if to = next.askingEnds(now); to == "" {
		return next, next.Status
	}
	step := Change{From: f.Status, To: to, Now: now}
	next.Apply(step)
	next.Effects(step)
	return next, to
}
