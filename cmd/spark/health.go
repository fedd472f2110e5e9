package main

import (
	"context"
	"errors"

	"example.dk/spark/internal/store"
	"example.dk/spark/workflows"
)

// health tells the operations port how the parts are.
type health struct {
	store   *store.Store
	process *workflows.Process
}

var errNoWorker = errors.New("no worker is running")

// Ready: the database answers and has the schema this binary knows.
func (h health) Ready(ctx context.Context) error { return h.store.Ready(ctx) }

// ProcessAvailable: Temporal answers and somebody works.
func (h health) ProcessAvailable(ctx context.Context) error {
	polling, err := h.process.WorkersPolling(ctx)
	if err == nil && !polling {
		err = errNoWorker
	}
	return err
}
