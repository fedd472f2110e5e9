package api

import (
	"context"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// meetingBody is when and where.
type meetingBody struct {
	StartsAt string `json:"starts_at" example:"2027-03-11T13:00" doc:"RFC 3339, or without an offset on the clocks of Copenhagen"`
	EndsAt   string `json:"ends_at" example:"2027-03-11T16:00"`
	Place    string `json:"place,omitempty" maxLength:"200"`
	OddHours bool   `json:"odd_hours,omitempty" doc:"Confirms that it is meant to lie outside 07:00–20:00"`
}

type meetingInput struct {
	ForloebPath
	Body meetingBody
}

func (s *Server) book(ctx context.Context, in *meetingInput) (*forloebOutput, error) {
	d, err := in.Body.booking(wholeBody)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, in.ID, d)
}

// booking books the meeting that stands at a pointer in the body.
func (b meetingBody) booking(pointer string) (d forloeb.Deed, err error) {
	from, to, err := readTimes(pointer, b.StartsAt, b.EndsAt)
	return forloeb.BookMeeting{Meeting: uuid.New(), StartsAt: from, EndsAt: to, Place: b.Place, OddHours: b.OddHours}, err
}

type seriesInput struct {
	ForloebPath
	Body struct {
		Meetings []meetingBody `json:"meetings" minItems:"1" maxItems:"20" nullable:"false"`
	}
}

func (s *Server) bookSeries(ctx context.Context, in *seriesInput) (*forloebOutput, error) {
	var deeds []forloeb.Deed
	for i, m := range in.Body.Meetings {
		d, err := m.booking(seriesPointer(i))
		if err != nil {
			return nil, err
		}
		deeds = append(deeds, d)
	}
	return s.act(ctx, in.ID, deeds...)
}

func (s *Server) recordHeld(ctx context.Context, in *meetingInput) (*forloebOutput, error) {
	from, to, err := readTimes(wholeBody, in.Body.StartsAt, in.Body.EndsAt)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, in.ID, forloeb.RecordMeeting{Meeting: uuid.New(), StartsAt: from, EndsAt: to, Place: in.Body.Place, OddHours: in.Body.OddHours})
}

// MeetingPath is one meeting, wherever it is.
type MeetingPath struct {
	ID string `path:"id" doc:"The meeting's id"`
}

// onMeeting does a deed to a meeting of a forløb that the one who asks may see.
func (s *Server) onMeeting(ctx context.Context, id string, deed func(meeting uuid.UUID) forloeb.Deed) (*forloebOutput, error) {
	meeting, err := uuid.Parse(id)
	if err != nil {
		return nil, errNoForloeb
	}
	f, err := s.store.ByMeeting(ctx, meeting)
	if f, err = onlyOwn(ctx, f, err); err != nil {
		return nil, err
	}
	return s.actOn(ctx, f, deed(meeting))
}

type moveInput struct {
	MeetingPath
	Body struct {
		StartsAt string `json:"starts_at" doc:"As for booking"`
		EndsAt   string `json:"ends_at"`
		Place    string `json:"place,omitempty" maxLength:"200" doc:"Kept when left out"`
		OddHours bool   `json:"odd_hours,omitempty"`
	}
}

func (s *Server) move(ctx context.Context, in *moveInput) (*forloebOutput, error) {
	from, to, err := readTimes(wholeBody, in.Body.StartsAt, in.Body.EndsAt)
	if err != nil {
		return nil, err
	}
	return s.onMeeting(ctx, in.ID, func(m uuid.UUID) forloeb.Deed {
		return forloeb.MoveMeeting{Meeting: m, StartsAt: from, EndsAt: to, Place: in.Body.Place, OddHours: in.Body.OddHours}
	})
}

func (s *Server) registerHeld(ctx context.Context, in *MeetingPath) (*forloebOutput, error) {
	return s.onMeeting(ctx, in.ID, func(m uuid.UUID) forloeb.Deed { return forloeb.RegisterMeeting{Meeting: m, Held: true} })
}

func (s *Server) registerNoShow(ctx context.Context, in *MeetingPath) (*forloebOutput, error) {
	return s.onMeeting(ctx, in.ID, func(m uuid.UUID) forloeb.Deed { return forloeb.RegisterMeeting{Meeting: m} })
}

type cancelInput struct {
	MeetingPath
	Body *struct {
		Reason string `json:"reason,omitempty" maxLength:"2000" doc:"Stays in the case"`
	}
}

func (s *Server) cancel(ctx context.Context, in *cancelInput) (*forloebOutput, error) {
	return s.onMeeting(ctx, in.ID, func(m uuid.UUID) forloeb.Deed {
		d := forloeb.CancelMeeting{Meeting: m}
		if in.Body != nil {
			d.Reason = in.Body.Reason
		}
		return d
	})
}
