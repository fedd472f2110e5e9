package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// CalendarLink is a consultant's, as it stands. ErrNotFound when there is no
// such consultant, or they have stopped.
func (s *Store) CalendarLink(ctx context.Context, consultant uuid.UUID) (l forloeb.CalendarLink, err error) {
	var since sql.NullTime
	err = s.db.scan(ctx, `
		select coalesce(l.version, 1), l.calendar_at from consultants k left join consultant_links l on l.consultant_id = k.id
		where k.id = $1 and k.active`, []any{consultant}, &l.Version, &since)
	l.Since = since.Time
	return l, notFound(err)
}

// MakeCalendarLink makes a consultant's link. Where there is one, a new version
// makes it void, and with it the consultant's links in mails. Whoever saw
// another version than there is changes nothing: it was done already.
func (s *Store) MakeCalendarLink(ctx context.Context, consultant uuid.UUID, seen int) error {
	_, err := statement(ctx, s.db, "calendar link made", `
		insert into consultant_links as l (consultant_id, calendar_at) values ($1, now())
		on conflict (consultant_id) do update set calendar_at = now(), version = l.version + (l.calendar_at is not null)::int
			where l.version = $2`, consultant, seen)
	return err
}

// DropCalendarLink makes the link void without a new one; likewise.
func (s *Store) DropCalendarLink(ctx context.Context, consultant uuid.UUID, seen int) error {
	_, err := statement(ctx, s.db, "calendar link dropped", `
		update consultant_links set calendar_at = null, version = version + 1
		where consultant_id = $1 and version = $2 and calendar_at is not null`, consultant, seen)
	return err
}

// Feed is what a consultant's followed calendar shows, by start: the meetings
// of the forløb they have now that are not long over, and none of one they are
// only asked about.
func (s *Store) Feed(ctx context.Context, consultant uuid.UUID) (list []forloeb.FeedMeeting, err error) {
	var rows []feedRow
	err = s.db.SelectContext(ctx, &rows, `
		select f.reference, f.programme, m.ics_uid, m.ics_sequence, m.starts_at, m.ends_at, m.state, m.state_at, coalesce(l.place, '') as place
		from assignments a
		join forloeb f on f.id = a.forloeb_id
		join meetings m on m.forloeb_id = f.id
		left join meeting_places l on l.meeting_id = m.id
		where a.consultant_id = $1 and a.until is null and a.accepted_at is not null
			and m.ends_at - f.clock_offset > now() - make_interval(days => $2)
			and (m.state <> 'cancelled' or m.state_at - f.clock_offset > now() - make_interval(days => $2))
		order by m.starts_at, m.id`, consultant, forloeb.FeedBackDays)
	for _, r := range rows {
		list = append(list, forloeb.FeedMeeting{
			Reference: r.Reference, Programme: r.Programme, UID: r.UID, Sequence: r.Sequence, StartsAt: r.StartsAt, EndsAt: r.EndsAt,
			Place: r.Place, State: r.State, ChangedAt: r.ChangedAt,
		})
	}
	return list, err
}

type feedRow struct {
	Reference string                `db:"reference"`
	Programme forloeb.ProgrammeCode `db:"programme"`
	UID       string                `db:"ics_uid"`
	Sequence  int                   `db:"ics_sequence"`
	StartsAt  time.Time             `db:"starts_at"`
	EndsAt    time.Time             `db:"ends_at"`
	State     forloeb.MeetingState  `db:"state"`
	ChangedAt time.Time             `db:"state_at"`
	Place     string                `db:"place"`
}
