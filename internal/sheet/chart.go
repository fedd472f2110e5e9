package sheet

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Greys that are told apart in print without colours.
var chartFills = []string{"454545", "BFBFBF"}

// Measures of a chart, in pixels, and the rows of a sheet that it covers.
const (
	chartWidth, chartBase, chartPerBar = 640, 110, 24
	rowHeight                          = 20
)

// addCharts draws a book's charts below each other on a tab of their own,
// before the others.
func addCharts(f *excelize.File, b Book) error {
	if len(b.Charts) == 0 {
		return nil
	}
	name := tab(b.ChartsName)
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	row := 1
	for _, c := range b.Charts {
		height := chartBase + chartPerBar*c.Rows*len(c.Columns)
		at, err := excelize.CoordinatesToCellName(1, row)
		if err != nil {
			return err
		}
		if err := f.AddChart(name, at, drawing(b, c, height)); err != nil {
			return fmt.Errorf("chart %q: %w", c.Title, err)
		}
		row += height/rowHeight + 2
	}
	if err := f.MoveSheet(name, tab(b.Sheets[0].Name)); err != nil {
		return err
	}
	f.SetActiveSheet(0)
	return nil
}

func drawing(b Book, c Chart, height int) *excelize.Chart {
	font := excelize.Font{Color: "1A1A1A", Size: 10}
	chart := &excelize.Chart{
		Type: excelize.Bar, Dimension: excelize.ChartDimension{Width: chartWidth, Height: uint(height)}, Legend: excelize.ChartLegend{Position: "none"},
		Title:    excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: Text(c.Title), Font: &excelize.Font{Bold: true, Size: 12, Color: "1A1A1A"}}}},
		XAxis:    excelize.ChartAxis{ReverseOrder: true, Font: font}, // the first row at the top
		YAxis:    excelize.ChartAxis{Font: font, Minimum: new(0.0)},
		PlotArea: excelize.ChartPlotArea{ShowVal: true},
	}
	if len(c.Columns) > 1 {
		chart.Legend.Position = "bottom"
	}
	for i, column := range c.Columns {
		chart.Series = append(chart.Series, excelize.ChartSeries{
			Name: cells(b, c.Sheet, column, 1, 1), Categories: cells(b, c.Sheet, 0, 2, c.Rows+1), Values: cells(b, c.Sheet, column, 2, c.Rows+1),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: chartFills[i : i+1]},
		})
	}
	return chart
}

// cells names some cells of a column, from one row to another.
func cells(b Book, sheet, column, from, to int) string {
	letter, _ := excelize.ColumnNumberToName(column + 1)
	name := fmt.Sprintf("'%s'!$%s$%d", tab(b.Sheets[sheet].Name), letter, from)
	if to > from {
		name += fmt.Sprintf(":$%s$%d", letter, to)
	}
	return name
}
