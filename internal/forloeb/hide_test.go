package forloeb

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Whoever knows every sum and every shown group, and that the rest of a line is
// what is missing, works out no hidden group, and no sum of hidden ones that is
// small.
func TestNothingHiddenCanBeWorkedOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cells := randomGrid(t)
		protect([]block{grid(cells)})
		for _, row := range cells {
			for _, g := range row {
				if g.small() {
					require.True(t, g.hidden)
				}
			}
		}
		require.Empty(t, determined(cells), "what can be worked out")
		for _, l := range grid(cells).lines {
			if sum := l[len(l)-1]; !sum.hidden {
				hidden := 0
				for _, g := range l[:len(l)-1] {
					if g.hidden {
						hidden += g.sizes[0]
					}
				}
				require.False(t, few(hidden), "a line tells of %d", hidden)
			}
		}
	})
}

// Two parts of a table that hang together by one hidden group alone: everything
// in its row and its column is hidden, and the group follows from the rest.
func TestAGroupBetweenTwoPartsIsKept(t *testing.T) {
	t.Parallel()
	cells := gridOf([][]int{{0, 1, 0, 0, 0}, {0, 0, 1, 3, 0}, {0, 0, 1, 0, 4}, {0, 4, 0, 2, 0}})
	protect([]block{grid(cells)})
	require.Empty(t, determined(cells))
}

// gridOf is a table of counts with its sums.
func gridOf(counts [][]int) [][]*group {
	rows, columns := len(counts), len(counts[0])
	cells := make([][]*group, rows+1)
	for i := range cells {
		for range columns + 1 {
			cells[i] = append(cells[i], &group{sizes: []int{0}})
		}
	}
	for i, row := range counts {
		for j, n := range row {
			for _, g := range []*group{cells[i][j], cells[rows][j], cells[i][columns], cells[rows][columns]} {
				g.sizes[0] += n
			}
		}
	}
	return cells
}

// randomGrid is a table of counts with its sums.
func randomGrid(t *rapid.T) [][]*group {
	rows, columns := rapid.IntRange(1, 6).Draw(t, "rows"), rapid.IntRange(1, 5).Draw(t, "columns")
	size := rapid.SampledFrom([]int{0, 0, 1, 2, 3, 4, 5, 6, 7, 12, 40})
	counts := make([][]int, rows)
	for i := range counts {
		for range columns {
			counts[i] = append(counts[i], size.Draw(t, "n"))
		}
	}
	return gridOf(counts)
}

// determined are the hidden groups that the equations of the table leave one
// value for: by elimination, which knows nothing of rings.
func determined(cells [][]*group) (found []*group) {
	unknown := map[*group]int{}
	var order []*group
	b := grid(cells)
	for _, l := range b.lines {
		for _, g := range l {
			if _, seen := unknown[g]; g.hidden && !seen {
				unknown[g] = len(order)
				order = append(order, g)
			}
		}
	}
	var equations [][]float64
	for _, l := range b.lines {
		e := make([]float64, len(order))
		for i, g := range l {
			if g.hidden && i < len(l)-1 {
				e[unknown[g]]++
			} else if g.hidden {
				e[unknown[g]]--
			}
		}
		equations = append(equations, e)
	}
	for _, e := range reduced(equations) {
		ones, at := 0, 0
		for i, x := range e {
			if math.Abs(x) > 1e-9 {
				ones, at = ones+1, i
			}
		}
		if ones == 1 {
			found = append(found, order[at])
		}
	}
	return found
}

// reduced brings equations to reduced row echelon form.
func reduced(m [][]float64) [][]float64 {
	pivot := 0
	for column := 0; len(m) > 0 && column < len(m[0]) && pivot < len(m); column++ {
		best := pivot
		for i := pivot; i < len(m); i++ {
			if math.Abs(m[i][column]) > math.Abs(m[best][column]) {
				best = i
			}
		}
		if math.Abs(m[best][column]) < 1e-9 {
			continue
		}
		m[pivot], m[best] = m[best], m[pivot]
		by := m[pivot][column]
		for k := range m[pivot] {
			m[pivot][k] /= by
		}
		for i := range m {
			if f := m[i][column]; i != pivot && f != 0 {
				for k := range m[i] {
					m[i][k] -= f * m[pivot][k]
				}
			}
		}
		pivot++
	}
	return m
}

func TestAWholeTableThatIsSmallIsHidden(t *testing.T) {
	t.Parallel()
	four := &group{sizes: []int{4}}
	all := &group{sizes: []int{4}}
	protect([]block{{lines: []line{{four, &group{sizes: []int{0}}, all}}}})
	require.True(t, four.hidden && all.hidden)
}

func TestASmallGroupHidesItsSmallestNeighbour(t *testing.T) {
	t.Parallel()
	l := line{{sizes: []int{30}}, {sizes: []int{2}}, {sizes: []int{9}}, {sizes: []int{0}}, {sizes: []int{41}}}
	protect([]block{{lines: []line{l}}})
	var hidden []bool
	for _, g := range l {
		hidden = append(hidden, g.hidden)
	}
	require.Equal(t, []bool{false, true, true, false, false}, hidden)
}

func TestWilson(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ some, all, low, high int }{
		{0, 0, 0, 100}, {0, 5, 0, 43}, {5, 5, 57, 100}, {116, 148, 71, 84}, {50, 100, 40, 60}, {7600, 10000, 75, 77},
	} {
		low, high := Wilson(c.some, c.all)
		require.Equal(t, [2]int{c.low, c.high}, [2]int{low, high}, "%d of %d", c.some, c.all)
	}
}
