package store

import (
	"example.dk/spark/internal/forloeb"
)

func (w *writer) decide(d forloeb.Decide) error {
	if err := w.forloeb(`decision = $2, decided_at = $3`, d.Decision, w.now); err != nil {
		return err
	}
	return w.remark("decision", d.Reason, nil)
}

// assign puts one consultant in force. Match has judged; a person may choose
// somebody unsuitable, but has to say why, and nobody with a conflict of
// interest, whether in this forløb or registered beforehand.
func (w *writer) assign(d forloeb.Assign) error {
	reason := d.Line().Detail
	if !d.Auto {
		ranked, err := w.judgeChoice(d)
		if err != nil {
			return err
		}
		d.Score = ranked.Score
	}
	if w.f.Consultant() != nil {
		reason = "reassigned"
	}
	if w.f.Assignment() != nil {
		if err := w.endAssignment(); err != nil {
			return err
		}
	}
	if w.by.Kind == forloeb.ActorProvider {
		reason += "_by_provider"
	}
	if err := w.remark("assignment", d.Reason, nil); err != nil {
		return err
	}
	if err := w.remark(forloeb.RemarkHandover, d.Handover, nil); err != nil {
		return err
	}
	return w.exec(`insert into assignments (forloeb_id, consultant_id, reason, score, at, accepted_at) values ($1, $2, $3, $4, $5, $6)`,
		w.f.ID, d.Consultant, reason, toJSON(d.Score), w.now, nullable(w.f.TakenAt(w.now)))
}

func (w *writer) judgeChoice(d forloeb.Assign) (forloeb.Ranked, error) {
	ranked, err := rank(w.ctx, w.tx, w.f, w.now)
	if err != nil {
		return forloeb.Ranked{}, err
	}
	for _, r := range ranked {
		if r.ID != d.Consultant {
			continue
		}
		if r.Interest {
			return r, &forloeb.Refusal{Code: forloeb.RefuseConflictOfInterest, Status: w.f.Status}
		}
		if r.Recused {
			return r, &forloeb.Refusal{Code: forloeb.RefuseRecused, Status: w.f.Status}
		}
		if !r.Fits() && forloeb.CleanText(d.Reason) == "" {
			return r, &forloeb.Refusal{Code: forloeb.RefuseConsultantUnsuitable, Status: w.f.Status}
		}
		return r, nil
	}
	return forloeb.Ranked{}, &forloeb.Refusal{Code: forloeb.RefuseConsultantUnknown, Status: w.f.Status}
}

// release ends the assignment. The consultant is not asked about this forløb
// again.
func (w *writer) release(d forloeb.Release) error {
	c := w.f.Consultant()
	if err := w.notAgain(c.ID, d.Interest); err != nil {
		return err
	}
	if err := w.remark("release", d.Reason, nil); err != nil {
		return err
	}
	if err := w.remark(forloeb.RemarkHandover, d.Handover, nil); err != nil {
		return err
	}
	return w.endAssignment()
}

// endAssignment frees a place: the forløb that wait for one hear of it.
func (w *writer) endAssignment() error {
	if err := w.exec(`update assignments set until = $2 where id = $1`, w.f.Assignment().ID, w.now); err != nil {
		return err
	}
	if err := w.forloeb(`match_tried_at = null`); err != nil {
		return err
	}
	acts, err := nudgeWaiting(w.ctx, w.tx, w.f.ID)
	w.nudged = append(w.nudged, acts...)
	return err
}
