package store_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/store/storetest"
)

// Whoever comes in the next burst finds the lines of the one before: opening
// one takes longer than what it is opened for.
func TestABurstKeepsItsConnections(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := e.Apply()
	for range 3 {
		errs := make([]error, 40)
		atOnce(40, func(i int) {
			_, errs[i] = e.API.Forloeb(t.Context(), id)
		})
		require.NoError(t, errors.Join(errs...))
	}
	require.Zero(t, e.API.Closed())
}

// A forløb is read in two milliseconds, unless the server compiles the query
// first: that takes seconds, each time.
func TestQueriesAreNotCompiled(t *testing.T) {
	t.Parallel()
	jit, err := storetest.New(t).API.Setting(t.Context(), "jit")
	require.NoError(t, err)
	require.Equal(t, "off", jit)
}
