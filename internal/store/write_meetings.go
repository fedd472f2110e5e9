package store

import (
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

func (w *writer) book(d forloeb.BookMeeting) error {
	if err := w.accept(); err != nil { // whoever is asked says yes by it
		return err
	}
	if err := w.insertMeeting(d.Meeting, d.StartsAt, d.EndsAt, d.Place, forloeb.Booked); err != nil {
		return err
	}
	return w.concerned(d.Meeting, d.Workplaces)
}

func (w *writer) recordMeeting(d forloeb.RecordMeeting) error {
	if err := w.insertMeeting(d.Meeting, d.StartsAt, d.EndsAt, d.Place, forloeb.Held); err != nil {
		return err
	}
	return w.concerned(d.Meeting, d.Workplaces)
}

func (w *writer) insertMeeting(id uuid.UUID, start, end time.Time, place string, state forloeb.MeetingState) error {
	err := w.exec(`
		insert into meetings (id, forloeb_id, ordinal, starts_at, ends_at, state, ics_uid, state_at, booked_at)
		values ($1, $2, (select coalesce(max(ordinal), 0) + 1 from meetings where forloeb_id = $2), $3, $4, $5, $6, $7, $7)`,
		id, w.f.ID, start, end, state, id.String()+"@spark", w.now)
	if err != nil {
		return err
	}
	return w.place(id, place)
}

func (w *writer) place(meeting uuid.UUID, place string) error {
	if place = forloeb.CleanLine(place); place == "" {
		return nil
	}
	return w.exec(`insert into meeting_places (meeting_id, place) values ($1, $2) on conflict (meeting_id) do update set place = excluded.place`,
		meeting, place)
}

// move keeps the calendar entry's identity: the same UID, the next SEQUENCE.
// Another start answers whoever asked for another time; another place does not.
func (w *writer) move(d forloeb.MoveMeeting) error {
	err := w.exec(`
		update meetings set moved_from = starts_at, starts_at = $2, ends_at = $3, ics_sequence = ics_sequence + 1, booked_at = $4, state_at = $4
		where id = $1`, d.Meeting, d.StartsAt, d.EndsAt, w.now)
	if err != nil {
		return err
	}
	if !w.f.Meeting(d.Meeting).StartsAt.Equal(d.StartsAt) {
		err = w.exec(`update other_times set answered_at = $2 where meeting_id = $1 and answered_at is null`, d.Meeting, w.now)
	}
	if err != nil {
		return err
	}
	return w.place(d.Meeting, d.Place)
}

func (w *writer) askOtherTime(d forloeb.AskOtherTime) error {
	if err := w.exec(`insert into other_times (meeting_id, version, party_id, at) values ($1, $2, $3, $4)`,
		d.Meeting, w.version, d.Party, w.now); err != nil {
		return err
	}
	return w.remark("other_time", d.Text, &d.Party)
}

const cancelMeeting = `update meetings set state = 'cancelled', ics_sequence = ics_sequence + 1, state_at = $2 where state = 'booked' and `

func (w *writer) cancel(d forloeb.CancelMeeting) error {
	if err := w.exec(cancelMeeting+`id = $1`, d.Meeting, w.now); err != nil {
		return err
	}
	return w.remark("cancel", d.Reason, nil)
}

// register keeps the time of the first registration: corrections are counted
// from that.
func (w *writer) register(d forloeb.RegisterMeeting) error {
	err := w.exec(`update meetings set state = $2, state_at = case when state = 'booked' then $3 else state_at end where id = $1`,
		d.Meeting, d.State(), w.now)
	if err != nil {
		return err
	}
	// Finished early means after at least one held meeting: without any, a
	// correction has undone it.
	return w.forloeb(`finished_at = case when exists (select 1 from meetings m where m.forloeb_id = forloeb.id and m.state = 'held') then finished_at end`)
}

func (w *writer) grantExtra(d forloeb.GrantExtra) error {
	if err := w.forloeb(`extra_meetings = extra_meetings + $2`, d.N); err != nil {
		return err
	}
	return w.remark("extra", d.Reason, nil)
}

func (w *writer) finish(d forloeb.FinishMeetings) error {
	if err := w.forloeb(`finished_at = $2`, w.now); err != nil {
		return err
	}
	if err := w.exec(cancelMeeting+`forloeb_id = $1`, w.f.ID, w.now); err != nil {
		return err
	}
	return w.remark("finish", d.Reason, nil)
}
