package forloeb

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// This file is about a shared forløb: one pair applies, from a HovedMED or the
// like, and two or more workplaces take part, each by a pair of its own
// (documents B6, E4, E10). In an individual forløb the one workplace does both.

// Shared reports whether the applying pair speaks for no workplace of its own
// and others join.
func (f *Forloeb) Shared() bool { return f.Lead().OnlyApplies }

// Out reports whether the workplace takes no part, or no longer does.
func (w Workplace) Out() bool { return !w.LeftAt.IsZero() }

// OutReason is why a workplace is out.
type OutReason string

// A workplace that said no or never answered before the start, or that left
// later.
const (
	OutDeclined OutReason = "declined"
	OutSilent   OutReason = "silent"
	OutLeft     OutReason = "left"
)

// Participants are the workplaces that take part, or may come to: not the
// applying body of a shared forløb, and none that is out.
func (f *Forloeb) Participants() (list []*Workplace) {
	for i := range f.Workplaces {
		if w := &f.Workplaces[i]; !w.OnlyApplies && !w.Out() {
			list = append(list, w)
		}
	}
	return list
}

// Workplace finds a workplace; nil when there is none.
func (f *Forloeb) Workplace(id uuid.UUID) *Workplace {
	for i := range f.Workplaces {
		if f.Workplaces[i].ID == id {
			return &f.Workplaces[i]
		}
	}
	return nil
}

// Applies reports whether the party is one of the pair that applies: of an
// individual forløb, both parties are.
func (f *Forloeb) Applies(p *Party) bool { return p.WorkplaceID == f.Lead().ID }

// Of are the current parties of one workplace, also when it is out; the leader
// first.
func (f *Forloeb) Of(workplace uuid.UUID) []*Party {
	return slices.DeleteFunc(f.everyParty(), func(p *Party) bool { return p.WorkplaceID != workplace })
}

// Applicants are the pair that applies: of an individual forløb, its two parties.
func (f *Forloeb) Applicants() []*Party { return f.Of(f.Lead().ID) }

// Joined reports whether both parties of a workplace have said yes to the text
// as it stands.
func (f *Forloeb) Joined(w *Workplace) bool { return !w.Out() && allSaid(f.Of(w.ID), Yes) }

// saidNo reports whether a workplace will not take part: one no is enough.
func (f *Forloeb) saidNo(w *Workplace) bool { return anySaid(f.Of(w.ID), No) }

// Joining reports whether the applying pair has agreed, so that the workplaces
// are asked.
func (f *Forloeb) Joining() bool {
	return f.Shared() && f.Status == AwaitingConsent && allSaid(f.Applicants(), Yes)
}

// Quorum is how many workplaces a shared forløb needs to begin.
func (f *Forloeb) Quorum() int {
	programme, _ := ProgrammeByCode(f.Programme)
	kind, _ := programme.Type(f.Type)
	return max(f.Application.Quorum, kind.MinWorkplaces)
}

// JoinedCount is how many workplaces have joined.
func (f *Forloeb) JoinedCount() (n int) {
	if f.seen != nil {
		return f.seen.joined
	}
	for _, w := range f.Participants() {
		if f.Joined(w) {
			n++
		}
	}
	return n
}

// WorkplaceCount is how many workplaces take part or may still join.
func (f *Forloeb) WorkplaceCount() (n int) {
	if f.seen != nil {
		return f.seen.may
	}
	for _, w := range f.Participants() {
		if !f.saidNo(w) {
			n++
		}
	}
	return n
}

// tooFew reports whether so many have said no that a shared forløb cannot
// begin any more.
func (f *Forloeb) tooFew() bool { return f.Joining() && f.WorkplaceCount() < f.Quorum() }

// enough reports whether a shared forløb may begin with those who have joined.
func (f *Forloeb) enough() bool { return f.Joining() && f.JoinedCount() >= f.Quorum() }

// IsFor reports whether a meeting is for a party: it is for everybody unless
// workplaces were named.
func (f *Forloeb) IsFor(m *Meeting, p *Party) bool { return m.isFor(p.WorkplaceID) }

func (m *Meeting) isFor(workplace uuid.UUID) bool {
	return len(m.Workplaces) == 0 || slices.Contains(m.Workplaces, workplace)
}

// IsForWorkplace reports whether the meeting concerns a workplace.
func (m *Meeting) IsForWorkplace(id uuid.UUID) bool { return m.isFor(id) }

// LastHeldFor is the end of the last held meeting that concerned a workplace;
// zero without one.
func (f *Forloeb) LastHeldFor(workplace uuid.UUID) (last time.Time) {
	for i := range f.Meetings {
		if m := &f.Meetings[i]; m.State == Held && m.isFor(workplace) {
			last = later(last, m.EndsAt)
		}
	}
	return last
}

// JoinedAt is when the second of a workplace's parties said yes; zero before one has.
func (f *Forloeb) JoinedAt(w *Workplace) time.Time { return f.joinedAt(w) }

func allSaid(parties []*Party, a Answer) bool {
	return len(parties) > 0 && !slices.ContainsFunc(parties, func(p *Party) bool { return p.Consent == nil || p.Consent.Answer != a })
}

func anySaid(parties []*Party, a Answer) bool {
	return slices.ContainsFunc(parties, func(p *Party) bool { return p.Consent != nil && p.Consent.Answer == a })
}
