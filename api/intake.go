package api

import (
	"context"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// intake is what a page says of whether a programme takes applications now.
// When nobody can tell in time what the secretariat has decided it is as agreed:
// the page is shown, and the application itself is judged by what is decided.
func (s *Server) intake(ctx context.Context, p forloeb.Programme) forloeb.IntakeNow {
	return p.IntakeAt(s.decision(ctx, p.Code), s.now())
}

// decision is what was last decided about a programme's intake.
func (s *Server) decision(ctx context.Context, p forloeb.ProgrammeCode) forloeb.IntakeDecision {
	within, cancel := context.WithTimeout(ctx, countWithin)
	defer cancel()
	decided, err := s.store.Intake(within, p)
	if err != nil {
		s.log.Warn("what is decided about an intake cannot be read", "class", class(err))
		return forloeb.IntakeDecision{Programme: p, State: forloeb.IntakeAgreed}
	}
	return decided
}

// closed is what a page says about a programme that takes no applications; nil
// when it does.
func (s *Server) closed(c *gin.Context, p forloeb.Programme) *forloeb.IntakeNow {
	if now := s.intake(c.Request.Context(), p); !now.Open {
		return &now
	}
	return nil
}

// create writes a new application, unless its programme takes none.
func (s *Server) create(ctx context.Context, sub forloeb.Submission, key string, by forloeb.Actor) (forloeb.Created, error) {
	if err := s.refused(ctx, sub); err != nil {
		return forloeb.Created{}, err
	}
	return s.store.Create(ctx, sub, key, by) // which knows what is decided, and what was received before
}

// refused says why an application is not received, whatever its form says. Nobody
// is told that a programme is closed because it could not be read that it is
// open: that is an error, after which it can be sent again.
func (s *Server) refused(ctx context.Context, sub forloeb.Submission) error {
	decided, err := s.store.Intake(ctx, sub.Programme)
	if err != nil {
		return err
	}
	if r := sub.Refused(decided, s.now()); r != nil {
		return r
	}
	return nil
}

// sentTooLate gives the form back: nothing that was typed is lost.
func (s *Server) sentTooLate(c *gin.Context, r *forloeb.Refusal, page pageData) error {
	page.base().Wait = tooLate(r)
	return s.write(c, refusalStatus(r.Code), page)
}

func tooLate(r *forloeb.Refusal) string {
	return r.Danish() + " Det, du har skrevet, er her stadig. Lad siden stå åben, eller udskriv den."
}

// received reads what has just been sent, for whoever sent it.
func (s *Server) received(ctx context.Context, c forloeb.Created) (*forloeb.Forloeb, error) {
	return s.store.Forloeb(forloeb.As(ctx, forloeb.ForloebViewer(c.ID)), c.ID)
}
