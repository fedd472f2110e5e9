package forloeb

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// seen is what a party may know of the workplaces it does not see.
type seen struct {
	joined, may int       // workplaces
	closes      time.Time // when the last of them has answered; zero while that is not known
	evaluation  time.Time // when the first of them is asked what came of it
}

// SeenBy is the forløb as one party may see it. Nobody sees anything of another
// workplace in a shared forløb than how many there are; pages and mails to
// parties are made from this copy alone, so that none can show more.
func (f *Forloeb) SeenBy(p *Party) *Forloeb {
	if !f.Shared() && f.DuplicateOf == nil && f.Duplicates == nil {
		return f
	}
	c := f.clone()
	c.DuplicateOf, c.Duplicates = f.DuplicateOf.seenBy(p), nil
	if !f.Shared() {
		return c
	}
	c.seen = &seen{joined: f.JoinedCount(), may: f.WorkplaceCount(), closes: f.ConsentCloses(), evaluation: f.EvaluationAt()}
	c.Workplaces = slices.DeleteFunc(c.Workplaces, func(w Workplace) bool { return !w.OnlyApplies && w.ID != p.WorkplaceID })
	c.Parties = nil
	for _, o := range f.Parties {
		if o.WorkplaceID != p.WorkplaceID {
			if !f.Applies(&o) {
				continue
			}
			o.Contact, o.FixText = Contact{}, ""
		}
		c.Parties = append(c.Parties, o)
	}
	c.Guests = slices.DeleteFunc(slices.Clone(f.Guests), func(g Guest) bool { return g.WorkplaceID != p.WorkplaceID })
	if !f.Applies(p) {
		c.Meetings = slices.DeleteFunc(c.Meetings, func(m Meeting) bool { return !f.IsFor(&m, p) })
	}
	for i := range c.Meetings {
		c.Meetings[i].OtherTimes = slices.DeleteFunc(slices.Clone(c.Meetings[i].OtherTimes), func(o OtherTime) bool { return c.Party(o.Party) == nil })
	}
	c.Invitations = slices.DeleteFunc(c.Invitations, func(i Invitation) bool { return i.WorkplaceID != p.WorkplaceID })
	c.Mails = slices.DeleteFunc(slices.Clone(f.Mails), func(m Mail) bool { return f.concernsOther(m.Recipient.String(), c) })
	c.Acts = slices.DeleteFunc(slices.Clone(f.Acts), func(a Act) bool { return f.concernsOther(a.Ref, c) || f.concernsOther(a.Actor.ID, c) })
	return c
}

// concernsOther reports whether an id names a party, a guest, a workplace or a meeting
// that is not in the copy.
func (f *Forloeb) concernsOther(ref string, c *Forloeb) bool {
	id, err := uuid.Parse(ref)
	if err != nil {
		return false
	}
	return f.Party(id) != nil && c.Party(id) == nil || f.Guest(id) != nil && c.Guest(id) == nil || f.Workplace(id) != nil && c.Workplace(id) == nil || f.Meeting(id) != nil && c.Meeting(id) == nil
}

// PlaceOf is the workplace, or the applying body, that a party speaks for.
func (f *Forloeb) PlaceOf(p *Party) Workplace {
	if w := f.Workplace(p.WorkplaceID); w != nil {
		return *w
	}
	return f.Lead()
}

func (f *Forloeb) placeWords(ref string) string {
	if id, err := uuid.Parse(ref); err == nil {
		if w := f.Workplace(id); w != nil && w.Name != "" {
			return w.Name
		}
	}
	return "En arbejdsplads"
}

// ApplicantName is who applied for others: "HovedMED i Aarhus Kommune".
func (f *Forloeb) ApplicantName() string {
	return applicantName(f.Application.Body, f.Application.Texts.BodyName, f.Lead().Municipality)
}

func applicantName(body Body, other, municipality string) string {
	name := body.Label()
	if body == OtherBody {
		name = other
	}
	if m, known := MunicipalityByCode(municipality); known {
		name += " i " + m.OfficialName
	}
	return Capital(name)
}

// TypeWords is the forløb's type in a sentence: "et fællesforløb".
func (f *Forloeb) TypeWords() string {
	switch f.Type {
	case Joint:
		return "et fællesforløb"
	case Network:
		return "et netværksforløb"
	}
	return "et forløb"
}
