package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// noted is a meeting about which its consultant has written.
type noted struct {
	*storetest.Env
	t           *testing.T
	id, meeting uuid.UUID
	karen, bo   uuid.UUID
}

func newNoted(t *testing.T) noted {
	t.Helper()
	e := storetest.New(t)
	n := noted{Env: e, t: t, karen: e.Consultant("Karen", 5)}
	n.id = e.Apply()
	e.Settle(n.id)
	e.Agree(n.id)
	e.Settle(n.id)
	n.bo = e.Consultant("Bo", 5)
	n.meeting = e.Book(n.id, forloeb.OnWorkingDayAt(e.Now(n.id).AddDate(0, 0, 2), 12))
	e.Settle(n.id)
	require.NoError(t, n.writes(n.karen, 0, "Stemningen var trykket."))
	return n
}

func (n noted) as(consultant uuid.UUID) context.Context {
	return forloeb.AskedBy(n.t.Context(), forloeb.Principal{ID: uuid.New(), Role: forloeb.RoleConsultant, Consultant: consultant})
}

func (n noted) writes(who uuid.UUID, seen int, text string) error {
	return n.Front.SaveMeetingNote(n.as(who), n.meeting, who, seen, text)
}

func (n noted) reads(who uuid.UUID) forloeb.MeetingNote {
	n.t.Helper()
	note, err := n.Front.MeetingNote(n.as(who), n.meeting, who)
	require.NoError(n.t, err)
	return note
}

func (n noted) left() int { return n.Count(`select count(*) from meeting_notes`) }

func (n noted) erases() int64 {
	n.t.Helper()
	erased, err := n.Worker.EraseMeetingNotes(n.t.Context())
	require.NoError(n.t, err)
	return erased
}

func TestNotesOfAMeetingAreTheirWritersAlone(t *testing.T) {
	t.Parallel()
	n := newNoted(t)
	before := n.Read(n.id)
	require.Equal(t, "Stemningen var trykket.", n.reads(n.karen).Text)
	require.Equal(t, 1, n.reads(n.karen).Version)
	require.ErrorIs(t, n.writes(n.karen, 0, "I et andet vindue."), forloeb.ErrMeetingNoteChanged)
	require.NoError(t, n.writes(n.karen, 1, "Bedre nu."))
	require.Equal(t, 2, n.reads(n.karen).Version)

	require.Zero(t, n.reads(n.bo))
	require.ErrorIs(t, n.writes(n.bo, 0, "Ikke min sag."), forloeb.ErrMeetingNoteChanged)
	for name, ctx := range map[string]context.Context{
		"house":           forloeb.As(t.Context(), forloeb.House),
		"the secretariat": forloeb.AskedBy(t.Context(), forloeb.Principal{ID: uuid.New(), Role: forloeb.RoleSecretariat}),
		"the head":        forloeb.AskedBy(t.Context(), forloeb.Principal{ID: uuid.New(), Role: forloeb.RoleHead}),
		"a party":         forloeb.As(t.Context(), forloeb.PartyViewer(before.Parties[0].ID)),
		"the meeting":     forloeb.As(t.Context(), forloeb.MeetingViewer(n.meeting)),
		"another":         n.as(n.bo),
		"nobody":          t.Context(),
	} {
		note, err := n.Front.MeetingNote(ctx, n.meeting, n.karen)
		require.NoError(t, err)
		require.Zero(t, note, name)
		require.Zero(t, bare(t, n.Front, ctx, "meeting_notes"), name)
	}
	require.Equal(t, before, n.Read(n.id), "no fact, no act, no news")
	_, err := n.Worker.MeetingNote(t.Context(), n.meeting, n.karen)
	require.ErrorContains(t, err, "permission denied", "the process deletes and does not read")
}

func TestWhoeverTakesOverReadsNoNotes(t *testing.T) {
	t.Parallel()
	n := newNoted(t)
	n.Do(n.id, storetest.Secretary, forloeb.Assign{Consultant: n.bo, Reason: "Ferie."})
	n.Settle(n.id)
	require.Zero(t, n.reads(n.bo))
	require.Zero(t, n.reads(n.karen), "nor does who had it, until it is theirs again")
	require.NoError(t, n.writes(n.bo, 0, "Mine egne."))
	require.Zero(t, n.erases())
	n.Exec(`update assignments set until = until - interval '31 days', at = at - interval '40 days' where until is not null`)
	require.EqualValues(t, 1, n.erases(), "a month later hers are gone")
	require.Equal(t, "Mine egne.", n.reads(n.bo).Text)
}

// Notes go three months after the end, to the day.
func TestNotesOfAMeetingAreErasedInTime(t *testing.T) {
	t.Parallel()
	n := newNoted(t)
	require.Zero(t, n.erases(), "while it is open")
	n.Do(n.id, storetest.Secretary, forloeb.Stop{Reason: "Det er nok."})
	n.Settle(n.id)
	require.Zero(t, n.erases())
	f := n.Read(n.id)
	require.Equal(t, forloeb.AddMonths(f.ClosedAt(), 3), f.MeetingNotesUntil())
	until := f.MeetingNotesUntil().In(forloeb.Copenhagen)
	day := time.Date(until.Year(), until.Month(), until.Day(), 0, 0, 0, 0, forloeb.Copenhagen)

	n.Wind(n.id, day.Add(-10*time.Minute))
	require.Zero(t, n.erases())
	require.False(t, f.MeetingNotesErased(day.Add(-10*time.Minute)))
	n.Wind(n.id, day.Add(time.Minute))
	require.True(t, f.MeetingNotesErased(day.Add(time.Minute)))
	require.EqualValues(t, 1, n.erases())
	require.Zero(t, n.left())
	require.Zero(t, n.erases())
}
