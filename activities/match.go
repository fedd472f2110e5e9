package activities

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/crashpoint"
	"example.dk/spark/internal/forloeb"
)

// MatchInput asks for a consultant for a forløb as of Now, the workflow's clock.
type MatchInput struct {
	ID  uuid.UUID `json:"id"`
	Now time.Time `json:"now"`
}

// Match looks for a consultant with room and assigns the best one.
func (a *Activities) Match(ctx context.Context, in MatchInput) (forloeb.Matched, error) {
	defer crashpoint.Hit("before result", "Match")
	matched, err := a.Store.Match(ctx, in.ID, in.Now)
	if err != nil {
		return forloeb.Matched{}, err
	}
	return matched, nil
}
