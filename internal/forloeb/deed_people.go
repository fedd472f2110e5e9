package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// MaxCorrections is how often the starter may correct a party's address from
// the receipt; after that the secretariat does it.
const MaxCorrections = 2

// CorrectAddress is a corrected mail address: the old link dies and the mail
// is sent again. Whoever has left gets no mails, so there is nothing to correct.
type CorrectAddress struct {
	Party uuid.UUID
	Email string
	Phone *string // kept when nil, removed when empty
}

// Line names the act.
func (d CorrectAddress) Line() Line { return Line{ApplicationChanged, d.Party.String(), "address"} }

// Check: the starter may do it once or twice until that party has answered,
// those who run it always.
func (d CorrectAddress) Check(f *Forloeb, by Actor, now time.Time) error {
	p, err := f.party(d.Party)
	if err := first(err, f.open(), f.freeAddress(p, d.Email), f.phone(d.Phone)); err != nil {
		return err
	}
	if !p.LeftAt.IsZero() {
		return &Refusal{Code: RefusePartyLeft, Status: f.Status, Side: p.Side}
	}
	if by.RunsForloeb() || by.Kind == ActorParty && by.ID == p.ID.String() {
		return nil
	}
	switch {
	case p.Consent != nil:
		return &Refusal{Code: RefuseAlreadyAnswered, Status: f.Status, Answer: p.Consent.Answer, Date: p.Consent.At}
	case f.Status != AwaitingConsent:
		return f.refuse(RefuseWrongStatus)
	case p.Corrections >= MaxCorrections:
		return &Refusal{Code: RefuseTooManyCorrections, Status: f.Status, N: MaxCorrections}
	}
	return nil
}

// freeAddress: a valid address that is not the other party's.
func (f *Forloeb) freeAddress(p *Party, email string) error {
	if p == nil {
		return nil
	}
	if !ValidEmail(NormaliseEmail(email)) {
		return f.refuse(RefuseBadAddress)
	}
	if o := f.Other(p); o != nil && SameMailbox(o.Contact.Email, email) {
		return &Refusal{Code: RefuseSameAddress, Status: f.Status, Side: p.Side}
	}
	return nil
}

// phone: a number that can be called, or none.
func (f *Forloeb) phone(number *string) error {
	if number != nil && !ValidPhone(*number) {
		return f.refuse(RefuseBadPhone)
	}
	return nil
}

// ReplaceParty puts a new person in a party's place.
type ReplaceParty struct {
	Party   uuid.UUID
	New     uuid.UUID // the new party's id
	Role    Role      // of a new representative; kept when empty
	Contact Contact
}

// Line names the act.
func (d ReplaceParty) Line() Line { return Line{PartyReplaced, d.Party.String(), "replaced"} }

// Check allows it while the forløb is open. After consent the new person is
// asked, and the forløb goes on meanwhile.
func (d ReplaceParty) Check(f *Forloeb, by Actor, now time.Time) error {
	p, err := f.party(d.Party)
	if err := first(err, f.open(), f.freeAddress(p, d.Contact.Email), f.phone(&d.Contact.Phone)); err != nil {
		return err
	}
	if o := f.Other(p); o != nil && sameFullName(o.Contact.Name, d.Contact.Name) {
		return &Refusal{Code: RefuseSamePerson, Status: f.Status, Side: p.Side}
	}
	if letterCount(d.Contact.Name) < 2 || notAName.MatchString(d.Contact.Name) {
		return f.refuse(RefuseNoName)
	}
	return nil
}

// LeaveParty is a party who says they are no longer at the workplace.
type LeaveParty struct {
	Party     uuid.UUID
	Successor string // free text: who takes over
}

// Line names the act.
func (d LeaveParty) Line() Line { return Line{PartyLeft, d.Party.String(), "left"} }

// Check allows it once.
func (d LeaveParty) Check(f *Forloeb, by Actor, now time.Time) error {
	p, err := f.party(d.Party)
	if err := first(err, f.open()); err != nil {
		return err
	}
	if !p.LeftAt.IsZero() {
		return f.refuseOn(RefusePartyLeft, p.LeftAt)
	}
	return nil
}

// CloseTask is a person saying that a task is settled.
type CloseTask struct{ Task int64 }

// Line names the act.
func (d CloseTask) Line() Line { return Line{FactsChanged, itoa(d.Task), "task"} }

// Check: the task is open, and closing it leaves nobody waiting for ever.
func (d CloseTask) Check(f *Forloeb, by Actor, now time.Time) error {
	for _, t := range f.Tasks {
		switch {
		case t.ID != d.Task || !t.Open():
		case t.Kind.settledByDeed():
			return f.refuse(RefuseTaskStands)
		default:
			return nil
		}
	}
	return f.refuse(RefuseNotFound)
}

// settledByDeed: somebody waits for what the task asks for, so it closes when
// that is done and not before.
func (k TaskKind) settledByDeed() bool {
	switch k {
	case TaskFix, TaskWrongPerson, TaskPartyLeft, TaskAssess, TaskNoConsultant, TaskMailHeld:
		return true
	}
	return false
}

// MailAction is a way to settle a mail.
type MailAction string

// Ways to settle a mail.
const (
	ResendMail  MailAction = "resend"   // a failed or uncertain one
	ReleaseMail MailAction = "released" // a held one
	LetMailBe   MailAction = "let_be"
)

// SettleMail is what a person does about a mail that did not arrive.
type SettleMail struct {
	Mail   int64
	Action MailAction
}

// Line names the act.
func (d SettleMail) Line() Line { return Line{MailSettled, itoa(d.Mail), string(d.Action)} }

// Check: only a mail that failed, is uncertain, is stuck or is held, and that
// still means something when it is to be sent.
func (d SettleMail) Check(f *Forloeb, by Actor, now time.Time) error {
	for i := range f.Mails {
		if m := &f.Mails[i]; m.ID == d.Mail {
			return d.fits(f, m, now)
		}
	}
	return f.refuse(RefuseNotFound)
}

func (d SettleMail) fits(f *Forloeb, m *Mail, now time.Time) error {
	ok := false
	switch d.Action {
	case ReleaseMail:
		ok = m.Held && m.State == MailPlanned && !f.Moot(m, now)
	case ResendMail:
		ok = (m.State == MailFailed || m.State == MailUncertain) && !f.Moot(m, now)
	case LetMailBe:
		ok = f.mailTask(m)
	}
	if !ok {
		return f.refuse(RefuseMailNotSettleable)
	}
	return nil
}
