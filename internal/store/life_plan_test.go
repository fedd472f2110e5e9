package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

func TestTheLatestAgreementIsKept(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	write := func(kind forloeb.PlanKind, text string) *forloeb.Forloeb {
		return l.fact(storetest.Secretary, forloeb.WritePlan{Kind: kind, Text: text})
	}
	write(forloeb.FollowUp, "Vi samler op i september.")
	write(forloeb.Arrangement, " Fire møder.\r\n")
	f := write(forloeb.Arrangement, "Fem møder.")
	require.Len(t, f.Plans, 2)
	p := f.Plan(forloeb.Arrangement)
	require.Equal(t, "Fem møder.", p.Text)
	require.Equal(t, f.Version, p.Version)
	require.Equal(t, string(forloeb.Arrangement), f.ActAt(p.Version).Detail)
	require.Equal(t, 0, l.Count(`select count(*) from plan_texts where text like 'Fire%'`), "earlier words are not kept")
	l.Post(l.id)
	l.Settle(l.id)
	require.Empty(t, l.Post(l.id), "nobody hears of it")
	l.refused(forloeb.RefuseNothingChanged, storetest.Secretary, forloeb.WritePlan{Kind: forloeb.Arrangement, Text: "Fem møder. "})

	require.Nil(t, write(forloeb.Arrangement, "").Plan(forloeb.Arrangement))
	l.Exec(`delete from plan_texts`) // as anonymising does
	require.Empty(t, l.Read(l.id).Plans)
	_, err := l.Connect(store.RoleWorker).Exec(`insert into plan_texts values ($1, 'follow_up', 1, 'x')`, l.id)
	require.ErrorContains(t, err, "permission denied")
}

func TestWhatIsToBePreparedForAMeeting(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	m := l.book(2026, 12, 8)
	write := func(text string) string {
		return l.fact(storetest.Secretary, forloeb.WritePrepTask{Meeting: m, Text: text}).Meeting(m).PrepTask
	}
	require.Equal(t, "Spørg kollegerne.", write(" Spørg kollegerne.\r\n"))
	require.Equal(t, "Tal sammen.", write("Tal sammen."))
	l.Settle(l.id)
	l.status(forloeb.InProgress)
	require.Empty(t, write(""))
	write("Tal sammen.")
	l.Exec(`delete from meeting_tasks`) // as anonymising does
	require.Empty(t, l.Read(l.id).Meeting(m).PrepTask)
}
