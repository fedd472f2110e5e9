package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// formulas are what a spreadsheet would run.
var formulas = []string{
	"=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00A0=1+1", "＝1+1", "＋1", "－1", "＠x",
	`=HYPERLINK("https://example.dk";"Se her")`, "=cmd|' /C calc'!A0",
}

func dangerous() Sheet {
	s := Sheet{Name: "Sager: alle [2026]/maj", Columns: []Column{{Heading: "=Navn"}, {Heading: "Antal"}}}
	for i, f := range formulas {
		s.Rows = append(s.Rows, []Cell{f, i})
	}
	return s
}

func typed() Sheet {
	return Sheet{Name: "Tal", Columns: []Column{{Heading: "Ord", Width: 30}, {Heading: "Helt"}, {Heading: "Andel"}, {Heading: "Tal"}, {Heading: "Dag"}, {Heading: "Intet"}}, Rows: [][]Cell{
		{`Ærø; "Søndre" skole`, 1480, Percent(76), 2.5, time.Date(2026, 11, 23, 0, 30, 0, 0, time.FixedZone("", 3600)), nil},
		{"–", -3, Percent(0), -0.25, time.Date(2027, 1, 2, 23, 59, 0, 0, time.UTC), nil},
	}}
}

func TestCSVIsAsDanishSpreadsheetsReadIt(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	require.NoError(t, WriteCSV(&b, typed()))
	require.Equal(t, "\uFEFFOrd;Helt;Andel;Tal;Dag;Intet\r\n"+
		`"Ærø; ""Søndre"" skole";1480;76;2,5;23-11-2026;`+"\r\n"+
		"–;-3;0;-0,25;02-01-2027;\r\n", b.String())
}

// Read back by another reader, nothing in the file is a formula, and every word
// is there.
func TestNoFormulaInCSV(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	require.NoError(t, WriteCSV(&b, dangerous()))
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b.Bytes(), []byte(bom))))
	r.Comma = ';'
	lines, err := r.ReadAll()
	require.NoError(t, err)
	require.Len(t, lines, len(formulas)+1)
	require.Equal(t, []string{"'=Navn", "Antal"}, lines[0])
	for i, f := range formulas {
		require.Equal(t, "'"+strings.ReplaceAll(f, "\r", ""), strings.ReplaceAll(lines[i+1][0], "\r", ""))
	}
}

// readSheet is a tab as the format has it (ECMA-376, part 1, 18.3), read by
// nothing that wrote it.
type readSheet struct {
	Rows []struct {
		Cells []readCell `xml:"c"`
	} `xml:"sheetData>row"`
}

type readCell struct {
	At      string  `xml:"r,attr"`
	Type    string  `xml:"t,attr"`
	Style   int     `xml:"s,attr"`
	Value   string  `xml:"v"`
	Inline  string  `xml:"is>t"`
	Formula *string `xml:"f"`
}

// read opens a workbook as what it is, a zip of XML.
func read(t *testing.T, b Book) (sheets []readSheet, names []string, files map[string]string) {
	t.Helper()
	var file bytes.Buffer
	require.NoError(t, WriteXLSX(&file, b))
	z, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	require.NoError(t, err)
	files = map[string]string{}
	for _, part := range z.File {
		r, err := part.Open()
		require.NoError(t, err)
		body, err := io.ReadAll(r)
		require.NoError(t, err)
		files[part.Name] = string(body)
	}
	var workbook struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
		} `xml:"sheets>sheet"`
	}
	require.NoError(t, xml.Unmarshal([]byte(files["xl/workbook.xml"]), &workbook))
	for i, s := range workbook.Sheets {
		var found readSheet
		require.NoError(t, xml.Unmarshal([]byte(files["xl/worksheets/sheet"+string(rune('1'+i))+".xml"]), &found))
		sheets, names = append(sheets, found), append(names, s.Name)
	}
	return sheets, names, files
}

func TestTheCellsOfAWorkbookAreTyped(t *testing.T) {
	t.Parallel()
	sheets, names, files := read(t, Book{Sheets: []Sheet{typed(), dangerous()}})
	require.Equal(t, []string{"Tal", "Sager  alle (2026)-maj"}, names)
	row := sheets[0].Rows[1].Cells
	require.Equal(t, `Ærø; "Søndre" skole`, row[0].Inline)
	require.Equal(t, "inlineStr", row[0].Type)
	for i, want := range map[int]string{1: "1480", 2: "0.76", 3: "2.5", 4: "46349"} { // 23 November 2026 is day 46349
		require.Equal(t, want, row[i].Value, row[i].At)
		require.NotEqual(t, "inlineStr", row[i].Type, row[i].At)
	}
	require.Contains(t, files["xl/styles.xml"], "dd-mm-yyyy")
}

func TestNoFormulaInAWorkbook(t *testing.T) {
	t.Parallel()
	sheets, _, files := read(t, Book{Sheets: []Sheet{dangerous()}})
	require.Len(t, sheets[0].Rows, len(formulas)+1)
	for i, row := range sheets[0].Rows {
		for _, c := range row.Cells {
			require.Nil(t, c.Formula, c.At)
		}
		require.Equal(t, "inlineStr", row.Cells[0].Type)
		if i > 0 {
			require.True(t, strings.HasPrefix(row.Cells[0].Inline, "'"), "%q", row.Cells[0].Inline)
		}
	}
	for name := range files {
		require.NotContains(t, name, "vba")
		require.NotContains(t, name, "externalLink")
	}
}
