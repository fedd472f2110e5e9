package forloeb

import (
	"cmp"
	"slices"
	"time"
)

// This file is about the tables of how forløb went, by the year in which the
// application came.

// Codes of the tables of how forløb went.
const (
	TableFunnel  TableCode = "funnel"
	TableEnds    TableCode = "ends"
	TableStays   TableCode = "stays"
	TableWaiting TableCode = "waiting"
	TableSpread  TableCode = "spread"
)

// byPlaceRegion groups workplaces of applications by region.
const byPlaceRegion Dimension = "place_region"

// milestones of a forløb, by how far it came.
var milestones = []struct{ code, reached, label string }{
	{"received", "0", "Ansøgningen er modtaget"}, {"agreed", "1", "Begge har sagt ja"}, {"assigned", "2", "Konsulenten er fundet"},
	{"held", "3", "Møderne er holdt"}, {"completed", reachedEnd, "Forløbet er afsluttet"},
}

const reachedEnd = "4"

// ends are those of a forløb, and the open ones.
var ends = []string{openEnd, string(Completed), string(Declined), string(Lapsed), string(Rejected), string(Withdrawn), string(Stopped)}

// waits are the stretches from the application to a step.
var waits = []struct{ code, label string }{
	{"to_agreed", "Til begge har sagt ja"}, {"to_consultant", "Til konsulenten er fundet"}, {"to_evaluation", "Til møderne er holdt"},
}

func municipalitiesIn(region string, at time.Time) (codes []string) {
	for _, m := range Municipalities() {
		if m.Region(at) == region {
			codes = append(codes, m.Code)
		}
	}
	return codes
}

// reachedCell is the forløb that came so far and no further.
func (o *outcomes) reachedCell(reached string, year int) *tallied {
	if reached == reachedEnd {
		return o.cell(byEnd, string(Completed), year)
	}
	return o.cell(byReached, reached, year)
}

// courseBlocks are how forløb ended and how far they came, which both sum to
// all that were received; and what they spent days on, which overlaps.
func (o *outcomes) courseBlocks() []block {
	years := append(slices.Clone(o.years), 0)
	var reached [][]*group
	for _, s := range milestones {
		var row []*group
		for _, year := range years {
			row = append(row, &o.reachedCell(s.reached, year).group)
		}
		reached = append(reached, row)
	}
	var received []*group
	for _, year := range years {
		received = append(received, &o.cell(byEnd, "", year).group)
	}
	took := o.grid(byTook, o.values(byTook), byEnd, "")
	took.overlap = true
	return []block{o.grid(byEnd, ends, byEnd, ""), grid(append(reached, received)), took, o.grid(byPlaceRegion, Regions(o.at), byPlaceRegion, "")}
}

func (o *outcomes) courses(f StatisticsFilter) []Table {
	return []Table{o.funnel(f), o.ended(f), o.stays(f), o.waiting(f), o.spread(f)}
}

const byReceived = "Efter hvornår ansøgningen kom."

// funnel has how many came to each step. One is shown where it is the sum of
// shown groups, or what is left of all when shown groups are taken away, so
// that it tells nothing that the groups do not.
func (o *outcomes) funnel(f StatisticsFilter) Table {
	t := Table{Code: TableFunnel, Title: "Fra ansøgning til afslutning", Dimension: "Trin", Note: byReceived,
		Columns: []Column{{"count", "Forløb", KindCount}, {"percent", "Af alle ansøgninger", KindPercent}}}
	all := o.cell(byEnd, "", f.Year)
	for i, s := range milestones {
		n, before, after := 0, false, false
		for j, other := range milestones {
			c := o.reachedCell(other.reached, f.Year)
			if j < i {
				before = before || c.hidden
				continue
			}
			n, after = n+c.Asked, after || c.hidden
		}
		cells := []Cell{shown(n), share(n, all.Asked)}
		if all.hidden || before && after {
			cells = withheld(CellHidden, len(cells))
		}
		t.Rows = append(t.Rows, Row{s.code, s.label, cells})
	}
	return t
}

// counted is a row with the size of a group.
func (o *outcomes) counted(code, label string, c *tallied) Row {
	return Row{code, label, o.figures(c, func(t Tally) []Cell { return []Cell{shown(t.Asked)} })}
}

func (o *outcomes) ended(f StatisticsFilter) Table {
	t := Table{Code: TableEnds, Title: "Sådan gik det", Dimension: "Forløbet", Note: byReceived, Columns: []Column{{"count", "Forløb", KindCount}}}
	for _, end := range ends {
		label := Status(end).StaffLabel()
		if end == openEnd {
			label = "I gang"
		}
		t.Rows = append(t.Rows, o.counted(end, label, o.cell(byEnd, end, f.Year)))
	}
	total := o.counted("total", "I alt", o.cell(byEnd, "", f.Year))
	t.Total = &total
	return t
}

var daysColumns = []Column{{"count", "Forløb", KindCount}, {"median", "Halvdelen inden for", KindDays}, {"ninety", "Ni af ti inden for", KindDays}}

func (o *outcomes) stays(f StatisticsFilter) Table {
	t := Table{Code: TableStays, Title: "Tid i hver status", Dimension: "Status", Columns: daysColumns,
		Note: byReceived + " Hele dage i alt i den status, for forløb, der er kommet videre fra den."}
	for _, s := range Statuses {
		if !s.Closed() {
			t.Rows = append(t.Rows, o.days(string(s), s.StaffLabel(), f.Year))
		}
	}
	return t
}

func (o *outcomes) waiting(f StatisticsFilter) Table {
	t := Table{Code: TableWaiting, Title: "Ventetid fra ansøgningen", Dimension: "Fra ansøgningen", Note: byReceived + " Hele dage.", Columns: daysColumns}
	for _, w := range waits {
		t.Rows = append(t.Rows, o.days(w.code, w.label, f.Year))
	}
	return t
}

func (o *outcomes) days(what, label string, year int) Row {
	c := o.cell(byTook, what, year)
	took := o.took[groupKey{byTook, what, year}]
	return Row{what, label, o.figures(c, func(t Tally) []Cell {
		return []Cell{shown(t.Asked), ofAll(t.Asked, shown(within(took, t.Asked, 50))), ofAll(t.Asked, shown(within(took, t.Asked, 90)))}
	})}
}

// within is the least number of days within which so many percent were done.
func within(took []Took, all, percent int) int {
	took = slices.SortedFunc(slices.Values(took), func(a, b Took) int { return cmp.Compare(a.Days, b.Days) })
	done := 0
	for _, t := range took {
		if done += t.N; 100*done >= percent*all {
			return t.Days
		}
	}
	return 0
}

// spread has the workplaces of every region and how many of its municipalities
// they are in.
func (o *outcomes) spread(f StatisticsFilter) Table {
	t := Table{Code: TableSpread, Title: "Hvor i landet", Dimension: "Region", Note: byReceived + " " + RegionMap(f.At) + ".",
		Columns: []Column{{"count", "Arbejdspladser", KindCount}, {"municipalities", "Kommuner", KindCount}}}
	all, sealed := 0, false
	for _, region := range Regions(f.At) {
		c, n := o.cell(byPlaceRegion, region, f.Year), o.municipalitiesWithAny(region, f.Year)
		t.Rows = append(t.Rows, o.placed(region, RegionLabel(region), c, n, c.hidden))
		all, sealed = all+n, sealed || c.hidden
	}
	total := o.placed("total", "I alt", o.cell(byPlaceRegion, "", f.Year), all, sealed)
	t.Total = &total
	return t
}

// placed is a group of workplaces and how many municipalities they are in;
// there are none of regional ones.
func (o *outcomes) placed(code, label string, c *tallied, municipalities int, sealed bool) Row {
	row := o.counted(code, label, c)
	switch {
	case o.programme.Audience == OfTheRegion:
		row.Cells = append(row.Cells, Cell{State: CellNone})
	case sealed || c.hidden:
		row.Cells = append(row.Cells, Cell{State: CellHidden})
	default:
		row.Cells = append(row.Cells, shown(municipalities))
	}
	return row
}

func (o *outcomes) municipalitiesWithAny(region string, year int) (n int) {
	for _, code := range municipalitiesIn(region, o.at) {
		if o.cell(byPlace, code, year).Asked > 0 {
			n++
		}
	}
	return n
}
