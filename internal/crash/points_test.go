package crash

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is made shorter for the loop still fits the source.
func TestImpatienceFits(t *testing.T) {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	_, err = fit(root, impatience)
	require.NoError(t, err)
}

// Every hit is tried; of too many, the first half and a spread that ends with
// the last.
func TestWhichHitsAreTried(t *testing.T) {
	for _, c := range []struct {
		hits, most int
		want       []int
	}{
		{1, 8, []int{1}}, {3, 8, []int{1, 2, 3}}, {4, 4, []int{1, 2, 3, 4}},
		{10, 4, []int{1, 2, 6, 10}}, {100, 5, []int{1, 2, 3, 51, 100}}, {9, 1, []int{1}},
	} {
		require.Equal(t, c.want, chosen(c.hits, c.most), c)
	}
}

// The first hits are dealt so that each is died at once, and neighbours in
// different runs.
func TestFirstHitsAreDealt(t *testing.T) {
	var points []*Point
	for n := range 3 * deathsOfARun {
		points = append(points, &Point{Process: laneAPI, Name: string(rune('a' + n))}, &Point{Process: laneWorker, Name: string(rune('A' + n))})
	}
	jobs := together(points)
	require.Len(t, jobs, 3)
	seen := map[death]int{}
	for i, job := range jobs {
		require.Len(t, job, 2*deathsOfARun)
		for _, d := range job {
			seen[d] = i
		}
	}
	require.Len(t, seen, len(points))
	require.NotEqual(t, seen[death{laneAPI, "a", 1}], seen[death{laneAPI, "b", 1}])
	require.NotEqual(t, seen[death{laneWorker, "B", 1}], seen[death{laneWorker, "C", 1}])
}

// Who has died comes back without that death; who was killed or lives on has
// died of nothing.
func TestDoom(t *testing.T) {
	d := doom{dir: t.TempDir()}
	one, other := death{laneAPI, "before commit: one", 2}, death{laneAPI, "after commit: other", 1}
	require.Empty(t, d.begins([]death{one, other}))
	require.Contains(t, d.settings(laneAPI), "SPARK_CRASH_AT=before commit: one:2;after commit: other:1")
	require.Contains(t, d.settings(laneWorker), "SPARK_CRASH_AT=")

	require.NoError(t, os.WriteFile(d.passes(laneAPI), []byte("before commit: one\nelsewhere: x\n"), 0o600))
	require.Contains(t, d.settings(laneAPI), "SPARK_CRASH_AT=before commit: one:2;after commit: other:1")
	require.NoError(t, os.WriteFile(d.passes(laneAPI), []byte("before commit: one\nbefore commit: one\n"), 0o600))
	require.Contains(t, d.settings(laneAPI), "SPARK_CRASH_AT=after commit: other:1")
	require.Equal(t, []death{one}, d.ended())
	require.Equal(t, []death{other}, d.begins(nil))
	require.Empty(t, (&doom{}).settings(laneAPI), "nobody is doomed elsewhere")
}
