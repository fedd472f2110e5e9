package store

import (
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

func (w *writer) addGuest(d forloeb.AddGuest) error {
	var by *uuid.UUID
	if d.Party != uuid.Nil {
		by = &d.Party
	}
	if err := w.exec(`insert into guests (id, forloeb_id, workplace_id, added_by, added_at) values ($1, $2, $3, $4, $5)`,
		d.Guest, w.f.ID, d.Workplace, by, w.now); err != nil {
		return err
	}
	return w.exec(`insert into guest_contacts (guest_id, name, email) values ($1, $2, $3)`,
		d.Guest, forloeb.CleanLine(d.Name), forloeb.NormaliseEmail(d.Email))
}

// removeGuest keeps the address as long as the others: meetings are still to be
// cancelled, and whoever took themselves off is not to be written on again.
func (w *writer) removeGuest(d forloeb.RemoveGuest) error {
	return w.exec(`update guests set removed_at = $2, declined = $3 where id = $1`, d.Guest, w.now, d.Self)
}
