package store

import (
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

func (w *writer) withdraw(d forloeb.Withdraw) error {
	if err := w.forloeb(`withdrawn_at = $2`, w.now); err != nil {
		return err
	}
	if d.Party == uuid.Nil {
		return w.remark("withdraw", d.Reason, nil)
	}
	return w.remark("withdraw", d.Reason, &d.Party)
}

func (w *writer) stop(d forloeb.Stop) error {
	if err := w.forloeb(`stopped_at = $2`, w.now); err != nil {
		return err
	}
	return w.remark("stop", d.Reason, nil)
}

// extend puts off the deadline of the status that the forløb has.
func (w *writer) extend(d forloeb.ExtendDeadline) error {
	column := "consent_until"
	if w.f.Status == forloeb.Evaluating {
		column = "evaluation_until"
	}
	if err := w.forloeb(column+` = $2`, d.Last()); err != nil {
		return err
	}
	return w.remark("deadline", d.Reason, nil)
}

// reopen asks the workflow to go back to where the forløb came from. A no is
// not carried over, or it would close again at once; a yes is.
func (w *writer) reopen(d forloeb.Reopen) error {
	err := w.forloeb(`reopen_to = $2, reopened_at = $3, withdrawn_at = null, stopped_at = null`, w.f.StatusBefore(), w.now)
	if err != nil {
		return err
	}
	if err := w.exec(`delete from duplicates where forloeb_id = $1`, w.f.ID); err != nil {
		return err
	}
	if w.f.SaidNo() {
		if err := w.newRevisionWithoutNo(); err != nil {
			return err
		}
	}
	return w.remark("reopen", d.Reason, nil)
}

// newRevisionWithoutNo copies the text and the yes answers to a new revision.
func (w *writer) newRevisionWithoutNo() error {
	old := w.f.Application.Revision
	err := w.exec(`insert into applications (forloeb_id, revision, started_by, body, quorum, themes, hash, at)
		select forloeb_id, revision + 1, started_by, body, quorum, themes, hash, $3 from applications
		where forloeb_id = $1 and revision = $2`, w.f.ID, old, w.now)
	if err != nil {
		return err
	}
	for _, query := range []string{
		`insert into application_texts (forloeb_id, revision, situation, change_goal, tried, timing, body_name, focus)
			select forloeb_id, revision + 1, situation, change_goal, tried, timing, body_name, focus from application_texts where forloeb_id = $1 and revision = $2`,
		`insert into consents select party_id, revision + 1, answer, text_hash, c.at, channel from consents c join parties p on p.id = c.party_id
			where p.forloeb_id = $1 and revision = $2 and answer = 'yes'`,
		`insert into signatures select party_id, revision + 1, signature, device from signatures s join parties p on p.id = s.party_id
			where p.forloeb_id = $1 and revision = $2 and exists (select 1 from consents c where c.party_id = s.party_id and c.revision = s.revision + 1)`,
	} {
		if err := w.exec(query, w.f.ID, old); err != nil {
			return err
		}
	}
	return w.forloeb(`revision = $2`, old+1)
}

// answerEvaluation notes that the party has answered, and what was answered
// apart from it: nothing of the two rows ties them.
func (w *writer) answerEvaluation(d forloeb.AnswerEvaluation) error {
	i := w.f.Invitation(d.Party)
	if err := w.exec(`update invitations set answered_at = $3, draft = null where evaluation_id = $1 and party_id = $2`, i.EvaluationID, d.Party, w.now); err != nil {
		return err
	}
	return w.exec(`select keep_answer($1, $2, $3, $4, $5)`, i.EvaluationID, d.Answers.Version, toJSON(d.Answers.Choices),
		forloeb.CleanText(d.Answers.Remark), w.now.In(forloeb.Copenhagen).Format(time.DateOnly))
}

// refuseEvaluation is of the time that is asked now: what was answered before
// stands.
func (w *writer) refuseEvaluation(d forloeb.RefuseEvaluation) error {
	return w.exec(`update invitations set refused_at = $3, draft = null where evaluation_id = $1 and party_id = $2`,
		w.f.Invitation(d.Party).EvaluationID, d.Party, w.now)
}
