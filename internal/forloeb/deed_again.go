package forloeb

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// againDetail is that of the act that asks a workplace again.
const againDetail = "again"

// TakeWorkplaceIn asks the two of a workplace that is out of a shared forløb
// whether it takes part after all: with new links, and with a deadline of their
// own. While workplaces are still asked it is one of them again. Once the
// forløb has begun it stays out until both have said yes, so that nobody else
// waits for it, and is not invited to anything before.
type TakeWorkplaceIn struct {
	Workplace uuid.UUID
	Reason    string // only the secretariat sees it
}

// Line names the act.
func (d TakeWorkplaceIn) Line() Line { return Line{FactsChanged, d.Workplace.String(), againDetail} }

// Check: one that is out and has not been asked again, as long as there are
// meetings ahead to come to, and when both can be reached.
func (d TakeWorkplaceIn) Check(f *Forloeb, by Actor, now time.Time) error {
	w := f.Workplace(d.Workplace)
	switch {
	case w == nil:
		return f.refuse(RefuseNotFound)
	case !w.Out() || f.AskedAgain(w, now):
		return f.refuse(RefuseWorkplaceNotOut)
	}
	return first(f.open(), f.in(AwaitingConsent, AwaitingAssessment, AwaitingConsultant, Planning, InProgress), f.bothReachable(w), f.needReason(d.Reason))
}

func (f *Forloeb) bothReachable(w *Workplace) error {
	for _, p := range f.Of(w.ID) {
		if !p.Reachable() {
			return &Refusal{Code: RefusePartyLeft, Status: f.Status, Side: p.Side}
		}
	}
	return nil
}

// AskedAgain reports whether a workplace that is out of a forløb that has begun
// is asked whether it takes part after all, and can still answer. What a
// change of the text has sent back asks those who take part alone.
func (f *Forloeb) AskedAgain(w *Workplace, now time.Time) bool {
	begun := []Status{AwaitingAssessment, AwaitingConsultant, Planning, InProgress}
	if !w.Out() || w.AskedAgainAt.Before(w.LeftAt) || f.saidNo(w) || !slices.Contains(begun, f.Status) {
		return false
	}
	return !slices.ContainsFunc(f.Of(w.ID), func(p *Party) bool {
		deadline := f.ConsentDeadline(p)
		return p.Consent == nil && !deadline.IsZero() && now.After(deadline)
	})
}

// askedAgain reports whether a party is one of them, and is still to answer or
// has said yes.
func (f *Forloeb) askedAgain(p *Party, now time.Time) bool {
	w := f.Workplace(p.WorkplaceID)
	return w != nil && f.AskedAgain(w, now)
}

// Rejoins reports whether this answer is the second yes of a workplace that was
// asked again, so that it takes part from now on.
func (d AnswerConsent) Rejoins(f *Forloeb, now time.Time) bool {
	p := f.Party(d.Party)
	if p == nil || d.Answer != Yes || !f.askedAgain(p, now) {
		return false
	}
	o := f.Other(p)
	return o != nil && o.Consent != nil && o.Consent.Answer == Yes
}

// Declines reports whether this answer is the no of one, so that it is out from
// now on.
func (d AnswerConsent) Declines(f *Forloeb, now time.Time) bool {
	p := f.Party(d.Party)
	return p != nil && d.Answer == No && f.askedAgain(p, now)
}

// askAgain plans the mails that ask a workplace again after the start.
func (p *plan) askAgain() {
	for i := range p.f.Workplaces {
		w := &p.f.Workplaces[i]
		if !p.f.AskedAgain(w, p.now) {
			continue
		}
		for _, party := range p.f.Of(w.ID) {
			if party.Reachable() && party.Consent == nil {
				p.mail(p.f.AskKind(party), party.ID, p.f.askOrdinal(party), "")
			}
		}
	}
}

// mootAgain: what those who are asked again after the start are sent.
func (f *Forloeb) mootAgain(m *Mail, p *Party) bool {
	switch m.Kind {
	case MailConsentRequest, MailChanged, MailWorkplaceInvited:
		return p.Consent != nil || m.Kind != f.AskKind(p) || m.Ordinal != f.askOrdinal(p)
	case MailAnswerYes, MailLinkAgain, MailApplicationText:
		return false
	}
	return true
}

// receiptOrdinal numbers the receipt of an answer: one to each revision, and
// another for who is asked again.
func (f *Forloeb) receiptOrdinal(p *Party) int64 {
	if w := f.Workplace(p.WorkplaceID); w != nil && !p.Consent.At.Before(w.AskedAgainAt) && !w.AskedAgainAt.IsZero() {
		return w.AskedAgainAt.Unix()
	}
	return int64(p.Consent.Revision)
}

// takeIn is the forløb when a workplace has been asked again.
func (f *Forloeb) takeIn(workplace uuid.UUID, now time.Time) {
	w := f.Workplace(workplace)
	w.AskedAgainAt = now
	if f.Status == AwaitingConsent {
		w.LeftAt, w.OutReason = time.Time{}, ""
	}
	for _, p := range f.Of(workplace) {
		p.LinkVersion++
		p.Consent, p.FixAskedAt = nil, time.Time{}
	}
}
