package workflows

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// everyTransition is every step that the design allows, with the facts that
// call for it. The row is put into the status from which the step leaves, so
// each case also shows that a fresh run goes on from anywhere.
var everyTransition = []struct {
	name  string
	from  forloeb.Status
	facts func(r *row)
	event string
}{
	{"one says no", forloeb.AwaitingConsent, func(r *row) { r.no = 1 },
		"awaiting_consent>declined consent-answered"},
	{"one says no, the other yes", forloeb.AwaitingConsent, func(r *row) { r.yes, r.no = 1, 1 },
		"awaiting_consent>declined consent-answered"},
	{"both say yes", forloeb.AwaitingConsent, func(r *row) { r.yes = 2 },
		"awaiting_consent>awaiting_consultant consent-answered"},
	{"both say yes where applications are assessed", forloeb.AwaitingConsent,
		func(r *row) { r.yes, r.afterConsent = 2, forloeb.AwaitingAssessment },
		"awaiting_consent>awaiting_assessment consent-answered"},
	{"nobody answers", forloeb.AwaitingConsent, func(r *row) { r.since = began.Add(-21 * day) },
		"awaiting_consent>lapsed consent_deadline"},
	{"an answer on the last day wins over the deadline", forloeb.AwaitingConsent,
		func(r *row) { r.since, r.yes = began.Add(-21*day), 2 },
		"awaiting_consent>awaiting_consultant consent-answered"},

	{"enough workplaces have joined at the deadline", forloeb.AwaitingConsent,
		func(r *row) { r.since, r.parties, r.yes, r.enough = began.Add(-21*day), 6, 4, true },
		"awaiting_consent>awaiting_consultant join_deadline"},
	{"too many workplaces have said no", forloeb.AwaitingConsent, func(r *row) { r.parties, r.yes, r.short = 6, 3, true },
		"awaiting_consent>lapsed consent-answered"},

	{"approved", forloeb.AwaitingAssessment, func(r *row) { r.decision = forloeb.Approve },
		"awaiting_assessment>awaiting_consultant assessment-decided"},
	{"rejected", forloeb.AwaitingAssessment, func(r *row) { r.decision = forloeb.Reject },
		"awaiting_assessment>rejected assessment-decided"},
	{"edited while it is assessed", forloeb.AwaitingAssessment, func(r *row) { r.edited = true },
		"awaiting_assessment>awaiting_consent application-changed"},

	{"a consultant has room", forloeb.AwaitingConsultant, func(*row) {},
		"awaiting_consultant>planning consultant-assigned"},
	{"whoever was asked has not said no", forloeb.AwaitingConsultant, func(r *row) { r.offeredAt = began.Add(-2 * day) },
		"awaiting_consultant>planning offer_ends"},
	{"a person has chosen", forloeb.AwaitingConsultant, func(r *row) { r.choose, r.assigned = true, true },
		"awaiting_consultant>planning consultant-assigned"},
	{"edited while it waits for a consultant", forloeb.AwaitingConsultant, func(r *row) { r.edited = true },
		"awaiting_consultant>awaiting_consent application-changed"},

	{"first meeting booked", forloeb.Planning, func(r *row) { r.assigned, r.booked = true, 1 },
		"planning>in_progress meeting-booked"},
	{"first meeting written down afterwards", forloeb.Planning, func(r *row) { r.assigned, r.held = true, 1 },
		"planning>in_progress meeting-registered"},
	{"consultant released before the first meeting", forloeb.Planning, func(*row) {},
		"planning>awaiting_consultant consultant-released"},

	{"enough meetings held", forloeb.InProgress,
		func(r *row) { r.assigned, r.held, r.lastHeld = true, 2, began },
		"in_progress>awaiting_evaluation meeting-registered"},
	{"finished early", forloeb.InProgress,
		func(r *row) { r.assigned, r.held, r.finished, r.lastHeld = true, 1, true, began },
		"in_progress>awaiting_evaluation meetings-finished"},
	{"the only meeting cancelled", forloeb.InProgress, func(r *row) { r.assigned = true },
		"in_progress>planning meeting-cancelled"},
	{"finishing takes a meeting held", forloeb.InProgress, func(r *row) { r.assigned, r.finished = true, true },
		"in_progress>planning meeting-cancelled"},
	{"consultant released between meetings", forloeb.InProgress, func(r *row) { r.held = 1 },
		"in_progress>awaiting_consultant consultant-released"},

	{"a new meeting", forloeb.AwaitingEvaluation,
		func(r *row) { r.assigned, r.held, r.booked, r.lastHeld = true, 2, 1, began },
		"awaiting_evaluation>in_progress meeting-booked"},
	{"a meeting turns out not to have been held", forloeb.AwaitingEvaluation,
		func(r *row) { r.assigned, r.held, r.lastHeld = true, 1, began },
		"awaiting_evaluation>in_progress meeting-registered"},
	{"three months later", forloeb.AwaitingEvaluation,
		func(r *row) { r.assigned, r.held, r.lastHeld = true, 2, began.Add(-90*day) },
		"awaiting_evaluation>evaluating evaluation_due"},

	{"all have answered", forloeb.Evaluating, func(r *row) { r.unanswered = 0 },
		"evaluating>completed evaluation-answered"},
	{"the evaluation closes", forloeb.Evaluating, func(r *row) { r.since = began.Add(-28 * day) },
		"evaluating>completed evaluation_close"},
}

func TestEveryTransition(t *testing.T) {
	for _, c := range everyTransition {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			r := w.store.rows[w.id]
			r.status = c.from
			c.facts(r)
			w.check(0.01, func(r row) {
				require.NotEmpty(t, r.events)
				require.Equal(t, c.event, r.events[0])
				require.True(t, r.settled())
			})
			w.stop(0.02)
			w.live()
			require.Equal(t, c.event, w.row().events[0])
		})
	}
}

// The tables here leave out no step that the database allows.
func TestNoTransitionIsForgotten(t *testing.T) {
	tested := map[forloeb.Step]bool{}
	for _, c := range everyTransition {
		for _, step := range forloeb.Transitions {
			if strings.HasPrefix(c.event, fmt.Sprintf("%s>%s ", step.From, step.To)) {
				tested[step] = true
			}
		}
	}
	for _, step := range forloeb.Transitions {
		ends := step.To == forloeb.Withdrawn || step.To == forloeb.Stopped // TestEndsFromEveryOpenStatus
		require.True(t, tested[step] || ends || step.From.Closed(), "%s to %s", step.From, step.To)
	}
}

var openStatuses = slices.DeleteFunc(slices.Clone(forloeb.Statuses), forloeb.Status.Closed)

// Whatever else calls for a step, an end comes first.
func TestEndsFromEveryOpenStatus(t *testing.T) {
	for _, from := range openStatuses {
		t.Run(string(from)+" withdrawn", func(t *testing.T) {
			w := newWorld(t)
			r := w.store.rows[w.id]
			r.status, r.yes, r.no, r.withdrawn = from, 1, 1, true
			w.live()
			require.Equal(t, []string{string(from) + ">withdrawn forloeb-withdrawn"}, w.row().events)
		})
		t.Run(string(from)+" stopped", func(t *testing.T) {
			w := newWorld(t)
			r := w.store.rows[w.id]
			r.status, r.stopped = from, true
			w.live()
			require.Equal(t, []string{string(from) + ">stopped forloeb-stopped"}, w.row().events)
		})
	}
}

// A closed forløb is opened again to the status it had, also long after its
// run has ended.
func TestReopens(t *testing.T) {
	for _, step := range forloeb.Transitions {
		if !step.From.Closed() {
			continue
		}
		t.Run(fmt.Sprintf("%s to %s", step.From, step.To), func(t *testing.T) {
			w := newWorld(t)
			r := w.store.rows[w.id]
			r.status, r.seen, r.lastHeld = step.From, r.version, began
			w.on(10, forloeb.ForloebReopened, func(r *row) { r.reopenTo = step.To })
			w.check(10.01, func(r row) {
				require.Equal(t, fmt.Sprintf("%s>%s forloeb-reopened", step.From, step.To), r.events[0])
				require.True(t, r.settled())
			})
			w.stop(11)
			w.live()
			require.Equal(t, 2, w.runs-w.renews)
		})
	}
}

// One more status than this worker knows: the task fails, and with the
// default panic policy the forløb waits for a worker that knows it.
func TestUnknownStatusPanics(t *testing.T) {
	w := newWorld(t)
	w.store.rows[w.id].status = "levitating"
	env := w.environment()
	env.ExecuteWorkflow(WorkflowType, Input{ID: w.id})
	require.ErrorContains(t, env.GetWorkflowError(), `unknown status "levitating"`)
}

// A closed forløb that is nudged again does nothing and ends at once.
func TestClosedForloebStaysClosed(t *testing.T) {
	w := newWorld(t)
	w.store.rows[w.id].status = forloeb.Completed
	w.add(5, func() {}, forloeb.FactsChanged)
	w.live()
	r := w.row()
	require.Empty(t, r.events)
	require.True(t, r.settled())
	require.Equal(t, 2, w.runs)
}
