package forloeb

import "time"

// followUpDays is how many working days the secretariat takes to act on what
// only a person can settle. It is promised in sentences and mails.
const followUpDays = 2

// FollowUpBy is when the secretariat has acted on something that came up.
func (f *Forloeb) FollowUpBy(since time.Time) time.Time {
	if since.IsZero() {
		return time.Time{}
	}
	return f.calendar().workingDays(since, followUpDays)
}

// Waiting says what the forløb waits for, from facts and status together:
// nobody who has just answered is told that we wait for them. It changes with
// now only when a promised date is passed or a meeting's day begins.
func (f *Forloeb) Waiting(now time.Time) Waiting {
	if !f.Settled() {
		return Waiting{Key: WaitProcessing, Since: f.lastActAt()}
	}
	return f.waitingWhenSettled(now)
}

// WaitingFor is what one party is told: the party we wait for is asked to
// act, and what only staff must know is left out.
func (f *Forloeb) WaitingFor(p *Party, now time.Time) Waiting {
	if !f.Settled() || p == nil || !p.Reachable() {
		return f.forApplicants(now)
	}
	if w := f.waitingOn(p, now); w.Key != "" {
		w.Provider = f.Provider
		return w.Promising(now)
	}
	return f.forApplicants(now)
}

func (f *Forloeb) waitingOn(p *Party, now time.Time) Waiting {
	switch {
	case f.Status.Closed() || f.AskedForFix() || f.Paused(now) != nil:
	case f.Status == AwaitingConsent || f.askedAgain(p, now):
		return f.consentSelf(p)
	case f.Status == AwaitingEvaluation || f.Status == Evaluating:
		return f.evaluationSelf(p, now)
	case p.Consent == nil && !f.Contested(p):
		return Waiting{Key: WaitContactSelf, Side: p.Side}
	}
	return Waiting{}
}

// forApplicants is Waiting without what is for staff alone.
func (f *Forloeb) forApplicants(now time.Time) Waiting {
	w := f.Waiting(now)
	if w.Key == WaitEvalUncertain {
		w = f.evaluationWait(now)
		w.Provider = f.Provider
		return w.Promising(now)
	}
	if f.Settled() && (w.Key == WaitAssignOffered || w.Key == WaitAssignManual && f.Policy.Assignment == Automatic) {
		w = f.searching() // who was asked, and who said no, is between us and the consultants
		w.Provider, w.Many = f.Provider, f.meansMany(w.Key)
		return w.Promising(now)
	}
	return w
}

func (f *Forloeb) searching() Waiting {
	return Waiting{Key: WaitAssignSearching, Since: f.agreedAt(), Deadline: f.NewsBy()}
}

// waitingWhenSettled is what is waited for once every fact has been acted on.
func (f *Forloeb) waitingWhenSettled(now time.Time) Waiting {
	w := f.waitingInStatus(now)
	w.Provider, w.Many = f.Provider, f.meansMany(w.Key)
	return w.Promising(now)
}

func (f *Forloeb) waitingInStatus(now time.Time) Waiting {
	if p := f.Paused(now); p != nil {
		return Waiting{Key: WaitPaused, Since: p.From, Next: p.Until}
	}
	if w := f.replacing(now); w.Key != "" {
		return w
	}
	switch f.Status {
	case AwaitingConsent:
		if w := f.phoneWait(now); w.Key != "" {
			return w
		}
		if f.Joining() {
			return f.joinWait(now)
		}
		return f.consentWait(now)
	case AwaitingAssessment:
		return f.assessmentWait(now)
	case AwaitingConsultant:
		return f.assignmentWait()
	case Planning:
		return f.planningWait(now)
	case InProgress:
		return f.meetingWait(now)
	case AwaitingEvaluation:
		return f.restWait(now)
	case Evaluating:
		if w := f.lostRequest(); w.Key != "" {
			return w
		}
		return f.evaluationWait(now)
	}
	return f.doneWait()
}

// Promising drops dates that have passed: a date in the past is never
// promised. A late key names its date as one that was missed.
func (w Waiting) Promising(now time.Time) Waiting {
	if passed(w.Next, now) {
		w.Next = time.Time{}
	}
	if passed(w.Deadline, now) && !w.Key.Late() {
		w.Deadline = time.Time{}
	}
	return w
}

// passed reports whether a promised day is over.
func passed(t, now time.Time) bool { return !t.IsZero() && now.After(EndOfDay(t)) }

func sameDay(a, b time.Time) bool { return EndOfDay(a).Equal(EndOfDay(b)) }

// lastActAt is when the last fact came in.
func (f *Forloeb) lastActAt() time.Time {
	if n := len(f.Acts); n > 0 {
		return f.Acts[n-1].At
	}
	return f.CreatedAt
}

// agreedAt is since when both agree; it never is zero after consent.
func (f *Forloeb) agreedAt() time.Time {
	if agreed := f.Agreed(); !agreed.IsZero() {
		return agreed
	}
	return f.StatusSince
}

// replacing is said while a party who has left is being replaced and the
// secretariat is on time with it; after that the forløb's own news matters
// more.
func (f *Forloeb) replacing(now time.Time) Waiting {
	if f.Status.Closed() {
		return Waiting{}
	}
	for _, p := range f.CurrentParties() {
		since := p.LeftAt
		if f.Status != AwaitingConsent {
			since = later(since, p.NotMeAt)
		}
		if by := f.FollowUpBy(since); !since.IsZero() && !passed(by, now) {
			return Waiting{Key: WaitContactReplace, Side: p.Side, Since: since, Next: by}
		}
	}
	return Waiting{}
}

func (f *Forloeb) assessmentWait(now time.Time) Waiting {
	if f.Decision == Waitlist {
		return Waiting{Key: WaitAssessWaitlist, Since: f.DecidedAt, Next: f.NewsBy()}
	}
	by := f.calendar().quietless(f.calendar().months(f.StatusSince, f.Policy.StillWaitingMonths))
	if passed(by, now) {
		return Waiting{Key: WaitAssessPoolLate, Deadline: by, Next: f.NewsBy()}
	}
	return Waiting{Key: WaitAssessPool, Since: f.agreedAt(), Deadline: by}
}

func (f *Forloeb) assignmentWait() Waiting {
	switch {
	case f.Offer() != nil:
		return Waiting{Key: WaitAssignOffered, Since: f.Offer().At, Deadline: f.OfferEnds()}
	case f.chosenInVain() != nil:
		return Waiting{Key: WaitAssignManual, Since: f.agreedAt(), Deadline: f.NewsBy()}
	case f.Policy.Assignment == ByProvider:
		return Waiting{Key: WaitAssignProvider, Since: f.agreedAt(), Deadline: f.NewsBy()}
	case f.Policy.Assignment == Proposed:
		return Waiting{Key: WaitAssignManual, Since: f.agreedAt(), Deadline: f.NewsBy()}
	case f.MatchTriedAt.Before(f.StatusSince):
		return f.searching()
	}
	return Waiting{Key: WaitAssignFull, Since: f.StatusSince, Next: f.MatchAgainAt(), Deadline: f.NewsBy()}
}

// doneWait says how it ended and when what we know is erased.
func (f *Forloeb) doneWait() Waiting {
	w := Waiting{Key: doneKeys[f.Status], Since: f.ClosedAt(), Next: f.ReopenUntil(), Deadline: f.EraseAt()}
	if f.Status == Lapsed {
		w.Since = f.LapsedAt()
	}
	return w
}

// LapsedAt is the deadline that passed; the forløb closes after its midnight.
func (f *Forloeb) LapsedAt() (at time.Time) {
	for _, p := range f.Pending() {
		at = later(at, f.ConsentDeadline(p))
	}
	if at.IsZero() || at.After(f.ClosedAt()) {
		return f.ClosedAt()
	}
	return at
}
