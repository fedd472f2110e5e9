package crash

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
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

// What is expected of the scenario is all that the source has, and what is not
// is there to be left out.
func TestEveryPointIsExpected(t *testing.T) {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	all, err := expected(root)
	require.NoError(t, err)
	for _, name := range []string{"before commit: intake", "after commit: step to completed", "before hand-over: still_waiting",
		"after signal: capacity-freed", "before result: Match", "deed: party-left workplace"} {
		require.Contains(t, all, name)
	}
	for name := range neverPassed {
		require.Contains(t, all, "before "+name, "nothing has this name any more")
	}
}

// Every deed of the domain is among those that the scenario does.
func TestEveryDeedIsExpected(t *testing.T) {
	files, err := filepath.Glob("../forloeb/*.go")
	require.NoError(t, err)
	var deeds []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		for _, d := range parsed.Decls {
			if f, is := d.(*ast.FuncDecl); is && f.Recv != nil && f.Name.Name == "Line" {
				deeds = append(deeds, types.ExprString(f.Recv.List[0].Type))
			}
		}
	}
	done := map[string]bool{}
	for _, d := range deedKinds {
		done[reflect.TypeOf(d).Name()] = true
	}
	require.ElementsMatch(t, deeds, slices.Collect(maps.Keys(done)))
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

// Deaths are dealt so that each is died once, and neighbours in different runs.
func TestDeathsAreDealt(t *testing.T) {
	p := loop{}
	var deaths []death
	for n := range 3 * deathsOfARun {
		for _, process := range []string{laneAPI, laneWorker} {
			name := string(rune('a' + n))
			p.points = append(p.points, &Point{Process: process, Name: name, order: []int{1000 - n}})
			deaths = append(deaths, death{process, name, 1})
		}
	}
	jobs := p.deals(deaths)
	require.Len(t, jobs, 3)
	seen := map[death]int{}
	for i, job := range jobs {
		require.Len(t, job, 2*deathsOfARun)
		for _, d := range job {
			seen[d] = i
		}
	}
	require.Len(t, seen, len(deaths))
	require.NotEqual(t, seen[death{laneAPI, "a", 1}], seen[death{laneAPI, "b", 1}])
	require.NotEqual(t, seen[death{laneWorker, "b", 1}], seen[death{laneWorker, "c", 1}])
	require.Empty(t, p.deals(nil))
}

// Every hit is died at once, alone or with others, and then the next is tried
// that should not be reached.
func TestTheWholePlan(t *testing.T) {
	p := loop{PointOptions: PointOptions{Most: 3}, tried: map[death]int{}}
	p.plans([]*Point{
		{Process: laneAPI, Name: "one", Hits: 2, order: []int{1, 4}},
		{Process: laneAPI, Name: "before answer: GET /", Hits: 1, order: []int{2}},
		{Process: laneWorker, Name: "two", Hits: 9, order: []int{1, 2, 3, 4, 5, 6, 7, 8, 9}},
	})
	require.Equal(t, []death{{laneAPI, "one", 1}}, p.next())
	require.Equal(t, []death{{laneWorker, "two", 1}}, p.next())
	require.ElementsMatch(t, []death{{laneAPI, "one", 2}, {laneWorker, "two", 2}, {laneWorker, "two", 9}}, p.next())
	require.Equal(t, []death{{laneAPI, "one", 3}, {laneWorker, "two", 10}}, p.next())
	p.missed = []death{{laneWorker, "two", 9}}
	require.Equal(t, []death{{laneWorker, "two", 9}}, p.next())
}

// Who has died comes back without that death; who was killed or lives on has
// died of nothing.
func TestDoom(t *testing.T) {
	d := doom{dir: t.TempDir()}
	one, again, other := death{laneAPI, "before commit: one", 2}, death{laneAPI, "before commit: one", 5}, death{laneAPI, "after commit: other", 1}
	orders := func(want string) {
		t.Helper()
		require.Contains(t, d.settings(laneAPI), "SPARK_CRASH_AT="+want)
	}
	passed := func(points string) {
		t.Helper()
		require.NoError(t, os.WriteFile(d.passes(laneAPI), []byte(points), 0o600))
	}
	require.Empty(t, d.begins([]death{one, again, other}))
	orders("after commit: other:1;before commit: one:2")
	require.Contains(t, d.settings(laneWorker), "SPARK_CRASH_AT=")

	passed("before commit: one\nelsewhere: x\n")
	orders("after commit: other:1;before commit: one:1")
	passed("elsewhere: x\nbefore commit: one\n")
	orders("after commit: other:1;before commit: one:3")
	require.Equal(t, []death{one}, d.ended())
	passed("before commit: one\nafter commit: other\n")
	orders("before commit: one:2")
	require.Equal(t, []death{one, other}, d.ended())
	require.Equal(t, []death{again}, d.begins(nil))
	require.Empty(t, (&doom{}).settings(laneAPI), "nobody is doomed elsewhere")
}
