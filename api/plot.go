package api

import (
	"strconv"

	"example.dk/spark/internal/forloeb"
)

// plot is a table as horizontal bars, and the table itself. Text is text, and
// places across are percent of the width, so that letters keep their size on a
// phone; bars differ by pattern and words, not by colour alone, and need no
// script and no style of their own.
type plot struct {
	Table  forloeb.Table
	Desc   string // the drawing in one sentence
	Height int
	Rows   []plotRow
}

// plotRow is the bars of one row of the table.
type plotRow struct {
	Label string
	Y     int // of the label's foot
	Bars  []plotBar
}

// plotBar is one figure, with the interval that it is sure to be within.
type plotBar struct {
	Y, Middle   int
	Width       string // percent of the drawing
	Second      bool   // drawn with a pattern
	Words       string
	WordsY      int
	HasInterval bool
	Low, High   string // percent of the drawing
}

// plotted is the part of the width that bars have; words stand to the right.
const plotted = 60

// Measures of a drawing, in pixels.
const (
	plotLabel, plotStep, plotBarHeight = 20, 20, 12
	plotGap                            = 12
)

// barColumn is a column that is drawn, and the column of its interval.
type barColumn struct{ column, interval int }

// drawn are the columns that bars show: two shares, a share beside what was told
// before, two numbers of days, or one count.
func drawn(t forloeb.Table) []barColumn {
	if i := t.Column("planned"); i >= 0 {
		return []barColumn{{i, t.Column("planned_interval")}, {t.Column("ongoing"), t.Column("ongoing_interval")}}
	}
	if i := t.Column("reported"); i >= 0 {
		return []barColumn{{t.Column("percent"), t.Column("interval")}, {i, -1}}
	}
	if i := t.Column("median"); i >= 0 {
		return []barColumn{{i, -1}, {t.Column("ninety"), -1}}
	}
	if i := t.Column("people"); i >= 0 {
		return []barColumn{{t.Column("percent"), -1}}
	}
	return []barColumn{{0, -1}}
}

func plotOf(t forloeb.Table) plot {
	p := plot{Table: t, Desc: plotSentence(t)}
	columns := drawn(t)
	most := mostOf(t, columns)
	for _, r := range t.Rows {
		row := plotRow{Label: r.Label, Y: p.Height + 15}
		y := p.Height + plotLabel
		for i, c := range columns {
			row.Bars = append(row.Bars, barOf(t, r, c, most, y, i == 1))
			y += plotStep
		}
		p.Rows, p.Height = append(p.Rows, row), y+plotGap
	}
	return p
}

// mostOf is what the whole width is: 100 percent, or the largest figure.
func mostOf(t forloeb.Table, columns []barColumn) int {
	if t.Columns[columns[0].column].Kind == forloeb.KindPercent {
		return 100
	}
	most := 1
	for _, r := range t.Rows {
		for _, c := range columns {
			if cell := r.Cells[c.column]; cell.Shown() {
				most = max(most, cell.N)
			}
		}
	}
	return most
}

func barOf(t forloeb.Table, r forloeb.Row, c barColumn, most, y int, second bool) plotBar {
	cell, kind := r.Cells[c.column], t.Columns[c.column].Kind
	bar := plotBar{Y: y, Middle: y + plotBarHeight/2, WordsY: y + plotBarHeight - 1, Second: second, Words: barWords(cell, kind)}
	if !cell.Shown() {
		return bar
	}
	bar.Width = across(cell.N, most)
	if c.interval >= 0 {
		i := r.Cells[c.interval]
		bar.HasInterval, bar.Low, bar.High = true, across(i.Low, most), across(i.High, most)
		bar.Words += " (" + i.Text(forloeb.KindInterval) + ")"
	}
	return bar
}

// barWords is the figure as it stands beside a bar, where there is little room.
func barWords(c forloeb.Cell, kind forloeb.ColumnKind) string {
	if kind == forloeb.KindPercent && c.Shown() {
		return strconv.Itoa(c.N) + " %"
	}
	return c.Text(kind)
}

func across(n, most int) string {
	return strconv.FormatFloat(float64(plotted*n)/float64(most), 'f', 1, 64) + "%"
}

// plotSentence tells the drawing to whoever does not see it.
func plotSentence(t forloeb.Table) string {
	first := drawn(t)[0].column
	var low, high *forloeb.Row
	hidden := 0
	for i, r := range t.Rows {
		switch c := r.Cells[first]; {
		case c.State == forloeb.CellHidden || c.State == forloeb.CellFew:
			hidden++
		case !c.Shown():
		default:
			if high == nil || c.N > high.Cells[first].N {
				high = &t.Rows[i]
			}
			if low == nil || c.N < low.Cells[first].N {
				low = &t.Rows[i]
			}
		}
	}
	return extremes(t.Columns[first], first, high, low) + hiddenWords(hidden)
}

func extremes(column forloeb.Column, i int, high, low *forloeb.Row) string {
	switch {
	case high == nil:
		return "Ingen tal kan vises."
	case high == low:
		return column.Label + ": " + high.Label + " " + high.Cells[i].Text(column.Kind) + "."
	}
	return column.Label + ": højest er " + high.Label + " med " + high.Cells[i].Text(column.Kind) + ", og lavest er " + low.Label + " med " + low.Cells[i].Text(column.Kind) + "."
}

func hiddenWords(n int) string {
	if n == 0 {
		return ""
	}
	return " " + forloeb.Capital(forloeb.Counted(n, "én række", "rækker")) + " vises ikke, fordi der er for få."
}

// Legend is what the two bars of a row are; empty where there is one.
func (p plot) Legend() (words []string) {
	if columns := drawn(p.Table); len(columns) == 2 {
		for _, c := range columns {
			words = append(words, p.Table.Columns[c.column].Label)
		}
	}
	return words
}

// Intervals reports whether the bars have intervals.
func (p plot) Intervals() bool { return drawn(p.Table)[0].interval >= 0 }
