package store

import (
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// pause begins one, or moves the end of the one that runs.
func (w *writer) pause(d forloeb.PauseForloeb) error {
	until := w.f.GoesOn(d.Until)
	if running := w.f.Paused(w.now); running != nil {
		if err := w.exec(`update pauses set until_at = $2, reason = $3 where id = $1`, running.ID, until, d.Reason); err != nil {
			return err
		}
		return w.remark("pause", d.Text, nil)
	}
	if err := w.resume(); err != nil { // one that a closing cut short
		return err
	}
	if err := w.exec(`insert into pauses (forloeb_id, from_at, until_at, reason) values ($1, $2, $3, $4)`, w.f.ID, w.now, until, d.Reason); err != nil {
		return err
	}
	return w.remark("pause", d.Text, nil)
}

// resume ends what still runs, now.
func (w *writer) resume() error {
	return w.exec(`update pauses set until_at = $2 where forloeb_id = $1 and until_at > $2`, w.f.ID, w.now)
}

func (w *writer) askPause(d forloeb.AskPause) error {
	if d.Party == uuid.Nil {
		return w.remark("c_ask_pause", d.Text, nil)
	}
	return w.remark("ask_pause", d.Text, &d.Party)
}
