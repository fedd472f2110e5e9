package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// bom tells a spreadsheet that the file is UTF-8.
const bom = "\uFEFF"

// WriteCSV writes one table as CSV for Danish readers: UTF-8 with a byte order
// mark, semicolons, a decimal comma and CRLF. A percent is its number; its
// heading says what it is.
func WriteCSV(to io.Writer, s Sheet) error {
	if _, err := io.WriteString(to, bom); err != nil {
		return err
	}
	w := csv.NewWriter(to)
	w.Comma, w.UseCRLF = ';', true
	line := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		line[i] = Text(c.Heading)
	}
	if err := w.Write(line); err != nil {
		return err
	}
	for _, row := range s.Rows {
		for i, c := range row {
			line[i] = written(c)
		}
		if err := w.Write(line); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func written(c Cell) string {
	switch c := c.(type) {
	case nil:
		return ""
	case string:
		return Text(c)
	case int:
		return strconv.Itoa(c)
	case Percent:
		return strconv.Itoa(int(c))
	case float64:
		return strings.Replace(strconv.FormatFloat(c, 'f', -1, 64), ".", ",", 1)
	case time.Time:
		return c.Format("02-01-2006")
	}
	panic(fmt.Sprintf("sheet: no cell is a %T", c))
}
