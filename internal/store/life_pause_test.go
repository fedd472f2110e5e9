package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func pauseTo(year, month, day int) forloeb.PauseForloeb {
	return forloeb.PauseForloeb{Until: at(year, 1, day, 12, 0).AddDate(0, month-1, 0), Reason: forloeb.PauseIllness, Text: "Lederen er syg."}
}

// While it is paused nobody is reminded; when the day comes it goes on by
// itself, and what was left of the deadline is left still.
func TestAForloebIsPaused(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 11, 23, 12, 0).answer(forloeb.Leader, forloeb.Yes)
	l.to(2026, 12, 2, 12, 0)
	l.Post(l.id)
	l.do(storetest.Secretary, pauseTo(2027, 2, 1))
	l.post("2026-12-02 12:00 paused leader", "2026-12-02 12:00 paused rep")
	l.status(forloeb.AwaitingConsent)
	require.Equal(t, forloeb.WaitPaused, l.Read(l.id).Written.Waiting)
	require.Equal(t, 1, l.Count(`select count(*) from remarks where kind = 'pause' and text = 'Lederen er syg.'`))
	require.Equal(t, 1, l.Count(`select count(*) from pauses where reason = 'illness' and until_at = '2027-02-01 08:00 Europe/Copenhagen'`))

	l.to(2027, 1, 31, 12, 0)
	l.post()
	l.to(2027, 2, 1, 9, 0)
	l.post("2027-02-01 08:00 resumed leader", "2027-02-01 08:00 resumed rep")
	l.status(forloeb.AwaitingConsent)
	l.to(2027, 2, 13, 12, 0)
	l.post("2027-02-04 10:00 consent_reminder rep", "2027-02-04 10:00 other_missing leader")
	l.to(2027, 2, 14, 1, 0)
	l.post("2027-02-13 23:59 lapsed leader", "2027-02-13 23:59 lapsed rep")
}

// It is moved, answered in, ended early, and begun again.
func TestAPauseIsMovedAndEnded(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Consultant("Karen Lund", 3)
	l.to(2026, 11, 24, 9, 0).answer(forloeb.Leader, forloeb.Yes)
	l.Post(l.id)
	l.do(storetest.Secretary, pauseTo(2027, 1, 4))
	l.do(storetest.Secretary, forloeb.PauseForloeb{Until: at(2027, 2, 1, 12, 0), Reason: forloeb.PauseChanges})
	require.Equal(t, 1, l.Count(`select count(*) from pauses where reason = 'changes'`))
	l.post("2026-11-24 09:00 paused leader", "2026-11-24 09:00 paused leader", "2026-11-24 09:00 paused rep", "2026-11-24 09:00 paused rep")
	l.to(2027, 1, 5, 9, 0).answer(forloeb.Rep, forloeb.Yes)
	l.status(forloeb.AwaitingConsultant)
	l.post("2027-01-05 09:00 answer_yes rep", "2027-01-05 09:00 both_agreed leader", "2027-01-05 09:00 both_agreed rep")
	l.to(2027, 1, 11, 10, 0)
	l.post()
	l.do(storetest.Secretary, forloeb.ResumeForloeb{})
	l.status(forloeb.Planning)
	l.post("2027-01-11 10:00 c_assigned consultant", "2027-01-11 10:00 consultant_assigned leader", "2027-01-11 10:00 consultant_assigned rep",
		"2027-01-11 10:00 resumed leader", "2027-01-11 10:00 resumed rep")
	l.do(storetest.Secretary, pauseTo(2027, 1, 25))
	l.post("2027-01-11 10:00 c_changed consultant", "2027-01-11 10:00 paused leader", "2027-01-11 10:00 paused rep")
	l.to(2027, 1, 25, 9, 0)
	l.post("2027-01-25 08:00 c_changed consultant", "2027-01-25 08:00 resumed leader", "2027-01-25 08:00 resumed rep")
	l.to(2027, 2, 1, 12, 0)
	l.post("2027-01-29 10:00 c_first_missing consultant")
}

// A closing ends a pause, and one that was opened again can be paused again.
func TestAClosingEndsAPause(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Consultant("Karen Lund", 3)
	l.agree()
	l.do(storetest.Secretary, pauseTo(2027, 2, 1))
	l.Post(l.id)
	l.to(2026, 12, 1, 9, 0).do(storetest.Secretary, forloeb.Stop{Reason: "Ingen tid."})
	l.to(2026, 12, 2, 9, 0).do(storetest.Secretary, forloeb.Reopen{Reason: "Alligevel."})
	l.status(forloeb.Planning)
	require.NotEqual(t, forloeb.WaitPaused, l.Read(l.id).Written.Waiting)
	l.Post(l.id)
	l.do(storetest.Secretary, pauseTo(2027, 1, 18))
	l.post("2026-12-02 09:00 c_changed consultant", "2026-12-02 09:00 paused leader", "2026-12-02 09:00 paused rep")
	require.Equal(t, 2, l.Count(`select count(*) from pauses`))
}

// Somebody asks for one: the secretariat has their words until it answers.
func TestAPauseIsAskedFor(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Consultant("Karen Lund", 3)
	l.agree()
	p := l.Party(l.id, forloeb.Leader)
	l.do(storetest.By(p), forloeb.AskPause{Party: p.ID, Text: "Vi flytter i januar."})
	require.Equal(t, []string{"pause_asked"}, l.tasks())
	require.Equal(t, "Vi flytter i januar.", l.Read(l.id).PauseWords)
	l.do(storetest.Secretary, pauseTo(2027, 2, 1))
	require.Empty(t, l.tasks())
	l.do(storetest.Secretary, forloeb.ResumeForloeb{})
	c := forloeb.Actor{Kind: forloeb.ActorConsultant, ID: l.Read(l.id).Consultant().ID.String()}
	l.do(c, forloeb.AskPause{Text: "Lederen svarer ikke."})
	require.Equal(t, []string{"pause_asked"}, l.tasks())
	require.Equal(t, "Lederen svarer ikke.", l.Read(l.id).PauseWords)
}

// A meeting that lies in it must make way first.
func TestAMeetingStandsInTheWayOfAPause(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Consultant("Karen Lund", 3)
	l.agree()
	m := l.book(2026, 12, 8)
	require.Equal(t, forloeb.RefuseMeetingInTheWay, l.Refused(l.id, storetest.Secretary, pauseTo(2027, 2, 1)).Code)
	l.do(storetest.Secretary, forloeb.CancelMeeting{Meeting: m, Reason: "Sygdom."})
	l.do(storetest.Secretary, pauseTo(2027, 2, 1))
	require.Equal(t, forloeb.WaitPaused, l.Read(l.id).Written.Waiting)
}
