package forloeb

import (
	"slices"
	"time"
)

// This file holds the time between a choice and the consultant's answer: the
// assignment is an offer until the consultant has said yes, or has said nothing
// for Policy.OfferDays. The applicants hear of nobody before that.

// DeclineReason is why a consultant says no to an offer.
type DeclineReason string

// Reasons to decline.
const (
	DeclineConflict DeclineReason = "conflict" // of interest: never given this forløb again
	DeclineLeave    DeclineReason = "leave"
	DeclineNoRoom   DeclineReason = "no_room"
	DeclineOther    DeclineReason = "other" // in words
)

// DeclineReasons lists them in the order of the form.
var DeclineReasons = []DeclineReason{DeclineConflict, DeclineLeave, DeclineNoRoom, DeclineOther}

// Taken reports whether the consultant has, or had, the forløb: an offer that
// was declined or withdrawn is none of those the applicants know of.
func (a *Assignment) Taken() bool { return !a.AcceptedAt.IsZero() }

// Since is from when the consultant has the forløb: the acceptance, or while
// that is awaited the choice.
func (a *Assignment) Since() time.Time { return later(a.At, a.AcceptedAt) }

// Offer is the assignment in force that nobody has accepted yet; nil when there
// is none.
func (f *Forloeb) Offer() *Assignment {
	if a := f.Assignment(); a != nil && !a.Taken() {
		return a
	}
	return nil
}

// TakenAssignments are those that became somebody's, oldest first.
func (f *Forloeb) TakenAssignments() (taken []*Assignment) {
	for i := range f.Assignments {
		if a := &f.Assignments[i]; a.Taken() {
			taken = append(taken, a)
		}
	}
	return taken
}

// OfferEnds is when an offer becomes the consultant's without a word; zero when
// none is out. A forløb that is opened again asks anew.
func (f *Forloeb) OfferEnds() time.Time {
	a := f.Offer()
	if a == nil || f.Status != AwaitingConsultant {
		return time.Time{}
	}
	return f.calendar().workingDays(later(a.At, f.StatusSince), f.Policy.OfferDays)
}

// offers reports whether a choice made now is an offer: before the forløb has
// begun. Once it has, its meetings need somebody, and the secretariat has spoken
// with whoever takes over.
func (f *Forloeb) offers() bool {
	return f.Policy.OfferDays > 0 && f.Status == AwaitingConsultant
}

// TakenAt is when a choice made now is the consultant's; zero when it is an
// offer.
func (f *Forloeb) TakenAt(now time.Time) time.Time {
	if f.offers() {
		return time.Time{}
	}
	return now
}

// chosenInVain reports whether somebody whom a person chose has declined: a
// person then chooses anew, since Match would not have taken the same.
func (f *Forloeb) chosenInVain() *Assignment {
	n := len(f.Assignments)
	if n == 0 {
		return nil
	}
	a := &f.Assignments[n-1]
	if a.Declined == "" || a.Reason != "chosen" || a.Until.Before(f.StatusSince) {
		return nil
	}
	return a
}

// Choose reports whether a person says who gets the forløb now.
func (f *Forloeb) Choose() bool { return f.Policy.Chosen() || f.chosenInVain() != nil }

// Accept is the consultant's yes to an offer.
type Accept struct{}

// Line names the act.
func (d Accept) Line() Line { return Line{Name: ConsultantAccepted} }

// Check: an offer is out.
func (d Accept) Check(f *Forloeb, by Actor, now time.Time) error { return f.answerable() }

// Decline is the consultant's no. The next one gets the offer, and the
// applicants hear nothing of it.
type Decline struct {
	Reason DeclineReason
	Words  string // only the secretariat reads them
}

// Line names the act.
func (d Decline) Line() Line { return Line{Name: ConsultantDeclined, Detail: string(d.Reason)} }

// Check: an offer is out; and a reason, in words when it is none of the list's.
func (d Decline) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := f.answerable(); err != nil {
		return err
	}
	if !slices.Contains(DeclineReasons, d.Reason) {
		return f.refuse(RefuseNoReason)
	}
	if d.Reason == DeclineOther {
		return f.needReason(d.Words)
	}
	return nil
}

// answerable refuses what is no offer: whoever has the forløb already is told
// that they have.
func (f *Forloeb) answerable() error {
	if err := f.open(); err != nil {
		return err
	}
	if f.Consultant() != nil {
		return f.refuse(RefuseAlreadyAccepted)
	}
	if err := f.in(AwaitingConsultant); err != nil {
		return err
	}
	if f.Offer() == nil {
		return f.refuse(RefuseNotAssigned)
	}
	return nil
}

// accept makes the offer the consultant's, in memory.
func (f *Forloeb) accept(now time.Time) {
	if a := f.Offer(); a != nil {
		a.AcceptedAt = now
	}
}
