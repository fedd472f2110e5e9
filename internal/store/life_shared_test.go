package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// jointly is a fællesforløb with so many workplaces.
func jointly(workplaces int) func(*forloeb.Submission) {
	return func(s *forloeb.Submission) {
		s.Type, s.Body, s.Workplace, s.Sector, s.Employees = forloeb.Joint, forloeb.MainMED, "", "", ""
		for i := range workplaces {
			who := uuid.NewString()[:8]
			s.Participants = append(s.Participants, forloeb.Participant{
				Workplace: fmt.Sprintf("Sted %c", 'A'+i), Municipality: "751", Sector: forloeb.SectorElderly, Employees: forloeb.Employees20To49,
				Leader: forloeb.Contact{Name: "Lis Lund", Email: "lis." + who + "@example.dk"},
				Rep:    forloeb.Representative{Name: "Rie Rask", Role: forloeb.RoleTR, Email: "rie." + who + "@example.dk"},
			})
		}
	}
}

// places are the workplaces that were asked, in order.
func (l *life) places() (ids []uuid.UUID) {
	for _, w := range l.Read(l.id).Workplaces[1:] {
		ids = append(ids, w.ID)
	}
	return ids
}

// says has a workplace's leader, then its representative, answer.
func (l *life) says(workplace uuid.UUID, answers ...forloeb.Answer) {
	l.t.Helper()
	for i, p := range l.Read(l.id).Of(workplace) {
		if i < len(answers) {
			l.do(storetest.By(p), forloeb.AnswerConsent{Party: p.ID, Revision: 1, Answer: answers[i], Signature: p.Contact.Name, Channel: forloeb.ByLink})
		}
	}
}

// Of five workplaces one declines, one never answers, one leaves after the
// second meeting, and two go the whole way, with a last meeting for one of
// them alone. Everybody gets their own mails, and no others.
func TestASharedLife(t *testing.T) {
	t.Parallel()
	l := begin(t, jointly(5))
	l.Consultant("Karen Lund", 3)
	l.Settle(l.id)
	l.post("2026-11-23 10:00 consent_request leader", "2026-11-23 10:00 consent_request rep")
	places := l.places()
	declines, silent, leaves, short, long := places[0], places[1], places[2], places[3], places[4]

	l.to(2026, 11, 24, 9, 0).agree()
	l.status(forloeb.AwaitingConsent)
	want := []string{"2026-11-24 09:00 answer_yes leader", "2026-11-24 09:00 answer_yes rep",
		"2026-11-24 09:00 both_agreed leader", "2026-11-24 09:00 both_agreed rep"}
	for _, place := range "ABCDE" {
		want = append(want, fmt.Sprintf("2026-11-24 09:00 workplace_invited leader Sted %c", place), fmt.Sprintf("2026-11-24 09:00 workplace_invited rep Sted %c", place))
	}
	slices.Sort(want)
	l.post(want...)

	l.to(2026, 11, 25, 9, 0).says(declines, forloeb.Yes, forloeb.No)
	l.post("2026-11-25 09:00 answer_no rep Sted A", "2026-11-25 09:00 answer_yes leader Sted A", "2026-11-25 09:00 workplace_left leader Sted A")
	for _, place := range []uuid.UUID{leaves, short, long} {
		l.says(place, forloeb.Yes, forloeb.Yes)
	}
	l.status(forloeb.AwaitingConsent)
	l.Post(l.id)
	l.to(2026, 12, 15, 12, 0)
	l.post("2026-11-27 09:00 consent_reminder leader Sted B", "2026-11-27 09:00 consent_reminder rep Sted B",
		"2026-12-08 09:00 consent_reminder leader Sted B", "2026-12-08 09:00 consent_reminder rep Sted B")
	l.to(2026, 12, 16, 12, 0)
	l.status(forloeb.Planning)
	started := "2026-12-15 23:59"
	l.post(started+" c_assigned consultant", started+" consultant_assigned leader", started+" consultant_assigned leader Sted C",
		started+" consultant_assigned leader Sted D", started+" consultant_assigned leader Sted E", started+" consultant_assigned rep",
		started+" consultant_assigned rep Sted C", started+" consultant_assigned rep Sted D", started+" consultant_assigned rep Sted E",
		started+" joint_started leader", started+" joint_started leader Sted C", started+" joint_started leader Sted D", started+" joint_started leader Sted E",
		started+" joint_started rep", started+" joint_started rep Sted C", started+" joint_started rep Sted D", started+" joint_started rep Sted E",
		started+" workplace_left leader Sted B", started+" workplace_left rep Sted B")
	require.Equal(t, forloeb.OutSilent, l.Read(l.id).Workplace(silent).OutReason)
	require.Equal(t, 4, l.Read(l.id).Required())

	for _, d := range [][3]int{{2027, 1, 12}, {2027, 2, 10}} {
		m := l.book(d[0], time.Month(d[1]), d[2])
		l.to(d[0], time.Month(d[1]), d[2], 17, 0).held(m)
	}
	l.book(2027, 3, 2)
	l.Post(l.id)
	leader := l.Read(l.id).Of(leaves)[0]
	l.do(storetest.By(leader), forloeb.LeaveWorkplace{Workplace: leaves, Party: leader.ID})
	l.post("2027-02-10 17:00 c_changed consultant", "2027-02-10 17:00 meeting_cancelled leader Sted C", "2027-02-10 17:00 meeting_cancelled rep Sted C",
		"2027-02-10 17:00 workplace_left leader Sted C", "2027-02-10 17:00 workplace_left rep Sted C")
	l.status(forloeb.InProgress)

	l.to(2027, 3, 2, 17, 0).held(l.Read(l.id).Meetings[2].ID)
	l.Post(l.id)
	last := uuid.New()
	l.do(storetest.Secretary, forloeb.BookMeeting{Meeting: last, StartsAt: at(2027, 3, 31, 13, 0), EndsAt: at(2027, 3, 31, 16, 0), Workplaces: []uuid.UUID{long}})
	l.post("2027-03-02 17:00 meeting_invitation consultant", "2027-03-02 17:00 meeting_invitation leader Sted E", "2027-03-02 17:00 meeting_invitation rep Sted E")
	l.to(2027, 3, 31, 17, 0).held(last)
	l.status(forloeb.AwaitingEvaluation)
	l.to(2027, 4, 30, 12, 0)
	l.Post(l.id)

	l.to(2027, 6, 2, 12, 0)
	l.status(forloeb.Evaluating)
	l.post("2027-06-02 09:00 evaluation_request leader Sted D", "2027-06-02 09:00 evaluation_request rep Sted D")
	l.to(2027, 6, 29, 12, 0)
	l.post("2027-06-09 09:00 evaluation_reminder leader Sted D", "2027-06-09 09:00 evaluation_reminder rep Sted D",
		"2027-06-16 09:00 evaluation_reminder leader Sted D", "2027-06-16 09:00 evaluation_reminder rep Sted D")
	l.to(2027, 6, 30, 12, 0)
	l.post("2027-06-30 09:00 evaluation_request leader Sted E", "2027-06-30 09:00 evaluation_request rep Sted E")
	for _, place := range []uuid.UUID{short, long} {
		for _, p := range l.Read(l.id).Of(place) {
			l.do(storetest.By(p), forloeb.AnswerEvaluation{Party: p.ID, Answers: storetest.Evaluation()})
		}
	}
	l.status(forloeb.Completed)
	require.Empty(t, l.tasks())
	var waves int
	require.NoError(t, l.DB.Get(&waves, `select count(*) from evaluations e join workplaces w on w.id = e.workplace_id where w.forloeb_id = $1`, l.id))
	require.Equal(t, 2, waves)
}

// A shared forløb stands once in a list, under whoever applied, and is found by
// each of its workplaces.
func TestASharedForloebIsFoundByItsWorkplaces(t *testing.T) {
	t.Parallel()
	l := begin(t, jointly(3), func(s *forloeb.Submission) {
		s.Participants[2].Workplace, s.Participants[2].Municipality = "Kystvejen", "787"
	})
	for _, filter := range []forloeb.ListFilter{{Query: "kystvejen"}, {Query: "sted a"}, {Query: "hovedmed"}, {Municipality: "787"}, {Municipality: "751"}, {}} {
		page, err := l.API.List(t.Context(), filter)
		require.NoError(t, err)
		require.Len(t, page.Rows, 1, "%+v", filter)
		require.Equal(t, "HovedMED i Aarhus Kommune", page.Rows[0].Workplace)
	}
	page, err := l.API.List(t.Context(), forloeb.ListFilter{Municipality: "101"})
	require.NoError(t, err)
	require.Empty(t, page.Rows)
}

// The list counts those who take part: neither the body that applied, nor one
// that has left.
func TestTheListCountsWorkplaces(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := e.Apply(jointly(4))
	e.Settle(id)
	e.Do(id, storetest.Secretary, forloeb.LeaveWorkplace{Workplace: e.Read(id).Participants()[0].ID})
	page, err := e.API.List(t.Context(), forloeb.ListFilter{Type: forloeb.Joint})
	require.NoError(t, err)
	require.Len(t, page.Rows, 1)
	require.Equal(t, forloeb.Joint, page.Rows[0].Type)
	require.Equal(t, 3, page.Rows[0].Workplaces)
}

// A shared forløb that lapsed because too few were left would lapse again at
// once: it cannot be opened again, and nobody is told that it can.
func TestTooFewAreLeftToOpenAgain(t *testing.T) {
	t.Parallel()
	l := asking(t, 1)
	for _, place := range l.places()[1:] {
		l.says(place, forloeb.No)
		l.Settle(l.id)
	}
	l.status(forloeb.Lapsed)
	require.Equal(t, forloeb.RefuseNotReopenable, l.Refused(l.id, storetest.Secretary, forloeb.Reopen{Reason: "x"}).Code)
	f := l.Read(l.id)
	require.True(t, f.ReopenUntil().IsZero())
	leader := f.Applicants()[0]
	require.Equal(t, forloeb.RefuseNotReopenable, l.Refused(l.id, storetest.By(leader), forloeb.AskReopen{Party: leader.ID}).Code)
}
