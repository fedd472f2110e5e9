package doctor

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"example.dk/spark/internal/forloeb"
)

// Rows are what the database knows of which workflows must run.
type Rows interface {
	// Living lists the forløb that a workflow must run for and to which nothing
	// happened lately.
	Living(ctx context.Context, olderThan time.Duration) ([]uuid.UUID, error)
	// Ended picks those that no workflow has to run for any more, and those that
	// are not there.
	Ended(ctx context.Context, ids []uuid.UUID, longerThan time.Duration) (closed, unknown []uuid.UUID, err error)
	// Unseen lists forløb whose facts have not been acted on for so long.
	Unseen(ctx context.Context, olderThan time.Duration) ([]uuid.UUID, error)
}

// Runs are what Temporal knows of which workflows run.
type Runs interface {
	// Running lists them all, a little behind.
	Running(ctx context.Context) ([]uuid.UUID, error)
	// Runs asks about one, for certain.
	Runs(ctx context.Context, id uuid.UUID) (bool, error)
	// Relay signals a workflow, and starts it when it does not run.
	Relay(ctx context.Context, act forloeb.Act) error
}

// Drift is where the rows and Temporal do not agree.
type Drift struct {
	Running int         // workflows, as listed
	Missing []uuid.UUID // open forløb without a workflow
	Closed  []uuid.UUID // closed forløb with one
	Unknown []uuid.UUID // workflows without a row
}

// FindDrift compares every open forløb with every running workflow: one query
// and a page of the list for each thousand. The list is behind, and rows and
// runs change meanwhile. So Temporal is asked about each suspect by itself,
// and then the rows once more; only what stays is drift.
func FindDrift(ctx context.Context, rows Rows, runs Runs) (d Drift, err error) {
	living, err := rows.Living(ctx, settlesWithin)
	if err != nil {
		return d, err
	}
	running, err := runs.Running(ctx)
	if err != nil {
		return d, err
	}
	d.Running = len(running)
	if d.Missing, err = missing(ctx, rows, runs, without(living, running)); err != nil {
		return d, err
	}
	d.Closed, d.Unknown, err = superfluous(ctx, rows, runs, without(running, living))
	return d, err
}

func missing(ctx context.Context, rows Rows, runs Runs, suspects []uuid.UUID) ([]uuid.UUID, error) {
	suspects, err := confirmed(ctx, runs, suspects, false)
	if err != nil || len(suspects) == 0 {
		return nil, err
	}
	living, err := rows.Living(ctx, settlesWithin)
	return both(suspects, living), err
}

func superfluous(ctx context.Context, rows Rows, runs Runs, suspects []uuid.UUID) (closed, unknown []uuid.UUID, err error) {
	if len(suspects) == 0 {
		return nil, nil, nil
	}
	closed, unknown, err = rows.Ended(ctx, suspects, settlesWithin)
	if err != nil {
		return nil, nil, err
	}
	suspects, err = confirmed(ctx, runs, append(closed, unknown...), true)
	if err != nil || len(suspects) == 0 {
		return nil, nil, err
	}
	return rows.Ended(ctx, suspects, settlesWithin)
}

// askedAtOnce is how many suspects Temporal is asked about at a time.
const askedAtOnce = 8

// confirmed keeps those that run, or those that do not.
func confirmed(ctx context.Context, runs Runs, suspects []uuid.UUID, run bool) (kept []uuid.UUID, err error) {
	answers := make([]bool, len(suspects))
	err = each(ctx, suspects, func(ctx context.Context, i int) (err error) {
		answers[i], err = runs.Runs(ctx, suspects[i])
		return err
	})
	for i, answer := range answers {
		if answer == run {
			kept = append(kept, suspects[i])
		}
	}
	return kept, err
}

func each(ctx context.Context, ids []uuid.UUID, do func(ctx context.Context, i int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(askedAtOnce)
	for i := range ids {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return do(ctx, i)
		})
	}
	return group.Wait()
}

// wake signals workflows, and starts those that do not run.
func wake(ctx context.Context, runs Runs, ids []uuid.UUID) error {
	return each(ctx, ids, func(ctx context.Context, i int) error {
		return runs.Relay(ctx, forloeb.Act{ForloebID: ids[i], Name: forloeb.FactsChanged})
	})
}

func without(ids, others []uuid.UUID) []uuid.UUID { return pick(ids, others, false) }

func both(ids, others []uuid.UUID) []uuid.UUID { return pick(ids, others, true) }

func pick(ids, others []uuid.UUID, in bool) []uuid.UUID {
	set := make(map[uuid.UUID]bool, len(others))
	for _, id := range others {
		set[id] = true
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id uuid.UUID) bool { return set[id] != in })
}
