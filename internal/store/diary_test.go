package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// another is a forløb with a consultant in the same database, in Vejle.
func (l *life) another() *life {
	l.t.Helper()
	o := &life{Env: l.Env, t: l.t}
	o.id = l.ApplyAt(at(2026, 11, 23, 10, 0), func(s *forloeb.Submission) { s.Municipality, s.Workplace = "630", "Børnehuset Nord" })
	o.to(2026, 11, 24, 12, 0).agree()
	require.Equal(l.t, l.Read(l.id).Consultant().ID, o.Read(o.id).Consultant().ID)
	return o
}

func (l *life) diary(from, to time.Time) forloeb.Diary {
	l.t.Helper()
	d, err := l.API.Diary(l.t.Context(), l.Read(l.id).Consultant().ID, from, to)
	require.NoError(l.t, err)
	return d
}

func TestDiary(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	o := l.another()
	karen := l.Read(l.id).Consultant().ID
	first := l.book(2026, 12, 8)
	l.to(2026, 12, 8, 17, 0).held(first)
	second := l.book(2027, 1, 28)
	cancelled := l.book(2027, 1, 20)
	l.do(storetest.Secretary, forloeb.CancelMeeting{Meeting: cancelled})
	elsewhere := o.book(2027, 1, 14)
	l.Exec(`insert into leaves (consultant_id, days) values ($1, '[2027-02-08,2027-02-12]'), ($1, '[2027-07-01,2027-07-31]')`, karen)

	d := l.diary(at(2026, 12, 1, 0, 0), at(2027, 6, 30, 0, 0))
	require.Len(t, d.Busy, 3)
	for i, want := range []forloeb.Busy{
		{Forloeb: l.id, Reference: l.Read(l.id).Reference, Meeting: first, Number: 1, Municipality: "751", From: at(2026, 12, 8, 13, 0)},
		{Forloeb: o.id, Reference: l.Read(o.id).Reference, Meeting: elsewhere, Number: 1, Municipality: "630", From: at(2027, 1, 14, 13, 0)},
		{Forloeb: l.id, Reference: l.Read(l.id).Reference, Meeting: second, Number: 2, Municipality: "751", From: at(2027, 1, 28, 13, 0)},
	} {
		got := d.Busy[i]
		require.True(t, want.From.Equal(got.From))
		require.True(t, want.From.Add(3*time.Hour).Equal(got.To))
		got.From, got.To, want.From = time.Time{}, time.Time{}, time.Time{}
		require.Equal(t, want, got)
	}
	require.Equal(t, []forloeb.Leave{{From: at(2027, 2, 8, 0, 0), To: at(2027, 2, 12, 0, 0)}}, d.Leaves)

	part := l.diary(at(2027, 1, 14, 16, 0), at(2027, 2, 8, 0, 0))
	require.Len(t, part.Busy, 1, "not what ends as it begins")
	require.Equal(t, second, part.Busy[0].Meeting)
	require.Len(t, part.Leaves, 1, "the last day counts")
	require.Empty(t, l.diary(at(2027, 1, 1, 0, 0), at(2027, 1, 14, 13, 0)).Busy, "nor what begins as it ends")

	bo := l.Consultant("Bo Skov", 3)
	o.do(storetest.Secretary, forloeb.Assign{Consultant: bo, Reason: "Karen har for meget."})
	require.Len(t, l.diary(at(2026, 12, 1, 0, 0), at(2027, 6, 30, 0, 0)).Busy, 2, "somebody else's now")
	require.Equal(t, elsewhere, o.diary(at(2026, 12, 1, 0, 0), at(2027, 6, 30, 0, 0)).Busy[0].Meeting)
	nobody, err := l.API.Diary(t.Context(), uuid.New(), at(2026, 12, 1, 0, 0), at(2027, 6, 30, 0, 0))
	require.NoError(t, err)
	require.Equal(t, forloeb.Diary{}, nobody)
}

// What Propose finds in the diary of one forløb keeps clear of the other's.
func TestProposeFromTheDiary(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	now, f := l.Now(l.id), l.Read(l.id)
	free := f.Propose(l.diary(now, now.AddDate(1, 0, 0)), now, forloeb.Wish{})
	require.Len(t, free, 4)

	o := l.another()
	o.Book(o.id, free[1].StartsAt)
	slots := f.Propose(l.diary(now, now.AddDate(1, 0, 0)), now, forloeb.Wish{})
	require.Len(t, slots, 4)
	require.Equal(t, free[0], slots[0])
	require.True(t, free[1].StartsAt.AddDate(0, 0, 7).Equal(slots[1].StartsAt), "a week later, the same day")

	var deeds []forloeb.Deed
	for _, s := range slots {
		deeds = append(deeds, forloeb.BookMeeting{Meeting: uuid.New(), StartsAt: s.StartsAt, EndsAt: s.EndsAt, Place: s.Place})
	}
	_, err := l.API.RecordAll(t.Context(), l.id, storetest.Secretary, deeds)
	require.NoError(t, err)
	l.Settle(l.id)
	require.Zero(t, l.Read(l.id).MissingMeetings())
}

func (l *life) own(since time.Time) []forloeb.OwnMeeting {
	l.t.Helper()
	list, err := l.API.OwnMeetings(l.t.Context(), l.Read(l.id).Consultant().ID, since)
	require.NoError(l.t, err)
	return list
}

func TestOwnMeetings(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	o := l.another()
	first, second := l.book(2026, 12, 8), l.book(2027, 1, 12)
	elsewhere := o.book(2026, 12, 10)
	long := time.Now().AddDate(-1, 0, 0)
	l.to(2026, 12, 9, 9, 0)
	o.to(2026, 12, 9, 9, 0)

	list := l.own(long)
	require.Len(t, list, 3)
	got := list[0]
	require.Equal(t, []uuid.UUID{first, elsewhere, second}, []uuid.UUID{got.Meeting, list[1].Meeting, list[2].Meeting})
	require.True(t, got.Unregistered(), "over since yesterday")
	require.False(t, list[1].Unregistered())
	require.Equal(t, 1, list[1].Number)
	require.Equal(t, 2, list[2].Number)
	require.Equal(t, l.id, got.Forloeb)
	require.Equal(t, l.Read(l.id).Reference, got.Reference)
	require.Equal(t, forloeb.InProgress, got.Status)
	require.Equal(t, "Tranemoseskolen", got.Workplace)
	require.Equal(t, "751", got.Municipality)
	require.Equal(t, "Lærerværelset", got.Place)
	require.Equal(t, forloeb.Booked, got.State)
	require.True(t, at(2026, 12, 8, 13, 0).Equal(got.StartsAt))
	require.True(t, at(2026, 12, 8, 16, 0).Equal(got.EndsAt))
	require.WithinDuration(t, at(2026, 12, 9, 9, 0), got.Now, time.Minute, "on the forløb's clock")
	require.Equal(t, []forloeb.Attendee{
		{Side: forloeb.Leader, Role: forloeb.RoleLeader, Name: "Mette Holm", Phone: "70 00 00 01"},
		{Side: forloeb.Rep, Role: forloeb.RoleTR, Name: "Amir Dahl"},
	}, got.Attendees)

	// Registered ones are shown from an instant on, told on the forløb's clock.
	l.held(first)
	o.do(storetest.Secretary, forloeb.CancelMeeting{Meeting: elsewhere})
	list = l.own(time.Now().AddDate(0, 0, -2))
	require.Len(t, list, 2)
	require.Equal(t, forloeb.Held, list[0].State)
	require.False(t, list[0].Unregistered())
	require.Equal(t, 1, list[0].Number)
	l.do(storetest.Secretary, forloeb.RegisterMeeting{Meeting: first})
	require.Equal(t, forloeb.NoShow, l.own(time.Now().AddDate(0, 0, -2))[0].State)
	list = l.own(time.Now())
	require.Len(t, list, 1)
	require.Equal(t, 1, list[0].Number, "one not held does not count")

	rep := l.Party(l.id, forloeb.Rep)
	l.do(storetest.Secretary, forloeb.LeaveParty{Party: rep.ID})
	require.Len(t, l.own(time.Now())[0].Attendees, 1, "nobody calls one who has left")
	l.do(storetest.Secretary, forloeb.Stop{Reason: "De har travlt."})
	require.Empty(t, l.own(long))
}
