package api

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/sheet"
)

// What leaves the house does so as a file that somebody has said what is for:
// the purpose is a line of the access log before anything is sent.

const exportPath = "/udtraek"

// Formats of a file.
const (
	formatXLSX = "xlsx"
	formatCSV  = "csv"
	formatJSON = "json"
)

var mediaTypes = map[string]string{
	formatXLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	formatCSV:  "text/csv; charset=utf-8",
	formatJSON: "application/json; charset=utf-8",
}

// exportPurpose is asked for by every export.
func (a asking) exportPurpose() field {
	f := a.line("formaal", "Hvad skal du bruge udtrækket til?", "")
	f.Hint, f.Autocomplete = "Formålet bliver gemt sammen med dit navn. Skriv ingen navne.", "off"
	return f
}

// purposeSent is what was written, and what is wrong with it.
func purposeSent(sent url.Values) (words string, wrong []fieldError) {
	words = forloeb.CleanLine(sent.Get("formaal"))
	switch n := len([]rune(words)); {
	case n < leastPurpose:
		return words, []fieldError{{"formaal", "Skriv kort, hvad du skal bruge udtrækket til."}}
	case n > forloeb.MaxPurposeWords:
		return words, []fieldError{{"formaal", "Skriv det kortere, højst 200 tegn."}}
	}
	return words, nil
}

// leastPurpose is how many letters say what something is for.
const leastPurpose = 4

// noteExport writes the line of the access log that an export is.
func (s *Server) noteExport(c *gin.Context, route, words string, what ...string) error {
	line := lineOf(principal(c.Request.Context()), route, http.MethodGet)
	line.Kind, line.Purpose, line.Words, line.Filters = forloeb.AccessExport, forloeb.PurposeOther, words, what
	return s.store.NoteAccess(c.Request.Context(), line)
}

// sendFile is an answer that is kept as a file.
func sendFile(c *gin.Context, name, format string, body []byte) error {
	c.Header("Content-Disposition", `attachment; filename="`+name+"."+format+`"`)
	c.Data(http.StatusOK, mediaTypes[format], body)
	return nil
}

// sendBook is a book in the format, of which CSV holds the first table alone.
func sendBook(c *gin.Context, name, format string, b sheet.Book) error {
	var body bytes.Buffer
	var err error
	if format == formatCSV {
		err = sheet.WriteCSV(&body, b.Sheets[0])
	} else {
		err = sheet.WriteXLSX(&body, b)
	}
	if err != nil {
		return err
	}
	return sendFile(c, name, format, body.Bytes())
}

// aboutSheet is the tab that says what a book holds.
func aboutSheet(name string, lines ...[2]string) sheet.Sheet {
	s := sheet.Sheet{Name: name, Columns: []sheet.Column{{Heading: "Hvad", Width: 28}, {Heading: "Svar", Width: 90}}}
	for _, l := range lines {
		s.Rows = append(s.Rows, []sheet.Cell{l[0], l[1]})
	}
	return s
}

// sheetOf is a published table as a sheet: the same figures as the page shows,
// and the same words where one is hidden. An interval has two columns.
func sheetOf(t forloeb.Table) sheet.Sheet {
	s := sheet.Sheet{Name: t.Title, Columns: []sheet.Column{{Heading: t.Dimension, Width: 36}}}
	for i, column := range t.Columns {
		s.Columns = append(s.Columns, headingsOf(t.Columns, i, column)...)
	}
	rows := t.Rows
	if t.Total != nil {
		rows = append(rows[:len(rows):len(rows)], *t.Total)
	}
	for _, r := range rows {
		line := []sheet.Cell{r.Label}
		for i, c := range r.Cells {
			line = append(line, cellsOf(c, t.Columns[i].Kind)...)
		}
		s.Rows = append(s.Rows, line)
	}
	return s
}

// headingsOf are the headings of a column. An interval is of the share before it.
func headingsOf(columns []forloeb.Column, i int, c forloeb.Column) []sheet.Column {
	switch c.Kind {
	case forloeb.KindPercent:
		return []sheet.Column{{Heading: c.Label + " (procent)"}}
	case forloeb.KindDays:
		return []sheet.Column{{Heading: c.Label + " (dage)"}}
	case forloeb.KindInterval:
		of := c.Label
		if i > 0 {
			of = columns[i-1].Label
		}
		return []sheet.Column{{Heading: of + ", sikkert mindst (procent)"}, {Heading: of + ", sikkert højst (procent)"}}
	}
	return []sheet.Column{{Heading: c.Label}}
}

func cellsOf(c forloeb.Cell, kind forloeb.ColumnKind) []sheet.Cell {
	switch {
	case !c.Shown() && kind == forloeb.KindInterval:
		return []sheet.Cell{c.Text(kind), c.Text(kind)}
	case !c.Shown():
		return []sheet.Cell{c.Text(kind)}
	case kind == forloeb.KindInterval:
		return []sheet.Cell{sheet.Percent(c.Low), sheet.Percent(c.High)}
	case kind == forloeb.KindPercent:
		return []sheet.Cell{sheet.Percent(c.N)}
	}
	return []sheet.Cell{c.N}
}

// yearWords is a year, or all of them.
func yearWords(year int) string {
	if year == 0 {
		return "Alle år"
	}
	return strconv.Itoa(year)
}
