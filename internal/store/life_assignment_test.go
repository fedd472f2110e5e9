package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func TestNobodyHasRoomThenSomebodyHas(t *testing.T) {
	t.Parallel()
	l := begin(t)
	karen := l.Consultant("Karen Lund", 1)
	first := l.ApplyAt(at(2026, 11, 23, 9, 0))
	l.Settle(first)
	l.Agree(first)
	l.Settle(first)
	require.Equal(t, karen, l.Read(first).Consultant().ID)

	l.to(2026, 11, 24, 12, 0).agree()
	l.Post(l.id)
	l.status(forloeb.AwaitingConsultant)
	require.Equal(t, []string{"no_consultant"}, l.tasks())
	require.Equal(t, forloeb.WaitAssignFull, l.Read(l.id).Written.Waiting)

	l.to(2027, 2, 3, 12, 0) // they hear every month, outside the quiet period
	l.post("2027-01-04 08:00 still_waiting leader", "2027-01-04 08:00 still_waiting rep")
	l.to(2027, 2, 4, 12, 0)
	l.post("2027-02-04 08:00 still_waiting leader", "2027-02-04 08:00 still_waiting rep")
	require.Equal(t, []string{"no_consultant"}, l.tasks(), "the daily look does not close the task")

	before := l.Read(l.id).Version
	l.Do(first, storetest.Secretary, forloeb.Stop{Reason: "Arbejdspladsen lukker."})
	l.Settle(first)
	require.Equal(t, before+1, l.Read(l.id).Version, "nudged in the same transaction")
	l.Settle(l.id)
	l.status(forloeb.Planning)
	require.Empty(t, l.tasks())
	l.post("2027-02-04 12:00 c_assigned consultant", "2027-02-04 12:00 consultant_assigned leader", "2027-02-04 12:00 consultant_assigned rep")
}

func TestANudgeThatFindsNobodyKeepsTheTask(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 11, 24, 12, 0).agree()
	require.Equal(t, []string{"no_consultant"}, l.tasks())
	saved, err := l.API.SaveConsultant(t.Context(), forloeb.ConsultantRecord{Consultant: forloeb.Consultant{
		Name: "Karen Lund", Email: "karen.lund@example.dk", Themes: []forloeb.ThemeCode{forloeb.ThemeLoneWork}, Regions: []string{"midtjylland"}, Capacity: 4, Active: true}})
	require.NoError(t, err)
	require.Len(t, saved.Acts, 1)
	require.Equal(t, l.id, saved.Acts[0].ForloebID)
	l.Settle(l.id)
	l.status(forloeb.AwaitingConsultant)
	require.Equal(t, []string{"no_consultant"}, l.tasks())
	require.Equal(t, 1, l.Count(`select count(*) from tasks`))
}

func TestProposedAssignment(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Policy(l.id, func(p *forloeb.Policy) { p.Assignment = forloeb.Proposed })
	karen, bo := l.Consultant("Karen Lund", 1), l.Consultant("Bo Skov", 0)
	l.to(2026, 11, 24, 12, 0).agree()
	l.Post(l.id)
	l.status(forloeb.AwaitingConsultant)
	require.Equal(t, []string{"no_consultant"}, l.tasks())
	ranked, err := l.API.Ranking(t.Context(), l.id)
	require.NoError(t, err)
	require.Equal(t, karen, ranked[0].ID)
	require.Equal(t, []string{"capacity"}, ranked[1].Obstacles)

	unsuitable := l.Refused(l.id, storetest.Secretary, forloeb.Assign{Consultant: bo})
	require.Equal(t, forloeb.RefuseConsultantUnsuitable, unsuitable.Code)
	l.do(storetest.Secretary, forloeb.Assign{Consultant: bo, Reason: "Han kender området."})
	l.status(forloeb.Planning)
	require.Empty(t, l.tasks())
	l.post("2026-11-24 12:00 c_assigned consultant", "2026-11-24 12:00 consultant_assigned leader", "2026-11-24 12:00 consultant_assigned rep")
}

// Complaint K12.
func TestConsultantChangedAndReleased(t *testing.T) {
	t.Parallel()
	l := begin(t)
	karen := l.Consultant("Karen Lund", 1)
	l.to(2026, 11, 24, 12, 0).agree()
	bo := l.Consultant("Bo Skov", 1)
	m := l.book(2026, 12, 8)
	l.Post(l.id)
	l.do(storetest.Secretary, forloeb.Assign{Consultant: bo, Reason: "Karen er syg."})
	l.post("2026-11-24 12:00 c_assigned consultant", "2026-11-24 12:00 c_unassigned consultant",
		"2026-11-24 12:00 consultant_changed leader", "2026-11-24 12:00 consultant_changed rep",
		"2026-11-24 12:00 meeting_cancelled consultant", "2026-11-24 12:00 meeting_invitation consultant")
	l.status(forloeb.InProgress)

	l.do(storetest.Secretary, forloeb.Release{Reason: "Bo er inhabil."})
	l.status(forloeb.InProgress) // Karen has room again
	require.Equal(t, karen, l.Read(l.id).Consultant().ID)
	require.Equal(t, forloeb.Booked, l.Read(l.id).Meeting(m).State)
	l.post("2026-11-24 12:00 c_assigned consultant", "2026-11-24 12:00 c_unassigned consultant",
		"2026-11-24 12:00 consultant_changed leader", "2026-11-24 12:00 consultant_changed rep",
		"2026-11-24 12:00 meeting_cancelled consultant", "2026-11-24 12:00 meeting_invitation consultant")
	invited := l.Read(l.id).Mails[len(l.Read(l.id).Mails)-1]
	require.Equal(t, forloeb.MailMeetingInvitation, invited.Kind)
	require.Equal(t, karen, invited.Recipient, "who had it taken out of the calendar, and has it back")
}

func TestReleasedBeforeTheFirstMeeting(t *testing.T) {
	t.Parallel()
	l := begin(t)
	karen := l.Consultant("Karen Lund", 5)
	l.to(2026, 11, 24, 12, 0).agree()
	l.Post(l.id)
	l.do(storetest.Secretary, forloeb.Release{Reason: "Karen kender lederen."})
	l.status(forloeb.AwaitingConsultant)
	l.post("2026-11-24 12:00 c_unassigned consultant")
	require.Nil(t, l.Read(l.id).Consultant(), "whoever gave it back is not asked again")
	require.Equal(t, 1, l.Count(`select count(*) from conflicts where consultant_id = $1`, karen))
}

func TestAssessedIntake(t *testing.T) {
	t.Parallel()
	assessed := func(t *testing.T) *life {
		l := begin(t)
		l.Policy(l.id, func(p *forloeb.Policy) { p.Intake = forloeb.Assessed })
		l.Consultant("Karen Lund", 3)
		l.to(2026, 11, 24, 12, 0).agree()
		l.status(forloeb.AwaitingAssessment)
		require.Equal(t, []string{"assess"}, l.tasks())
		l.post("2026-11-23 10:00 consent_request leader", "2026-11-23 10:00 consent_request rep",
			"2026-11-24 12:00 answer_yes leader", "2026-11-24 12:00 answer_yes rep",
			"2026-11-24 12:00 both_agreed leader", "2026-11-24 12:00 both_agreed rep")
		return l
	}
	t.Run("approved", func(t *testing.T) {
		l := assessed(t)
		l.do(storetest.Secretary, forloeb.Decide{Decision: forloeb.Approve})
		l.status(forloeb.Planning)
		l.post("2026-11-24 12:00 approved leader", "2026-11-24 12:00 approved rep", "2026-11-24 12:00 c_assigned consultant",
			"2026-11-24 12:00 consultant_assigned leader", "2026-11-24 12:00 consultant_assigned rep")
	})
	t.Run("waiting list, then approved", func(t *testing.T) {
		l := assessed(t)
		l.do(storetest.Secretary, forloeb.Decide{Decision: forloeb.Waitlist})
		l.status(forloeb.AwaitingAssessment)
		require.Empty(t, l.tasks())
		l.post("2026-11-24 12:00 waitlisted leader", "2026-11-24 12:00 waitlisted rep")
		l.to(2027, 1, 20, 12, 0)
		l.post("2027-01-04 08:00 still_waiting leader", "2027-01-04 08:00 still_waiting rep")
		l.do(storetest.Secretary, forloeb.Decide{Decision: forloeb.Approve})
		l.status(forloeb.Planning)
	})
	t.Run("rejected", func(t *testing.T) {
		l := assessed(t)
		l.do(storetest.Secretary, forloeb.Decide{Decision: forloeb.Reject, Reason: "Temaet ligger uden for SPARK."})
		l.status(forloeb.Rejected)
		require.Equal(t, "Temaet ligger uden for SPARK.", l.Read(l.id).DecisionText)
		l.post("2026-11-24 12:00 rejected leader", "2026-11-24 12:00 rejected rep")
	})
	t.Run("edited", func(t *testing.T) {
		l := assessed(t)
		edited := l.Read(l.id).Submission()
		edited.Situation, edited.Declared = "En ny beskrivelse.", true
		l.do(storetest.Secretary, forloeb.ChangeApplication{Submission: edited.Clean()})
		l.status(forloeb.AwaitingConsent)
		l.agree()
		l.status(forloeb.AwaitingAssessment)
		require.Equal(t, []string{"assess"}, l.tasks())
	})
}

func TestAPartyLeftAndReplacedDuringPlanning(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Consultant("Karen Lund", 3)
	l.to(2026, 11, 24, 12, 0).agree()
	l.Post(l.id)
	rep := l.Party(l.id, forloeb.Rep)
	l.do(storetest.By(rep), forloeb.LeaveParty{Party: rep.ID, Successor: "Sofie Krogh"})
	require.Equal(t, []string{"party_left"}, l.tasks())
	l.post("2026-11-24 12:00 c_changed consultant")

	l.SettleAt(l.id, at(2026, 11, 25, 12, 0))
	l.do(storetest.Secretary, replacement(rep.ID))
	require.Empty(t, l.tasks())
	l.post("2026-11-25 12:00 c_changed consultant", "2026-11-25 12:00 consultant_assigned rep",
		"2026-11-25 12:00 contact_new rep") // who left has had the last mail
	l.status(forloeb.Planning)
	l.SettleAt(l.id, at(2026, 11, 26, 12, 0))
	l.answer(forloeb.Rep, forloeb.Yes)
	l.post("2026-11-26 12:00 answer_yes rep")
	l.status(forloeb.Planning)
}

// Both parties leave in the same second: the consultant is told of each.
func TestBothPartiesLeaveAtOnce(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Consultant("Karen Lund", 3)
	l.to(2026, 11, 24, 12, 0).agree()
	l.Post(l.id)
	leader, rep := l.Party(l.id, forloeb.Leader), l.Party(l.id, forloeb.Rep)
	l.Do(l.id, storetest.By(rep), forloeb.LeaveParty{Party: rep.ID})
	l.Do(l.id, storetest.By(leader), forloeb.LeaveParty{Party: leader.ID})
	l.Get(new(int), `with same as (update parties set left_at = (select date_trunc('second', max(left_at)) + interval '1 s' from parties where forloeb_id = $1)
		where forloeb_id = $1 returning 1) select count(*) from same`, l.id)
	l.Settle(l.id)
	l.Settle(l.id)
	l.post("2026-11-24 12:00 c_changed consultant", "2026-11-24 12:00 c_changed consultant")
	require.Equal(t, 2, l.Count(`select count(distinct ref) from mails where forloeb_id = $1 and kind = 'c_changed'`, l.id))
}

func TestAReplacementWhoSaysNoIsATask(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Consultant("Karen Lund", 3)
	l.to(2026, 11, 24, 12, 0).agree()
	l.do(storetest.Secretary, replacement(l.Party(l.id, forloeb.Rep).ID))
	l.answer(forloeb.Rep, forloeb.No)
	l.status(forloeb.Planning)
	require.Equal(t, []string{"party_left"}, l.tasks())
}

func TestNoFirstMeeting(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Consultant("Karen Lund", 3)
	l.to(2026, 11, 24, 12, 0).agree()
	l.Post(l.id)
	l.to(2026, 12, 8, 11, 59)
	l.post("2026-12-01 12:00 c_first_missing consultant")
	require.Empty(t, l.tasks())
	l.to(2026, 12, 8, 12, 1)
	require.Equal(t, []string{"first_meeting"}, l.tasks())
	l.to(2027, 5, 25, 12, 0)
	require.Equal(t, []string{"first_meeting", "start"}, l.tasks(), "not started in six months")
	l.book(2027, 6, 1)
	require.Equal(t, []string{"start"}, l.tasks())
}

// Complaint K29.
func TestDigestIsOneMailADay(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	e.Consultant("Karen Lund", 5)
	var ids []uuid.UUID
	for hour := range 3 { // assigned at nine, ten and eleven
		id := e.ApplyAt(at(2026, 11, 23, 9+hour, 0))
		e.Settle(id)
		e.Agree(id)
		e.Settle(id)
		ids = append(ids, id)
	}
	for i, id := range ids { // the last one first
		e.RunTo(ids[2-i], at(2026, 12, 1, 12, 0))
		_ = id
	}
	var letters []storetest.Sent
	for _, id := range ids {
		for _, s := range e.Sent(id) {
			if s.Kind == forloeb.MailFirstMissing {
				letters = append(letters, s)
			}
		}
	}
	require.Len(t, letters, 1)
	require.Len(t, letters[0].Letter.Digest, 3, "what falls due later that day is in it")
	require.Equal(t, 2, e.Count(`select count(*) from mails where kind = 'c_first_missing' and state = 'sent' and code = 'collected'`))
}
