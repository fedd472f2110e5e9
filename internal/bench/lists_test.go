package bench

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/devstack"
)

func TestListsAreMeasuredOnWhatIsThere(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	p, err := devstack.StartPostgres(t.Context(), devstack.PostgresOptions{StateDir: state})
	require.NoError(t, err)
	t.Cleanup(func() {
		p.Stop()
		require.NoError(t, devstack.Clean(context.Background(), state))
	})
	l, err := MeasureLists(t.Context(), p, 400, 2)
	require.NoError(t, err)
	found := map[string]int{}
	for _, a := range l.Answers {
		require.Equal(t, 2, a.Runs, a.Question)
		require.LessOrEqual(t, a.Median, a.P99, a.Question)
		found[a.Question] = a.Found
	}
	require.Equal(t, 20, found["the open ones"])
	require.Equal(t, 380, found["the closed ones"])
	require.Equal(t, 400, found["all"])
	require.Equal(t, 1, found["search: a whole reference"])
	require.Zero(t, found["search: nothing"])
	require.Positive(t, found["search: a word that many have"])
	require.Positive(t, found["a theme"])
	require.Len(t, l.Plans, len(l.Answers))
	require.Contains(t, l.Plans[0], "listed")
}
