package store

import (
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// leaveWorkplace takes one workplace out of a shared forløb.
func (w *writer) leaveWorkplace(d forloeb.LeaveWorkplace) error {
	if err := w.exec(`update workplaces set left_at = $2, out_reason = $3 where id = $1`, d.Workplace, w.now, forloeb.OutLeft); err != nil {
		return err
	}
	return w.remark("leave", d.Reason, nil)
}

// takeWorkplaceIn asks its two again: their answers of before are void, and
// their links are new. What was answered, and when, stays in acts.
func (w *writer) takeWorkplaceIn(d forloeb.TakeWorkplaceIn) error {
	in := ``
	if w.f.Status == forloeb.AwaitingConsent {
		in = `, left_at = null, out_reason = null`
	}
	for _, change := range []struct {
		query string
		args  []any
	}{
		{`update workplaces set asked_again_at = $2` + in + ` where id = $1`, []any{d.Workplace, w.now}},
		{`update parties set link_version = link_version + 1, fix_asked_at = null where workplace_id = $1 and replaced_at is null`, []any{d.Workplace}},
		{`delete from consents where revision = $2 and party_id in (select id from parties where workplace_id = $1 and replaced_at is null)`,
			[]any{d.Workplace, w.f.Application.Revision}},
	} {
		if err := w.exec(change.query, change.args...); err != nil {
			return err
		}
	}
	return w.remark("again", d.Reason, nil)
}

// answeredAgain takes a workplace that was asked again in with its second yes, and
// out anew with a no.
func (w *writer) answeredAgain(d forloeb.AnswerConsent) error {
	place := w.f.Party(d.Party).WorkplaceID
	switch {
	case d.Rejoins(w.f, w.now):
		return w.exec(`update workplaces set left_at = null, out_reason = null where id = $1`, place)
	case d.Declines(w.f, w.now):
		return w.exec(`update workplaces set left_at = $2, out_reason = $3 where id = $1`, place, w.now, forloeb.OutDeclined)
	}
	return nil
}

// putOut writes which workplaces the workflow has taken out.
func (w *committer) putOut(list []forloeb.Out) error {
	for _, o := range list {
		if err := w.exec(`update workplaces set left_at = $2, out_reason = $3 where id = $1 and left_at is null`, o.Workplace, w.c.Now, o.Reason); err != nil {
			return err
		}
	}
	return nil
}

// concerned writes which workplaces a meeting is for; none is all.
func (w *writer) concerned(meeting uuid.UUID, workplaces []uuid.UUID) error {
	for _, id := range workplaces {
		if err := w.exec(`insert into meeting_workplaces (meeting_id, workplace_id) values ($1, $2)`, meeting, id); err != nil {
			return err
		}
	}
	return nil
}
