package workflows

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func sayYes(r *row) { r.yes++ }

// agree brings a forløb past its consent in the first hours.
func (w *world) agree() {
	w.on(0.1, forloeb.ConsentAnswered, sayYes)
	w.on(0.2, forloeb.ConsentAnswered, sayYes)
}

func hold(at time.Time) func(r *row) {
	return func(r *row) { r.booked, r.held, r.lastHeld = 0, r.held+1, at }
}

func (w *world) after(days float64) time.Time {
	return began.Add(time.Duration(days * float64(day)))
}

func book(r *row) { r.booked = 1 }

func TestWholeLife(t *testing.T) {
	w := newWorld(t)
	w.agree()
	w.on(3, forloeb.MeetingBooked, book)
	w.on(20, forloeb.MeetingRegistered, hold(w.after(20)))
	w.on(21, forloeb.MeetingBooked, book)
	w.on(40, forloeb.MeetingRegistered, hold(w.after(40)))
	w.check(129.9, func(r row) { require.Equal(t, forloeb.AwaitingEvaluation, r.status) })
	w.check(130.1, func(r row) { require.Equal(t, forloeb.Evaluating, r.status) })
	w.on(135, forloeb.EvaluationAnswered, func(r *row) { r.unanswered-- })
	w.on(140, forloeb.EvaluationAnswered, func(r *row) { r.unanswered-- })
	w.live()

	r := w.row()
	require.Equal(t, []string{
		"awaiting_consent>awaiting_consultant consent-answered",
		"awaiting_consultant>planning consultant-assigned",
		"planning>in_progress meeting-booked",
		"in_progress>awaiting_evaluation meeting-registered",
		"awaiting_evaluation>evaluating evaluation_due",
		"evaluating>completed evaluation-answered",
	}, r.events)
	require.Equal(t, []string{
		"consent_request sent", "consent_request sent", "awaiting_consultant sent", "planning sent",
		"in_progress sent", "awaiting_evaluation sent", "meetings_done sent", "evaluating sent",
		"evaluation_reminder sent", "completed sent",
	}, r.kinds())
	require.True(t, r.settled())
	require.Equal(t, 1, w.renews, "continues as new once, entering the long sleep")
	require.WithinDuration(t, w.after(140), w.now, time.Minute) // once in 200 times the test's clock is that far ahead
}

func TestNobodyAnswers(t *testing.T) {
	w := newWorld(t)
	w.check(2.9, func(r row) { require.Len(t, r.mails, 2) })
	w.check(3.1, func(r row) { require.Len(t, r.mails, 3) })
	w.check(10.1, func(r row) { require.Len(t, r.mails, 4) })
	w.check(20.9, func(r row) { require.Equal(t, forloeb.AwaitingConsent, r.status) })
	w.live()
	r := w.row()
	require.Equal(t, []string{"awaiting_consent>lapsed consent_deadline"}, r.events)
	require.Equal(t, "lapsed sent", r.kinds()[4], "the letter is sent before the run ends")
	require.WithinDuration(t, w.after(21), w.now, 0)
}

// What was missed while no worker ran is written in one go.
func TestMissedRemindersAreWrittenAtOnce(t *testing.T) {
	w := newWorld(t)
	w.store.rows[w.id].since = began.Add(-11 * day)
	w.check(0.1, func(r row) {
		require.Equal(t, 2, r.written[forloeb.ConsentReminder])
		require.True(t, r.settled())
	})
	w.stop(1)
	w.live()
}

// However long the database is away, the forløb goes on when it is back.
func TestDatabaseAwayForLong(t *testing.T) {
	w := newWorld(t)
	w.store.failLook = func(now time.Time) error {
		if now.After(w.after(0.15)) && now.Before(w.after(1)) {
			return errors.New("the database is away")
		}
		return nil
	}
	w.agree()
	w.check(0.9, func(r row) { require.Equal(t, forloeb.AwaitingConsent, r.status) })
	w.check(1.1, func(r row) { require.Equal(t, forloeb.Planning, r.status) })
	w.stop(2)
	w.live()
	require.Equal(t, forloeb.Stopped, w.row().status)
}

func TestWaitsForAConsultantWithRoom(t *testing.T) {
	w := newWorld(t)
	w.store.rows[w.id].room = false
	w.agree()
	var tries []time.Time
	w.store.beforeWrite = func(_ *row, change forloeb.Change) {
		if change.Cause == string(forloeb.MatchAgain) {
			tries = append(tries, change.Now)
		}
	}
	w.lost(4.7, func(r *row) { r.room = true })
	w.check(5.3, func(r row) { require.Equal(t, forloeb.Planning, r.status) })
	w.stop(6)
	w.live()
	require.Len(t, tries, 5, "once when both have agreed, then daily")
	for i := 1; i < len(tries); i++ {
		require.WithinDuration(t, tries[i-1].Add(day), tries[i], time.Minute)
	}
}

// Freed capacity wakes the waiting forløb; it need not wait for the morrow.
func TestFreedCapacityIsUsedAtOnce(t *testing.T) {
	w := newWorld(t)
	w.store.rows[w.id].room = false
	w.agree()
	w.on(1.6, forloeb.CapacityFreed, func(r *row) { r.room, r.triedAt = true, began.Add(-day) })
	w.check(1.61, func(r row) { require.Equal(t, forloeb.Planning, r.status) })
	w.stop(2)
	w.live()
}

// Where a person chooses, the workflow matches nobody by itself.
func TestAPersonChooses(t *testing.T) {
	w := newWorld(t)
	w.store.rows[w.id].choose = true
	w.agree()
	w.check(29, func(r row) { require.Equal(t, forloeb.AwaitingConsultant, r.status) })
	w.check(30.5, func(r row) { require.Contains(t, r.kinds(), "still_waiting sent") })
	w.on(31, forloeb.ConsultantAssigned, func(r *row) { r.assigned = true })
	w.check(31.1, func(r row) { require.Equal(t, forloeb.Planning, r.status) })
	w.stop(32)
	w.live()
}

// Whoever is asked has two days to say no; a no is another look.
func TestWhoeverIsAsked(t *testing.T) {
	w := newWorld(t)
	w.store.rows[w.id].room = false
	w.agree()
	w.on(3, forloeb.ConsultantAssigned, func(r *row) { r.offeredAt = began.Add(3 * day) })
	w.check(4.9, func(r row) { require.Equal(t, forloeb.AwaitingConsultant, r.status) })
	w.on(4.95, forloeb.ConsultantDeclined, func(r *row) { r.offeredAt, r.triedAt = time.Time{}, began.Add(5*day) })
	w.check(5.5, func(r row) { require.Equal(t, forloeb.AwaitingConsultant, r.status) })
	w.on(5.6, forloeb.ConsultantAssigned, func(r *row) { r.offeredAt = began.Add(134 * time.Hour) })
	w.check(7.5, func(r row) { require.Equal(t, forloeb.AwaitingConsultant, r.status) })
	w.check(7.7, func(r row) { require.Equal(t, forloeb.Planning, r.status) })
	w.stop(8)
	w.live()
}

// A yes needs no date.
func TestWhoeverIsAskedSaysYes(t *testing.T) {
	w := newWorld(t)
	w.store.rows[w.id].room = false
	w.agree()
	w.on(3, forloeb.ConsultantAssigned, func(r *row) { r.offeredAt = began.Add(3 * day) })
	w.on(3.5, forloeb.ConsultantAccepted, func(r *row) { r.offeredAt, r.assigned = time.Time{}, true })
	w.check(3.6, func(r row) { require.Equal(t, forloeb.Planning, r.status) })
	w.stop(4)
	w.live()
}

func TestWaitingListKeepsItsPlace(t *testing.T) {
	w := newWorld(t)
	w.store.rows[w.id].afterConsent = forloeb.AwaitingAssessment
	w.agree()
	w.on(5, forloeb.AssessmentDecided, func(r *row) { r.decision = forloeb.Waitlist })
	w.check(61, func(r row) {
		require.Equal(t, forloeb.AwaitingAssessment, r.status)
		require.Equal(t, 2, r.written[forloeb.StillWaiting])
	})
	w.on(62, forloeb.AssessmentDecided, func(r *row) { r.decision = forloeb.Reject })
	w.live()
	require.Equal(t, forloeb.Rejected, w.row().status)
}

// An edit after both have agreed asks them again.
func TestEditedAndAskedAgain(t *testing.T) {
	w := newWorld(t)
	w.store.rows[w.id].room = false
	w.agree()
	w.on(2, forloeb.ApplicationChanged, func(r *row) { r.edited = true })
	w.check(2.1, func(r row) { require.Equal(t, forloeb.AwaitingConsent, r.status) })
	w.on(3, forloeb.ConsentAnswered, func(r *row) { r.no = 1 })
	w.live()
	require.Equal(t, []string{
		"awaiting_consent>awaiting_consultant consent-answered",
		"awaiting_consultant>awaiting_consent application-changed",
		"awaiting_consent>declined consent-answered",
	}, w.row().events)
}

// A meeting booked during the long sleep takes the forløb back, and the
// clock to the evaluation starts again from the new last meeting.
func TestNewMeetingDuringTheLongSleep(t *testing.T) {
	w := newWorld(t)
	r := w.store.rows[w.id]
	r.status, r.assigned, r.held, r.lastHeld = forloeb.InProgress, true, 2, began
	w.on(50, forloeb.MeetingBooked, book)
	w.on(60, forloeb.MeetingRegistered, hold(w.after(60)))
	w.check(149, func(r row) { require.Equal(t, forloeb.AwaitingEvaluation, r.status) })
	w.check(151, func(r row) { require.Equal(t, forloeb.Evaluating, r.status) })
	w.live()
	require.Equal(t, forloeb.Completed, w.row().status)
	require.WithinDuration(t, w.after(60+90+28), w.now, 0, "closes by its date when nobody answers")
}

// What is asked, and reminded of, during the long sleep does not end it.
func TestAskedDuringTheLongSleep(t *testing.T) {
	w := newWorld(t)
	r := w.store.rows[w.id]
	r.status, r.assigned, r.held, r.lastHeld, r.early = forloeb.InProgress, true, 2, began, true
	w.on(2, forloeb.EvaluationAnswered, func(*row) {})
	w.check(89.9, func(r row) {
		require.Equal(t, forloeb.AwaitingEvaluation, r.status)
		require.Equal(t, []string{"evaluation_next sent", "evaluation_reminder sent", "evaluation_reminder sent"}, r.kinds()[len(r.kinds())-3:])
	})
	w.check(90.1, func(r row) { require.Equal(t, forloeb.Evaluating, r.status) })
	w.live()
	require.Equal(t, "awaiting_evaluation>evaluating evaluation_due", w.row().events[1])
}

// A moved meeting moves the timer; the old date passes unnoticed.
func TestTheTimerFollowsTheDate(t *testing.T) {
	w := newWorld(t)
	r := w.store.rows[w.id]
	r.status, r.assigned, r.held, r.lastHeld, r.written[forloeb.MeetingsDone] = forloeb.AwaitingEvaluation, true, 2, began, 1
	w.on(10, forloeb.MeetingRegistered, func(r *row) { r.lastHeld = w.after(9) })
	looks := 0
	w.check(20, func(row) { looks = w.store.looks })
	w.check(98, func(r row) {
		require.Equal(t, looks, w.store.looks, "nothing happens at the old date")
		require.Equal(t, forloeb.AwaitingEvaluation, r.status)
	})
	w.check(99.1, func(r row) { require.Equal(t, forloeb.Evaluating, r.status) })
	w.live()
}

// A mail that cannot be sent opens a task and holds nothing up.
func TestStuckMail(t *testing.T) {
	w := newWorld(t)
	away := true
	w.mailer.answer = func(kind forloeb.MailKind) forloeb.Outcome {
		if away && kind == forloeb.MailConsentRequest {
			return forloeb.Outcome{State: forloeb.MailPlanned, Code: "451"}
		}
		return forloeb.Outcome{State: forloeb.MailSent}
	}
	w.agree()
	w.check(0.3, func(r row) {
		require.Equal(t, forloeb.Planning, r.status, "no status waits for a mail")
		require.True(t, r.settled())
	})
	w.check(5.1, func(r row) { require.Equal(t, []string{"mail"}, r.tasks) })
	w.add(6, func() { away = false })
	w.stop(12)
	w.live()
	require.Equal(t, forloeb.Stopped, w.row().status)
	require.Equal(t, []string{"consent_request sent", "consent_request sent"}, w.row().kinds()[:2])
}

// A closed forløb stays until its letter is sent, and can be opened again
// meanwhile.
func TestReopenedWhileItsLetterIsStuck(t *testing.T) {
	w := newWorld(t)
	w.mailer.answer = func(kind forloeb.MailKind) forloeb.Outcome {
		if kind == forloeb.MailKind(forloeb.Declined) {
			return forloeb.Outcome{State: forloeb.MailPlanned, Code: "451"}
		}
		return forloeb.Outcome{State: forloeb.MailSent}
	}
	w.on(1, forloeb.ConsentAnswered, func(r *row) { r.no = 1 })
	w.check(7, func(r row) {
		require.Equal(t, forloeb.Declined, r.status)
		require.Equal(t, []string{"mail"}, r.tasks, "the calendar goes on for a closed forløb's mails")
	})
	w.on(8, forloeb.ForloebReopened, func(r *row) { r.reopenTo = forloeb.AwaitingConsent })
	w.check(8.1, func(r row) { require.Equal(t, forloeb.AwaitingConsent, r.status) })
	w.add(9, func() { w.mailer.answer = nil })
	w.stop(12)
	w.live()
	require.Equal(t, 1, w.runs)
	require.Equal(t, forloeb.Stopped, w.row().status)
}

// The answer to a commit is lost: it is tried again and nothing is done twice.
func TestCommitRetriedAfterSuccess(t *testing.T) {
	w := newWorld(t)
	lost := map[string]bool{}
	w.store.afterWrite = func(_ *row, change forloeb.Change) error {
		if key := string(change.From) + change.Cause; !lost[key] {
			lost[key] = true
			return errLost
		}
		return nil
	}
	w.agree()
	w.stop(4)
	w.live()
	require.Equal(t, []string{
		"awaiting_consent>awaiting_consultant consent-answered",
		"awaiting_consultant>planning consultant-assigned",
		"planning>stopped forloeb-stopped",
	}, w.row().events)
	require.Equal(t, []string{"consent_request sent", "consent_request sent",
		"awaiting_consultant sent", "planning sent", "stopped sent"}, w.row().kinds())
	require.NotEmpty(t, lost)
}

// A fact is written between look and commit: the commit changes nothing, and
// the step is decided again on what is true now.
func TestStaleCommit(t *testing.T) {
	w := newWorld(t)
	w.lost(1, sayYes)
	w.on(1.1, forloeb.ConsentAnswered, sayYes)
	w.store.beforeWrite = func(r *row, change forloeb.Change) {
		if change.To == forloeb.AwaitingConsultant && !r.withdrawn {
			r.withdrawn = true
			r.version++
		}
	}
	w.live()
	require.Equal(t, []string{"awaiting_consent>withdrawn forloeb-withdrawn"}, w.row().events)
}

// Signals that never come: the next date, or the sweep, finds the facts.
func TestLostSignals(t *testing.T) {
	w := newWorld(t)
	w.lost(0.1, sayYes)
	w.lost(0.2, sayYes)
	w.check(2.9, func(r row) { require.False(t, r.settled()) })
	w.check(3.1, func(r row) { require.Equal(t, forloeb.Planning, r.status, "found at the reminder's date") })
	w.lost(4, book)
	w.add(4.1, func() {}, forloeb.FactsChanged)
	w.check(4.2, func(r row) { require.Equal(t, forloeb.InProgress, r.status) })
	w.stop(5)
	w.live()
}

// A fact that comes while the row is being read, with its signal: the view
// does not hold it, but the signal is not forgotten.
func TestSignalDuringALook(t *testing.T) {
	w := newWorld(t)
	r := w.store.rows[w.id]
	r.seen, r.mails = r.version, nil // nothing else calls for another look
	env := w.environment()
	w.store.afterLook = func(r *row) {
		if r.no == 0 {
			r.no = 1
			r.version++
			env.SignalWorkflow(string(forloeb.ConsentAnswered), forloeb.Nudge{Version: r.version})
		}
	}
	env.ExecuteWorkflow(WorkflowType, Input{ID: w.id})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, forloeb.Declined, w.row().status)
	require.WithinDuration(t, began, env.Now(), time.Hour, "not only at the next date")
}

// A signal that comes with the very last answer keeps the run from ending.
func TestSignalWithTheLastAnswer(t *testing.T) {
	w := newWorld(t)
	w.store.rows[w.id].no = 1
	env := w.environment()
	reopened := false
	w.store.afterLook = func(r *row) {
		if r.status == forloeb.Declined && r.settled() && !reopened {
			reopened = true
			r.reopenTo = forloeb.AwaitingConsent
			r.version++
			env.SignalWorkflow(string(forloeb.ForloebReopened), forloeb.Nudge{Version: r.version})
		}
	}
	env.RegisterDelayedCallback(func() {
		require.Equal(t, forloeb.AwaitingConsent, w.row().status)
		w.store.fact(w.id, func(r *row) { r.stopped = true })
		env.SignalWorkflow(string(forloeb.ForloebStopped), forloeb.Nudge{})
	}, day)
	env.ExecuteWorkflow(WorkflowType, Input{ID: w.id})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, forloeb.Stopped, w.row().status)
}

// A signal for every act reaches the workflow.
func TestEverySignalWakes(t *testing.T) {
	for _, act := range forloeb.ActNames {
		t.Run(string(act), func(t *testing.T) {
			w := newWorld(t)
			w.on(0.5, act, sayYes)
			w.check(0.6, func(r row) { require.True(t, r.settled()) })
			w.stop(1)
			w.live()
		})
	}
}

func TestManyMails(t *testing.T) {
	w := newWorld(t)
	r := w.store.rows[w.id]
	for range 3 * forloeb.MaxOwed {
		w.store.plan(r, forloeb.MailConsentReminder, began)
	}
	w.on(1, forloeb.ConsentAnswered, func(r *row) { r.no = 1 })
	w.live()
	require.Len(t, w.mailer.sent, 3*forloeb.MaxOwed+3)
}

// A row that never says that all is written must not make the workflow spin.
func TestRowThatIsNeverContent(t *testing.T) {
	w := newWorld(t)
	w.store.rows[w.id].unwritten = true
	w.check(2.9, func(row) { require.LessOrEqual(t, w.store.commits, 4) })
	w.lost(2.95, func(r *row) { r.unwritten = false })
	w.stop(3)
	w.live()
}

// A mail that stays owed however often its sending ends is not hurried.
func TestMailThatStaysOwed(t *testing.T) {
	w := newWorld(t)
	attempts := 0
	w.mailer.answer = func(forloeb.MailKind) forloeb.Outcome {
		attempts++
		return forloeb.Outcome{State: forloeb.MailSending} // settled as it was claimed
	}
	w.check(0.5, func(row) { require.LessOrEqual(t, attempts, 2*12*60) })
	w.add(0.6, func() { w.mailer.answer = nil })
	w.stop(1)
	w.live()
	require.Greater(t, attempts, 10)
}

// A duty that never goes away slows the workflow down to a commit an hour.
func TestBrake(t *testing.T) {
	w := newWorld(t)
	r := w.store.rows[w.id]
	r.status, r.since, r.assigned = forloeb.Planning, began, true
	w.store.afterWrite = func(r *row, _ forloeb.Change) error {
		if r.status == forloeb.Planning {
			r.written[forloeb.FirstMeetingTask] = 0 // and so it is due again
		}
		return nil
	}
	before := 0
	w.check(10.01, func(row) { before = w.store.commits })
	w.check(11, func(row) { require.LessOrEqual(t, w.store.commits-before, 30) })
	w.stop(11.1)
	w.live()
	require.Equal(t, forloeb.Stopped, w.row().status)
}

// Cancelling the workflow, a slip in Temporal's UI, does not end the forløb.
func TestCancelRequestIsIgnored(t *testing.T) {
	w := newWorld(t)
	env := w.environment()
	env.RegisterDelayedCallback(env.CancelWorkflow, day)
	env.RegisterDelayedCallback(func() {
		require.False(t, env.IsWorkflowCompleted())
		w.store.fact(w.id, func(r *row) { r.no = 1 })
		env.SignalWorkflow(string(forloeb.ConsentAnswered), forloeb.Nudge{})
	}, 2*day)
	env.ExecuteWorkflow(WorkflowType, Input{ID: w.id})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, forloeb.Declined, w.row().status)
}

// What operators see is written in one call, and only when it changes.
func TestShown(t *testing.T) {
	w := newWorld(t)
	env := w.environment()
	calls := 0
	env.OnUpsertTypedSearchAttributes(mock.Anything).Return(nil).Run(func(mock.Arguments) { calls++ })
	for hour := 1; hour < 24; hour++ { // nothing of this changes anything
		env.RegisterDelayedCallback(func() { env.SignalWorkflow(string(forloeb.FactsChanged), nil) }, time.Duration(hour)*time.Hour)
	}
	env.RegisterDelayedCallback(func() { require.Equal(t, 1, calls) }, day)
	env.RegisterDelayedCallback(func() {
		w.store.fact(w.id, func(r *row) { r.no = 1 })
		env.SignalWorkflow(string(forloeb.ConsentAnswered), nil)
	}, 2*day)
	env.ExecuteWorkflow(WorkflowType, Input{ID: w.id})
	require.NoError(t, env.GetWorkflowError())
	require.LessOrEqual(t, calls, 3, "closed with a letter on its way, and closed")
}

func TestDetailsAreCodesAndDates(t *testing.T) {
	at := time.Date(2026, 12, 1, 9, 0, 0, 0, time.FixedZone("CET", 3600))
	v := forloeb.View{Status: forloeb.Planning, Waiting: "first_meeting"}
	require.Equal(t, "status `planning`, waiting `first_meeting`, next `first_meeting_mail` 2026-12-01T08:00:00Z",
		details(v, forloeb.Due{What: forloeb.FirstMeetingMail, At: at}))
	require.Equal(t, "status `completed`", details(forloeb.View{Status: forloeb.Completed}, forloeb.Due{}))
}
