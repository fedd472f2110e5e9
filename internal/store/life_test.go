package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// life is one forløb in a database of its own, lived on virtual time.
type life struct {
	*storetest.Env
	t  *testing.T
	id uuid.UUID
}

// begin applies on Monday 23 November 2026 at 10.
func begin(t *testing.T, change ...func(*forloeb.Submission)) *life {
	t.Helper()
	e := storetest.New(t)
	l := &life{Env: e, t: t}
	l.id = e.ApplyAt(at(2026, 11, 23, 10, 0), change...)
	return l
}

func at(year int, month time.Month, day, hour, minute int) time.Time {
	return time.Date(year, month, day, hour, minute, 0, 0, forloeb.Copenhagen)
}

// post checks what has been sent since the last look, on the forløb's clock.
func (l *life) post(want ...string) {
	l.t.Helper()
	if want == nil {
		want = []string{}
	}
	got := l.Post(l.id)
	if got == nil {
		got = []string{}
	}
	require.Equal(l.t, want, got)
}

func (l *life) status(want forloeb.Status) {
	l.t.Helper()
	f := l.Read(l.id)
	require.Equal(l.t, want, f.Status)
	require.True(l.t, f.Settled())
	require.Equal(l.t, f.Waiting(l.Now(l.id)).Key, f.Written.Waiting, "the row explains what is waited for")
}

func (l *life) to(year int, month time.Month, day, hour, minute int) *life {
	l.t.Helper()
	l.RunTo(l.id, at(year, month, day, hour, minute))
	return l
}

func (l *life) do(by forloeb.Actor, d forloeb.Deed) {
	l.t.Helper()
	l.Do(l.id, by, d)
	l.Settle(l.id)
}

func (l *life) answer(side forloeb.Side, a forloeb.Answer) {
	l.t.Helper()
	l.Answer(l.id, side, a)
	l.Settle(l.id)
}

func (l *life) agree() {
	l.t.Helper()
	l.Agree(l.id)
	l.Settle(l.id)
}

func (l *life) book(year int, month time.Month, day int) uuid.UUID {
	l.t.Helper()
	m := l.Book(l.id, at(year, month, day, 13, 0))
	l.Settle(l.id)
	return m
}

func (l *life) held(m uuid.UUID) {
	l.t.Helper()
	l.do(storetest.Secretary, forloeb.RegisterMeeting{Meeting: m, Held: true})
}

// kinds counts the open tasks of each kind.
func (l *life) tasks() (kinds []string) {
	l.t.Helper()
	require.NoError(l.t, l.DB.Select(&kinds, `select kind from tasks where forloeb_id = $1 and closed_at is null order by kind`, l.id))
	return kinds
}

// sleeping lives until the last of four meetings has been held on Wednesday
// 31 March 2027.
func sleeping(t *testing.T) *life {
	l := begin(t)
	l.Consultant("Karen Lund", 3)
	l.to(2026, 11, 24, 9, 0).agree()
	for _, d := range [][3]int{{2026, 12, 8}, {2027, 1, 12}, {2027, 2, 10}, {2027, 3, 31}} {
		m := l.book(d[0], time.Month(d[1]), d[2])
		l.to(d[0], time.Month(d[1]), d[2], 17, 0).held(m)
	}
	l.Post(l.id)
	l.status(forloeb.AwaitingEvaluation)
	return l
}

func TestAHappyLife(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Consultant("Karen Lund", 3)
	l.Settle(l.id)
	l.post("2026-11-23 10:00 consent_request leader", "2026-11-23 10:00 consent_request rep")

	l.to(2026, 11, 24, 19, 30).answer(forloeb.Leader, forloeb.Yes)
	l.post("2026-11-24 19:30 answer_yes leader")
	l.status(forloeb.AwaitingConsent)

	l.to(2026, 11, 27, 9, 0) // the rep is reminded after three working days
	l.post("2026-11-26 10:00 consent_reminder rep")
	l.answer(forloeb.Rep, forloeb.Yes)
	l.post("2026-11-27 09:00 answer_yes rep",
		"2026-11-27 09:00 both_agreed leader", "2026-11-27 09:00 both_agreed rep",
		"2026-11-27 09:00 c_assigned consultant",
		"2026-11-27 09:00 consultant_assigned leader", "2026-11-27 09:00 consultant_assigned rep")
	l.status(forloeb.Planning)

	l.to(2026, 12, 7, 12, 0) // five working days without a meeting
	l.post("2026-12-04 09:00 c_first_missing consultant")
	first := l.book(2026, 12, 17)
	l.post("2026-12-07 12:00 meeting_invitation consultant", "2026-12-07 12:00 meeting_invitation leader", "2026-12-07 12:00 meeting_invitation rep")
	l.status(forloeb.InProgress)

	l.to(2026, 12, 17, 17, 0)
	l.post("2026-12-15 13:00 meeting_reminder leader", "2026-12-15 13:00 meeting_reminder rep")
	l.to(2026, 12, 18, 9, 0)
	l.post("2026-12-18 08:00 c_register consultant")
	l.held(first)
	l.post()

	second := l.book(2027, 1, 27)
	l.Post(l.id)
	l.to(2027, 1, 27, 17, 0)
	l.post("2027-01-25 13:00 meeting_reminder leader", "2027-01-25 13:00 meeting_reminder rep")
	l.held(second)
	l.to(2027, 2, 12, 12, 0)
	l.post("2027-02-11 08:00 c_next_missing consultant") // ten working days after the meeting's end at 16

	third := l.book(2027, 3, 3)
	l.Post(l.id)
	l.to(2027, 3, 3, 17, 0).held(third)
	last := l.book(2027, 3, 31)
	l.Post(l.id)
	l.to(2027, 3, 31, 17, 0)
	l.post("2027-03-24 13:00 meeting_reminder leader", "2027-03-24 13:00 meeting_reminder rep") // Easter lies between
	l.held(last)
	l.post()
	l.status(forloeb.AwaitingEvaluation)

	l.to(2027, 6, 30, 8, 59)
	l.post("2027-04-01 08:00 meetings_done leader", "2027-04-01 08:00 meetings_done rep")
	l.to(2027, 6, 30, 9, 1)
	l.post("2027-06-30 09:00 evaluation_request leader", "2027-06-30 09:00 evaluation_request rep")
	l.status(forloeb.Evaluating)

	l.to(2027, 6, 30, 15, 0).evaluate(forloeb.Leader)
	l.post("2027-06-30 15:00 evaluation_thanks leader")
	l.to(2027, 8, 11, 12, 0) // July is quiet: no reminders, and its days do not count
	l.post("2027-08-09 08:00 evaluation_reminder rep")
	l.evaluate(forloeb.Rep)
	l.post("2027-08-11 12:00 evaluation_thanks rep")
	l.status(forloeb.Completed)
	require.Empty(t, l.tasks())

	l.to(2029, 8, 11, 12, 0)
	l.post()
	require.Equal(t, []string{
		"none awaiting_consent applied", "awaiting_consent awaiting_consultant consent-answered",
		"awaiting_consultant planning consultant-assigned", "planning in_progress meeting-booked",
		"in_progress awaiting_evaluation meeting-registered", "awaiting_evaluation evaluating evaluation_due",
		"evaluating completed evaluation-answered"}, l.events())
}

func (l *life) events() (list []string) {
	l.t.Helper()
	require.NoError(l.t, l.DB.Select(&list, `select "from" || ' ' || "to" || ' ' || cause from forloeb_events where forloeb_id = $1 order by seq`, l.id))
	return list
}

func (l *life) evaluate(side forloeb.Side) {
	l.t.Helper()
	p := l.Party(l.id, side)
	l.do(storetest.By(p), forloeb.AnswerEvaluation{Party: p.ID, Answers: storetest.Evaluation()})
}
