package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// guest is written on by the leader.
func (l *life) guest(name, email string) uuid.UUID {
	l.t.Helper()
	f := l.Read(l.id)
	d := forloeb.AddGuest{Workplace: f.Lead().ID, Guest: uuid.New(), Party: f.Applicants()[0].ID, Name: name, Email: email}
	l.do(l.leader(), d)
	return d.Guest
}

func (l *life) leader() forloeb.Actor {
	return forloeb.Actor{Kind: forloeb.ActorParty, ID: l.Read(l.id).Applicants()[0].ID.String()}
}

// invited has a consultant and a meeting on 21 January.
func invited(t *testing.T) (*life, uuid.UUID) {
	l := begin(t)
	l.Consultant("Karen Lund", 5)
	l.to(2026, 11, 24, 12, 0).agree()
	m := l.book(2027, 1, 21)
	l.Post(l.id)
	return l, m
}

// A guest hears first that they were written on, then of the meeting; and of a
// move, before it, and when it is cancelled. Of nothing else, to the end.
func TestAGuestThroughAForloeb(t *testing.T) {
	t.Parallel()
	l, m := invited(t)
	l.guest("Ida", "Ida@Example.dk")
	l.post("2026-11-24 12:00 guest_added guest Ida", "2026-11-24 12:00 meeting_invitation guest Ida")
	require.Equal(t, 1, l.Count(`select count(*) from guest_contacts where name = 'Ida' and email = 'ida@example.dk'`))
	require.Equal(t, 1, l.Count(`select count(*) from guests g join parties p on p.id = g.added_by where p.side = 'leader'`))

	l.move(m, at(2027, 1, 28, 13, 0), "Rådhuset")
	l.post("2026-11-24 12:00 meeting_moved consultant", "2026-11-24 12:00 meeting_moved guest Ida", "2026-11-24 12:00 meeting_moved leader", "2026-11-24 12:00 meeting_moved rep")
	l.to(2027, 1, 28, 18, 0)
	l.post("2027-01-26 13:00 meeting_reminder guest Ida", "2027-01-26 13:00 meeting_reminder leader", "2027-01-26 13:00 meeting_reminder rep")
	l.held(m)
	l.do(storetest.Secretary, forloeb.FinishMeetings{Reason: "Nået."})
	l.to(2027, 8, 1, 0, 0)
	for _, line := range l.Post(l.id) {
		require.NotContains(t, line, "guest")
	}
}

// Taken off, what stands is taken out of their calendar; the same person is
// written on anew, unless it was they who said no.
func TestAGuestIsTakenOff(t *testing.T) {
	t.Parallel()
	l, _ := invited(t)
	ida := l.guest("Ida", "ida@example.dk")
	l.Post(l.id)
	l.do(l.leader(), forloeb.RemoveGuest{Guest: ida, Party: l.Read(l.id).Applicants()[0].ID})
	l.post("2026-11-24 12:00 meeting_cancelled guest Ida")
	again := l.guest("Ida", "ida@example.dk")
	l.post("2026-11-24 12:00 guest_added guest Ida", "2026-11-24 12:00 meeting_invitation guest Ida")
	l.do(forloeb.Actor{Kind: forloeb.ActorGuest, ID: again.String()}, forloeb.RemoveGuest{Guest: again, Self: true})
	l.post("2026-11-24 12:00 meeting_cancelled guest Ida")
	f := l.Read(l.id)
	l.refused(forloeb.RefuseGuestDeclined, l.leader(), forloeb.AddGuest{
		Workplace: f.Lead().ID, Guest: uuid.New(), Party: f.Applicants()[0].ID, Name: "Ida", Email: "ida@example.dk"})
	require.Equal(t, 2, l.Count(`select count(*) from guests where removed_at is not null`))
}

// A forløb that is stopped takes its meetings out of guests' calendars, and tells
// them no more.
func TestAGuestOfAForloebThatStops(t *testing.T) {
	t.Parallel()
	l, _ := invited(t)
	l.guest("Ida", "ida@example.dk")
	l.Post(l.id)
	l.do(storetest.Secretary, forloeb.Stop{Reason: "Aftalt."})
	l.post("2026-11-24 12:00 c_changed consultant", "2026-11-24 12:00 meeting_cancelled consultant", "2026-11-24 12:00 meeting_cancelled guest Ida",
		"2026-11-24 12:00 meeting_cancelled leader", "2026-11-24 12:00 meeting_cancelled rep", "2026-11-24 12:00 stopped leader", "2026-11-24 12:00 stopped rep")
}

// The form mails strangers: being written on counts with unanswered requests, and
// nothing goes to whoever has not been told.
func TestTooManyMailsToAGuestAreHeld(t *testing.T) {
	t.Parallel()
	l, _ := invited(t)
	const victim = "offer@example.dk"
	asked := &life{Env: l.Env, t: t, id: l.ApplyAt(at(2026, 11, 23, 10, 0), func(s *forloeb.Submission) { s.Rep.Email = victim })}
	asked.Settle(asked.id)
	for range 2 {
		other := l.another()
		f := other.Read(other.id)
		other.do(other.leader(), forloeb.AddGuest{Workplace: f.Lead().ID, Guest: uuid.New(), Party: f.Applicants()[0].ID, Name: "Ida", Email: victim})
		require.Empty(t, other.heldMails())
	}
	ida := l.guest("Ida", victim)
	l.post()
	require.Contains(t, l.tasks(), "mail_held")
	held := l.heldMails()
	require.Len(t, held, 1)
	l.do(storetest.Secretary, forloeb.SettleMail{Mail: held[0], Action: forloeb.ReleaseMail})
	l.post("2026-11-24 12:00 guest_added guest Ida", "2026-11-24 12:00 meeting_invitation guest Ida")
	require.NotNil(t, l.Read(l.id).Guest(ida))
}

// heldMails are the mails that wait for a person.
func (l *life) heldMails() (ids []int64) {
	l.t.Helper()
	for _, m := range l.Read(l.id).Mails {
		if m.Held {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// Whoever opens a guest's link sees their forløb, through the wall, and no other.
func TestAGuestSeesTheirForloeb(t *testing.T) {
	t.Parallel()
	l, _ := invited(t)
	ida := l.guest("Ida", "ida@example.dk")
	other := l.another()
	as := forloeb.As(t.Context(), forloeb.GuestViewer(ida))
	f, err := l.Front.ByGuest(as, ida)
	require.NoError(t, err)
	require.Equal(t, l.id, f.ID)
	_, err = l.Front.Forloeb(as, other.id)
	require.Error(t, err)
	stranger := forloeb.As(t.Context(), forloeb.GuestViewer(uuid.New()))
	_, err = l.Front.ByGuest(stranger, ida)
	require.Error(t, err)
}

// What is kept about a guest is told to whoever asks for it; what the parties
// wrote is not about them.
func TestInsightOfAGuest(t *testing.T) {
	t.Parallel()
	l, _ := invited(t)
	l.guest("Ida Berg", "ida@example.dk")
	in, err := l.API.Insight(t.Context(), "IDA@example.dk")
	require.NoError(t, err)
	require.Len(t, in.Forloeb, 1)
	c := in.Forloeb[0]
	require.True(t, c.Guest)
	require.Equal(t, "Ida Berg", c.Name)
	require.Empty(t, c.Texts)
	require.Empty(t, c.Answers)
	require.Len(t, c.Meetings, 1)
	require.Len(t, c.Mails, 2)
	require.Nil(t, c.LeftAt)
}

// A change of consultant moves what is to come: the new one is invited, the old one
// has it taken out of the calendar with a SEQUENCE above what they had, the parties
// hear once that the meetings stand, and guests hear nothing.
func TestAChangeOfConsultantMovesWhatIsToCome(t *testing.T) {
	t.Parallel()
	l, m := invited(t)
	l.guest("Ida", "ida@example.dk")
	l.Post(l.id)
	karen, bo := l.Read(l.id).Consultant().ID, l.Consultant("Bo Skov", 5)
	l.do(storetest.Secretary, forloeb.Assign{Consultant: bo, Reason: "Karen er syg.", Handover: "De er nået til handleplanen."})
	l.post("2026-11-24 12:00 c_assigned consultant", "2026-11-24 12:00 c_unassigned consultant",
		"2026-11-24 12:00 consultant_changed leader", "2026-11-24 12:00 consultant_changed rep",
		"2026-11-24 12:00 meeting_cancelled consultant", "2026-11-24 12:00 meeting_invitation consultant")
	f := l.Read(l.id)
	to := map[forloeb.MailKind]uuid.UUID{}
	for _, mail := range f.Mails[len(f.Mails)-6:] {
		to[mail.Kind] = mail.Recipient
	}
	require.Equal(t, karen, to[forloeb.MailMeetingCancelled])
	require.Equal(t, bo, to[forloeb.MailMeetingInvitation])
	meeting := f.Meeting(m)
	had := meeting.EntrySequence(f.CalendarOrdinal(karen, meeting), false)
	gone := meeting.EntrySequence(f.CalendarOrdinal(karen, meeting), true)
	require.Greater(t, gone, had)

	for consultant, load := range map[uuid.UUID]int{karen: 0, bo: 1} {
		require.Equal(t, load, l.Count(`select count(*) from assignments where consultant_id = $1 and until is null`, consultant))
	}
	diary, err := l.API.Diary(t.Context(), bo, at(2027, 1, 1, 0, 0), at(2027, 2, 1, 0, 0))
	require.NoError(t, err)
	require.Len(t, diary.Busy, 1)
	require.Equal(t, 1, l.Count(`select count(*) from remarks where kind = 'handover' and text = 'De er nået til handleplanen.'`))

	l.do(storetest.Secretary, forloeb.Assign{Consultant: karen, Reason: "Karen er rask."})
	f = l.Read(l.id)
	back := f.Meeting(m).EntrySequence(f.CalendarOrdinal(karen, f.Meeting(m)), false)
	require.Greater(t, back, gone, "who comes back is invited above what took the meeting away")
}
