package store

import "example.dk/spark/internal/forloeb"

// leaveWorkplace takes one workplace out of a shared forløb.
func (w *writer) leaveWorkplace(d forloeb.LeaveWorkplace) error {
	if err := w.exec(`update workplaces set left_at = $2, out_reason = $3 where id = $1`, d.Workplace, w.now, forloeb.OutLeft); err != nil {
		return err
	}
	return w.remark("leave", d.Reason, nil)
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
func (w *writer) concerned(d forloeb.BookMeeting) error {
	for _, id := range d.Workplaces {
		if err := w.exec(`insert into meeting_workplaces (meeting_id, workplace_id) values ($1, $2)`, d.Meeting, id); err != nil {
			return err
		}
	}
	return nil
}
