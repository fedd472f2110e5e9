package forloeb

import "strconv"

// TableCode names a published table. It is a wire word: address, file and JSON.
type TableCode string

// Table is one published table of the statistics, as figures with their words:
// the page, the exports and the JSON API show the same one.
type Table struct {
	Code       TableCode
	Title      string
	Note       string // the rule that the figures follow; may be empty
	Dimension  string // heading of the rows
	Columns    []Column
	Rows       []Row
	Total      *Row // nil where rows are no parts of a whole
	Suppressed bool // something is hidden: a group is too small
	HeadOnly   bool // for the head of the secretariat, never published or exported
}

// Column is one figure of every row.
type Column struct {
	Code  string
	Label string
	Kind  ColumnKind
}

// ColumnKind is what a figure is.
type ColumnKind string

// Kinds of figures. Percent and both ends of an interval are whole percent.
const (
	KindCount    ColumnKind = "count"
	KindPercent  ColumnKind = "percent"
	KindInterval ColumnKind = "interval"
	KindDays     ColumnKind = "days"
)

// Row is one group of workplaces or forløb, with a figure for every column.
type Row struct {
	Code  string
	Label string
	Cells []Cell
}

// Cell is one figure: N, or from Low to High where the column is an interval.
type Cell struct {
	State     CellState
	N         int
	Low, High int
}

// CellState is whether a figure is shown.
type CellState string

// A figure is shown, hidden as others could be worked out from it, hidden as
// fewer than five are in it, or there is nothing to count.
const (
	CellShown  CellState = "shown"
	CellHidden CellState = "hidden"
	CellFew    CellState = "few"
	CellNone   CellState = "none"
)

// Words that stand in place of a figure.
const (
	HiddenWords = "vises ikke"
	FewWords    = "færre end 5"
	NoneWords   = "–"
)

// Text is the figure in Danish, by the kind of its column: "148", "87 procent",
// "71–84", "12 dage", "vises ikke".
func (c Cell) Text(kind ColumnKind) string {
	switch c.State {
	case CellHidden:
		return HiddenWords
	case CellFew:
		return FewWords
	case CellNone:
		return NoneWords
	}
	switch kind {
	case KindPercent:
		return strconv.Itoa(c.N) + " procent"
	case KindInterval:
		return strconv.Itoa(c.Low) + "–" + strconv.Itoa(c.High)
	case KindDays:
		return Counted(c.N, "en dag", "dage")
	}
	return Number(c.N)
}

// Shown reports whether there is a figure.
func (c Cell) Shown() bool { return c.State == CellShown }

// Column finds a column's place by its code; -1 where there is none.
func (t Table) Column(code string) int {
	for i, c := range t.Columns {
		if c.Code == code {
			return i
		}
	}
	return -1
}

// Empty reports whether nothing at all is counted.
func (t Table) Empty() bool {
	for _, r := range t.lines() {
		for _, c := range r.Cells {
			if c.State == CellHidden || c.State == CellFew || c.Shown() && c.N > 0 {
				return false
			}
		}
	}
	return true
}

// lines are the rows, and the sum below them.
func (t Table) lines() []Row {
	if t.Total == nil {
		return t.Rows
	}
	return append(t.Rows[:len(t.Rows):len(t.Rows)], *t.Total)
}

// seal notes whether something is hidden.
func (t Table) seal() Table {
	for _, r := range t.lines() {
		for _, c := range r.Cells {
			t.Suppressed = t.Suppressed || c.State == CellHidden || c.State == CellFew
		}
	}
	return t
}

func shown(n int) Cell         { return Cell{State: CellShown, N: n} }
func share(some, all int) Cell { return ofAll(all, Cell{State: CellShown, N: percent(some, all)}) }
func interval(some, all int) Cell {
	low, high := Wilson(some, all)
	return ofAll(all, Cell{State: CellShown, Low: low, High: high})
}

// ofAll is the figure, unless it is a share of nothing.
func ofAll(all int, c Cell) Cell {
	if all == 0 {
		return Cell{State: CellNone}
	}
	return c
}

// withheld is a row without its figures.
func withheld(state CellState, columns int) []Cell {
	cells := make([]Cell, columns)
	for i := range cells {
		cells[i].State = state
	}
	return cells
}
