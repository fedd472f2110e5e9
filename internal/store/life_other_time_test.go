package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// cannotCome is a party's wish for another time for a meeting as it stands.
func (l *life) cannotCome(side forloeb.Side, meeting uuid.UUID, text string) (forloeb.Actor, forloeb.AskOtherTime) {
	l.t.Helper()
	p := l.Party(l.id, side)
	return storetest.By(p), forloeb.AskOtherTime{Party: p.ID, Meeting: meeting, StartsAt: l.Read(l.id).Meeting(meeting).StartsAt, Text: text}
}

func (l *life) move(meeting uuid.UUID, start time.Time, place string) {
	l.t.Helper()
	l.do(storetest.Secretary, forloeb.MoveMeeting{Meeting: meeting, StartsAt: start, EndsAt: start.Add(3 * time.Hour), Place: place})
}

func TestAnotherTimeIsAskedFor(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	m := l.book(2026, 12, 8)
	l.Post(l.id)
	by, d := l.cannotCome(forloeb.Rep, m, " Hellere fredag.\r\n")
	got := l.fact(by, d).Meeting(m).OtherTimes
	require.Len(t, got, 1)
	require.Equal(t, "Hellere fredag.", got[0].Text)
	require.Equal(t, d.Party, got[0].Party)
	require.WithinDuration(t, l.Now(l.id), got[0].At, time.Minute)
	l.refused(forloeb.RefuseAlreadyAsked, by, d)
	l.Settle(l.id)
	l.post("2026-11-24 12:00 c_cannot_come consultant")
	l.status(forloeb.InProgress)
	require.Equal(t, forloeb.WaitMeetNext, l.Read(l.id).Written.Waiting, "the meeting stands")

	leader, other := l.cannotCome(forloeb.Leader, m, "")
	l.do(leader, other)
	l.post("2026-11-24 12:00 c_cannot_come consultant")
	require.Len(t, l.Read(l.id).OtherTimesAsked(l.Read(l.id).Meeting(m), l.Now(l.id)), 2)
	require.Equal(t, 1, l.Count(`select count(*) from remarks where kind = 'other_time'`), "nothing was written")
	remarks, err := l.API.Remarks(t.Context(), l.id)
	require.NoError(t, err)
	require.Len(t, remarks, 1)
	require.Equal(t, "other_time", remarks[0].Kind)
	require.Equal(t, d.Party, *remarks[0].Party)
	require.Equal(t, "Hellere fredag.", remarks[0].Text)

	l.Exec(`delete from remarks`) // as anonymising does
	require.Empty(t, l.Read(l.id).Meeting(m).OtherTimes[0].Text)
}

// The consultant's answer is another start. Another place is none.
func TestAMoveAnswersWhoeverAsked(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	m := l.book(2026, 12, 8)
	asked := func() int {
		f := l.Read(l.id)
		return len(f.OtherTimesAsked(f.Meeting(m), l.Now(l.id)))
	}
	by, first := l.cannotCome(forloeb.Rep, m, "Hellere fredag.")
	l.do(by, first)
	l.Post(l.id)
	l.move(m, at(2026, 12, 8, 13, 0), "Biblioteket")
	l.post(l.everybody("2026-11-24 12:00", "meeting_moved")...)
	require.Equal(t, 1, asked(), "another place is no other time")
	l.refused(forloeb.RefuseAlreadyAsked, by, first)

	l.move(m, at(2026, 12, 11, 9, 0), "")
	l.post(l.everybody("2026-11-24 12:00", "meeting_moved")...)
	require.Zero(t, asked())
	l.refused(forloeb.RefuseMeetingMoved, by, first) // the page was read before the move

	by, again := l.cannotCome(forloeb.Rep, m, "")
	l.do(by, again)
	l.post("2026-11-24 12:00 c_cannot_come consultant")
	l.move(m, at(2026, 12, 8, 13, 0), "") // back to the first time
	require.Zero(t, asked(), "the first wish stays met")
	l.do(l.cannotCome(forloeb.Rep, m, ""))
	require.Equal(t, 1, asked())
	l.Post(l.id)
	l.do(storetest.Secretary, forloeb.CancelMeeting{Meeting: m})
	l.refused(forloeb.RefuseMeetingNotBooked, by, again)
	require.Zero(t, asked())
}

// A wish that is met before the consultant has been written to is not told.
func TestAWishThatIsMetFirst(t *testing.T) {
	t.Parallel()
	for name, meets := range map[string]func(l *life, m uuid.UUID){
		"moved":     func(l *life, m uuid.UUID) { l.move(m, at(2026, 12, 9, 9, 0), "") },
		"cancelled": func(l *life, m uuid.UUID) { l.do(storetest.Secretary, forloeb.CancelMeeting{Meeting: m}) },
		"begun":     func(l *life, _ uuid.UUID) { l.SettleAt(l.id, at(2026, 12, 8, 13, 30)) },
		"stopped":   func(l *life, _ uuid.UUID) { l.do(storetest.Secretary, forloeb.Stop{Reason: "x"}) },
	} {
		t.Run(name, func(t *testing.T) {
			l := meeting(t)
			m := l.book(2026, 12, 8)
			l.Mailer(func(letter forloeb.Letter) forloeb.Outcome { // the consultant's mailbox is full
				if letter.Consultant != nil {
					return forloeb.Outcome{State: forloeb.MailPlanned, Code: "452"}
				}
				return forloeb.Outcome{State: forloeb.MailSent}
			})
			l.do(l.cannotCome(forloeb.Rep, m, ""))
			require.Equal(t, 1, l.Count(`select count(*) from mails where kind = 'c_cannot_come' and state = 'planned'`))
			l.Post(l.id)
			meets(l, m)
			l.Mailer(nil)
			l.Settle(l.id)
			require.Equal(t, 1, l.Count(`select count(*) from mails where kind = 'c_cannot_come' and state = 'cancelled'`))
			require.NotContains(t, l.Post(l.id), "c_cannot_come")
		})
	}
}

// Whoever takes the forløb over is told what the one before was.
func TestAWishGoesToTheNextConsultant(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	m := l.book(2026, 12, 8)
	l.do(l.cannotCome(forloeb.Rep, m, ""))
	l.Post(l.id)
	bo := l.Consultant("Bo Skov", 3)
	l.do(storetest.Secretary, forloeb.Assign{Consultant: bo, Reason: "Karen er syg."})
	require.Contains(t, l.Post(l.id), "2026-11-24 12:00 c_cannot_come consultant")
	require.Equal(t, 1, l.Count(`select count(*) from mails where kind = 'c_cannot_come' and recipient = $1 and state = 'sent'`, bo))
}

// The database keeps to one wish at a time from each, whoever writes.
func TestOneWishAtATime(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	m := l.book(2026, 12, 8)
	l.do(l.cannotCome(forloeb.Rep, m, ""))
	_, err := l.DB.Exec(`insert into other_times (meeting_id, version, party_id, at) select meeting_id, version + 1, party_id, at from other_times`)
	require.ErrorContains(t, err, "other_times_one_open")
	worker := l.Connect(store.RoleWorker)
	_, err = worker.Exec(`update other_times set answered_at = now()`)
	require.ErrorContains(t, err, "permission denied")
}
