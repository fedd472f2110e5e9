package forloeb

import "time"

// restWait says when it is next asked what came of it; until then the
// workplace goes on by itself.
func (f *Forloeb) restWait(now time.Time) Waiting {
	w := Waiting{Key: WaitEvalRest, Since: f.LastHeld(), Next: later(f.EvaluationAt(), f.StatusSince)}
	if next := f.NextAsked(now); !next.IsZero() {
		w.Next = next
	}
	if passed(w.Next, now) {
		w.Key, w.Deadline = WaitEvalRestLate, w.Next
	}
	return w
}

// lostRequest is an evaluation that came back, or that may not have arrived.
func (f *Forloeb) lostRequest() Waiting {
	for i := range f.Invitations {
		inv := &f.Invitations[i]
		p, m := f.Party(inv.PartyID), f.requestMail(inv)
		if p == nil || m == nil || !inv.Open() || !f.mailTask(m) || f.Invitation(inv.PartyID) != inv {
			continue
		}
		since := f.failedAt(m)
		w := Waiting{Side: p.Side, Since: since, Next: f.FollowUpBy(since)}
		switch m.State {
		case MailFailed:
			w.Key = WaitEvalBounced
		case MailUncertain:
			w.Key = WaitEvalUncertain
		}
		return w
	}
	return Waiting{}
}

func (f *Forloeb) requestMail(i *Invitation) *Mail {
	return f.mail(MailEvaluationRequest, i.PartyID, int64(i.Wave)+1)
}

// evaluationWait says how many have answered, never who.
func (f *Forloeb) evaluationWait(now time.Time) Waiting {
	w := Waiting{Since: f.EvaluationSentAt(), Next: f.EvaluationReminderAt(), Deadline: f.EvaluationCloses()}
	answered, open := f.evaluationCounts()
	switch {
	case passed(w.Deadline, now):
		w.Key = WaitEvalLate
	case w.Since.IsZero():
		w.Key = WaitEvalQueued
	case w.Next.IsZero() || passed(w.Next, now):
		w.Key = WaitEvalLast
	case answered == 0 && open == 2:
		w.Key = WaitEvalNone
	case answered == 1 && open == 1:
		w.Key = WaitEvalOne
	default:
		w.Key = WaitEvalMissing
	}
	return w
}

func (f *Forloeb) evaluationCounts() (answered, open int) {
	for _, inv := range f.lastInvitations() {
		if !inv.AnsweredAt.IsZero() {
			answered++
		}
		if p := f.Party(inv.PartyID); inv.Open() && p != nil && p.Reachable() {
			open++
		}
	}
	return answered, open
}

// evaluationSelf asks the party itself.
func (f *Forloeb) evaluationSelf(p *Party, now time.Time) Waiting {
	inv := f.Invitation(p.ID)
	if inv == nil || !inv.Open() || !f.inLast(inv) && !f.Answerable(inv, now) {
		return Waiting{}
	}
	m := f.requestMail(inv)
	if m == nil || m.SentAt.IsZero() {
		return Waiting{}
	}
	return Waiting{Key: WaitEvalSelf, Side: p.Side, Since: m.SentAt, Deadline: f.ClosesFor(inv)}
}
