package api

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// tabsOf reads the words and figures of a workbook out of its XML, tab by tab.
func tabsOf(t *testing.T, file string) (names []string, cells map[string][]string) {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	part := func(name string, into any) {
		r, err := z.Open(name)
		require.NoError(t, err)
		body, err := io.ReadAll(r)
		require.NoError(t, err)
		require.NotContains(t, string(body), "<f>", "a formula in %s", name)
		require.NoError(t, xml.Unmarshal(body, into))
	}
	var workbook struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	part("xl/workbook.xml", &workbook)
	var related struct {
		To []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	part("xl/_rels/workbook.xml.rels", &related)
	files := map[string]string{}
	for _, r := range related.To {
		files[r.ID] = partName(r.Target)
	}
	cells = map[string][]string{}
	for _, s := range workbook.Sheets {
		var found struct {
			Cells []struct {
				Value  string `xml:"v"`
				Inline string `xml:"is>t"`
			} `xml:"sheetData>row>c"`
		}
		part(files[s.ID], &found)
		names = append(names, s.Name)
		for _, c := range found.Cells {
			cells[s.Name] = append(cells[s.Name], c.Value+c.Inline)
		}
	}
	return names, cells
}

// partName is where a part of a workbook lies: targets are from the folder of
// the workbook, or from the root.
func partName(target string) string {
	if fromRoot, is := strings.CutPrefix(target, "/"); is {
		return fromRoot
	}
	return path.Join("xl", target)
}

// chartsOf counts the charts of a workbook.
func chartsOf(t *testing.T, file string) (n int) {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	for _, part := range z.File {
		if strings.HasPrefix(part.Name, "xl/charts/chart") {
			n++
		}
	}
	return n
}

// asked writes down workplaces that have answered, or not, in 2027.
func (o *office) asked(answered ...bool) {
	o.t.Helper()
	for _, has := range answered {
		evaluation := uuid.New()
		o.env.Exec(`insert into evaluations (id, workplace_id, wave) values ($1, $2, 0)`, evaluation, o.env.Read(o.env.Apply()).Lead().ID)
		if has {
			o.env.Exec(`select keep_answer($1, 2, '{"planned": "yes", "ongoing": "no"}', '', '2027-03-01')`, evaluation)
		}
	}
}

// The file has what the page would show: the same tables, figures and hidden
// figures, in each format. What it is for is in the access log.
func TestTheFiguresAsAFile(t *testing.T) {
	o := withConsultants(t)
	o.asked(true, true, true, true, true, true, false)
	anna := o.loggedIn(forloeb.RoleSecretariat, "anna@example.dk")
	ctx := t.Context()
	want, err := o.env.API.Statistics(ctx, forloeb.StatisticsFilter{Programme: forloeb.Spark, At: time.Now()})
	require.NoError(t, err)
	send := func(format, table string) answer {
		return o.submit(anna, figuresExportPath, url.Values{"program": {"spark"}, "format": {format}, "tabel": {table}, "formaal": {"Årsmødet med KL"}})
	}

	a := send(formatXLSX, "")
	require.Equal(t, http.StatusOK, a.StatusCode, a.text)
	require.Equal(t, `attachment; filename="spark-tal.xlsx"`, a.Header.Get("Content-Disposition"))
	names, _ := tabsOf(t, a.text)
	require.Equal(t, "Om tallene", names[len(names)-1])
	require.Len(t, names, len(exportable(want))+1)

	a = send(formatJSON, "")
	var got figuresDocument
	require.NoError(t, json.Unmarshal([]byte(a.text), &got))
	require.Equal(t, newFiguresDocument(forloeb.StatisticsFilter{Programme: forloeb.Spark, At: time.Now()}, exportable(want)), got)

	for _, table := range exportable(want) {
		a = send(formatCSV, string(table.Code))
		require.True(t, strings.HasPrefix(a.text, "\uFEFF"))
		r := csv.NewReader(bytes.NewReader([]byte(strings.TrimPrefix(a.text, "\uFEFF"))))
		r.Comma = ';'
		lines, err := r.ReadAll()
		require.NoError(t, err)
		require.Equal(t, table.Dimension, lines[0][0])
		for i, row := range table.Rows {
			require.Equal(t, row.Label, lines[i+1][0])
			at := 1
			for k, c := range row.Cells {
				if !c.Shown() {
					require.Equal(t, c.Text(table.Columns[k].Kind), lines[i+1][at], "what is hidden on the page is hidden here")
				}
				at += len(cellsOf(c, table.Columns[k].Kind))
			}
			require.Len(t, lines[i+1], at)
		}
	}
	require.Equal(t, 1, o.env.Count(`select count(*) from access_log where kind = 'export' and route = $1 and purpose = 'other' and words = 'Årsmødet med KL'
		and filters = '{aar=0,format=xlsx,program=spark}'`, figuresExportPath))
}

// Fewer than five workplaces are in no file.
func TestSmallFiguresAreInNoFile(t *testing.T) {
	o := withConsultants(t)
	o.asked(true, true, true)
	a := o.submit(o.loggedIn(forloeb.RoleSecretariat, "anna@example.dk"), figuresExportPath, url.Values{"program": {"spark"}, "format": {formatCSV}, "tabel": {"initiatives"}, "formaal": {"Årsmødet"}})
	require.Equal(t, http.StatusOK, a.StatusCode, a.text)
	require.Contains(t, a.text, forloeb.FewWords)
	require.NotContains(t, a.text, ";3;")
}

func TestAFileIsNotSentWithoutWhatItIsFor(t *testing.T) {
	o := withConsultants(t)
	anna := o.loggedIn(forloeb.RoleSecretariat, "anna@example.dk")
	for name, sent := range map[string]url.Values{
		"nothing":      {},
		"no purpose":   {"program": {"spark"}, "format": {"xlsx"}, "formaal": {"-"}},
		"too long":     {"program": {"spark"}, "format": {"xlsx"}, "formaal": {strings.Repeat("x", 201)}},
		"no programme": {"program": {"nope"}, "format": {"xlsx"}, "formaal": {"Årsmødet"}},
		"no year":      {"program": {"spark"}, "aar": {"17"}, "format": {"xlsx"}, "formaal": {"Årsmødet"}},
		"no format":    {"program": {"spark"}, "format": {"exe"}, "formaal": {"Årsmødet"}},
		"no table":     {"program": {"spark"}, "format": {"csv"}, "formaal": {"Årsmødet"}},
	} {
		a := o.submit(anna, figuresExportPath, sent)
		require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode, name)
		require.NotEmpty(t, part(parsed(t, a), "errors"), name)
		if name != "no table" && name != "no year" && name != "no programme" {
			require.Equal(t, http.StatusUnprocessableEntity, o.submit(anna, listExportPath, sent).StatusCode, name)
		}
	}
	require.Zero(t, o.env.Count(`select count(*) from access_log where kind = 'export'`))
}

// The list is taken out as it is narrowed, all its pages, and what somebody has
// called their workplace is not a formula.
func TestTheListAsAFile(t *testing.T) {
	o := withConsultants(t)
	for range forloeb.MaxRows + 2 {
		o.env.Settle(o.env.Apply())
	}
	evil := o.env.Apply()
	o.env.Exec(`update workplace_names set name = '=HYPERLINK("https://example.dk")' where workplace_id = $1`, o.env.Read(evil).Lead().ID)
	anna := o.loggedIn(forloeb.RoleSecretariat, "anna@example.dk")
	page := parsed(t, o.browse(anna, listPath+"?status=awaiting_consent"))
	address := page.Find("[data-test-id=export]").AttrOr("href", "")
	require.Equal(t, listExportPath+"?status=awaiting_consent", address)
	require.Contains(t, o.browse(anna, address).text, "Hvad skal du bruge udtrækket til?")

	a := o.submit(anna, address, url.Values{"format": {formatCSV}, "formaal": {"Til styregruppen"}})
	require.Equal(t, http.StatusOK, a.StatusCode, a.text)
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.text, "\uFEFF")))
	r.Comma = ';'
	lines, err := r.ReadAll()
	require.NoError(t, err)
	require.Len(t, lines, forloeb.MaxRows+4)
	require.Contains(t, a.text, `'=HYPERLINK`)
	for _, line := range lines {
		require.NotEqual(t, "=", line[1][:1])
	}
	leader := o.env.Party(evil, forloeb.Leader)
	require.NotContains(t, a.text, leader.Contact.Email)
	require.NotContains(t, a.text, leader.Contact.Name)
	require.Equal(t, 1, o.env.Count(`select count(*) from access_log where kind = 'export' and words = 'Til styregruppen' and filters = '{status=awaiting_consent,format=csv}'`))

	a = o.submit(anna, listExportPath, url.Values{"format": {formatXLSX}, "formaal": {"Til styregruppen"}})
	names, cells := tabsOf(t, a.text)
	require.Equal(t, []string{"Forløb", "Om udtrækket"}, names)
	require.Contains(t, cells["Forløb"], `'=HYPERLINK("https://example.dk")`)
}
