package forloeb

import "time"

// joinWait is said while the workplaces of a shared forløb are asked: to one
// that has joined, that the others are waited for; to staff and to those who
// apply, how many have.
func (f *Forloeb) joinWait(now time.Time) Waiting {
	own := f.own()
	switch {
	case own == nil:
		return Waiting{Key: WaitJoinQuorum, K: f.JoinedCount(), M: f.WorkplaceCount(), N: f.Quorum(), Since: f.joiningSince(), Deadline: f.joinCloses()}
	case f.Joined(own):
		return Waiting{Key: WaitJoinOne, Since: f.joinedAt(own), Deadline: f.joinCloses()}
	}
	return f.consentWait(now)
}

// own is the workplace a copy is for; nil for those who apply, and for staff.
func (f *Forloeb) own() *Workplace {
	if f.seen == nil || len(f.Workplaces) < 2 {
		return nil
	}
	return &f.Workplaces[1]
}

func (f *Forloeb) joinCloses() time.Time {
	if f.seen != nil {
		return f.seen.closes
	}
	return f.ConsentCloses()
}

// joiningSince is when the applying pair had agreed.
func (f *Forloeb) joiningSince() time.Time { return lastAnswer(f.Applicants()) }

func (f *Forloeb) joinedAt(w *Workplace) time.Time { return lastAnswer(f.Of(w.ID)) }

func lastAnswer(parties []*Party) (at time.Time) {
	for _, p := range parties {
		if p.Consent != nil {
			at = later(at, p.Consent.At)
		}
	}
	return at
}
