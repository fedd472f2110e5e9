package api

import (
	"context"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// meetingBody is when and where.
type meetingBody struct {
	StartsAt string `json:"starts_at" example:"2027-03-11T13:00" doc:"RFC 3339, or without an offset on the clocks of Copenhagen"`
	EndsAt   string `json:"ends_at" example:"2027-03-11T16:00" doc:"As starts_at"`
	Place    string `json:"place,omitempty" maxLength:"200"`
	OddHours bool   `json:"odd_hours,omitempty" doc:"Confirms that it is meant to lie outside 07:00–20:00"`

	Workplaces []uuid.UUID `json:"workplaces,omitempty" format:"uuid" nullable:"false" doc:"Of a shared forløb: those it is for; all when left out"`
}

type meetingInput struct {
	ForloebPath
	Body meetingBody
}

func (s *Server) book(ctx context.Context, in *meetingInput) (*forloebOutput, error) {
	d, wrong := in.Body.booking(wholeBody)
	if wrong != nil {
		return nil, invalid(wrong...)
	}
	return s.act(ctx, in.ID, d)
}

// booking books the meeting that stands at a pointer in the body.
func (b meetingBody) booking(pointer string) (forloeb.Deed, []ProblemError) {
	from, to, wrong := readTimes(pointer, b.StartsAt, b.EndsAt)
	return forloeb.BookMeeting{Meeting: uuid.New(), StartsAt: from, EndsAt: to, Place: b.Place, OddHours: b.OddHours, Workplaces: b.Workplaces}, wrong
}

type seriesBody struct {
	Meetings []meetingBody `json:"meetings" minItems:"1" maxItems:"20" nullable:"false" doc:"In any order"`
}

type seriesInput struct {
	ForloebPath
	Body seriesBody
}

func (s *Server) bookSeries(ctx context.Context, in *seriesInput) (*forloebOutput, error) {
	var deeds []forloeb.Deed
	var wrong []ProblemError
	for i, m := range in.Body.Meetings {
		d, w := m.booking(seriesPointer(i))
		deeds, wrong = append(deeds, d), append(wrong, w...)
	}
	if wrong != nil {
		return nil, invalid(wrong...)
	}
	return s.act(ctx, in.ID, deeds...)
}

func (s *Server) recordHeld(ctx context.Context, in *meetingInput) (*forloebOutput, error) {
	from, to, wrong := readTimes(wholeBody, in.Body.StartsAt, in.Body.EndsAt)
	if wrong != nil {
		return nil, invalid(wrong...)
	}
	return s.act(ctx, in.ID, forloeb.RecordMeeting{
		Meeting: uuid.New(), StartsAt: from, EndsAt: to, Place: in.Body.Place, OddHours: in.Body.OddHours, Workplaces: in.Body.Workplaces})
}

// MeetingPath is one meeting, wherever it is.
type MeetingPath struct {
	ID string `path:"id" doc:"The meeting's id" example:"6f1c9a52-0b52-4f6e-9f4b-0d3a3d8f6c05"`
}

// onMeeting does a deed to a meeting of a forløb that the one who asks may see.
func (s *Server) onMeeting(ctx context.Context, id string, deed func(meeting uuid.UUID) forloeb.Deed) (*forloebOutput, error) {
	meeting, err := uuid.Parse(id)
	if err != nil {
		return nil, errNoForloeb
	}
	f, err := s.store.ByMeeting(ctx, meeting)
	if f, err = s.onlyOwn(ctx, f, err); err != nil {
		return nil, err
	}
	return s.actOn(ctx, f, deed(meeting))
}

// moveBody is when and where instead.
type moveBody struct {
	StartsAt string `json:"starts_at" example:"2027-03-11T13:00" doc:"RFC 3339, or without an offset on the clocks of Copenhagen"`
	EndsAt   string `json:"ends_at" example:"2027-03-11T16:00" doc:"As starts_at"`
	Place    string `json:"place,omitempty" maxLength:"200" doc:"Kept when left out"`
	OddHours bool   `json:"odd_hours,omitempty" doc:"Confirms that it is meant to lie outside 07:00–20:00"`
}

type moveInput struct {
	MeetingPath
	Body moveBody
}

func (s *Server) move(ctx context.Context, in *moveInput) (*forloebOutput, error) {
	from, to, wrong := readTimes(wholeBody, in.Body.StartsAt, in.Body.EndsAt)
	if wrong != nil {
		return nil, invalid(wrong...)
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
	Body *remarkBody
}

func (s *Server) cancel(ctx context.Context, in *cancelInput) (*forloebOutput, error) {
	return s.onMeeting(ctx, in.ID, func(m uuid.UUID) forloeb.Deed {
		return forloeb.CancelMeeting{Meeting: m, Reason: in.Body.reason()}
	})
}
