package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// MeetingNote is what a consultant has written about a meeting; nothing when
// they have not.
func (s *Store) MeetingNote(ctx context.Context, meeting, consultant uuid.UUID) (n forloeb.MeetingNote, err error) {
	err = s.db.scan(ctx, `select text, version, written_at from meeting_notes where meeting_id = $1 and consultant_id = $2`,
		[]any{meeting, consultant}, &n.Text, &n.Version, &n.At)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return n, err
}

// SaveMeetingNote writes it, for the consultant who has the forløb now. Seen is
// the version it was written over: forloeb.ErrMeetingNoteChanged when there is
// another.
func (s *Store) SaveMeetingNote(ctx context.Context, meeting, consultant uuid.UUID, seen int, text string) error {
	res, err := statement(ctx, s.db, "meeting note", `
		insert into meeting_notes as n (meeting_id, consultant_id, text, written_at)
		select m.id, a.consultant_id, $4, forloeb_now(f)
		from meetings m join forloeb f on f.id = m.forloeb_id join assignments a on a.forloeb_id = f.id
		where m.id = $1 and a.consultant_id = $2 and a.until is null
		on conflict (meeting_id, consultant_id) do update set text = excluded.text, version = n.version + 1, written_at = excluded.written_at
			where n.version = $3`, meeting, consultant, seen, forloeb.CleanText(text))
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, forloeb.ErrMeetingNoteChanged)
	}
	return nil
}

// EraseMeetingNotes deletes those whose day has come, and those that their
// writer has not been able to read for a while. It returns how many.
func (s *Store) EraseMeetingNotes(ctx context.Context) (int64, error) {
	res, err := s.db.ExecContext(ctx, `
		delete from meeting_notes n using meetings m, forloeb f
		where m.id = n.meeting_id and f.id = m.forloeb_id and (
			f.status = any($1) and (f.status_since at time zone 'Europe/Copenhagen')::date + make_interval(months => $2)
				<= forloeb_now(f) at time zone 'Europe/Copenhagen'
			or not exists (select from assignments a where a.forloeb_id = f.id and a.consultant_id = n.consultant_id
				and (a.until is null or a.until > forloeb_now(f) - make_interval(days => $3))))`,
		closedStatuses, forloeb.MeetingNoteMonths, forloeb.MeetingNoteDays)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}
