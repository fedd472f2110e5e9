package forloeb

import (
	"slices"
	"strconv"
)

// Codes of the published tables about what workplaces answered.
const (
	TableResponse    TableCode = "response"
	TableInitiatives TableCode = "initiatives"
	TableOverTime    TableCode = "over_time"
)

// tableBy is the code of the table by a dimension: "by_theme".
func tableBy(by Dimension) TableCode { return TableCode("by_" + string(by)) }

// Statistics are the published tables of a filter.
type Statistics struct {
	Filter StatisticsFilter
	Years  []int // in which somebody was asked, the earliest first
	Tables []Table
}

// Table finds a table by its code.
func (s Statistics) Table(code TableCode) (Table, bool) {
	for _, t := range s.Tables {
		if t.Code == code {
			return t, true
		}
	}
	return Table{}, false
}

// StatisticsOf makes the tables of a filter from the programme's counts.
func StatisticsOf(f StatisticsFilter, counts Counts) Statistics {
	p, _ := ProgrammeByCode(f.Programme)
	o := newOutcomes(p, f.At, counts)
	s := Statistics{Filter: f, Years: o.years, Tables: []Table{o.response(f), o.initiatives(f), o.overTime(f)}}
	if f.By == "" {
		for _, by := range dimensionsOf(p) {
			s.Tables = append(s.Tables, o.by(by, f))
		}
		s.Tables = slices.Concat(s.Tables, o.answers(f), o.courses(f))
	}
	for i, t := range s.Tables {
		s.Tables[i] = t.seal()
	}
	return s
}

// of is the cell that a filter is about.
func (o *outcomes) of(f StatisticsFilter) *tallied { return o.cell(f.By, f.Value, f.Year) }

// cells are the figures of a cell, or as many that say they are hidden. All
// workplaces of all years have no neighbours: there it is said why.
func (o *outcomes) figures(c *tallied, figures func(Tally) []Cell) []Cell {
	cells := figures(c.Tally)
	switch {
	case c.hidden && (c == o.cell("", "", 0) || c == o.cell(byEnd, "", 0)):
		return withheld(CellFew, len(cells))
	case c.hidden:
		return withheld(CellHidden, len(cells))
	}
	return cells
}

func (o *outcomes) response(f StatisticsFilter) Table {
	row := func(code, label string, asked, answered func(Tally) int) Row {
		return Row{code, label, o.figures(o.of(f), func(t Tally) []Cell {
			return []Cell{shown(asked(t)), shown(answered(t)), share(answered(t), asked(t))}
		})}
	}
	return Table{
		Code: TableResponse, Title: "Svar", Dimension: "Hvem",
		Note:    "En arbejdsplads har svaret, når mindst én af dem, der blev spurgt, har svaret.",
		Columns: []Column{{"asked", "Spurgt", KindCount}, {"answered", "Har svaret", KindCount}, {"answered_percent", "Svarprocent", KindPercent}},
		Rows: []Row{
			row("workplaces", "Arbejdspladser", func(t Tally) int { return t.Asked }, func(t Tally) int { return t.Answered }),
			row("people", "Personer", func(t Tally) int { return t.PeopleAsked }, func(t Tally) int { return t.PeopleAnswered }),
		},
	}
}

// initiativesRule is how workplaces are counted (A25, A26).
const initiativesRule = "En arbejdsplads tæller med, når mindst én har svaret, og som ja, når mindst én har svaret ja. Tallene siger ikke, hvad SPARK alene har skabt."

func (o *outcomes) initiatives(f StatisticsFilter) Table {
	row := func(code, label string, said func(Tally) int, before int) Row {
		reported := Cell{State: CellNone}
		if o.programme.Code == Spark {
			reported = shown(before)
		}
		return Row{code, label, append(o.figures(o.of(f), func(t Tally) []Cell {
			return []Cell{shown(t.Answered), shown(said(t)), share(said(t), t.Answered), interval(said(t), t.Answered)}
		}), reported)}
	}
	return Table{
		Code: TableInitiatives, Title: "Indsatser", Dimension: "Arbejdspladsen", Note: initiativesRule,
		Columns: []Column{{"answered", "Har svaret", KindCount}, {"yes", "Siger ja", KindCount}, {"percent", "Andel", KindPercent},
			{"interval", "Sikkert inden for", KindInterval}, {"reported", "Tidligere opgørelse", KindPercent}},
		Rows: []Row{
			row("planned", "Har planlagt indsatser", func(t Tally) int { return t.Planned }, ReportedPlanned),
			row("ongoing", "Er i gang med indsatser", func(t Tally) int { return t.Ongoing }, ReportedOngoing),
		},
	}
}

var outcomeColumns = []Column{
	{"asked", "Spurgt", KindCount}, {"answered", "Har svaret", KindCount},
	{"planned", "Har planlagt", KindPercent}, {"planned_interval", "Sikkert inden for", KindInterval},
	{"ongoing", "Er i gang", KindPercent}, {"ongoing_interval", "Sikkert inden for", KindInterval},
}

func (o *outcomes) row(code, label string, c *tallied) Row {
	return Row{code, label, o.figures(c, func(t Tally) []Cell {
		return []Cell{shown(t.Asked), shown(t.Answered), share(t.Planned, t.Answered), interval(t.Planned, t.Answered),
			share(t.Ongoing, t.Answered), interval(t.Ongoing, t.Answered)}
	})}
}

// overTime has a row for every year or, of all workplaces in one year, for
// every quarter.
func (o *outcomes) overTime(f StatisticsFilter) Table {
	t := Table{Code: TableOverTime, Title: "Over tid", Dimension: "År", Note: "Efter hvornår arbejdspladsen blev spurgt. " + initiativesRule, Columns: outcomeColumns}
	if f.Year != 0 && f.By == "" {
		t.Dimension = "Kvartal"
		for _, q := range quarters {
			t.Rows = append(t.Rows, o.row(q.code, q.label, o.cell(ByTime, q.code, f.Year)))
		}
	} else {
		f.Year = 0
		for _, year := range o.years {
			if o.cell("", "", year).Asked == 0 {
				continue // applications came, and nobody was asked
			}
			t.Rows = append(t.Rows, o.row(strconv.Itoa(year), strconv.Itoa(year), o.cell(f.By, f.Value, year)))
		}
	}
	t.Total = o.total(f)
	return t
}

func (o *outcomes) total(f StatisticsFilter) *Row {
	row := o.row("total", "I alt", o.of(f))
	return &row
}

var dimensionWords = map[Dimension]struct{ title, heading string }{
	ByTheme:        {"Efter tema", "Tema"},
	ByType:         {"Efter slags forløb", "Slags"},
	ByMunicipality: {"Efter kommune", "Kommune"},
	ByRegion:       {"Efter region", "Region"},
	BySector:       {"Efter arbejdsområde", "Arbejdsområde"},
}

// Heading is what the groups of a dimension are: "Kommune".
func (d Dimension) Heading() string { return dimensionWords[d].heading }

// by has a row for every group. Municipalities without any are left out: there
// are 98.
func (o *outcomes) by(by Dimension, f StatisticsFilter) Table {
	words := dimensionWords[by]
	t := Table{Code: tableBy(by), Title: words.title, Dimension: words.heading, Note: initiativesRule, Columns: outcomeColumns, Total: o.total(f)}
	switch by {
	case ByTheme:
		t.Note = "Et forløb kan have flere temaer og tæller med i hvert af dem. " + t.Note
	case ByRegion:
		t.Note = RegionMap(f.At) + ". " + t.Note
	}
	for _, v := range o.values(by) {
		if c := o.cell(by, v, f.Year); c.Asked > 0 || by != ByMunicipality {
			t.Rows = append(t.Rows, o.row(v, o.programme.GroupLabel(by, v), c))
		}
	}
	return t
}
