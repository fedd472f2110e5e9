package activities

import (
	"context"

	"example.dk/spark/internal/crashpoint"
	"example.dk/spark/internal/forloeb"
)

// Commit writes one step of the process with all its effects.
func (a *Activities) Commit(ctx context.Context, change forloeb.Change) error {
	defer crashpoint.Hit("before result", "Commit")
	return a.Store.Commit(ctx, change)
}
