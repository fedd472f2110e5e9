package forloeb

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// MaxGuests is how many mødedeltagere a workplace can have at a time.
const MaxGuests = 3

// MaxGuestsEver is how many different ones the parties of a workplace can write
// on by themselves, those who are off again counted: each is a mail to somebody
// who has not asked for it. After that staff do it.
const MaxGuestsEver = 9

// Guest is a mødedeltager: somebody at a workplace who is told of its meetings and
// of nothing else. They have not applied, answer nothing and evaluate nothing;
// being one is voluntary.
type Guest struct {
	ID          uuid.UUID
	WorkplaceID uuid.UUID
	By          uuid.UUID // the party who wrote them on; nil when staff did
	Name        string    // erased with the contacts, as the address is
	Email       string
	AddedAt     time.Time
	RemovedAt   time.Time // zero while they are on
	Declined    bool      // took themselves off: parties cannot write them on again
}

// On reports whether the guest has not been taken off.
func (g *Guest) On() bool { return g.RemovedAt.IsZero() }

// Guest finds a guest; nil when there is none.
func (f *Forloeb) Guest(id uuid.UUID) *Guest {
	for i := range f.Guests {
		if g := &f.Guests[i]; g.ID == id {
			return g
		}
	}
	return nil
}

// GuestsOf are those who are on, of one workplace, oldest first.
func (f *Forloeb) GuestsOf(workplace uuid.UUID) (list []*Guest) {
	for i := range f.Guests {
		if g := &f.Guests[i]; g.On() && g.WorkplaceID == workplace {
			list = append(list, g)
		}
	}
	return list
}

// SeenByGuest is the forløb as a guest may see it: nothing of another workplace.
func (f *Forloeb) SeenByGuest(g *Guest) *Forloeb {
	return f.SeenBy(&Party{WorkplaceID: g.WorkplaceID})
}

// hears reports whether mails to the guest make sense.
func (f *Forloeb) hears(g *Guest) bool {
	w := f.Workplace(g.WorkplaceID)
	return g.On() && g.Email != "" && w != nil && !w.Out() && !f.isParty(g)
}

// isParty: the guest has become one of the workplace's two contact persons and
// gets the mails as such.
func (f *Forloeb) isParty(g *Guest) bool {
	return slices.ContainsFunc(f.Of(g.WorkplaceID), func(p *Party) bool { return SameMailbox(p.Contact.Email, g.Email) })
}

// greeted reports whether the mail has left that says what the guest was
// written on to, and how to be taken off. No other goes before it.
func (f *Forloeb) greeted(g *Guest) bool {
	m := f.mail(MailGuestAdded, g.ID, guestAddedOrdinal)
	return m != nil && (m.State == MailSent || m.State == MailUncertain)
}

const guestAddedOrdinal = 1

// guestsFor are the guests who are told of a meeting.
func (f *Forloeb) guestsFor(m *Meeting) (ids []uuid.UUID) {
	for i := range f.Guests {
		if g := &f.Guests[i]; f.hears(g) && f.greeted(g) && m.isFor(g.WorkplaceID) {
			ids = append(ids, g.ID)
		}
	}
	return ids
}

// guestsToRemind are those who were written on before a reminder is due: of the
// others, the invitation says it all.
func (f *Forloeb) guestsToRemind(m *Meeting, when time.Time) []uuid.UUID {
	return slices.DeleteFunc(f.guestsFor(m), func(id uuid.UUID) bool { return f.Guest(id).AddedAt.After(when) })
}

// guestRound is how often somebody with this address was written on before.
func (f *Forloeb) guestRound(g *Guest) (n int) {
	for i := range f.Guests {
		if o := &f.Guests[i]; o.ID == g.ID {
			break
		} else if o.WorkplaceID == g.WorkplaceID && SameMailbox(o.Email, g.Email) {
			n++
		}
	}
	return n
}

// guests greets those who have been written on.
func (p *plan) guests() {
	for i := range p.f.Guests {
		if g := &p.f.Guests[i]; p.f.hears(g) {
			p.mail(MailGuestAdded, g.ID, guestAddedOrdinal, "")
		}
	}
}

// formerGuests have been taken off, or the meeting is not for their workplace any
// more.
func (p *plan) formerGuests(m *Meeting) (ids []uuid.UUID) {
	for i := range p.f.Guests {
		if g := &p.f.Guests[i]; g.Email != "" && !p.f.isParty(g) && (!p.f.hears(g) || !m.isFor(g.WorkplaceID)) {
			ids = append(ids, g.ID)
		}
	}
	return ids
}

func (f *Forloeb) mootForGuest(m *Mail, g *Guest, now time.Time) bool {
	if g.Email == "" {
		return true
	}
	if m.Kind == MailMeetingCancelled {
		return false
	}
	if !f.hears(g) || f.open() != nil {
		return true
	}
	switch m.Kind {
	case MailGuestAdded:
		return false
	case MailMeetingInvitation, MailMeetingMoved:
		return f.mootEntry(m, now) || !f.MeetingOf(m).isFor(g.WorkplaceID)
	case MailMeetingReminder:
		return f.mootMeeting(m, now) || !f.MeetingOf(m).isFor(g.WorkplaceID)
	}
	return true
}

// Details of the acts about guests.
const (
	guestAddedDetail   = "guest_added"
	guestRemovedDetail = "guest_removed"
	guestLeftDetail    = "guest_left"
)

// AddGuest writes somebody on as a mødedeltager. They get a mail that says so.
type AddGuest struct {
	Workplace uuid.UUID
	Guest     uuid.UUID // the new guest's id
	Party     uuid.UUID // who writes them on; nil when staff do
	Name      string
	Email     string
}

// Line names the act.
func (d AddGuest) Line() Line { return Line{FactsChanged, d.Guest.String(), guestAddedDetail} }

// Check: somebody who does not get the mails already, while there are meetings
// to come; up to MaxGuests at a time.
func (d AddGuest) Check(f *Forloeb, by Actor, now time.Time) error {
	return first(d.mayAdd(f), d.fits(f))
}

// mayAdd: by one of the workplace's own parties who has said yes, or by staff.
func (d AddGuest) mayAdd(f *Forloeb) error {
	w := f.Workplace(d.Workplace)
	switch {
	case w == nil:
		return f.refuse(RefuseNotFound)
	case w.Out():
		return f.refuseOn(RefuseWorkplaceOut, w.LeftAt)
	}
	if err := first(f.open(), f.in(AwaitingConsultant, Planning, InProgress)); err != nil {
		return err
	}
	before, declined := f.writtenOn(d.Workplace, d.Email)
	if d.Party != uuid.Nil {
		p, err := f.party(d.Party)
		switch {
		case err != nil:
			return err
		case p.WorkplaceID != d.Workplace:
			return f.refuse(RefuseNotAParty)
		case !p.LeftAt.IsZero():
			return &Refusal{Code: RefusePartyLeft, Status: f.Status, Side: p.Side}
		case p.Consent == nil || p.Consent.Answer != Yes:
			return f.refuse(RefuseWrongStatus)
		case before >= MaxGuestsEver:
			return &Refusal{Code: RefuseGuestsEver, Status: f.Status, N: MaxGuestsEver}
		case declined:
			return f.refuse(RefuseGuestDeclined)
		}
	}
	if len(f.GuestsOf(d.Workplace)) >= MaxGuests {
		return &Refusal{Code: RefuseTooManyGuests, Status: f.Status, N: MaxGuests}
	}
	return nil
}

// fits: a name and an address that gets no mails about the meetings yet. Only what
// the workplace itself knows is compared: of the others in a shared forløb it hears
// nothing here either.
func (d AddGuest) fits(f *Forloeb) error {
	if CleanLine(d.Name) == "" || letterCount(d.Name) < 2 || notAName.MatchString(d.Name) || len([]rune(CleanLine(d.Name))) > MaxName {
		return f.refuse(RefuseNoGuestName)
	}
	if !ValidEmail(NormaliseEmail(d.Email)) {
		return f.refuse(RefuseBadAddress)
	}
	taken := f.isParty(&Guest{WorkplaceID: d.Workplace, Email: d.Email})
	if c := f.Chosen(); c != nil && SameMailbox(c.Email, d.Email) {
		taken = true
	}
	for _, g := range f.GuestsOf(d.Workplace) {
		taken = taken || SameMailbox(g.Email, d.Email)
	}
	if taken {
		return f.refuse(RefuseGuestKnown)
	}
	return nil
}

// writtenOn counts whom the parties of a workplace have written on, and tells
// whether an address has been taken off by whoever reads it.
func (f *Forloeb) writtenOn(workplace uuid.UUID, email string) (n int, declined bool) {
	for i := range f.Guests {
		g := &f.Guests[i]
		if g.WorkplaceID != workplace {
			continue
		}
		if g.By != uuid.Nil {
			n++
		}
		declined = declined || g.Declined && SameMailbox(g.Email, email)
	}
	return n, declined
}

// RemoveGuest takes a mødedeltager off: the same people who can write them on, and
// they themselves by a link.
type RemoveGuest struct {
	Guest uuid.UUID
	Party uuid.UUID // who does it; nil when staff or the guest do
	Self  bool      // the guest does
}

// Line names the act.
func (d RemoveGuest) Line() Line {
	if d.Self {
		return Line{FactsChanged, d.Guest.String(), guestLeftDetail}
	}
	return Line{FactsChanged, d.Guest.String(), guestRemovedDetail}
}

// Check: one who is on; by a party, one of their own workplace. It is possible
// whatever the status: nobody has to stay.
func (d RemoveGuest) Check(f *Forloeb, by Actor, now time.Time) error {
	g := f.Guest(d.Guest)
	if g == nil {
		return f.refuse(RefuseNotFound)
	}
	if d.Party != uuid.Nil {
		p, err := f.party(d.Party)
		if err != nil {
			return err
		}
		if p.WorkplaceID != g.WorkplaceID {
			return f.refuse(RefuseNotAParty)
		}
	}
	if !g.On() {
		return f.refuseOn(RefuseGuestOff, g.RemovedAt)
	}
	return nil
}

// addGuest and removeGuest do it in memory.
func (f *Forloeb) addGuest(d AddGuest, now time.Time) {
	f.Guests = append(slices.Clone(f.Guests), Guest{
		ID: d.Guest, WorkplaceID: d.Workplace, By: d.Party, Name: CleanLine(d.Name), Email: NormaliseEmail(d.Email), AddedAt: now,
	})
}

func (f *Forloeb) removeGuest(d RemoveGuest, now time.Time) {
	f.Guests = slices.Clone(f.Guests)
	if g := f.Guest(d.Guest); g != nil {
		g.RemovedAt, g.Declined = now, d.Self
	}
}
