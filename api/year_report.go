package api

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/sheet"
)

// The year for those who agreed on the programme, set up for A4. It is made of
// the published tables and of nothing else, so that what is hidden among the
// figures is hidden here.

const yearReportPath = figuresPath + "/aarsrapport"

// yearReportTables are what the year is told by, in their order.
var yearReportTables = []forloeb.TableCode{
	forloeb.TableInitiatives, forloeb.TableOverTime, "by_theme", "by_region", forloeb.TableFunnel,
	forloeb.TableAnswers("satisfied"), forloeb.TableAnswers("recommend"), forloeb.TableAnswers("cooperation"),
}

// readYear is which year of which programme an address asks for: without one,
// the last that is over.
func readYear(asked url.Values, now time.Time) forloeb.StatisticsFilter {
	f := forloeb.StatisticsFilter{Programme: forloeb.Spark, Year: now.In(forloeb.Copenhagen).Year() - 1, At: now}
	if p, known := forloeb.ProgrammeByCode(forloeb.ProgrammeCode(asked.Get("program"))); known {
		f.Programme = p.Code
	}
	if year, err := strconv.Atoi(asked.Get("aar")); err == nil && year >= earliestYear && year <= latestYear {
		f.Year = year
	}
	return f
}

// showYearReport tells of a year of a programme.
func (s *Server) showYearReport(c *gin.Context) error {
	statistics, err := s.store.Statistics(c.Request.Context(), readYear(c.Request.URL.Query(), s.now()))
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, newYearReportPage(statistics))
}

// showYearReportExport asks what the file is for.
func (s *Server) showYearReportExport(c *gin.Context) error {
	return s.write(c, http.StatusOK, newYearReportExportPage(readYear(c.Request.URL.Query(), s.now()), asking{}))
}

// sendYearReportExport sends the year as a workbook.
func (s *Server) sendYearReportExport(c *gin.Context) error {
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	f := readYear(c.Request.URL.Query(), s.now())
	words, wrong := purposeSent(c.Request.PostForm)
	if len(wrong) > 0 {
		return s.write(c, http.StatusUnprocessableEntity, newYearReportExportPage(f, asking{wrong: wrong, typed: c.Request.PostForm}))
	}
	statistics, err := s.store.Statistics(c.Request.Context(), f)
	if err != nil {
		return err
	}
	w := figuresWish{Programme: f.Programme, Year: f.Year, Format: formatXLSX}
	if err := s.noteExport(c, yearReportPath+exportPath, words, w.codes()...); err != nil {
		return err
	}
	return sendBook(c, string(f.Programme)+"-aarsrapport-"+strconv.Itoa(f.Year), formatXLSX, yearReportBook(statistics))
}

// toldBy are the report's tables that have something to tell.
func toldBy(s forloeb.Statistics) (tables []forloeb.Table) {
	for _, code := range yearReportTables {
		if t, found := s.Table(code); found && !t.HeadOnly && tells(t) {
			tables = append(tables, t)
		}
	}
	return tables
}

// tells reports whether a table has a figure of the year's own: what was told
// before stands beside nothing.
func tells(t forloeb.Table) bool {
	if t.Code == forloeb.TableInitiatives {
		return t.Rows[0].Cells[t.Column("percent")].Shown()
	}
	return !t.Empty()
}

// yearReportBook has the figures of the report, and a tab that draws them.
func yearReportBook(s forloeb.Statistics) sheet.Book {
	tables := toldBy(s)
	if response, found := s.Table(forloeb.TableResponse); found {
		tables = append(tables, response)
	}
	book := figuresBook(s.Filter, tables)
	book.ChartsName = "Diagrammer"
	for i, t := range tables {
		if t.Code == forloeb.TableResponse || len(t.Rows) == 0 {
			continue
		}
		chart := sheet.Chart{Title: t.Title, Sheet: i, Rows: len(t.Rows)}
		for _, c := range drawn(t) {
			chart.Columns = append(chart.Columns, sheetColumn(t, c.column))
		}
		book.Charts = append(book.Charts, chart)
	}
	return book
}

// sheetColumn is where sheetOf puts a column of a table.
func sheetColumn(t forloeb.Table, column int) int {
	at := 1
	for i, c := range t.Columns[:column] {
		at += len(headingsOf(t.Columns, i, c))
	}
	return at
}

func yearReportAddress(path string, f forloeb.StatisticsFilter) string {
	return path + "?" + url.Values{"program": {string(f.Programme)}, "aar": {strconv.Itoa(f.Year)}}.Encode()
}

// yearReportPage tells of one year.
//
// States: with figures; of a year in which nobody has answered; of a year with
// too few; of a year without anything.
type yearReportPage struct {
	Base
	figuresSum
	Filter  figuresFilter
	Heading string
	Agreed  string // who agreed on the programme
	Plots   []plot
	On      string // when the figures are from
	Source  string
	Small   string
	Regions string
	Export  string
}

func (*yearReportPage) template() string { return "year-report" }

func newYearReportPage(s forloeb.Statistics) *yearReportPage {
	p, _ := forloeb.ProgrammeByCode(s.Filter.Programme)
	page := &yearReportPage{
		Base: Base{Programme: p.Code}, figuresSum: sumOf(s), Filter: figuresFilterOf(s), Heading: p.Name + " i " + strconv.Itoa(s.Filter.Year),
		Agreed: p.Words.Agreement(), On: forloeb.Date(s.Filter.At), Source: sourceWords, Small: smallWords(),
		Regions: forloeb.RegionMap(s.Filter.At) + ".", Export: yearReportAddress(yearReportPath+exportPath, s.Filter),
	}
	for _, t := range toldBy(s) {
		page.Plots = append(page.Plots, plotOf(t))
	}
	return page
}

func newYearReportExportPage(f forloeb.StatisticsFilter, a asking) *exportPage {
	p, _ := forloeb.ProgrammeByCode(f.Programme)
	page := &exportPage{
		Heading: "Hent årsrapporten", Lead: p.Name + " i " + strconv.Itoa(f.Year) + " til Excel: tallene med diagrammer. De samme tal er skjult som på siden.",
		Back: wayOn{Label: "Årsrapport", Address: yearReportAddress(yearReportPath, f)}, Action: yearReportAddress(yearReportPath+exportPath, f), Fields: []field{a.exportPurpose()},
	}
	page.Errors = a.wrong
	return page
}
