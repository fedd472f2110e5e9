package store

import (
	"example.dk/spark/internal/forloeb"
)

func (w *writer) answerConsent(d forloeb.AnswerConsent) error {
	if err := w.forgetAnswer(d.Party); err != nil {
		return err
	}
	switch d.Answer {
	case forloeb.Fix:
		if err := w.set("parties", "fix_asked_at", d.Party); err != nil {
			return err
		}
		return w.remark("fix", d.Remark, &d.Party)
	case forloeb.NotMe:
		return w.exec(`update parties set not_me_at = $2, link_version = link_version + 1 where id = $1`, d.Party, w.now)
	}
	if err := w.consent(d.Party, d.Revision, d.Answer, d.Channel); err != nil {
		return err
	}
	if err := w.answeredAgain(d); err != nil {
		return err
	}
	if d.Answer == forloeb.No {
		return w.remark("no", d.Remark, &d.Party)
	}
	return w.exec(`insert into signatures (party_id, revision, signature, device) values ($1, $2, $3, nullif($4, ''))`,
		d.Party, d.Revision, forloeb.CleanLine(d.Signature), d.Device)
}

// changeApplication writes a new revision. The answers stay with the old one,
// so nobody has answered the new.
func (w *writer) changeApplication(d forloeb.ChangeApplication) error {
	s, revision := d.Submission, w.f.Application.Revision+1
	if err := w.application(revision, s); err != nil {
		return err
	}
	if err := w.updateWorkplace(s); err != nil {
		return err
	}
	for _, p := range w.f.Applicants() {
		if err := w.updateParty(p, s); err != nil {
			return err
		}
	}
	if w.f.Offer() != nil { // of what both are asked about anew
		if err := w.endAssignment(); err != nil {
			return err
		}
	}
	return w.forloeb(`revision = $2, decision = null, decided_at = null`, revision)
}

func (w *writer) application(revision int, s forloeb.Submission) error {
	err := w.exec(`insert into applications (forloeb_id, revision, started_by, body, quorum, themes, hash, at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		w.f.ID, revision, s.StartedBy, s.Body, s.Quorum, themes(s.Themes), s.Hash(), w.now)
	if err != nil {
		return err
	}
	return w.exec(`insert into application_texts (forloeb_id, revision, situation, change_goal, tried, timing, body_name, focus) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		w.f.ID, revision, s.Situation, s.ChangeGoal, s.Tried, s.Timing, s.BodyName, s.Focus)
}

func (w *writer) updateWorkplace(s forloeb.Submission) error {
	id := w.f.Lead().ID
	if err := w.exec(`update workplaces set municipality = nullif($2, ''), sector = case when $5 = '' then $3 end, employees = $4,
		region = nullif($5, ''), unit_type = nullif($6, '') where id = $1`,
		id, s.Municipality, s.Sector, s.Employees, s.Region, s.UnitType); err != nil {
		return err
	}
	return w.exec(`update workplace_names set name = $2 where workplace_id = $1`, id, s.Place())
}

// updateParty brings a party in line with an edited application. A new
// address is a new link.
func (w *writer) updateParty(p *forloeb.Party, s forloeb.Submission) error {
	c, role := contactOf(s, p.Side)
	bump := 0
	if !forloeb.SameMailbox(c.Email, p.Contact.Email) {
		bump = 1
	}
	if err := w.exec(`update parties set role = $2, link_version = link_version + $3, fix_asked_at = null,
		not_me_at = case when $3 = 0 then not_me_at end where id = $1`,
		p.ID, role, bump); err != nil {
		return err
	}
	return w.exec(`update party_contacts set name = $2, title = $3, email = $4, phone = $5 where party_id = $1`,
		p.ID, c.Name, c.Title, c.Email, phone(c.Phone))
}

func contactOf(s forloeb.Submission, side forloeb.Side) (forloeb.Contact, forloeb.Role) {
	if side == forloeb.Leader {
		return forloeb.Contact{Name: s.Leader.Name, Title: s.Leader.Title, Email: s.Leader.Email, Phone: s.Leader.Phone}, forloeb.RoleLeader
	}
	return forloeb.Contact{Name: s.Rep.Name, Email: s.Rep.Email, Phone: s.Rep.Phone}, s.Rep.Role
}

func phone(s string) any {
	if s == "" {
		return nil
	}
	return s
}
