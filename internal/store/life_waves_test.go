package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// askedTwice is a forløb at rest that is asked what came of it right after the
// last meeting and three months after.
func askedTwice(t *testing.T) *life {
	l := sleeping(t)
	l.Policy(l.id, func(p *forloeb.Policy) { p.Evaluations = forloeb.Waves{0, 3} })
	return l
}

func (l *life) said() (waves []int) {
	l.t.Helper()
	require.NoError(l.t, l.DB.Select(&waves, `select e.wave from answers a join evaluations e on e.id = a.evaluation_id
		join workplaces w on w.id = e.workplace_id where w.forloeb_id = $1 order by e.wave`, l.id))
	return waves
}

// Both are asked right after the last meeting, one answers then; both are asked
// again three months after, and what is answered is kept apart by wave.
//
// Complaint K33, K36.
func TestAForloebThatIsAskedTwice(t *testing.T) {
	t.Parallel()
	l := askedTwice(t)
	l.to(2027, 4, 1, 10, 0)
	l.post("2027-04-01 08:00 meetings_done leader", "2027-04-01 08:00 meetings_done rep",
		"2027-04-01 09:00 evaluation_request leader", "2027-04-01 09:00 evaluation_request rep")
	l.status(forloeb.AwaitingEvaluation)

	leader, rep := l.Party(l.id, forloeb.Leader), l.Party(l.id, forloeb.Rep)
	l.drafts(rep)
	l.evaluate(forloeb.Leader)
	l.post("2027-04-01 10:00 evaluation_thanks leader")
	again := forloeb.AnswerEvaluation{Party: leader.ID, Answers: storetest.Evaluation()}
	require.Equal(t, forloeb.RefuseEvaluationAnswered, l.Refused(l.id, storetest.By(leader), again).Code)
	require.Equal(t, forloeb.WaitEvalSelf, l.Read(l.id).WaitingFor(rep, l.Now(l.id)).Key)

	l.to(2027, 5, 3, 12, 0)
	l.post("2027-04-08 09:00 evaluation_reminder rep", "2027-04-15 09:00 evaluation_reminder rep")
	l.status(forloeb.AwaitingEvaluation)
	late := forloeb.AnswerEvaluation{Party: rep.ID, Answers: storetest.Evaluation()}
	require.Equal(t, forloeb.RefuseEvaluationClosed, l.Refused(l.id, storetest.By(rep), late).Code)
	require.Equal(t, forloeb.WaitEvalRest, l.Read(l.id).WaitingFor(rep, l.Now(l.id)).Key)

	l.to(2027, 6, 30, 12, 0)
	l.post("2027-06-30 09:00 evaluation_request leader", "2027-06-30 09:00 evaluation_request rep")
	l.status(forloeb.Evaluating)
	draft, err := l.API.Draft(t.Context(), rep.ID)
	require.NoError(t, err)
	require.Empty(t, draft.Choices, "what was begun then is not what is asked now")
	l.evaluate(forloeb.Leader)
	l.status(forloeb.Evaluating)
	l.evaluate(forloeb.Rep)
	l.status(forloeb.Completed)
	l.post("2027-06-30 12:00 evaluation_thanks leader", "2027-06-30 12:00 evaluation_thanks rep")
	require.Equal(t, []int{0, 1, 1}, l.said())
	require.Empty(t, l.tasks())
}

// A meeting that is held after the first wave was sent does not have it sent
// again; its answers can still be given, and the last wave follows the new meeting.
func TestAMeetingAfterTheFirstWave(t *testing.T) {
	t.Parallel()
	l := askedTwice(t).to(2027, 4, 1, 10, 0)
	l.Post(l.id)
	l.do(storetest.Secretary, forloeb.GrantExtra{N: 1, Reason: "En ny leder"})
	m := l.book(2027, 4, 7)
	l.status(forloeb.InProgress)
	l.evaluate(forloeb.Leader)
	l.to(2027, 4, 7, 17, 0).held(m)
	l.status(forloeb.AwaitingEvaluation)
	l.Post(l.id)
	l.to(2027, 7, 7, 8, 0)
	l.post("2027-04-08 08:00 meetings_done leader", "2027-04-08 08:00 meetings_done rep",
		"2027-04-08 09:00 evaluation_reminder rep", "2027-04-15 09:00 evaluation_reminder rep")
	l.to(2027, 7, 7, 12, 0)
	l.post("2027-07-07 09:00 evaluation_request leader", "2027-07-07 09:00 evaluation_request rep")
	require.Equal(t, []int{0}, l.said())
}

// Whoever says no to the first is asked the last time all the same, and whoever
// takes over before that is not asked about meetings it was not at.
func TestTheFirstWaveRefusedAndAPartyReplaced(t *testing.T) {
	t.Parallel()
	l := askedTwice(t).to(2027, 4, 1, 10, 0)
	leader := l.Party(l.id, forloeb.Leader)
	l.do(storetest.By(leader), forloeb.RefuseEvaluation{Party: leader.ID})
	l.do(storetest.Secretary, replacement(l.Party(l.id, forloeb.Rep).ID))
	l.Post(l.id)
	l.to(2027, 6, 30, 12, 0)
	l.post("2027-06-30 09:00 evaluation_request leader", "2027-06-30 09:00 evaluation_request rep")
}
