package api

import (
	"context"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// intake is whether a programme takes applications now. When nobody can tell
// what the secretariat has decided it is as agreed: the page is shown, and the
// application itself is judged by the database.
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
	if r := sub.Refused(s.decision(ctx, sub.Programme), s.now()); r != nil {
		return forloeb.Created{}, r
	}
	return s.store.Create(ctx, sub, key, by) // which knows what is decided, and what was received before
}

// sentTooLate gives the form back: nothing that was typed is lost.
func (s *Server) sentTooLate(c *gin.Context, r *forloeb.Refusal, page pageData) error {
	page.base().Wait = tooLate(r)
	return s.write(c, refusalStatus(r.Code), page)
}

func tooLate(r *forloeb.Refusal) string {
	return r.Danish() + " Det, du har skrevet, er her stadig. Lad siden stå åben, eller udskriv den."
}
