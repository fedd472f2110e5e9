package activities

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/crashpoint"
	"example.dk/spark/internal/forloeb"
)

// LookInput asks for a view of a forløb as of Now, the workflow's clock.
type LookInput struct {
	ID  uuid.UUID `json:"id"`
	Now time.Time `json:"now"`
}

// Look reads what the workflow needs to know.
func (a *Activities) Look(ctx context.Context, in LookInput) (forloeb.View, error) {
	defer crashpoint.Hit("before result", "Look")
	return a.Store.Look(ctx, in.ID, in.Now)
}
