package sheet

import (
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// WriteXLSX writes a book as an Excel workbook, a tab a table: numbers as
// numbers, shares as percent, days as days, words as words, and no formula.
func WriteXLSX(to io.Writer, b Book) (err error) {
	f := excelize.NewFile()
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	styles, err := newStyles(f)
	if err != nil {
		return err
	}
	for i, s := range b.Sheets {
		name := tab(s.Name)
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			return err
		}
		if err := styles.write(f, name, s); err != nil {
			return err
		}
	}
	if err := addCharts(f, b); err != nil {
		return err
	}
	_, err = f.WriteTo(to)
	return err
}

// maxTab is how long the name of a tab may be.
const maxTab = 31

// tab is a name that Excel takes for a tab.
func tab(name string) string {
	letters := []rune(strings.NewReplacer("[", "(", "]", ")", ":", " ", "*", " ", "?", "", "/", "-", `\`, "-", "'", "").Replace(name))
	return string(letters[:min(len(letters), maxTab)])
}

type styles struct{ heading, words, whole, percent, day int }

func newStyles(f *excelize.File) (s styles, err error) {
	danishDay, thousands := "dd-mm-yyyy", "#,##0"
	for _, style := range []struct {
		into *int
		is   excelize.Style
	}{
		{&s.heading, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
		{&s.words, excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
		{&s.whole, excelize.Style{CustomNumFmt: &thousands}},
		{&s.percent, excelize.Style{NumFmt: 9}}, // 0%
		{&s.day, excelize.Style{CustomNumFmt: &danishDay}},
	} {
		if *style.into, err = f.NewStyle(&style.is); err != nil {
			return s, err
		}
	}
	return s, nil
}

func (s styles) write(f *excelize.File, name string, sheet Sheet) error {
	w, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, c := range sheet.Columns {
		if c.Width == 0 {
			c.Width = 16
		}
		if err := w.SetColWidth(i+1, i+1, c.Width); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	line := make([]any, len(sheet.Columns))
	for i, c := range sheet.Columns {
		line[i] = excelize.Cell{StyleID: s.heading, Value: Text(c.Heading)}
	}
	if err := w.SetRow("A1", line); err != nil {
		return err
	}
	for n, row := range sheet.Rows {
		for i, c := range row {
			line[i] = s.cell(c)
		}
		at, err := excelize.CoordinatesToCellName(1, n+2)
		if err != nil {
			return err
		}
		if err := w.SetRow(at, line); err != nil {
			return err
		}
	}
	return w.Flush()
}

// cell is a typed cell. A day is written as its date at midnight: a spreadsheet
// knows no time zones.
func (s styles) cell(c Cell) any {
	switch c := c.(type) {
	case string:
		return excelize.Cell{StyleID: s.words, Value: Text(c)}
	case int:
		return excelize.Cell{StyleID: s.whole, Value: c}
	case Percent:
		return excelize.Cell{StyleID: s.percent, Value: float64(c) / 100}
	case time.Time:
		y, m, d := c.Date()
		return excelize.Cell{StyleID: s.day, Value: time.Date(y, m, d, 0, 0, 0, 0, time.UTC)}
	}
	return c
}
