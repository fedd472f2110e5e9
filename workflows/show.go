package workflows

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/internal/forloeb"
)

// shown is what Temporal's lists show of a forløb.
type shown struct {
	status    forloeb.Status
	programme forloeb.ProgrammeCode
	next      time.Time
	attention bool
}

// show tells those who operate the process where the forløb stands: search
// attributes, in one call and only when they change, and the current details.
func (f *course) show(ctx workflow.Context) error {
	v, next := f.view, f.next(ctx)
	workflow.SetCurrentDetails(ctx, details(v, next))
	now := shown{status: v.Status, programme: v.Programme, next: next.At.UTC(), attention: v.NeedsAttention}
	if now == f.shown {
		return nil
	}
	f.shown = now
	date := attributeNext.ValueUnset()
	if !now.next.IsZero() {
		date = attributeNext.ValueSet(now.next)
	}
	return workflow.UpsertTypedSearchAttributes(ctx, []temporal.SearchAttributeUpdate{
		attributeStatus.ValueSet(string(now.status)),
		attributeProgramme.ValueSet(string(now.programme)),
		attributeNeedsAttention.ValueSet(now.attention),
		date,
	}...)
}

// details is the waiting sentence in codes and dates.
func details(v forloeb.View, next forloeb.Due) string {
	text := fmt.Sprintf("status `%s`", v.Status)
	if v.Waiting != "" {
		text += fmt.Sprintf(", waiting `%s`", v.Waiting)
	}
	if !next.At.IsZero() {
		text += fmt.Sprintf(", next `%s` %s", next.What, next.At.UTC().Format(time.RFC3339))
	}
	return text
}
