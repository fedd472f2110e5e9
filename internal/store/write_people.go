package store

import (
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// correctAddress: a new address is a new link, and the link is mailed to it:
// with the request where an answer is awaited, else by itself.
func (w *writer) correctAddress(d forloeb.CorrectAddress) error {
	p := w.f.Party(d.Party)
	if forloeb.NormaliseEmail(d.Email) != p.Contact.Email || !p.NotMeAt.IsZero() {
		if err := w.newLink(p); err != nil {
			return err
		}
	}
	if err := w.exec(`update party_contacts set email = $2 where party_id = $1`, d.Party, forloeb.NormaliseEmail(d.Email)); err != nil || d.Phone == nil {
		return err
	}
	return w.exec(`update party_contacts set phone = $2 where party_id = $1`, d.Party, phone(forloeb.CleanLine(*d.Phone)))
}

func (w *writer) newLink(p *forloeb.Party) error {
	byStarter := 0
	if w.by.Kind == forloeb.ActorApplicant {
		byStarter = 1
	}
	if err := w.exec(`update parties set link_version = link_version + 1, corrections = corrections + $2, not_me_at = null where id = $1`,
		p.ID, byStarter); err != nil {
		return err
	}
	if w.f.LinkLetter(p) != forloeb.MailLinkAgain {
		return nil
	}
	return w.set("parties", "link_asked_at", p.ID)
}

// replaceParty ends one person's part and begins another's. Whoever had
// answered still has; the new one has not.
func (w *writer) replaceParty(d forloeb.ReplaceParty) error {
	old := w.f.Party(d.Party)
	if err := w.exec(`update parties set replaced_at = $2, fix_asked_at = null where id = $1`, old.ID, w.now); err != nil {
		return err
	}
	if err := w.exec(forgetDrafts, old.ID); err != nil {
		return err
	}
	role := old.Role
	if d.Role != "" && old.Side == forloeb.Rep {
		role = d.Role
	}
	return w.insertParty(forloeb.Party{ID: d.New, WorkplaceID: old.WorkplaceID, Side: old.Side, Role: role, Contact: d.Contact, ReplacesParty: old.ID})
}

func (w *writer) insertParty(p forloeb.Party) error {
	var replaces any
	if p.ReplacesParty != uuid.Nil {
		replaces = p.ReplacesParty
	}
	if err := w.exec(`insert into parties (id, forloeb_id, workplace_id, side, role, replaces) values ($1, $2, $3, $4, $5, $6)`,
		p.ID, w.f.ID, p.WorkplaceID, p.Side, p.Role, replaces); err != nil {
		return err
	}
	c := p.Contact
	return w.exec(`insert into party_contacts (party_id, name, title, email, phone) values ($1, $2, $3, $4, $5)`,
		p.ID, forloeb.CleanLine(c.Name), forloeb.CleanLine(c.Title), forloeb.NormaliseEmail(c.Email), phone(forloeb.CleanLine(c.Phone)))
}

func (w *writer) leaveParty(d forloeb.LeaveParty) error {
	if err := w.set("parties", "left_at", d.Party); err != nil {
		return err
	}
	if err := w.exec(forgetDrafts, d.Party); err != nil {
		return err
	}
	return w.remark("left", d.Successor, &d.Party)
}

func (w *writer) settleMail(d forloeb.SettleMail) error {
	switch d.Action {
	case forloeb.ReleaseMail:
		return w.exec(`update mails set held = false, code = '', planned_at = $2, real_at = now() where id = $1`, d.Mail, w.now)
	case forloeb.ResendMail:
		return w.exec(`update mails set state = 'planned', code = '', doubts = 0, resends = resends + 1, planned_at = $2, sent_at = null where id = $1`, d.Mail, w.now)
	}
	return w.exec(`update tasks set closed_at = $3 where forloeb_id = $1 and closed_at is null and subject like 'mail:' || $2 || ':%'`,
		w.f.ID, d.Mail, w.now)
}
