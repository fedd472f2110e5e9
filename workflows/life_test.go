package workflows

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"example.dk/spark/internal/forloeb"
)

// The tests in this file run on the real server, through the real months.

// A whole life: both agree after a reminder, four meetings with an invitation
// and a reminder each, the long sleep, the evaluation.
func TestServerWholeLife(t *testing.T) {
	l := newLive(t)
	r := l.store.rows[l.id]
	r.recipients, r.required = 2, 4
	l.nudge(forloeb.FactsChanged)
	l.until("settled", row.settled)
	l.forward(4)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.stands(forloeb.Planning)
	for range 4 {
		meets := l.store.at(l.id).Add(14 * day)
		l.happens(forloeb.MeetingBooked, func(r *row) {
			r.booked, r.meets = 1, meets
			r.written[forloeb.MeetingReminder] = 0
			l.store.plan(r, forloeb.MailMeetingInvitation, meets)
		})
		l.forward(15)
		l.happens(forloeb.MeetingRegistered, hold(meets))
	}
	l.stands(forloeb.AwaitingEvaluation)
	l.forward(80)
	l.stands(forloeb.AwaitingEvaluation)
	l.forward(12)
	l.stands(forloeb.Evaluating)
	l.forward(8)
	l.happens(forloeb.EvaluationAnswered, func(r *row) { r.unanswered-- })
	l.happens(forloeb.EvaluationAnswered, func(r *row) { r.unanswered-- })
	l.ended()

	row := l.row()
	require.Equal(t, []string{
		"awaiting_consent>awaiting_consultant consent-answered",
		"awaiting_consultant>planning consultant-assigned",
		"planning>in_progress meeting-booked",
		"in_progress>awaiting_evaluation meeting-registered",
		"awaiting_evaluation>evaluating evaluation_due",
		"evaluating>completed evaluation-answered",
	}, row.events)
	for _, kind := range row.kinds() {
		require.Contains(t, kind, " sent")
	}
	histories := l.histories(2) // continued as new once
	events := 0
	for _, h := range histories {
		events += len(h.GetEvents())
	}
	t.Logf("%d history events for %d mails, over two runs: %d and %d", events, len(row.mails),
		len(histories[0].GetEvents()), len(histories[1].GetEvents()))
	require.Less(t, events, 700)
	size, err := l.process.Size(t.Context(), l.id)
	require.NoError(t, err)
	require.Equal(t, 2, size.Runs)
	require.EqualValues(t, events, size.Events)
	require.Positive(t, size.Bytes)
	record(t, "happy", histories)
}

func TestServerDeclined(t *testing.T) {
	l := newLive(t)
	l.nudge(forloeb.FactsChanged)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.happens(forloeb.ConsentAnswered, func(r *row) { r.no++ })
	l.ended()
	require.Equal(t, forloeb.Declined, l.row().status)
	require.Contains(t, l.row().kinds(), "declined sent")
	record(t, "declined", l.histories(1))
}

func TestServerLapsed(t *testing.T) {
	l := newLive(t)
	l.nudge(forloeb.FactsChanged)
	l.until("settled", row.settled)
	l.forward(22)
	l.ended()
	require.Equal(t, []string{"awaiting_consent>lapsed consent_deadline"}, l.row().events)
	require.Len(t, l.row().mails, 5)
	record(t, "lapsed", l.histories(1))
}

// A shared forløb begins at its deadline with the workplaces that have joined.
func TestServerShared(t *testing.T) {
	l := newLive(t)
	l.store.rows[l.id].parties = 8
	l.nudge(forloeb.FactsChanged)
	for range 6 {
		l.happens(forloeb.ConsentAnswered, func(r *row) { sayYes(r); r.enough = r.yes >= 4 })
	}
	l.happens(forloeb.PartyLeft, func(*row) {})
	l.until("settled", row.settled)
	l.forward(22)
	l.stands(forloeb.Planning)
	require.Equal(t, "awaiting_consent>awaiting_consultant join_deadline", l.row().events[0])
	record(t, "shared", l.histories(1))
}

func TestServerNobodyHasRoom(t *testing.T) {
	l := newLive(t)
	l.store.rows[l.id].room = false
	l.nudge(forloeb.FactsChanged)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.forward(4)
	l.stands(forloeb.AwaitingConsultant)
	now := l.store.at(l.id)
	l.happens(forloeb.CapacityFreed, func(r *row) { r.room, r.triedAt = true, now.Add(-2*day) })
	l.stands(forloeb.Planning)
	record(t, "nobody-has-room", l.histories(1))
}

func TestServerReopened(t *testing.T) {
	l := newLive(t)
	l.nudge(forloeb.FactsChanged)
	l.happens(forloeb.ConsentAnswered, func(r *row) { r.no++ })
	l.ended()
	l.happens(forloeb.ForloebReopened, func(r *row) { r.reopenTo = forloeb.AwaitingConsent })
	l.stands(forloeb.AwaitingConsent)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.stands(forloeb.Planning)
	record(t, "reopened", l.histories(2))
}

func TestServerWithdrawn(t *testing.T) {
	l := newLive(t)
	l.nudge(forloeb.FactsChanged)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.happens(forloeb.MeetingBooked, book)
	l.happens(forloeb.ForloebWithdrawn, func(r *row) { r.withdrawn = true })
	l.ended()
	require.Equal(t, forloeb.Withdrawn, l.row().status)
	record(t, "withdrawn", l.histories(1))
}

// Where applications are assessed: one waits on the list and is turned down.
func TestServerRejected(t *testing.T) {
	l := newLive(t)
	l.store.rows[l.id].afterConsent = forloeb.AwaitingAssessment
	l.nudge(forloeb.FactsChanged)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.stands(forloeb.AwaitingAssessment)
	l.happens(forloeb.AssessmentDecided, func(r *row) { r.decision = forloeb.Waitlist })
	l.forward(60)
	l.happens(forloeb.AssessmentDecided, func(r *row) { r.decision = forloeb.Reject })
	l.ended()
	require.Equal(t, forloeb.Rejected, l.row().status)
	record(t, "rejected", l.histories(1))
}

func TestServerStopped(t *testing.T) {
	l := newLive(t)
	l.nudge(forloeb.FactsChanged)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.happens(forloeb.MeetingBooked, book)
	l.happens(forloeb.ForloebStopped, func(r *row) { r.stopped = true })
	l.ended()
	require.Equal(t, forloeb.Stopped, l.row().status)
	record(t, "stopped", l.histories(1))
}

// A worker with another calendar takes over a sleeping forløb: what was
// recorded is replayed as it was, and the new dates hold from the next look.
func TestServerCalendarChangesWhileItSleeps(t *testing.T) {
	l := newLive(t)
	l.nudge(forloeb.FactsChanged)
	l.until("settled", row.settled)
	l.stop()
	l.store.mu.Lock()
	l.store.holidays = 3
	l.store.mu.Unlock()
	l.start()
	l.forward(4)
	require.Zero(t, l.row().written[forloeb.ConsentReminder], "the old date is no date any more")
	l.forward(3)
	l.until("reminded by the new date", func(r row) bool { return r.written[forloeb.ConsentReminder] == 1 })
	l.history("")
}

// Facts come while no worker runs, and are acted on by the next one.
func TestServerWorkerRestarted(t *testing.T) {
	l := newLive(t)
	l.nudge(forloeb.FactsChanged)
	l.until("settled", row.settled)
	l.stop()
	l.store.fact(l.id, sayYes)
	l.nudge(forloeb.ConsentAnswered)
	l.store.fact(l.id, sayYes)
	l.start()
	l.stands(forloeb.Planning)
	l.history("")
}

// The run is lost, as it would be with Temporal's database: the next nudge
// starts one that goes on where the row stands.
func TestServerTerminatedAndResumed(t *testing.T) {
	l := newLive(t)
	l.nudge(forloeb.FactsChanged)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.stands(forloeb.Planning)
	require.NoError(t, l.process.client.TerminateWorkflow(t.Context(), WorkflowID(l.id), "", "disaster"))
	l.happens(forloeb.MeetingBooked, book)
	l.stands(forloeb.InProgress)
	require.Len(t, l.row().events, 3)
	require.Len(t, l.row().mails, 5, "nothing is sent twice")
}

// The worker dies between what it wrote and what it told Temporal: the task
// is done again, and the row knows.
func TestServerAnswerOfCommitLost(t *testing.T) {
	l := newLive(t)
	lost := false
	l.store.afterWrite = func(_ *row, change forloeb.Change) error {
		if change.To == forloeb.AwaitingConsultant && !lost {
			lost = true
			panic("the answer is lost, with " + personal)
		}
		return nil
	}
	l.nudge(forloeb.FactsChanged)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.stands(forloeb.Planning)
	require.True(t, lost)
	require.Len(t, l.row().events, 2)
}

// What fails for a while must leave no text in the history.
func TestServerHistoryHoldsNoText(t *testing.T) {
	l := newLive(t)
	failures := 0
	fail := func() error {
		if failures++; failures%2 == 1 {
			return errors.New(personal)
		}
		return nil
	}
	l.store.failLook = func(time.Time) error { return fail() }
	l.mailer.answer = func(forloeb.MailKind) forloeb.Outcome {
		if failures < 4 {
			panic(personal)
		}
		return forloeb.Outcome{State: forloeb.MailSent}
	}
	l.nudge(forloeb.FactsChanged)
	l.until("settled", row.settled)
	l.happens(forloeb.ConsentAnswered, func(r *row) { r.no++ })
	l.ended()
	require.Greater(t, failures, 3)
	for _, h := range l.histories(1) {
		require.NotContains(t, h.String(), "example.dk")
		require.NotContains(t, h.String(), "østergård")
	}
}

func TestServerSearchAttributes(t *testing.T) {
	l := newLive(t)
	l.nudge(forloeb.FactsChanged)
	l.until("settled", row.settled)
	require.Eventually(t, func() bool {
		described, err := l.process.client.DescribeWorkflow(t.Context(), WorkflowID(l.id), "")
		if err != nil {
			return false
		}
		shown := described.TypedSearchAttributes
		status, _ := shown.GetKeyword(attributeStatus)
		programme, _ := shown.GetKeyword(attributeProgramme)
		_, dated := shown.GetTime(attributeNext)
		attention, known := shown.GetBool(attributeNeedsAttention)
		return status == "awaiting_consent" && programme == "spark" && dated && known && !attention
	}, patience, 20*time.Millisecond)
	l.happens(forloeb.ConsentAnswered, func(r *row) { r.no++ })
	l.ended()
	described, err := l.process.client.DescribeWorkflow(t.Context(), WorkflowID(l.id), "")
	require.NoError(t, err)
	status, _ := described.TypedSearchAttributes.GetKeyword(attributeStatus)
	require.Equal(t, "declined", status)
	_, dated := described.TypedSearchAttributes.GetTime(attributeNext)
	require.False(t, dated, "a closed forløb waits for nothing")
}

func TestServerHealth(t *testing.T) {
	l := newLive(t)
	require.NoError(t, l.process.Available(t.Context()))
	require.Eventually(t, func() bool {
		polling, err := l.process.WorkersPolling(t.Context())
		return err == nil && polling
	}, patience, 20*time.Millisecond)
	require.NoError(t, l.process.EnsureSearchAttributes(t.Context()), "again")
	require.Equal(t, enumspb.INDEXED_VALUE_TYPE_DATETIME, attributeNext.GetValueType())
}

// A forløb that does not run has no clock to move.
func TestServerFastForwardOfNothing(t *testing.T) {
	p := connect(t)
	require.Error(t, p.FastForward(t.Context(), uuid.New(), time.Now(), time.Now().Add(day)))
}

// Who was stopped on the way and asks again knows an older clock than the
// server's, and still arrives where it meant to.
func TestServerFastForwardFromAnOlderClock(t *testing.T) {
	l := newLive(t)
	l.nudge(forloeb.FactsChanged)
	l.stands(forloeb.AwaitingConsent)
	began := time.Now()
	l.forward(2)
	require.NoError(t, l.process.FastForward(t.Context(), l.id, began, began.Add(3*day)))
	now, err := l.process.clock(t.Context(), l.id, time.Time{})
	require.NoError(t, err)
	require.WithinDuration(t, began.Add(3*day), now, day/2)
}

// Temporal is away: the product still starts, and is told so at once.
func TestTemporalAway(t *testing.T) {
	p, err := Connect(client.Options{HostPort: "127.0.0.1:1"}, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	defer p.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	require.Error(t, p.Available(ctx))
	err = p.Relay(ctx, forloeb.Act{ForloebID: uuid.New(), Name: forloeb.FactsChanged})
	require.Error(t, err)
	require.True(t, away(err))
	require.ErrorContains(t, p.EnsureSearchAttributes(ctx), "temporal cannot be reached")
}

// Where the server does not let us, one sentence says what to create.
func TestCreateByHand(t *testing.T) {
	p := &Process{namespace: "spark"}
	require.EqualError(t, p.createByHand(errors.New(personal), attributeKeys),
		"temporal (internal): create these search attributes in namespace spark: "+
			"SparkStatus (Keyword), SparkProgramme (Keyword), SparkNext (Datetime), SparkNeedsAttention (Bool)")
	require.Len(t, lacking(map[string]enumspb.IndexedValueType{"SparkStatus": enumspb.INDEXED_VALUE_TYPE_KEYWORD}), 3)
}
