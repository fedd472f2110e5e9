package forloeb

import "time"

// consentWait says who has not answered, what they got and when it closes.
func (f *Forloeb) consentWait(now time.Time) Waiting {
	for _, find := range []func(*Party, time.Time) Waiting{f.correction, f.heldRequest, f.unsentRequest} {
		if w := f.firstParty(find, now); w.Key != "" {
			return w
		}
	}
	closes := f.ConsentCloses()
	if passed(closes, now) {
		return Waiting{Key: WaitConsentLate, Deadline: closes}
	}
	w := Waiting{Key: WaitConsentOne, Since: f.lastAsked(), Next: f.nextConsentReminder(), Deadline: closes}
	if pending := f.Pending(); len(pending) == 1 {
		w.Side = pending[0].Side
	} else {
		w.Key = WaitConsentNone
	}
	if last := f.lastReminded(); w.Next.IsZero() && !last.IsZero() {
		w.Key, w.Since = WaitConsentLast, last
	} else if w.Key == WaitConsentNone && f.Edited() {
		w.Key, w.Since = WaitConsentChanged, f.Application.At
	}
	return w
}

// firstParty asks about each party in turn; when both have the same, the
// sentence speaks of both.
func (f *Forloeb) firstParty(find func(*Party, time.Time) Waiting, now time.Time) (first Waiting) {
	for _, p := range f.CurrentParties() {
		w := find(p, now)
		switch {
		case w.Key == "":
		case first.Key == "":
			first = w
		case first.Key == w.Key && bothAtOnce[w.Key]:
			first.Side = ""
		}
	}
	return first
}

// bothAtOnce are the sentences that can speak of both parties.
var bothAtOnce = map[WaitKey]bool{WaitConsentQueued: true, WaitConsentQueuedLate: true, WaitConsentHeld: true}

// correction is what a party asked to have put right.
func (f *Forloeb) correction(p *Party, _ time.Time) Waiting {
	switch {
	case !p.FixAskedAt.IsZero():
		return Waiting{Key: WaitConsentFix, Side: p.Side, Since: p.FixAskedAt, Next: f.FollowUpBy(p.FixAskedAt)}
	case !p.NotMeAt.IsZero():
		return Waiting{Key: WaitConsentWrong, Side: p.Side, Since: p.NotMeAt, Next: f.FollowUpBy(p.NotMeAt)}
	}
	return Waiting{}
}

// heldRequest is a mail that waits for a person: held back, returned, or in
// doubt.
func (f *Forloeb) heldRequest(p *Party, _ time.Time) Waiting {
	m := f.askMail(p)
	switch {
	case m == nil || p.Consent != nil:
	case m.Held && m.State == MailPlanned:
		return Waiting{Key: WaitConsentHeld, Side: p.Side, Since: m.PlannedAt, Next: f.FollowUpBy(m.PlannedAt)}
	case m.State == MailFailed:
		since := f.failedAt(m)
		return Waiting{Key: WaitConsentBounced, Side: p.Side, Since: since, Next: f.FollowUpBy(since)}
	case m.State == MailUncertain && f.letBe(m).IsZero():
		since := f.failedAt(m)
		return Waiting{Key: WaitConsentUncertain, Side: p.Side, Since: since, Next: f.FollowUpBy(since)}
	}
	return Waiting{}
}

// unsentRequest is a mail on its way, or one that has been for longer than a
// day.
func (f *Forloeb) unsentRequest(p *Party, now time.Time) Waiting {
	m := f.askMail(p)
	if p.Consent != nil || !p.Reachable() || !f.AskedAt(p).IsZero() {
		return Waiting{}
	}
	planned := later(f.StatusSince, f.Application.At)
	if m != nil {
		planned = m.PlannedAt
	}
	if passed(planned, now) {
		return Waiting{Key: WaitConsentQueuedLate, Side: p.Side, Since: planned}
	}
	return Waiting{Key: WaitConsentQueued, Side: p.Side, Next: planned, Deadline: f.ConsentDeadlineFrom(planned)}
}

// failedAt is when a mail came back: when its task opened.
func (f *Forloeb) failedAt(m *Mail) time.Time {
	if t := f.everTask(TaskMail, mailSubject(m)); t != nil {
		return t.OpenedAt
	}
	return m.PlannedAt
}

// lastAsked is when the last of those we wait for got the mail.
func (f *Forloeb) lastAsked() (at time.Time) {
	for _, p := range f.Pending() {
		at = later(at, f.AskedAt(p))
	}
	return at
}

func (f *Forloeb) nextConsentReminder() (next time.Time) {
	for _, p := range f.Pending() {
		if at := f.ReminderAt(p); !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}

// lastReminded is when the last reminder went to those we wait for; zero
// while one of them has got none.
func (f *Forloeb) lastReminded() (last time.Time) {
	for _, p := range f.Pending() {
		n := f.RemindedTimes(p)
		if n == 0 {
			return time.Time{}
		}
		m := f.mail(MailConsentReminder, p.ID, f.reminderOrdinal(p, n))
		last = later(last, later(m.PlannedAt, m.SentAt))
	}
	return last
}

// consentSelf asks the party itself.
func (f *Forloeb) consentSelf(p *Party) Waiting {
	asked := f.AskedAt(p)
	if p.Consent != nil || asked.IsZero() {
		return Waiting{}
	}
	return Waiting{Key: WaitConsentSelf, Side: p.Side, Since: asked, Deadline: f.ConsentDeadline(p)}
}
