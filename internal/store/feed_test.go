package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func TestTheFeedOfAConsultant(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	karen := e.Consultant("Karen", 5)
	id := e.Apply()
	e.Settle(id)
	e.Agree(id)
	e.Settle(id)
	now := e.Now(id)
	first := e.Book(id, forloeb.OnWorkingDayAt(now.AddDate(0, 0, 2), 12))
	e.Book(id, forloeb.OnWorkingDayAt(now.AddDate(0, 0, 7), 12))
	e.Settle(id)
	feed := func() []forloeb.FeedMeeting {
		t.Helper()
		list, err := e.API.Feed(t.Context(), karen)
		require.NoError(t, err)
		return list
	}
	require.Len(t, feed(), 2)
	m := e.Read(id).Meeting(first)
	require.Equal(t, m.ICSUID, feed()[0].UID)
	require.Equal(t, e.Read(id).Reference, feed()[0].Reference)

	e.Do(id, storetest.Secretary, forloeb.CancelMeeting{Meeting: first})
	require.Equal(t, forloeb.Cancelled, feed()[0].State)
	require.Equal(t, m.Sequence+1, feed()[0].Sequence)
	e.Exec(`update meetings set state_at = state_at - interval '31 days' where id = $1`, first)
	require.Len(t, feed(), 1, "a cancelled one goes after a while")
	e.Exec(`update meetings set starts_at = starts_at - interval '40 days', ends_at = ends_at - interval '40 days' where state = 'booked'`)
	require.Empty(t, feed(), "what is long over goes too")
	e.Exec(`update meetings set starts_at = starts_at + interval '40 days', ends_at = ends_at + interval '40 days' where state = 'booked'`)

	e.Do(id, storetest.Secretary, forloeb.Assign{Consultant: e.Consultant("Bo", 5), Reason: "Ferie."})
	require.Empty(t, feed(), "the forløb is another's")
}

func TestACalendarLinkIsMadeAndMadeVoid(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	karen := e.Consultant("Karen", 5)
	link := func() forloeb.CalendarLink {
		t.Helper()
		l, err := e.API.CalendarLink(t.Context(), karen)
		require.NoError(t, err)
		return l
	}
	require.Equal(t, forloeb.CalendarLink{Version: 1}, link())
	require.NoError(t, e.API.DropCalendarLink(t.Context(), karen, 1))
	require.Equal(t, forloeb.CalendarLink{Version: 1}, link(), "nothing to drop")
	require.NoError(t, e.API.MakeCalendarLink(t.Context(), karen, 1))
	require.Equal(t, 1, link().Version, "the first one makes nothing void")
	require.False(t, link().Since.IsZero())
	require.NoError(t, e.API.MakeCalendarLink(t.Context(), karen, 1))
	require.Equal(t, 2, link().Version)
	require.NoError(t, e.API.MakeCalendarLink(t.Context(), karen, 1))
	require.Equal(t, 2, link().Version, "seen before it was made anew")
	require.NoError(t, e.API.DropCalendarLink(t.Context(), karen, 2))
	require.Equal(t, forloeb.CalendarLink{Version: 3}, link())

	_, err := e.API.CalendarLink(t.Context(), uuid.New())
	require.Error(t, err)
}
