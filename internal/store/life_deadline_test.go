package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// Complaint K7.
func TestADeadlineIsPutOff(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 11, 23, 12, 0).answer(forloeb.Leader, forloeb.Yes)
	l.to(2026, 12, 11, 12, 0)
	l.Post(l.id)
	l.do(storetest.Secretary, forloeb.ExtendDeadline{Until: at(2027, 1, 8, 12, 0), Reason: "Sygdom."})
	l.post("2026-12-11 12:00 deadline_moved rep")
	require.Equal(t, 1, l.Count(`select count(*) from remarks where kind = 'deadline' and text = 'Sygdom.'`))
	l.to(2027, 1, 8, 23, 0)
	l.post("2027-01-06 08:00 consent_reminder rep")
	l.status(forloeb.AwaitingConsent)
	l.to(2027, 1, 9, 0, 30)
	l.post("2027-01-08 23:59 lapsed leader", "2027-01-08 23:59 lapsed rep")
}

// Nobody was awake when it passed: it is put off, and nothing lapses.
//
// Complaint K7.
func TestADeadlineIsPutOffWhileTheProcessIsLate(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 12, 14, 12, 0)
	l.Wind(l.id, at(2026, 12, 15, 9, 0))
	l.Post(l.id)
	l.do(storetest.Secretary, forloeb.ExtendDeadline{Until: at(2026, 12, 21, 12, 0), Reason: "Sygdom."})
	l.status(forloeb.AwaitingConsent)
	l.answer(forloeb.Leader, forloeb.Yes)
	l.status(forloeb.AwaitingConsent)
}

func TestTheQuestionnairesDeadlineIsPutOff(t *testing.T) {
	t.Parallel()
	l := sleeping(t)
	l.to(2027, 6, 30, 12, 0).evaluate(forloeb.Leader)
	l.Post(l.id)
	before := l.Read(l.id).EvaluationCloses()
	l.do(storetest.Secretary, forloeb.ExtendDeadline{Until: before.AddDate(0, 0, 7), Reason: "Ferie."})
	l.post("2027-06-30 12:00 deadline_moved rep")
	require.Equal(t, forloeb.EndOfDay(before.AddDate(0, 0, 7)), l.Read(l.id).EvaluationCloses().In(forloeb.Copenhagen))
	l.RunTo(l.id, before.AddDate(0, 0, 3))
	l.status(forloeb.Evaluating)
	l.evaluate(forloeb.Rep)
	l.status(forloeb.Completed)
}
