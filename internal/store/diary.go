package store

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Diary is what a consultant's calendar holds between two instants: meetings
// booked and held in the forløb they have now, and leave. Meetings are told by
// the dates that were agreed, whatever the clocks of their forløb show.
func (s *Store) Diary(ctx context.Context, consultant uuid.UUID, from, to time.Time) (d forloeb.Diary, err error) {
	var rows []busyRow
	if err := s.db.SelectContext(ctx, &rows, `
		select f.id as forloeb, f.reference, w.place as municipality, m.id as meeting, m.starts_at, m.ends_at,
			1 + (select count(*) from meetings o where o.forloeb_id = f.id and o.state in ('booked', 'held')
				and o.starts_at < m.starts_at) as number
		from assignments a
		join forloeb f on f.id = a.forloeb_id
		join lateral (select coalesce(municipality, region) as place from workplaces where forloeb_id = f.id order by position limit 1) w on true
		join meetings m on m.forloeb_id = f.id
		where a.consultant_id = $1 and a.until is null
			and m.state in ('booked', 'held') and m.starts_at < $3 and m.ends_at > $2 and `+within(4)+`
		order by m.starts_at, m.id`, consultant, from, to, only(ctx)); err != nil {
		return d, err
	}
	for _, r := range rows {
		d.Busy = append(d.Busy, forloeb.Busy{
			Forloeb: r.Forloeb, Reference: r.Reference, Meeting: r.Meeting, Number: r.Number,
			Municipality: r.Municipality, From: r.StartsAt, To: r.EndsAt,
		})
	}
	var leaves []byte
	if err := s.db.GetContext(ctx, &leaves, `
		select coalesce(json_agg(json_build_object('from', lower(l.days), 'to', upper(l.days) - 1) order by l.days), '[]')
		from leaves l join consultants k on k.id = l.consultant_id
		where k.id = $1 and l.days && daterange($2, $3, '[]') and `+providerIs("k", 4), consultant, dateOf(from), dateOf(to), only(ctx)); err != nil {
		return d, err
	}
	d.Leaves, err = readLeaves(leaves)
	return d, err
}

type busyRow struct {
	Forloeb      uuid.UUID `db:"forloeb"`
	Reference    string    `db:"reference"`
	Municipality string    `db:"municipality"`
	Meeting      uuid.UUID `db:"meeting"`
	Number       int       `db:"number"`
	StartsAt     time.Time `db:"starts_at"`
	EndsAt       time.Time `db:"ends_at"`
}

//go:embed queries/own_meetings.sql
var ownMeetingsSQL string

// OwnMeetings are the meetings of a consultant's open forløb by start: every
// one that is booked, also those that are over and wait to be registered, and
// those registered since an instant of real time.
func (s *Store) OwnMeetings(ctx context.Context, consultant uuid.UUID, since time.Time) ([]forloeb.OwnMeeting, error) {
	var rows []ownMeetingRow
	if err := s.db.SelectContext(ctx, &rows, ownMeetingsSQL, consultant, since, only(ctx)); err != nil {
		return nil, err
	}
	list := make([]forloeb.OwnMeeting, len(rows))
	for i, r := range rows {
		list[i] = forloeb.OwnMeeting{
			Forloeb: r.Forloeb, Reference: r.Reference, Status: r.Status, Workplace: r.Workplace, Municipality: r.Municipality,
			Meeting: r.Meeting, Number: r.Number, StartsAt: r.StartsAt, EndsAt: r.EndsAt, Place: r.Place, State: r.State, Now: r.Now,
		}
		if err := json.Unmarshal(r.Attendees, &list[i].Attendees); err != nil {
			return nil, fmt.Errorf("the attendees of meeting %s cannot be read: %w", r.Meeting, err)
		}
	}
	return list, nil
}

type ownMeetingRow struct {
	busyRow
	Status    forloeb.Status       `db:"status"`
	Workplace string               `db:"workplace"`
	Place     string               `db:"place"`
	State     forloeb.MeetingState `db:"state"`
	Now       time.Time            `db:"now"`
	Attendees []byte               `db:"attendees"`
}
