package forloeb

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// This file is about when a workplace is asked what came of its forløb, and how
// often (documents A24, and the external evaluation, which asked right after as
// well).

// Wave is one time a workplace is asked: so many whole months after the last held
// meeting that was for it. 0 is right after it, on the next working day.
type Wave int

// Waves are those of a policy, the earliest first. The last is the one the forløb ends
// with; those before it change no status.
type Waves []Wave

// MarshalJSON writes one alone as the number that rows held before there could
// be several.
func (w Waves) MarshalJSON() ([]byte, error) {
	if len(w) == 1 {
		return json.Marshal(w[0])
	}
	return json.Marshal([]Wave(w))
}

// UnmarshalJSON reads a list, or a number for one alone.
func (w *Waves) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, (*[]Wave)(w)) == nil {
		return nil
	}
	*w = Waves{0}
	return json.Unmarshal(data, &(*w)[0])
}

// last is the number of the wave that the forløb ends with.
func (w Waves) last() int { return len(w) - 1 }

// Length is how long after: "tre måneder", and nothing right after.
func (w Wave) Length() string {
	if w == 0 {
		return ""
	}
	return Counted(int(w), "en måned", "måneder")
}

// After is when the wave comes, before "det sidste møde": "tre måneder efter".
func (w Wave) After() string {
	if w == 0 {
		return "lige efter"
	}
	return w.Length() + " efter"
}

// After is when all of them come: "lige efter og tre måneder efter".
func (w Waves) After() string {
	var words []string
	for _, wave := range w {
		words = append(words, wave.After())
	}
	return strings.Join(words, " og ")
}

// waveAt is when a workplace is asked in a wave; zero when no held meeting was for
// it: there is nothing to evaluate.
func (f *Forloeb) waveAt(workplace uuid.UUID, wave int) time.Time {
	held := f.LastHeldFor(workplace)
	if held.IsZero() {
		return time.Time{}
	}
	return f.calendar().at(f.Policy.Evaluations[wave], held)
}

// evaluationAtFor is when a workplace is asked in the last wave.
func (f *Forloeb) evaluationAtFor(workplace uuid.UUID) time.Time {
	return f.waveAt(workplace, f.Policy.Evaluations.last())
}

// earlyAt is when a workplace is asked in a wave before the last, in office hours;
// zero when it could not answer in full before it is asked again.
func (f *Forloeb) earlyAt(workplace uuid.UUID, wave int, now time.Time) time.Time {
	at := f.waveAt(workplace, wave)
	if at.IsZero() {
		return at
	}
	at = f.calendar().office(later(at, f.statusSince(AwaitingEvaluation)))
	if !f.calendar().deadline(later(at, now), f.Policy.EvaluationDays).Before(f.waveAt(workplace, wave+1)) {
		return time.Time{}
	}
	return at
}

// turn is a party's to be asked.
type turn struct {
	party *Party
	wave  int
	at    time.Time // zero: at once
}

// turns are those still to come of the parties who can be reached.
func (f *Forloeb) turns(now time.Time) (list []turn) {
	if f.Status != AwaitingEvaluation && f.Status != Evaluating {
		return nil
	}
	for _, p := range f.evaluators() {
		if !p.Reachable() {
			continue
		}
		if t := f.earlyTurn(p, now); t != nil {
			list = append(list, *t)
		} else if f.Status == Evaluating && !f.askedLast(p) {
			list = append(list, f.lastTurn(p, now))
		}
	}
	return list
}

// NextAsked is when the first of those who can be reached is next asked; zero
// when nobody is.
func (f *Forloeb) NextAsked(now time.Time) (next time.Time) {
	for _, t := range f.turns(now) {
		if next.IsZero() || t.at.Before(next) {
			next = t.at
		}
	}
	return next
}

// earlyTurn is a workplace's once, whoever speaks for it then: a meeting held
// after it was asked does not have it asked again.
func (f *Forloeb) earlyTurn(p *Party, now time.Time) *turn {
	if f.Status == Evaluating && !f.Shared() {
		return nil
	}
	for wave := range f.Policy.Evaluations.last() {
		at := f.earlyAt(p.WorkplaceID, wave, now)
		if !at.IsZero() && !f.askedIn(p.WorkplaceID, wave) {
			return &turn{p, wave, f.inOffice(at, now)}
		}
	}
	return nil
}

// lastTurn is at once in an individual forløb: its date is what brought it here. Of
// a shared one each workplace has its own.
func (f *Forloeb) lastTurn(p *Party, now time.Time) turn {
	t := turn{party: p, wave: f.Policy.Evaluations.last()}
	if f.Shared() {
		t.at = f.inOffice(later(f.evaluationAtFor(p.WorkplaceID), f.StatusSince), now)
	}
	return t
}

// inOffice postpones what is overdue to when the calendar may write to people.
func (f *Forloeb) inOffice(at, now time.Time) time.Time {
	if at.After(now) {
		return at
	}
	return later(at, f.calendar().office(now))
}

func (f *Forloeb) askedIn(workplace uuid.UUID, wave int) bool {
	return slices.ContainsFunc(f.Invitations, func(i Invitation) bool { return i.WorkplaceID == workplace && i.Wave == wave })
}

func (f *Forloeb) askedLast(p *Party) bool {
	i := f.Invitation(p.ID)
	return i != nil && f.inLast(i)
}

// inLast reports whether the invitation is to the evaluation that the forløb ends with.
func (f *Forloeb) inLast(i *Invitation) bool { return i.Wave == f.Policy.Evaluations.last() }

// lastInvitations are those to the evaluation that the forløb ends with.
func (f *Forloeb) lastInvitations() (list []*Invitation) {
	for i := range f.Invitations {
		if inv := &f.Invitations[i]; f.inLast(inv) {
			list = append(list, inv)
		}
	}
	return list
}

// Invitation is a party's, to the last wave it has been asked in; nil when not
// invited.
func (f *Forloeb) Invitation(party uuid.UUID) *Invitation {
	for i := len(f.Invitations) - 1; i >= 0; i-- {
		if f.Invitations[i].PartyID == party {
			return &f.Invitations[i]
		}
	}
	return nil
}

// Wave is the one an invitation is to, and when the party is asked again; the
// latter empty in the last.
func (f *Forloeb) Wave(i *Invitation) (this Wave, again string) {
	if !f.inLast(i) {
		again = f.Policy.Evaluations[i.Wave+1].After()
	}
	return f.Policy.Evaluations[i.Wave], again
}

// ClosesFor is when an invitation closes: the last wave's for everybody at once,
// an early one's by itself. Zero while it has not arrived.
func (f *Forloeb) ClosesFor(i *Invitation) time.Time {
	if f.inLast(i) {
		return f.EvaluationCloses()
	}
	m := f.requestMail(i)
	if m == nil {
		return time.Time{}
	}
	asked := later(m.SentAt, f.letBe(m))
	if asked.IsZero() {
		return asked
	}
	return f.calendar().deadline(later(asked, f.ReopenedAt), f.Policy.EvaluationDays)
}

// Answerable reports whether an invited party can still answer. What is asked
// early can be answered also when the meetings go on.
func (f *Forloeb) Answerable(i *Invitation, now time.Time) bool {
	closes := f.ClosesFor(i)
	stands := f.Status == Evaluating || !f.inLast(i) && f.open() == nil
	return stands && i.Open() && (closes.IsZero() || !now.After(closes))
}

// mootEvaluation: the questionnaire a mail is about is answered, closed, or
// overtaken by the next.
func (f *Forloeb) mootEvaluation(wave int64, p *Party, now time.Time) bool {
	i := f.Invitation(p.ID)
	if i == nil || int64(i.Wave) != wave || f.Status != AwaitingEvaluation && f.Status != Evaluating {
		return true
	}
	return !i.Open() || !f.inLast(i) && !f.Answerable(i, now)
}
