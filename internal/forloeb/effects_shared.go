package forloeb

import (
	"slices"
)

// begins reports whether this step is the end of asking: those who apply, and
// of a shared forløb enough workplaces, have agreed.
func (e Event) begins() bool {
	return e.From == AwaitingConsent && (e.To == AwaitingConsultant || e.To == AwaitingAssessment)
}

// putOut takes workplaces out of a shared forløb: at once those that say no, and
// when it begins those that have not joined. The others go on.
func (p *plan) putOut() {
	if !p.f.Shared() {
		return
	}
	starts := p.moving && p.f.Events[len(p.f.Events)-1].begins()
	for _, w := range p.f.Participants() {
		switch {
		case p.f.saidNo(w) && (starts || p.f.Joining() && !p.unsureOf(w)):
			p.out(w, OutDeclined)
		case starts && !p.f.Joined(w):
			p.out(w, OutSilent)
		}
	}
	p.tellLeft()
}

// unsureOf: a no that was noted by telephone may still be contested.
func (p *plan) unsureOf(w *Workplace) bool {
	return slices.ContainsFunc(p.f.Of(w.ID), func(party *Party) bool { return p.f.Contestable(party, p.now) })
}

func (p *plan) out(w *Workplace, why OutReason) {
	w.LeftAt, w.OutReason = p.now, why
	p.PutOut = append(p.PutOut, Out{w.ID, why})
}

// tellLeft tells both parties of a workplace that is out. Whoever said no has a
// receipt for that.
func (p *plan) tellLeft() {
	for i := range p.f.Workplaces {
		w := &p.f.Workplaces[i]
		if !w.Out() || w.AskedAgainAt.After(w.LeftAt) {
			continue // those who are asked again have heard of it
		}
		for _, party := range p.f.Of(w.ID) {
			if party.Reachable() && p.f.knowsOf(party) && !p.f.hasSaidNo(party) {
				p.mail(MailWorkplaceLeft, party.ID, w.LeftAt.Unix(), "")
			}
		}
	}
}

// knowsOf reports whether a party has been asked at all.
func (f *Forloeb) knowsOf(p *Party) bool {
	return slices.ContainsFunc(f.Mails, func(m Mail) bool {
		return m.Recipient == p.ID && m.Kind.Asks() && m.State != MailPlanned && m.State != MailCancelled
	})
}

// hasSaidNo reports whether a party has said no, to this text or to an earlier
// one that it has had the receipt for; not before its workplace last came out.
func (f *Forloeb) hasSaidNo(p *Party) bool {
	left := f.PlaceOf(p).LeftAt
	return anySaid([]*Party{p}, No) || slices.ContainsFunc(f.Mails, func(m Mail) bool {
		return m.Recipient == p.ID && m.Kind == MailAnswerNo && !m.PlannedAt.Before(left)
	})
}

func (p *plan) toApplicants(kind MailKind, ordinal int64) {
	for _, party := range p.f.Applicants() {
		if party.Reachable() {
			p.mail(kind, party.ID, ordinal, "")
		}
	}
}

// evaluators are the parties of the workplaces that have something to
// evaluate: not the applying body of a shared forløb, and none that no held
// meeting concerned.
func (f *Forloeb) evaluators() (list []*Party) {
	for _, p := range f.CurrentParties() {
		if !f.Shared() || !f.Applies(p) && !f.LastHeldFor(p.WorkplaceID).IsZero() {
			list = append(list, p)
		}
	}
	return list
}
