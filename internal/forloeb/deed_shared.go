package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// Details of the acts about a shared forløb.
const (
	workplaceDetail = "workplace"
	beginDetail     = "begin"
	listedDetail    = "listed"
	unlistedDetail  = "unlisted"
)

// LeaveWorkplace takes one workplace out of a shared forløb; the others go on.
type LeaveWorkplace struct {
	Workplace uuid.UUID
	Party     uuid.UUID // nil when the secretariat writes it down for somebody
	Reason    string    // optional
}

// Line names the act.
func (d LeaveWorkplace) Line() Line { return Line{PartyLeft, d.Workplace.String(), workplaceDetail} }

// Check: one that takes part, by one of its own parties or the secretariat,
// while the forløb is open.
func (d LeaveWorkplace) Check(f *Forloeb, by Actor, now time.Time) error {
	w := f.Workplace(d.Workplace)
	switch {
	case w == nil:
		return f.refuse(RefuseNotFound)
	case !f.Shared() || w.OnlyApplies:
		return f.refuse(RefuseWrongStatus) // withdrawing is what its parties mean
	}
	if d.Party != uuid.Nil {
		p, err := f.party(d.Party)
		if err != nil {
			return err
		}
		if p.WorkplaceID != w.ID {
			return f.refuse(RefuseNotAParty)
		}
	}
	if w.Out() {
		return f.refuseOn(RefuseWorkplaceOut, w.LeftAt)
	}
	return f.open()
}

// BeginShared lets a shared forløb begin with those who have joined, without
// waiting for the rest.
type BeginShared struct{}

// Line names the act.
func (d BeginShared) Line() Line { return Line{Name: FactsChanged, Detail: beginDetail} }

// Check: when as many have joined as it needs.
func (d BeginShared) Check(f *Forloeb, by Actor, now time.Time) error {
	switch {
	case !f.Joining():
		return first(f.in(AwaitingConsent), f.refuse(RefuseWrongStatus))
	case !f.enough():
		return &Refusal{Code: RefuseTooFewJoined, Status: f.Status, N: f.Quorum()}
	}
	return f.open()
}

// ListContact shares a party's name and mail with the others of a network, or
// takes them off the list again. Nobody is on it who has not asked to be.
type ListContact struct {
	Party uuid.UUID
	On    bool
}

// Line names the act.
func (d ListContact) Line() Line {
	if d.On {
		return Line{FactsChanged, d.Party.String(), listedDetail}
	}
	return Line{FactsChanged, d.Party.String(), unlistedDetail}
}

// Check: one who takes part in a network. Coming off the list is always possible.
func (d ListContact) Check(f *Forloeb, by Actor, now time.Time) error {
	p, err := f.party(d.Party)
	switch {
	case err != nil:
		return err
	case f.Type != Network:
		return f.refuse(RefuseNotFound)
	case !d.On:
		return nil
	case !f.InNetwork(p):
		return f.refuse(RefuseWrongStatus)
	}
	return f.open()
}

// InNetwork reports whether a party takes part in a network, and may see who else
// is on its list. One whose workplace is out may not.
func (f *Forloeb) InNetwork(p *Party) bool {
	return f.Type == Network && !f.out(p) && p.Consent != nil && p.Consent.Answer == Yes
}

// Listed are those who share their name and mail, by name.
func (f *Forloeb) Listed() (list []*Party) {
	for _, p := range f.CurrentParties() {
		if f.Type == Network && !p.ListedAt.IsZero() && p.Reachable() {
			list = append(list, p)
		}
	}
	return list
}

// takePart: a meeting is for workplaces that take part.
func (f *Forloeb) takePart(workplaces []uuid.UUID) error {
	for _, id := range workplaces {
		w := f.Workplace(id)
		switch {
		case w == nil || !f.Shared():
			return f.refuse(RefuseNotFound)
		case w.Out():
			return f.refuseOn(RefuseWorkplaceOut, w.LeftAt)
		}
	}
	return nil
}
