package doctor

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

func (p Patient) drift(ctx context.Context) (found []Finding) {
	d, err := FindDrift(ctx, p.Database, p.Process)
	if err != nil {
		return []Finding{unasked(DriftUnknown, "The rows or the list of workflows", err)}
	}
	if n := len(d.Missing); n > 0 {
		f := fail(WorkflowMissing, "run spark doctor --fix, or let the worker's reconciler start them within ten minutes",
			"%s no workflow, so nothing happens when its date comes: %s.", has(n), some(d.Missing))
		f.mend = p.nudge(d.Missing)
		found = append(found, f)
	}
	if n := len(d.Closed); n > 0 {
		f := warn(WorkflowOfClosed, "run spark doctor --fix: a workflow that is woken sees that it is over, and ends",
			"A workflow still runs for %d closed forløb: %s.", n, some(d.Closed))
		f.mend = p.nudge(d.Closed)
		found = append(found, f)
	}
	if n := len(d.Unknown); n > 0 {
		found = append(found, warn(WorkflowUnknown, "see whether the database was restored from an older backup; when the forløb is gone for good, terminate the workflow in Temporal",
			"%d workflows run for forløb that the database does not have: %s.", n, some(d.Unknown)))
	}
	if found == nil {
		found = []Finding{ok(DriftUnknown, "The rows and the %d running workflows agree.", d.Running)}
	}
	return found
}

func (p Patient) nudge(ids []uuid.UUID) func(context.Context) error {
	if p.Process == nil {
		return nil
	}
	return func(ctx context.Context) error { return wake(ctx, p.Process, ids) }
}

func has(n int) string {
	if n == 1 {
		return "1 forløb has"
	}
	return fmt.Sprintf("%d forløb have", n)
}

// named is how many are named; the rest are counted.
const named = 5

func some(ids []uuid.UUID) string {
	var names []string
	for _, id := range ids[:min(named, len(ids))] {
		names = append(names, id.String())
	}
	if more := len(ids) - named; more > 0 {
		return strings.Join(names, ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}
