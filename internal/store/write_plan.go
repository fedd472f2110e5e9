package store

import "example.dk/spark/internal/forloeb"

// writePlan keeps the latest words alone; who wrote them and when stands in
// the act.
func (w *writer) writePlan(d forloeb.WritePlan) error {
	text := forloeb.CleanText(d.Text)
	if text == "" {
		return w.exec(`delete from plan_texts where forloeb_id = $1 and kind = $2`, w.f.ID, d.Kind)
	}
	return w.exec(`insert into plan_texts (forloeb_id, kind, version, text) values ($1, $2, $3, $4)
		on conflict (forloeb_id, kind) do update set version = excluded.version, text = excluded.text`,
		w.f.ID, d.Kind, w.version, text)
}

func (w *writer) writePrepTask(d forloeb.WritePrepTask) error {
	text := forloeb.CleanText(d.Text)
	if text == "" {
		return w.exec(`delete from meeting_tasks where meeting_id = $1`, d.Meeting)
	}
	return w.exec(`insert into meeting_tasks (meeting_id, text) values ($1, $2) on conflict (meeting_id) do update set text = excluded.text`,
		d.Meeting, text)
}
