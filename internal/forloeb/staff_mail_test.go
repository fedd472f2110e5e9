package forloeb

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestDigestsAreDueOnWorkingDaysFromHalfPastSeven(t *testing.T) {
	t.Parallel()
	at := func(year int, month time.Month, day, hour, minute int) time.Time {
		return time.Date(year, month, day, hour, minute, 0, 0, Copenhagen).UTC()
	}
	for _, c := range []struct {
		at  time.Time
		due bool
	}{
		{at(2026, 11, 23, 7, 29), false}, {at(2026, 11, 23, 7, 30), true}, {at(2026, 11, 23, 15, 59), true}, {at(2026, 11, 23, 16, 0), false},
		{at(2026, 11, 28, 9, 0), false}, {at(2026, 11, 29, 9, 0), false}, // a weekend
		{at(2026, 12, 24, 9, 0), false}, {at(2026, 12, 25, 9, 0), false}, {at(2026, 12, 31, 9, 0), false}, {at(2027, 1, 1, 9, 0), false},
		{at(2027, 3, 25, 9, 0), false}, {at(2027, 3, 26, 9, 0), false}, {at(2027, 3, 29, 9, 0), false}, {at(2027, 3, 30, 9, 0), true}, // Easter
		{at(2027, 7, 15, 7, 30), true}, {at(2027, 7, 15, 7, 29), false}, // in summer time, and in the quiet month: it is no reminder to a party
	} {
		day := DigestDay(c.at)
		require.Equal(t, c.due, !day.IsZero(), c.at)
		if c.due {
			require.Equal(t, c.at.In(Copenhagen).Format(time.DateOnly), day.Format(time.DateOnly))
		}
	}
}

func TestEveryTaskHasWordsForTheMorning(t *testing.T) {
	t.Parallel()
	require.True(t, DayDigest{}.Empty())
	for _, kind := range TaskKinds {
		require.NotContains(t, DigestTasks{Kind: kind, Count: 1}.Words(), "{")
	}
	require.Equal(t, "1 mail nåede ikke frem", DigestTasks{Kind: TaskMail, Count: 1}.Words())
	require.Equal(t, "1.200 mails nåede ikke frem", DigestTasks{Kind: TaskMail, Count: 1200}.Words())
	require.Equal(t, "2 ting er værd at se på", DigestTasks{Kind: TaskSameDevice, Count: 2}.Words())
	require.Equal(t, 3, DayDigest{Tasks: []DigestTasks{{Count: 1}, {Count: 2}}}.Waiting())
}
