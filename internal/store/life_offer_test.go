package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func consultantOf(l *life) forloeb.Actor {
	return forloeb.Actor{Kind: forloeb.ActorConsultant, ID: l.Read(l.id).Chosen().ID.String()}
}

// offered lives until Tuesday 24 November 2026 at 12, when Karen is asked.
func offered(t *testing.T) (l *life, karen uuid.UUID) {
	l = begin(t)
	l.Hesitate = true
	karen = l.Consultant("Karen Lund", 5)
	l.to(2026, 11, 24, 12, 0).agree()
	l.status(forloeb.AwaitingConsultant)
	require.Equal(t, karen, l.Read(l.id).Offer().Consultant.ID)
	require.Nil(t, l.Read(l.id).Consultant())
	posted := l.Post(l.id)
	require.Equal(t, "2026-11-24 12:00 c_assigned consultant", posted[len(posted)-1], "and the parties hear of nobody")
	return l, karen
}

func TestAnAcceptedOffer(t *testing.T) {
	t.Parallel()
	l, _ := offered(t)
	l.to(2026, 11, 25, 9, 0)
	l.post()
	l.do(consultantOf(l), forloeb.Accept{})
	l.status(forloeb.Planning)
	l.post("2026-11-25 09:00 consultant_assigned leader", "2026-11-25 09:00 consultant_assigned rep")
	require.Equal(t, forloeb.RefuseAlreadyAccepted, l.Refused(l.id, consultantOf(l), forloeb.Accept{}).Code)
	require.WithinDuration(t, at(2026, 12, 2, 9, 0), l.Read(l.id).ContactBy(), time.Minute, "five working days from the yes")
}

func TestAnOfferWithoutAWord(t *testing.T) {
	t.Parallel()
	l, karen := offered(t)
	l.to(2026, 11, 26, 11, 59)
	l.status(forloeb.AwaitingConsultant)
	l.post()
	l.to(2026, 11, 26, 12, 1)
	l.status(forloeb.Planning)
	l.post("2026-11-26 12:00 consultant_assigned leader", "2026-11-26 12:00 consultant_assigned rep")
	f := l.Read(l.id)
	require.Equal(t, karen, f.Consultant().ID)
	require.Equal(t, string(forloeb.OfferEnds), f.Events[len(f.Events)-1].Cause)
	require.WithinDuration(t, at(2026, 11, 26, 12, 0), f.Assignment().AcceptedAt, time.Minute)
}

func TestADeclinedOfferGoesToTheNext(t *testing.T) {
	t.Parallel()
	l, karen := offered(t)
	bo := l.Consultant("Bo Skov", 1)
	l.do(consultantOf(l), forloeb.Decline{Reason: forloeb.DeclineNoRoom})
	l.status(forloeb.AwaitingConsultant)
	require.Equal(t, bo, l.Read(l.id).Offer().Consultant.ID)
	require.Equal(t, forloeb.RefuseNotFound, l.Refused(l.id, forloeb.Actor{Kind: forloeb.ActorConsultant, ID: karen.String()}, forloeb.Accept{}).Code)
	l.post("2026-11-24 12:00 c_assigned consultant")
	require.Empty(t, l.tasks())
	l.do(consultantOf(l), forloeb.Accept{})
	l.post("2026-11-24 12:00 consultant_assigned leader", "2026-11-24 12:00 consultant_assigned rep")

	declined := l.Read(l.id).Assignments[0]
	require.Equal(t, forloeb.DeclineNoRoom, declined.Declined)
	require.False(t, declined.Taken())
	require.Equal(t, 1, l.Count(`select count(*) from conflicts where consultant_id = $1 and not interest`, karen))
}

// The words of a no stand apart, where they can be deleted; a conflict of
// interest is remembered as one.
func TestADeclineForConflictOfInterest(t *testing.T) {
	t.Parallel()
	l, karen := offered(t)
	l.do(consultantOf(l), forloeb.Decline{Reason: forloeb.DeclineConflict, Words: "Lederen er min søster."})
	l.status(forloeb.AwaitingConsultant)
	require.Equal(t, []string{"no_consultant"}, l.tasks(), "there was nobody else")
	require.Nil(t, l.Read(l.id).Assignment())
	require.Equal(t, 1, l.Count(`select count(*) from conflicts where consultant_id = $1 and interest`, karen))
	require.Equal(t, 1, l.Count(`select count(*) from remarks where forloeb_id = $1 and kind = 'decline' and text = 'Lederen er min søster.'`, l.id))
	l.post()
	no := l.Refused(l.id, storetest.Secretary, forloeb.Assign{Consultant: karen, Reason: "Hun er den eneste."})
	require.Equal(t, forloeb.RefuseConflictOfInterest, no.Code, "no reason overrules it")
}

func TestADeclineOfAPersonsChoice(t *testing.T) {
	t.Parallel()
	l, _ := offered(t)
	bo, ida := l.Consultant("Bo Skov", 1), l.Consultant("Ida Juul", 1)
	l.do(storetest.Secretary, forloeb.Assign{Consultant: bo, Reason: "Bo kender området."})
	l.status(forloeb.AwaitingConsultant)
	l.post("2026-11-24 12:00 c_assigned consultant", "2026-11-24 12:00 c_unassigned consultant")
	l.do(consultantOf(l), forloeb.Decline{Reason: forloeb.DeclineLeave})
	l.status(forloeb.AwaitingConsultant)
	require.Equal(t, []string{"no_consultant"}, l.tasks())
	require.Nil(t, l.Read(l.id).Assignment(), "nobody is asked unless a person says so")
	l.do(storetest.Secretary, forloeb.Assign{Consultant: ida, Reason: "Bo kunne ikke."})
	require.Empty(t, l.tasks())
	l.do(consultantOf(l), forloeb.Decline{Reason: forloeb.DeclineNoRoom})
	require.Equal(t, []string{"no_consultant"}, l.tasks(), "another no asks again")
}

func TestBookingAcceptsTheOffer(t *testing.T) {
	t.Parallel()
	l, karen := offered(t)
	by := consultantOf(l)
	l.Do(l.id, by, forloeb.BookMeeting{Meeting: uuid.New(), StartsAt: at(2026, 12, 8, 13, 0), EndsAt: at(2026, 12, 8, 16, 0)})
	l.Do(l.id, by, forloeb.BookMeeting{Meeting: uuid.New(), StartsAt: at(2027, 1, 12, 13, 0), EndsAt: at(2027, 1, 12, 16, 0)})
	l.Settle(l.id)
	l.status(forloeb.InProgress)
	require.Equal(t, karen, l.Read(l.id).Consultant().ID)
	l.post("2026-11-24 12:00 consultant_assigned leader", "2026-11-24 12:00 consultant_assigned rep",
		"2026-11-24 12:00 meeting_invitation consultant", "2026-11-24 12:00 meeting_invitation consultant",
		"2026-11-24 12:00 meeting_invitation leader", "2026-11-24 12:00 meeting_invitation leader",
		"2026-11-24 12:00 meeting_invitation rep", "2026-11-24 12:00 meeting_invitation rep")
}

// Meetings under way need somebody: whoever takes over is not asked.
func TestWhoTakesOverHasItAtOnce(t *testing.T) {
	t.Parallel()
	l, _ := offered(t)
	l.do(consultantOf(l), forloeb.Accept{})
	bo := l.Consultant("Bo Skov", 1)
	l.do(storetest.Secretary, forloeb.Assign{Consultant: bo, Reason: "Karen er syg."})
	l.status(forloeb.Planning)
	require.Equal(t, bo, l.Read(l.id).Consultant().ID)
}

func TestAnEditTakesTheOfferBack(t *testing.T) {
	t.Parallel()
	l, _ := offered(t)
	edited := l.Read(l.id).Submission()
	edited.Situation, edited.Declared = "En ny beskrivelse.", true
	l.do(storetest.Secretary, forloeb.ChangeApplication{Submission: edited.Clean()})
	l.status(forloeb.AwaitingConsent)
	require.Nil(t, l.Read(l.id).Assignment())
	require.Contains(t, l.Post(l.id), "2026-11-24 12:00 c_unassigned consultant")
	l.agree()
	require.NotNil(t, l.Read(l.id).Offer(), "and may be asked again")
}

// A forløb that closes under an offer and opens again asks anew.
func TestAnOfferOutlivesAStop(t *testing.T) {
	t.Parallel()
	l, karen := offered(t)
	l.do(storetest.Secretary, forloeb.Stop{Reason: "En fejl."})
	l.status(forloeb.Stopped)
	require.Contains(t, l.Post(l.id), "2026-11-24 12:00 c_changed consultant")
	l.SettleAt(l.id, at(2026, 12, 7, 12, 0))
	l.do(storetest.Secretary, forloeb.Reopen{Reason: "Det var en fejl."})
	l.status(forloeb.AwaitingConsultant)
	require.Equal(t, karen, l.Read(l.id).Offer().Consultant.ID)
	require.WithinDuration(t, at(2026, 12, 9, 12, 0), l.Read(l.id).OfferEnds(), time.Minute)
}

// A forløb whose policy is from before anybody was asked goes on as it did.
//
// Complaint K8.
func TestAnOldPolicyAsksNobody(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Hesitate = true
	l.Policy(l.id, func(p *forloeb.Policy) { p.OfferDays = 0 })
	l.Consultant("Karen Lund", 5)
	l.to(2026, 11, 24, 12, 0).agree()
	l.status(forloeb.Planning)
	require.Contains(t, l.Post(l.id), "2026-11-24 12:00 consultant_assigned rep")
}
