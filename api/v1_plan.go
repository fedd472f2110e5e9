package api

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// planBody is what is agreed on with the workplace.
type planBody struct {
	Kind forloeb.PlanKind `json:"kind" enum:"arrangement,follow_up" doc:"How the forløb is arranged, or how what was set going is followed up"`
	Text string           `json:"text" doc:"In place of what was there; empty takes it away. At most 2,000 characters, without names and CPR numbers"`
}

type planInput struct {
	ForloebPath
	Body planBody
}

func (s *Server) writePlan(ctx context.Context, in *planInput) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.WritePlan{Kind: in.Body.Kind, Text: in.Body.Text})
}

// prepBody is what is to be prepared for a meeting.
type prepBody struct {
	Text string `json:"text" doc:"In place of what was there; empty takes it away. At most 2,000 characters, without names and CPR numbers"`
}

type prepInput struct {
	MeetingPath
	Body prepBody
}

func (s *Server) writePrepTask(ctx context.Context, in *prepInput) (*forloebOutput, error) {
	return s.onMeeting(ctx, in.ID, func(m uuid.UUID) forloeb.Deed { return forloeb.WritePrepTask{Meeting: m, Text: in.Body.Text} })
}

// planDocument is what is agreed on, with who wrote it and when.
type planDocument struct {
	Kind forloeb.PlanKind  `json:"kind" enum:"arrangement,follow_up"`
	Text string            `json:"text"`
	By   forloeb.ActorKind `json:"by,omitempty" enum:"consultant,secretariat"`
	At   time.Time         `json:"at,omitzero"`
}

func planDocuments(f *forloeb.Forloeb) []planDocument {
	list := []planDocument{}
	for _, kind := range forloeb.PlanKinds {
		p := f.Plan(kind)
		if p == nil {
			continue
		}
		d := planDocument{Kind: kind, Text: p.Text}
		if a := f.ActAt(p.Version); a != nil {
			d.By, d.At = a.Actor.Kind, local(a.At)
		}
		list = append(list, d)
	}
	return list
}

// prepTaskDocument is what is to be prepared for one meeting.
type prepTaskDocument struct {
	Meeting uuid.UUID `json:"meeting" format:"uuid"`
	Text    string    `json:"text"`
}

func prepTaskDocuments(f *forloeb.Forloeb) []prepTaskDocument {
	list := []prepTaskDocument{}
	for _, m := range f.Meetings {
		if m.PrepTask != "" {
			list = append(list, prepTaskDocument{m.ID, m.PrepTask})
		}
	}
	return list
}
