package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// open lists a forløb in each open status.
var open = map[forloeb.Status]func(*testing.T) *life{
	forloeb.AwaitingConsent: func(t *testing.T) *life { return begin(t).to(2026, 11, 24, 12, 0) },
	forloeb.AwaitingAssessment: func(t *testing.T) *life {
		l := begin(t)
		l.Policy(l.id, func(p *forloeb.Policy) { p.Intake = forloeb.Assessed })
		l.to(2026, 11, 24, 12, 0).agree()
		return l
	},
	forloeb.AwaitingConsultant: func(t *testing.T) *life {
		l := begin(t)
		l.to(2026, 11, 24, 12, 0).agree()
		return l
	},
	forloeb.Planning: meeting,
	forloeb.InProgress: func(t *testing.T) *life {
		l := meeting(t)
		m := l.book(2026, 12, 8)
		l.to(2026, 12, 8, 17, 0).held(m)
		l.book(2026, 12, 17)
		return l
	},
	forloeb.AwaitingEvaluation: func(t *testing.T) *life { return sleeping(t) },
	forloeb.Evaluating:         func(t *testing.T) *life { return sleeping(t).to(2027, 6, 30, 12, 0) },
}

func TestWithdrawnAndReopenedInEachOpenStatus(t *testing.T) {
	t.Parallel()
	for status, enter := range open {
		t.Run(string(status), func(t *testing.T) {
			t.Parallel()
			l := enter(t)
			l.status(status)
			l.Post(l.id)
			booked := l.Read(l.id).BookedCount()
			withConsultant := l.Read(l.id).Consultant() != nil
			leader := l.Party(l.id, forloeb.Leader)
			now := l.Now(l.id).In(forloeb.Copenhagen).Format("2006-01-02 15:04")

			l.do(storetest.By(leader), forloeb.Withdraw{Party: leader.ID})
			l.status(forloeb.Withdrawn)
			want := []string{now + " withdrawn leader", now + " withdrawn rep"}
			if booked > 0 {
				want = append(l.everybody(now, "meeting_cancelled"), want...)
			}
			if withConsultant {
				want = append([]string{now + " c_changed consultant"}, want...)
			}
			l.post(want...)
			require.Zero(t, l.Read(l.id).BookedCount())
			require.Empty(t, l.tasks())
			require.Equal(t, forloeb.RefuseClosed, l.Refused(l.id, storetest.Secretary, forloeb.Stop{Reason: "x"}).Code)

			l.do(storetest.Secretary, forloeb.Reopen{Reason: "Det var en fejl."})
			l.status(status)
			post := l.Post(l.id)
			require.Subset(t, post, []string{now + " reopened leader", now + " reopened rep"})
			if withConsultant {
				require.Contains(t, post, now+" c_changed consultant")
			}
			for _, line := range post {
				require.NotContains(t, line, "consent_request", "they were asked already")
				require.NotContains(t, line, "evaluation_request", "they were asked already")
			}
			l.Settle(l.id)
			require.Empty(t, l.Post(l.id))
		})
	}
}

func TestStoppedWithBookedMeetings(t *testing.T) {
	t.Parallel()
	l := open[forloeb.InProgress](t)
	l.Post(l.id)
	l.do(storetest.Secretary, forloeb.Stop{Reason: "Arbejdspladsen lukker."})
	l.status(forloeb.Stopped)
	now := "2026-12-08 17:00"
	l.post(append(append([]string{now + " c_changed consultant"}, l.everybody(now, "meeting_cancelled")...),
		now+" stopped leader", now+" stopped rep")...)
	f := l.Read(l.id)
	require.Equal(t, "Arbejdspladsen lukker.", f.StopText)
	for _, m := range f.Meetings {
		if m.State == forloeb.Cancelled {
			require.Equal(t, 1, m.Sequence)
		}
	}
	l.do(storetest.Secretary, forloeb.Reopen{Reason: "Den lukker ikke alligevel."})
	l.status(forloeb.InProgress)
}

func TestReopenedLapsedStartsTheClocksAnew(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 12, 15, 12, 0)
	l.status(forloeb.Lapsed)
	l.Post(l.id)
	l.do(storetest.Secretary, forloeb.Reopen{Reason: "De nåede det ikke."})
	l.status(forloeb.AwaitingConsent)
	l.post("2026-12-15 12:00 reopened leader", "2026-12-15 12:00 reopened rep")
	l.to(2027, 1, 17, 12, 0)
	l.post("2026-12-18 12:00 consent_reminder leader", "2026-12-18 12:00 consent_reminder rep",
		"2027-01-08 08:00 consent_reminder leader", "2027-01-08 08:00 consent_reminder rep",
		"2027-01-16 23:59 lapsed leader", "2027-01-16 23:59 lapsed rep")
}

func TestReopenedDeclinedKeepsTheYes(t *testing.T) {
	t.Parallel()
	l := begin(t)
	text := l.Read(l.id).Application.Texts
	require.NotEmpty(t, text.ChangeGoal)
	l.to(2026, 11, 23, 12, 0).answer(forloeb.Leader, forloeb.Yes)
	l.to(2026, 11, 24, 12, 0).answer(forloeb.Rep, forloeb.No)
	l.status(forloeb.Declined)
	l.Post(l.id)
	l.SettleAt(l.id, at(2026, 11, 25, 12, 0))
	l.do(storetest.Secretary, forloeb.Reopen{Reason: "AMR trykkede forkert."})
	l.status(forloeb.AwaitingConsent)
	require.Equal(t, forloeb.Yes, l.Party(l.id, forloeb.Leader).Consent.Answer)
	require.Nil(t, l.Party(l.id, forloeb.Rep).Consent)
	require.Equal(t, text, l.Read(l.id).Application.Texts)
	l.post("2026-11-25 12:00 reopened leader", "2026-11-25 12:00 reopened rep")
	l.answer(forloeb.Rep, forloeb.Yes)
	l.status(forloeb.AwaitingConsultant)
	require.Equal(t, 1, l.Count(`select count(*) from consents where answer = 'no'`), "history stays")
}

func TestReopeningEndsAfterThirtyDays(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 11, 24, 12, 0).do(storetest.Secretary, forloeb.Stop{Reason: "Prøve."})
	l.Wind(l.id, at(2026, 12, 25, 0, 1))
	r := l.Refused(l.id, storetest.Secretary, forloeb.Reopen{Reason: "For sent."})
	require.Equal(t, forloeb.RefuseReopenTooLate, r.Code)
	l.Wind(l.id, at(2026, 12, 24, 23, 58))
	l.Do(l.id, storetest.Secretary, forloeb.Reopen{Reason: "I tide."})
	catching := l.Refused(l.id, storetest.Secretary, forloeb.Stop{Reason: "Igen."})
	require.Equal(t, forloeb.RefuseCatchingUp, catching.Code, "it is about to open")
}

func TestTasksComeBackWhenAForloebIsReopened(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 11, 24, 12, 0).answer(forloeb.Rep, forloeb.Fix)
	l.do(storetest.Secretary, forloeb.Stop{Reason: "Prøve."})
	require.Empty(t, l.tasks())
	l.do(storetest.Secretary, forloeb.Reopen{Reason: "Videre."})
	require.Equal(t, []string{"fix"}, l.tasks())
}

func TestATaskClosedByAPersonStaysClosed(t *testing.T) {
	t.Parallel()
	l := begin(t)
	p := l.Party(l.id, forloeb.Leader)
	yes := storetest.Answer(l.Read(l.id), p, forloeb.Yes)
	yes.Signature = "Bo Skov"
	l.to(2026, 11, 24, 12, 0).do(storetest.By(p), yes)
	require.Equal(t, []string{"signature"}, l.tasks())
	l.do(storetest.Secretary, forloeb.CloseTask{Task: l.Read(l.id).Tasks[0].ID})
	require.Empty(t, l.tasks())
	l.to(2026, 11, 25, 12, 0)
	require.Empty(t, l.tasks())
	require.Equal(t, forloeb.RefuseNotFound, l.Refused(l.id, storetest.Secretary, forloeb.CloseTask{Task: l.Read(l.id).Tasks[0].ID}).Code)
}

func TestTheEvaluationClosesByItself(t *testing.T) {
	t.Parallel()
	l := sleeping(t).to(2027, 6, 30, 12, 0)
	l.Post(l.id)
	rep := l.Party(l.id, forloeb.Rep)
	l.do(storetest.By(rep), forloeb.RefuseEvaluation{Party: rep.ID})
	l.to(2027, 8, 28, 23, 58)
	l.post("2027-08-09 08:00 evaluation_reminder leader", "2027-08-16 08:00 evaluation_reminder leader")
	l.status(forloeb.Evaluating)
	l.to(2027, 8, 29, 1, 0)
	l.status(forloeb.Completed)
	require.Equal(t, []string{"nobody_answered"}, l.tasks())
	late := forloeb.AnswerEvaluation{Party: rep.ID, Answers: storetest.Evaluation()}
	require.Equal(t, forloeb.RefuseEvaluationClosed, l.Refused(l.id, storetest.By(rep), late).Code)
}

func TestAnUncertainEvaluationRequestIsATaskAndNotSentAgain(t *testing.T) {
	t.Parallel()
	l := sleeping(t)
	l.Mailer(func(letter forloeb.Letter) forloeb.Outcome {
		if letter.Mail.Kind == forloeb.MailEvaluationRequest {
			return forloeb.Outcome{State: forloeb.MailUncertain, Code: "data"}
		}
		return forloeb.Outcome{State: forloeb.MailSent}
	})
	l.to(2027, 6, 30, 12, 0)
	l.Mailer(nil)
	l.Post(l.id)
	l.to(2027, 9, 30, 12, 0)
	l.post()
	l.status(forloeb.Evaluating)
	require.Equal(t, []string{"mail", "mail"}, l.tasks())
	for _, side := range []forloeb.Side{forloeb.Leader, forloeb.Rep} {
		l.do(storetest.Secretary, forloeb.SettleMail{Mail: l.mailID(forloeb.MailEvaluationRequest, side), Action: forloeb.LetMailBe})
	}
	l.to(2027, 10, 29, 12, 0)
	l.status(forloeb.Completed)
}

func TestWhoeverTakesOverDuringTheEvaluationIsAskedToo(t *testing.T) {
	t.Parallel()
	l := sleeping(t).to(2027, 6, 30, 12, 0)
	l.evaluate(forloeb.Leader)
	l.Post(l.id)
	l.do(storetest.Secretary, replacement(l.Party(l.id, forloeb.Rep).ID))
	l.status(forloeb.Evaluating)
	require.Contains(t, l.Post(l.id), "2027-06-30 12:00 evaluation_request rep")
	l.evaluate(forloeb.Rep)
	l.status(forloeb.Completed)
}

// A system that was down over the evaluation's day catches up in office hours.
func TestTheEvaluationIsSentInOfficeHoursAlsoWhenLate(t *testing.T) {
	t.Parallel()
	l := sleeping(t)
	l.SettleAt(l.id, at(2027, 8, 14, 3, 0)) // a Saturday night
	l.post()
	l.to(2027, 8, 16, 9, 0)
	l.post("2027-08-16 08:00 evaluation_request leader", "2027-08-16 08:00 evaluation_request rep")
}
