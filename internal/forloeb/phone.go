package forloeb

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// This file is about answers that were given by telephone. Somebody else wrote
// them down, so the person gets a receipt and some days to say that it was not
// so; until they are over, the forløb does not act on the answer. Whoever
// answers by their own link has settled it.

// NoteAnswer is a party's answer by telephone, written down by whoever runs
// the forløb. What must be corrected is edited instead.
type NoteAnswer struct {
	Party uuid.UUID
	Yes   bool
	Said  string // what was said; stays in the case
}

// Answer is the answer as it is stored.
func (d NoteAnswer) Answer() Answer {
	if d.Yes {
		return Yes
	}
	return No
}

// Line names the act. That it was noted shows in who did it.
func (d NoteAnswer) Line() Line { return Line{ConsentAnswered, d.Party.String(), string(d.Answer())} }

// Check: when the party could have answered by the link, with what was said.
func (d NoteAnswer) Check(f *Forloeb, by Actor, now time.Time) error {
	p, err := f.party(d.Party)
	if err != nil {
		return err
	}
	if err := f.open(); err != nil {
		return err
	}
	if p.Consent != nil {
		return &Refusal{Code: RefusePartyAnswered, Status: f.Status, Side: p.Side, Date: p.Consent.At}
	}
	if f.out(p) { // one that is asked again after the start is in at once with its answers
		return f.refuseOn(RefuseWorkplaceOut, f.Workplace(p.WorkplaceID).LeftAt)
	}
	answer := AnswerConsent{Revision: f.Application.Revision, Answer: d.Answer()}
	return first(f.mayAnswer(p, answer, now), f.needReason(d.Said))
}

// ContestAnswer is a party's word that what was noted is not what they said.
// The answer is void; they may answer themselves.
type ContestAnswer struct{ Party uuid.UUID }

const contestedDetail = "contested"

// Line names the act.
func (d ContestAnswer) Line() Line { return Line{ConsentAnswered, d.Party.String(), contestedDetail} }

// Check: while the answer can be contested, also when the forløb has moved on.
func (d ContestAnswer) Check(f *Forloeb, by Actor, now time.Time) error {
	p, err := f.party(d.Party)
	switch {
	case err != nil:
		return err
	case f.out(p):
		return f.refuseOn(RefuseWorkplaceOut, f.Workplace(p.WorkplaceID).LeftAt)
	case !f.Contestable(p, now):
		return first(f.open(), f.refuseOn(RefuseContestOver, f.ContestUntil(p)))
	}
	return f.open()
}

// ContestUntil is until when a party may contest the answer that was noted for
// them; zero when none was.
func (f *Forloeb) ContestUntil(p *Party) time.Time {
	if p.Consent == nil || p.Consent.Channel != ByPhone {
		return time.Time{}
	}
	return f.ContestUntilFrom(p.Consent.At)
}

// ContestUntilFrom is the same of an answer that is noted at an instant.
func (f *Forloeb) ContestUntilFrom(noted time.Time) time.Time {
	return f.calendar().contestUntil(noted)
}

// Contestable reports whether a party may still contest what was noted.
func (f *Forloeb) Contestable(p *Party, now time.Time) bool {
	return now.Before(f.ContestUntil(p))
}

// Contested reports whether the party has said that what was noted of this
// text is wrong, and has not answered since.
func (f *Forloeb) Contested(p *Party) bool {
	return p.Consent == nil && p.ContestedAt.After(f.Application.At)
}

// unsure are the parties whose answers may still turn out to be wrong.
func (f *Forloeb) unsure(now time.Time) (list []*Party) {
	for _, p := range f.CurrentParties() {
		if f.Contestable(p, now) {
			list = append(list, p)
		}
	}
	return list
}

// saidNoForGood: one of those who apply has said no, and it stands.
func (f *Forloeb) saidNoForGood(now time.Time) bool {
	return slices.ContainsFunc(f.Applicants(), func(p *Party) bool {
		return p.Consent != nil && p.Consent.Answer == No && !f.Contestable(p, now)
	})
}

// contestAgenda wakes the forløb when an answer stands.
func (f *Forloeb) contestAgenda(now time.Time) (a []entry) {
	for _, p := range f.unsure(now) {
		a = append(a, at(ContestEnds, f.ContestUntil(p)))
	}
	return a
}

// phoneWait is said when nothing but the days to contest is waited for: all
// have answered, or somebody has said no.
func (f *Forloeb) phoneWait(now time.Time) Waiting {
	noted := slices.DeleteFunc(f.CurrentParties(), func(p *Party) bool { return f.ContestUntil(p).IsZero() })
	if len(noted) == 0 || f.AskedForFix() || len(f.Pending()) > 0 && !anySaid(noted, No) {
		return Waiting{}
	}
	unsure := f.unsure(now)
	switch {
	case len(unsure) > 0:
		return f.contestWait(unsure)
	case f.Joining():
		return Waiting{}
	}
	return Waiting{Key: WaitConsentPhoneLate}
}

func (f *Forloeb) contestWait(unsure []*Party) Waiting {
	w := Waiting{Key: WaitConsentPhone, Side: unsure[0].Side}
	for _, p := range unsure {
		w.Since, w.Deadline = later(w.Since, p.Consent.At), later(w.Deadline, f.ContestUntil(p))
		if p.Side != unsure[0].Side {
			w.Side = ""
		}
	}
	return w
}
