package forloeb

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// population is workplaces at random: in a few municipalities of two regions,
// with themes, in years and quarters.
func population(t *rapid.T) (c Counts) {
	n := rapid.IntRange(0, 60).Draw(t, "workplaces")
	for range n {
		year := rapid.IntRange(2024, 2026).Draw(t, "year")
		answered := rapid.IntRange(0, 2).Draw(t, "answered")
		tally := Tally{Asked: 1, Answered: min(1, answered), PeopleAsked: 2, PeopleAnswered: answered, Planned: min(answered, rapid.IntRange(0, 1).Draw(t, "planned"))}
		themes := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"change", "cooperation", "harassment"}), 1, 2, rapid.ID).Draw(t, "themes")
		place := rapid.SampledFrom([]string{"101", "147", "253", "751", "760"}).Draw(t, "municipality")
		add := func(by Dimension, value string) { c.Sums = append(c.Sums, Sum{by, value, year, tally}) }
		add(ByTime, strconv.Itoa(rapid.IntRange(1, 4).Draw(t, "quarter")))
		for _, theme := range themes {
			add(ByTheme, theme)
		}
		add(ByType, rapid.SampledFrom([]string{"individual", "joint"}).Draw(t, "type"))
		add(ByMunicipality, place)
		add(BySector, rapid.SampledFrom([]string{"school", "daycare", "elderly"}).Draw(t, "sector"))
		c.Sums = append(c.Sums, PlaceSum(year, place, 1))
		if answered > 0 {
			codes := rapid.SliceOfN(rapid.SampledFrom([]string{"high", "some", "low"}), answered, answered).Draw(t, "codes")
			c.Sums = append(c.Sums, AnswerSums(year, "recommend", codes, 1)...)
		}
		status := rapid.SampledFrom([]Status{Completed, Declined, Planning}).Draw(t, "status")
		reached := map[Status]string{Completed: "4", Declined: "0", Planning: "2"}[status]
		c.Sums = append(c.Sums, ReachedSum(year, status, reached, 1)...)
		c.Took = append(c.Took, Took{What: "awaiting_consent", Year: year, Days: rapid.IntRange(0, 30).Draw(t, "days"), N: 1})
	}
	return c
}

func filters(at int) (list []StatisticsFilter) {
	for _, year := range []int{0, 2024, 2025, 2026} {
		list = append(list, StatisticsFilter{Programme: Spark, Year: year, At: day(at, 6, 1)})
	}
	return list
}

// No figure of any table tells of a group that is too small; neither does a sum
// less the rows above it, or all years less the others.
func TestNoTableTellsOfFew(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		counts := population(t)
		ofYear := map[int]Statistics{}
		for _, f := range filters(rapid.SampledFrom([]int{2026, 2027}).Draw(t, "map")) {
			ofYear[f.Year] = StatisticsOf(f, counts)
		}
		for year, s := range ofYear {
			for _, table := range s.Tables {
				requireNoFew(t, table, year)
			}
		}
		for _, table := range ofYear[0].Tables {
			requireYearsTellNothing(t, table, ofYear)
		}
	})
}

// sized are the columns that say how many are in a group.
func sized(table Table) (columns []int) {
	for _, code := range []string{"asked", "answered", "count", "people"} {
		if i := table.Column(code); i >= 0 {
			columns = append(columns, i)
		}
	}
	return columns
}

func requireNoFew(t *rapid.T, table Table, year int) {
	for _, i := range sized(table) {
		for _, r := range table.lines() {
			require.False(t, r.Cells[i].Shown() && few(r.Cells[i].N), "%s in %d: %s tells of %d", table.Code, year, r.Code, r.Cells[i].N)
		}
		requireSumTellsNothing(t, table, i)
	}
}

// requireSumTellsNothing: where rows are parts, what the sum has beyond the
// shown ones is nothing, or enough.
func requireSumTellsNothing(t *rapid.T, table Table, column int) {
	if table.Total == nil || !table.Total.Cells[column].Shown() || table.Code == "by_theme" {
		return
	}
	rest, hidden := table.Total.Cells[column].N, 0
	for _, r := range table.Rows {
		if r.Cells[column].Shown() {
			rest -= r.Cells[column].N
		} else {
			hidden++
		}
	}
	require.False(t, few(rest), "%s: %d are left", table.Code, rest)
	require.NotEqual(t, 1, hidden, "%s: one row is what is left", table.Code)
}

// requireYearsTellNothing: all years less those that are shown are nothing, or
// enough, and more than one.
func requireYearsTellNothing(t *rapid.T, all Table, ofYear map[int]Statistics) {
	for _, i := range sized(all) {
		for _, r := range all.lines() {
			if !r.Cells[i].Shown() || all.Code == TableOverTime {
				continue
			}
			rest, hidden := r.Cells[i].N, 0
			for _, year := range []int{2024, 2025, 2026} {
				table, _ := ofYear[year].Table(all.Code)
				for _, other := range table.lines() {
					switch {
					case other.Code != r.Code:
					case other.Cells[i].Shown():
						rest -= other.Cells[i].N
					default:
						hidden++
					}
				}
			}
			if table := all.Code; table == TableFunnel && hidden > 0 {
				continue // sums of groups of several steps
			}
			require.False(t, few(rest), "%s: %s has %d in the years that are not shown", all.Code, r.Code, rest)
			require.NotEqual(t, 1, hidden, "%s: %s in one year is what is left", all.Code, r.Code)
		}
	}
}

func TestWithinIsWhereTheShareIsReached(t *testing.T) {
	t.Parallel()
	took := []Took{{Days: 30, N: 1}, {Days: 2, N: 5}, {Days: 9, N: 4}}
	require.Equal(t, 2, within(took, 10, 50))
	require.Equal(t, 9, within(took, 10, 90))
	require.Equal(t, 30, within(took, 10, 91))
	require.Zero(t, within(nil, 0, 50))
}
