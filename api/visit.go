package api

import (
	"context"
	"errors"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

func (v visitor) actor() forloeb.Actor {
	return forloeb.Actor{Kind: forloeb.ActorParty, ID: v.Party.ID.String()}
}

// place is the workplace, or the applying body, that the visitor speaks for.
func (v visitor) place() forloeb.Workplace { return v.Forloeb.PlaceOf(v.Party) }

// other is the name of the party across the table.
func (v visitor) other() string {
	if o := v.Forloeb.Other(v.Party); o != nil {
		return o.Contact.Name
	}
	return "den anden part"
}

// sendNewLink mails the newer link to the address on file. The answer is
// always the same, so that it tells nothing.
func (s *Server) sendNewLink(c *gin.Context) error {
	v := visitorOf(c)
	if err := s.spend(c.Request.Context(), spendLink); err != nil {
		return err
	}
	err := s.record(c.Request.Context(), v.Forloeb.ID, v.actor(), forloeb.AskLink{Party: v.Party.ID})
	var refused *forloeb.Refusal
	if err != nil && !errors.As(err, &refused) {
		return err
	}
	return linkSent()
}

// record writes a fact, or several that stand or fall together, and tells the
// workflow, in the background: the person gets an answer also when the workflow
// cannot be told just now.
func (s *Server) record(ctx context.Context, id uuid.UUID, by forloeb.Actor, deeds ...forloeb.Deed) error {
	r, err := s.store.RecordAll(ctx, id, by, deeds)
	if err != nil {
		return err
	}
	s.process.Now(ctx, r.Acts...)
	return nil
}

// refusedWith is the refusal, when err is one with one of the codes.
func refusedWith(err error, codes ...forloeb.RefusalCode) *forloeb.Refusal {
	var r *forloeb.Refusal
	if !errors.As(err, &r) {
		return nil
	}
	for _, code := range codes {
		if r.Code == code {
			return r
		}
	}
	return nil
}
