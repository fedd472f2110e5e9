package activities

import (
	"context"

	"example.dk/spark/internal/forloeb"
)

// Commit writes one step of the process with all its effects.
func (a *Activities) Commit(ctx context.Context, change forloeb.Change) error {
	if err := a.Store.Commit(ctx, change); err != nil {
		return err
	}
	crash("after_commit")
	return nil
}
