package store

import (
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// accept makes an offer the consultant's; one that is theirs already is left
// as it is.
func (w *writer) accept() error {
	return w.exec(`update assignments set accepted_at = $2 where forloeb_id = $1 and until is null and accepted_at is null`, w.f.ID, w.now)
}

// decline ends the offer. The consultant is not asked about this forløb again,
// and with a conflict of interest cannot be chosen for it either.
func (w *writer) decline(d forloeb.Decline) error {
	a := w.f.Offer()
	if err := w.notAgain(a.Consultant.ID, d.Reason == forloeb.DeclineConflict); err != nil {
		return err
	}
	if err := w.remark("decline", d.Words, nil); err != nil {
		return err
	}
	if err := w.exec(`update assignments set declined = $2 where id = $1`, a.ID, d.Reason); err != nil {
		return err
	}
	return w.endAssignment()
}

// notAgain keeps a consultant from being matched to this forløb.
func (w *writer) notAgain(consultant uuid.UUID, interest bool) error {
	return w.exec(`insert into conflicts as c (forloeb_id, consultant_id, interest) values ($1, $2, $3)
		on conflict (forloeb_id, consultant_id) do update set interest = c.interest or excluded.interest`, w.f.ID, consultant, interest)
}
