package api

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// guestDocument is a mødedeltager: somebody at a workplace who is told of its
// meetings and of nothing else.
type guestDocument struct {
	ID        uuid.UUID  `json:"id" format:"uuid"`
	Workplace uuid.UUID  `json:"workplace" format:"uuid"`
	Name      string     `json:"name"`
	Email     string     `json:"email"`
	State     string     `json:"state" enum:"on,removed,declined" doc:"Declined: took themselves off, so that only staff can add them again"`
	AddedBy   *uuid.UUID `json:"added_by,omitempty" format:"uuid" doc:"The party who did; left out when staff did"`
	AddedAt   time.Time  `json:"added_at"`
	RemovedAt time.Time  `json:"removed_at,omitzero"`
}

func guestDocuments(f *forloeb.Forloeb) []guestDocument {
	list := make([]guestDocument, 0, len(f.Guests))
	for i := range f.Guests {
		list = append(list, newGuestDocument(&f.Guests[i]))
	}
	return list
}

func newGuestDocument(g *forloeb.Guest) guestDocument {
	d := guestDocument{ID: g.ID, Workplace: g.WorkplaceID, Name: g.Name, Email: g.Email, State: "on", AddedAt: local(g.AddedAt), RemovedAt: local(g.RemovedAt)}
	switch {
	case g.Declined:
		d.State = "declined"
	case !g.On():
		d.State = "removed"
	}
	if g.By != uuid.Nil {
		d.AddedBy = &g.By
	}
	return d
}

type guestBody struct {
	Name  string `json:"name" maxLength:"100"`
	Email string `json:"email" doc:"One that gets no mails about the meetings yet"`
}

type addGuestInput struct {
	WorkplacePath
	Body guestBody
}

func (s *Server) addGuestByToken(ctx context.Context, in *addGuestInput) (*forloebOutput, error) {
	workplace, err := uuid.Parse(in.Workplace)
	if err != nil {
		return nil, errNoForloeb
	}
	return s.act(ctx, in.ID, forloeb.AddGuest{Workplace: workplace, Guest: uuid.New(), Name: in.Body.Name, Email: in.Body.Email})
}

// GuestPath is a guest of a forløb.
type GuestPath struct {
	ForloebPath
	Guest string `path:"guest" doc:"The guest's id" example:"6f1c9a52-0b52-4f6e-9f4b-0d3a3d8f6c05"`
}

func (s *Server) removeGuestByToken(ctx context.Context, in *GuestPath) (*forloebOutput, error) {
	guest, err := uuid.Parse(in.Guest)
	if err != nil {
		return nil, errNoForloeb
	}
	return s.act(ctx, in.ID, forloeb.RemoveGuest{Guest: guest})
}
