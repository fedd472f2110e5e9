package api

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func TestTheYearOnAPage(t *testing.T) {
	o := withConsultants(t)
	o.asked(true, true, true, true, true, true)
	reader := o.loggedIn(forloeb.RoleReader, "kl@example.dk")
	heading := func(query string) string {
		return parsed(t, o.browse(reader, yearReportPath+query)).Find("h1").Text()
	}
	got := parsed(t, o.browse(reader, yearReportPath+"?aar=2027"))
	require.Equal(t, "SPARK i 2027", got.Find("h1").Text())
	require.Contains(t, part(got, "card-planned"), "6 af 6")
	require.Contains(t, part(got, "foot"), "mindst fem arbejdspladser")
	last := strconv.Itoa(time.Now().In(forloeb.Copenhagen).Year() - 1)
	for _, wrong := range []string{"", "?aar=1999", "?aar=3000", "?aar=ifjor", "?program=nope"} {
		require.Equal(t, "SPARK i "+last, heading(wrong), wrong)
	}
	require.Equal(t, "Ekspertrådgivning om psykisk arbejdsmiljø i 2027", heading("?program=regional&aar=2027"))
}

// What the report shows is what the live tables show of the year, hidden figures
// included: nobody learns more from the two together.
func TestTheYearReportHidesWhatTheTablesHide(t *testing.T) {
	t.Parallel()
	f := forloeb.StatisticsFilter{Programme: forloeb.Spark, Year: 2026, At: exampleApplied}
	for _, workplaces := range []int{74, 17, 6} {
		live := exampleStatistics(f, workplaces)
		report := newYearReportPage(live)
		require.Equal(t, figuresPageOf(nil, live).figuresSum, report.figuresSum)
		for _, p := range report.Plots {
			table, published := live.Table(p.Table.Code)
			require.True(t, published)
			require.Equal(t, plotOf(table), p)
			require.Contains(t, yearReportBook(live).Sheets, sheetOf(table))
		}
	}
	require.Len(t, newYearReportPage(exampleStatistics(f, 74)).Plots, len(yearReportTables))
}

func TestTheYearAsAWorkbook(t *testing.T) {
	o := withConsultants(t)
	o.asked(true, true, true, true, true, true)
	reader := o.loggedIn(forloeb.RoleReader, "kl@example.dk")
	link, exists := parsed(t, o.browse(reader, yearReportPath+"?aar=2027")).Find("[data-test-id=export]").Attr("href")
	require.True(t, exists)
	require.Contains(t, o.browse(reader, link).text, "Hvad skal du bruge udtrækket til?")

	require.Equal(t, http.StatusUnprocessableEntity, o.submit(reader, link, url.Values{"formaal": {"-"}}).StatusCode)
	require.Zero(t, o.env.Count(`select count(*) from access_log where kind = 'export'`))

	a := o.submit(reader, link, url.Values{"formaal": {"Årsmødet med KL"}})
	require.Equal(t, http.StatusOK, a.StatusCode, a.text)
	require.Equal(t, `attachment; filename="spark-aarsrapport-2027.xlsx"`, a.Header.Get("Content-Disposition"))
	names, cells := tabsOf(t, a.text)
	require.Equal(t, "Diagrammer", names[0])
	require.Equal(t, []string{"Svar", "Om tallene"}, names[len(names)-2:])
	require.Contains(t, strings.Join(cells["Indsatser"], " "), "Har planlagt indsatser 6 6 1")
	require.Equal(t, len(names)-3, chartsOf(t, a.text), "every table but the answers is drawn")
	require.Equal(t, 1, o.env.Count(`select count(*) from access_log where kind = 'export' and route = $1 and words = 'Årsmødet med KL'
		and filters = '{aar=2027,format=xlsx,program=spark}'`, yearReportPath+exportPath))
}

// sheetsOfPaper are those of a PDF.
var sheetsOfPaper = regexp.MustCompile(`/Type\s*/Page\b`)

// Printed by a browser, it is A4, at most both sides of a sheet, with every plot.
func TestTheYearPrintsWhole(t *testing.T) {
	b := newBrowser(t)
	b.open(t, examplesServer(t)+"/example/year-report", 1280)
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
	require.NoError(t, err)
	keepScreenshot(t, "year-report.pdf", pdf)
	require.LessOrEqual(t, len(sheetsOfPaper.FindAll(pdf, -1)), 2)
	b.printed(t)
	screenshot(t, b, "year-report-print.png")
	require.Equal(t, []bool{false, false}, evaluate[[]bool](t, b, `['header', 'footer'].map(e => document.querySelector('body > ' + e).checkVisibility())`))
	require.EqualValues(t, len(yearReportTables), evaluate[int](t, b, `[...document.querySelectorAll('.plot-drawing')].filter(e => e.checkVisibility()).length`))
	require.True(t, evaluate[bool](t, b, `[...document.querySelectorAll('.plot-bar')].every(e => getComputedStyle(e).printColorAdjust === 'exact')`))
}

// printed shows a page as it is printed, on the width of A4 between its margins.
func (b *browser) printed(t *testing.T) {
	t.Helper()
	b.look(t, screen{width: 703, text: 100})
	require.NoError(t, chromedp.Do(b.ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return err
	})))
}
