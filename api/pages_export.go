package api

import (
	"strconv"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// exportPage asks what a file is for before it is made.
//
// States: of the figures and of the list; sent with mistakes.
type exportPage struct {
	Base
	Heading string
	Lead    string
	Back    wayOn
	Action  string
	Fields  []field
}

func (*exportPage) template() string { return "export" }

func formats(list ...string) (options []option) {
	words := map[string]option{
		formatXLSX: {Value: formatXLSX, Label: "Excel"},
		formatCSV:  {Value: formatCSV, Label: "CSV", Hint: "Semikolon og decimalkomma, som danske regneark læser det."},
		formatJSON: {Value: formatJSON, Label: "JSON", Hint: "Til et program."},
	}
	for _, format := range list {
		options = append(options, words[format])
	}
	return options
}

// figuresExportPage offers the years and tables that there are.
func (s *Server) figuresExportPage(c *gin.Context, a asking) (*exportPage, error) {
	now := s.now()
	years, tables := map[int]bool{now.In(forloeb.Copenhagen).Year(): true}, []option{}
	seen := map[forloeb.TableCode]bool{}
	for _, p := range forloeb.Programmes {
		statistics, err := s.store.Statistics(c.Request.Context(), forloeb.StatisticsFilter{Programme: p.Code, At: now})
		if err != nil {
			return nil, err
		}
		for _, year := range statistics.Years {
			years[year] = true
		}
		for _, t := range exportable(statistics) {
			if !seen[t.Code] {
				seen[t.Code], tables = true, append(tables, option{Value: string(t.Code), Label: t.Title})
			}
		}
	}
	return newFiguresExportPage(years, tables, a), nil
}

func newFiguresExportPage(years map[int]bool, tables []option, a asking) *exportPage {
	var programmes []option
	for _, p := range forloeb.Programmes {
		programmes = append(programmes, option{Value: string(p.Code), Label: p.FullName})
	}
	year := a.line("aar", "År", "")
	year.Control, year.First = "select", "Alle år"
	for y := latestYear; y >= earliestYear; y-- {
		if years[y] {
			year.Options = append(year.Options, option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
		}
	}
	table := a.line("tabel", "Tabel i CSV-filen", "")
	table.Control, table.First, table.Options = "select", "Vælg en tabel", tables
	table.Hint = "En CSV-fil har én tabel. Excel og JSON har dem alle."
	page := &exportPage{
		Heading: "Hent tallene", Lead: "Filen har de samme tal som siden, og de samme tal er skjult.", Back: wayOn{Label: "Tal", Address: figuresPath}, Action: figuresExportPath,
		Fields: []field{a.choice("program", "Program", "", programmes...), year, a.choice("format", "Slags fil", "", formats(formatXLSX, formatCSV, formatJSON)...), table, a.exportPurpose()},
	}
	page.Errors = a.wrong
	return page
}

func newListExportPage(w listWish, counts forloeb.ListCounts, a asking) *exportPage {
	back := w.address(func(*listWish) {})
	page := &exportPage{
		Heading: "Hent listen", Back: wayOn{Label: w.heading(), Address: back}, Action: w.exportAddress(),
		Lead:   forloeb.Capital(forloeb.Counted(counts.Found, "ét forløb", "forløb")) + ", som listen er nu. Parternes navne og adresser er ikke med.",
		Fields: []field{a.choice("format", "Slags fil", "", formats(formatXLSX, formatCSV)...), a.exportPurpose()},
	}
	page.Errors = a.wrong
	return page
}
