// Package sheet writes tables as files that people open in a spreadsheet: CSV
// as it is read in Denmark, and XLSX. A cell is what it is, a number or words,
// and words are never read as a formula.
package sheet

import (
	"strings"
	"unicode/utf8"
)

// Book is some tables that are handed over together, and drawings of them on a
// tab of their own, the first.
type Book struct {
	Sheets     []Sheet
	ChartsName string // of the tab with the charts
	Charts     []Chart
}

// Chart draws columns of a sheet as bars, a bar for each of its first rows. It
// has the figures from the sheet's own cells; one that is words has no bar.
type Chart struct {
	Title   string
	Sheet   int   // in the book
	Columns []int // at most two, the first 0; the rows' names are column 0
	Rows    int
}

// Sheet is one table. Every row has a cell for each column.
type Sheet struct {
	Name    string // of the tab in a spreadsheet; shortened where it is too long
	Columns []Column
	Rows    [][]Cell
}

// Column is the heading of a column, and how wide it is.
type Column struct {
	Heading string
	Width   float64 // letters; 0: as usual
}

// Cell is one of
//
//	string         words
//	int            a whole number
//	float64        a number
//	Percent        a whole percent
//	time.Time      a day in its own time zone
//	nil            nothing
type Cell any

// Percent is a whole percent: a share of 0.76 is 76.
type Percent int

// Text makes words that no spreadsheet reads as a formula, by an apostrophe
// before what could begin one (OWASP, CSV injection): also after spaces, and in
// the full-width letters that some programs take for the same.
func Text(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u00A0"))
	switch first {
	case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠':
		return "'" + s
	}
	return s
}
