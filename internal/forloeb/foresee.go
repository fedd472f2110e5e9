package forloeb

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// Foresee lists the mails that follow if a deed about people, about the
// application or about the workplaces of a shared forløb is done now, in the
// order in which they are planned: what Effects plans once the forløb has come
// to rest, less what is owed already.
func (f *Forloeb) Foresee(d Deed, now time.Time) (mails []Mail) {
	owed := f.planned(now)
	for _, m := range f.after(d, now).coming(now) {
		if !slices.ContainsFunc(owed, m.same) {
			mails = append(mails, m)
		}
	}
	return mails
}

// planned is what Effects plans, leaving f as it is.
func (f *Forloeb) planned(now time.Time) []Mail {
	return f.clone().Effects(Change{From: f.Status, To: f.Status, Now: now}).Mails
}

func (m Mail) same(o Mail) bool {
	return m.Kind == o.Kind && m.Recipient == o.Recipient && m.Ordinal == o.Ordinal
}

// after is the forløb when a deed has been done and the process has acted on
// it.
func (f *Forloeb) after(d Deed, now time.Time) *Forloeb {
	c, line := f.clone(), d.Line()
	c.Parties, c.Assignments, c.Acts = slices.Clone(f.Parties), slices.Clone(f.Assignments), slices.Clone(f.Acts)
	c.Version++
	c.Acts = append(c.Acts, Act{Version: c.Version, Name: line.Name, Ref: line.Ref, Detail: line.Detail, At: now})
	switch d := d.(type) {
	case NoteAnswer:
		c.Party(d.Party).Consent = &Consent{Revision: f.Application.Revision, Answer: d.Answer(), At: now, Channel: ByPhone}
	case ExtendDeadline:
		c.extend(d)
	case PauseForloeb:
		c.pause(d, now)
	case ResumeForloeb:
		c.Pauses = slices.Clone(f.Pauses)
		c.Pauses[len(c.Pauses)-1].Until = now
	case CorrectAddress:
		c.correct(c.Party(d.Party), NormaliseEmail(d.Email), now)
	case ReplaceParty:
		c.replace(d, now)
	case Assign:
		c.assign(d, now)
	case Accept:
		c.accept(now)
		c.Status = Planning
	case ChangeApplication:
		c.edit(d.Submission, now)
	case LeaveWorkplace:
		c.leave(d.Workplace, now)
	case TakeWorkplaceIn:
		c.takeIn(d.Workplace, now)
	case AddGuest:
		c.addGuest(d, now)
	case RemoveGuest:
		c.removeGuest(d, now)
	case BeginShared:
		c.BegunAt = now
	}
	return c
}

func (f *Forloeb) extend(d ExtendDeadline) {
	if f.Status == Evaluating {
		f.EvaluationUntil = d.Last()
		return
	}
	f.ConsentUntil = d.Last()
}

func (f *Forloeb) pause(d PauseForloeb, now time.Time) {
	running := f.Paused(now)
	f.Pauses = slices.Clone(f.Pauses)
	if running == nil {
		f.Pauses = append(f.Pauses, Pause{ID: int64(len(f.Pauses) + 1), From: now, Reason: d.Reason})
	}
	last := &f.Pauses[len(f.Pauses)-1]
	last.Until, last.Reason = f.GoesOn(d.Until), d.Reason
}

// correct gives a party a new address, which is a new link.
func (f *Forloeb) correct(p *Party, email string, now time.Time) {
	if email == p.Contact.Email && p.NotMeAt.IsZero() {
		return
	}
	if f.LinkLetter(p) == MailLinkAgain {
		p.LinkAskedAt = now
	}
	p.Contact.Email, p.NotMeAt = email, time.Time{}
	p.LinkVersion++
}

func (f *Forloeb) replace(d ReplaceParty, now time.Time) {
	old := f.Party(d.Party)
	old.ReplacedAt, old.FixAskedAt = now, time.Time{}
	f.Parties = append(f.Parties, Party{
		ID: d.New, WorkplaceID: old.WorkplaceID, Side: old.Side, Role: old.Role, LinkVersion: 1, Contact: d.Contact, ReplacesParty: old.ID,
	})
}

func (f *Forloeb) assign(d Assign, now time.Time) {
	id := int64(1)
	for i := range f.Assignments {
		a := &f.Assignments[i]
		id = max(id, a.ID+1)
		if a.Until.IsZero() {
			a.Until = now
		}
	}
	taken := f.TakenAt(now)
	f.Assignments = append(f.Assignments, Assignment{ID: id, Consultant: Consultant{ID: d.Consultant}, At: now, AcceptedAt: taken})
	if f.Status == AwaitingConsultant && !taken.IsZero() {
		f.Status = Planning
	}
}

func (f *Forloeb) edit(s Submission, now time.Time) {
	f.Application.Revision, f.Application.At = f.Application.Revision+1, now
	f.Decision, f.Status = "", AwaitingConsent
	if a := f.Offer(); a != nil {
		a.Until = now
	}
	for i := range f.Parties {
		p := &f.Parties[i]
		if !p.Current() {
			continue
		}
		if !f.Applies(p) {
			p.Consent = nil
			continue
		}
		email := s.Leader.Email
		if p.Side == Rep {
			email = s.Rep.Email
		}
		if !SameMailbox(email, p.Contact.Email) {
			p.LinkVersion, p.NotMeAt = p.LinkVersion+1, time.Time{}
		}
		p.Contact.Email, p.Consent, p.FixAskedAt = email, nil, time.Time{}
	}
}

// LinkLetter is the mail that brings a party a new link: the one that asks
// for an answer where one is awaited, else one of its own.
func (f *Forloeb) LinkLetter(p *Party) MailKind {
	switch {
	case f.AwaitsAnswer(p), f.askedAgain(p, time.Time{}):
		return f.AskKind(p)
	case f.takesOver(p):
		return MailContactNew
	}
	return MailLinkAgain
}

// takesOver: the party is asked for an answer while the forløb goes on.
func (f *Forloeb) takesOver(p *Party) bool {
	return p.ReplacesParty != uuid.Nil && p.Consent == nil && f.Status != AwaitingConsent && !f.Status.Closed()
}
