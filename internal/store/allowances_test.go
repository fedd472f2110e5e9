package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// spends counts one, and returns how long to wait.
func spends(t *testing.T, s *store.Store, act, network string, each, together int) time.Duration {
	t.Helper()
	wait, err := s.Spend(t.Context(), act, network, each, together)
	require.NoError(t, err)
	return wait
}

// Two processes share what a network has used, also when everybody comes at
// once.
func TestAnAllowanceIsSharedByAllProcesses(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	other := e.OpenHouse()
	const limit = 13 // does not divide an hour
	for _, network := range []string{"a", "b"} {
		waits, errs := make([]time.Duration, 60), make([]error, 60)
		atOnce(len(waits), func(i int) {
			s := e.API
			if i%2 == 1 {
				s = other
			}
			waits[i], errs[i] = s.Spend(context.Background(), "application", network, limit, 0)
		})
		allowed := 0
		for i, wait := range waits {
			require.NoError(t, errs[i])
			if wait == 0 {
				allowed++
				continue
			}
			require.LessOrEqual(t, wait, time.Hour/limit+time.Second)
			require.GreaterOrEqual(t, wait, time.Second)
		}
		require.Equal(t, limit, allowed)
	}
}

func TestAnAllowanceOutlivesTheProcess(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	first := e.OpenHouse()
	for range 3 {
		require.Zero(t, spends(t, first, "link", "a", 3, 0))
	}
	require.NoError(t, first.Close())
	second := e.OpenHouse()
	require.Positive(t, spends(t, second, "link", "a", 3, 0))
	require.Zero(t, spends(t, second, "answer", "a", 3, 0), "of something else there is all")
	require.Zero(t, spends(t, second, "link", "b", 3, 0), "and others have theirs")
}

func TestAnAllowanceComesBack(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	later := func(by string) { e.Exec(`update allowances set spent_until = spent_until - $1::interval`, by) }
	use := func(want int) {
		t.Helper()
		for range want {
			require.Zero(t, spends(t, e.API, "login", "a", 10, 0))
		}
		require.Positive(t, spends(t, e.API, "login", "a", 10, 0))
	}
	use(10)
	later("6 minutes") // a tenth of an hour
	use(1)
	later("18 minutes")
	use(3)
	later("1 hour")
	use(10)
	later("3 days")
	use(10)
}

func TestAllNetworksTogetherHaveAnAllowanceToo(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	for i := range 6 {
		require.Zero(t, spends(t, e.API, "link", fmt.Sprint(i), 2, 6))
	}
	require.InDelta(t, 600, spends(t, e.API, "link", "another", 2, 6).Seconds(), 5)
	require.Zero(t, spends(t, e.API, "answer", "another", 2, 6))
	require.Zero(t, spends(t, e.API, "link", "another", 0, 0), "no limit at all")

	// One network that goes on and on uses its own up, and not the others'.
	for range 50 {
		_ = spends(t, e.API, "token", "a", 2, 6)
	}
	for i := range 4 {
		require.Zero(t, spends(t, e.API, "token", fmt.Sprint("b", i), 2, 6))
	}
	require.Positive(t, spends(t, e.API, "token", "c", 2, 6))
}

func TestAllowancesThatAreWholeAgainGo(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	for i := range 25 {
		require.Zero(t, spends(t, e.API, "link", fmt.Sprint(i), 5, 0))
	}
	require.Zero(t, spends(t, e.API, "answer", "in use", 5, 0))
	e.Exec(`update allowances set spent_until = now() - interval '1 minute' where act = 'link'`)
	left := func() int { return e.Count(`select count(*) from allowances where act = 'link'`) }
	for _, want := range []int{15, 5, 0} {
		require.Zero(t, spends(t, e.API, "answer", "another", 5, 0))
		require.Equal(t, want, left())
	}
	require.Equal(t, 2, e.Count(`select count(*) from allowances`))

	// Those who count at once neither wait for nor trip over what the others remove.
	for i := range 200 {
		e.Exec(`insert into allowances values ('link', $1, now() - interval '1 minute')`, fmt.Sprint(i))
	}
	errs := make([]error, 100)
	atOnce(len(errs), func(i int) { _, errs[i] = e.API.Spend(context.Background(), "link", fmt.Sprint(i), 5, 1000) })
	for _, err := range errs {
		require.NoError(t, err)
	}
}

// Who counts does not wait longer than they say.
func TestCountingGivesUpInTime(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	require.Zero(t, spends(t, e.API, "link", "a", 5, 0))
	tx := e.DB.MustBegin()
	defer tx.Rollback()
	tx.MustExec(`select 1 from allowances for update`)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := e.API.Spend(ctx, "link", "a", 5, 0)
	require.Error(t, err)
	require.Zero(t, spends(t, e.API, "link", "b", 5, 0))
}
