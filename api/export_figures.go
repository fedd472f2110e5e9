package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/sheet"
)

const (
	figuresPath       = secretariatArea + "/tal"
	figuresExportPath = figuresPath + exportPath
)

// figuresWish is which figures somebody takes out, and how.
type figuresWish struct {
	Programme forloeb.ProgrammeCode
	Year      int // 0: all
	Format    string
	Table     forloeb.TableCode // of CSV
}

// exportable are the tables that may leave the house.
func exportable(s forloeb.Statistics) []forloeb.Table {
	return slices.DeleteFunc(slices.Clone(s.Tables), func(t forloeb.Table) bool { return t.HeadOnly })
}

// readFiguresWish reads a form, and says what is wrong with it.
func readFiguresWish(sent url.Values) (w figuresWish, wrong []fieldError) {
	w = figuresWish{Programme: forloeb.ProgrammeCode(sent.Get("program")), Format: sent.Get("format"), Table: forloeb.TableCode(sent.Get("tabel"))}
	if _, known := forloeb.ProgrammeByCode(w.Programme); !known {
		wrong = append(wrong, fieldError{"program", "Vælg, hvilke forløb tallene er om."})
	}
	if sent.Get("aar") != "" {
		year, err := strconv.Atoi(sent.Get("aar"))
		if w.Year = year; err != nil || year < earliestYear || year > latestYear {
			w.Year, wrong = 0, append(wrong, fieldError{"aar", "Vælg et af årene, eller alle år."})
		}
	}
	if mediaTypes[w.Format] == "" {
		wrong = append(wrong, fieldError{"format", "Vælg, hvilken slags fil du vil have."})
	}
	return w, wrong
}

// Years that figures can be about.
const earliestYear, latestYear = 2000, 2999

// showFiguresExport asks what is wanted, and what for.
func (s *Server) showFiguresExport(c *gin.Context) error {
	begun := url.Values{"program": {string(forloeb.Spark)}, "format": {formatXLSX}}
	for _, name := range []string{"program", "aar"} {
		if v := c.Query(name); v != "" {
			begun.Set(name, v)
		}
	}
	page, err := s.figuresExportPage(c, asking{typed: begun})
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, page)
}

// sendFiguresExport sends the file.
func (s *Server) sendFiguresExport(c *gin.Context) error {
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	sent := c.Request.PostForm
	w, wrong := readFiguresWish(sent)
	words, unsaid := purposeSent(sent)
	filter := forloeb.StatisticsFilter{Programme: w.Programme, Year: w.Year, At: s.now()}
	statistics, err := s.store.Statistics(c.Request.Context(), filter)
	if err != nil {
		return err
	}
	tables := exportable(statistics)
	if w.Format == formatCSV {
		if tables = slices.DeleteFunc(tables, func(t forloeb.Table) bool { return t.Code != w.Table }); len(tables) == 0 {
			wrong = append(wrong, fieldError{"tabel", "Vælg en tabel: en CSV-fil har kun én."})
		}
	}
	if wrong = append(wrong, unsaid...); len(wrong) > 0 {
		page, err := s.figuresExportPage(c, asking{wrong: wrong, typed: sent})
		if err != nil {
			return err
		}
		return s.write(c, http.StatusUnprocessableEntity, page)
	}
	if err := s.noteExport(c, figuresExportPath, words, w.codes()...); err != nil {
		return err
	}
	if w.Format == formatJSON {
		body, err := json.MarshalIndent(newFiguresDocument(filter, tables), "", "  ")
		if err != nil {
			return err
		}
		return sendFile(c, w.name(), w.Format, append(body, '\n'))
	}
	return sendBook(c, w.name(), w.Format, figuresBook(filter, tables))
}

// codes are what the access log keeps of the wish.
func (w figuresWish) codes() []string {
	codes := []string{"aar=" + strconv.Itoa(w.Year), "format=" + w.Format, "program=" + string(w.Programme)}
	if w.Format == formatCSV {
		codes = append(codes, "tabel="+string(w.Table))
	}
	return codes
}

// name is the file's, without its ending.
func (w figuresWish) name() string {
	name := string(w.Programme) + "-tal"
	if w.Year != 0 {
		name += "-" + strconv.Itoa(w.Year)
	}
	if w.Format == formatCSV {
		name += "-" + string(w.Table)
	}
	return name
}

// figuresBook has a tab a table, and one that says what they are.
func figuresBook(f forloeb.StatisticsFilter, tables []forloeb.Table) (b sheet.Book) {
	p, _ := forloeb.ProgrammeByCode(f.Programme)
	lines := [][2]string{
		{"Program", p.Name}, {"År", yearWords(f.Year)}, {"Trukket ud", forloeb.Capital(forloeb.Date(f.At))}, {"Kilde", sourceWords}, {"Små tal", smallWords()}, {"Regioner", forloeb.RegionMap(f.At) + "."},
	}
	for _, t := range tables {
		b.Sheets = append(b.Sheets, sheetOf(t))
		if t.Note != "" {
			lines = append(lines, [2]string{t.Title, t.Note})
		}
	}
	b.Sheets = append(b.Sheets, aboutSheet("Om tallene", lines...))
	return b
}

// sourceWords is where figures are from.
const sourceWords = "Programmets egne sager, og spørgeskemaet til arbejdspladserne tre måneder efter det sidste møde."

// smallWords is why some figures are not there.
func smallWords() string {
	return fmt.Sprintf("Der er mindst %s bag hvert tal. »%s« står der, hvor der er færre, eller hvor et lille tal ellers kunne regnes ud.",
		forloeb.Counted(forloeb.LeastShown, "arbejdsplads", "arbejdspladser"), forloeb.HiddenWords)
}

// figuresDocument is the tables as JSON, as the API has them.
type figuresDocument struct {
	Programme forloeb.ProgrammeCode `json:"programme"`
	Year      int                   `json:"year,omitempty"`
	On        string                `json:"on"` // the day it was taken out
	Tables    []tableDocument       `json:"tables"`
}

func newFiguresDocument(f forloeb.StatisticsFilter, tables []forloeb.Table) figuresDocument {
	d := figuresDocument{Programme: f.Programme, Year: f.Year, On: f.At.In(forloeb.Copenhagen).Format(time.DateOnly)}
	for _, t := range tables {
		d.Tables = append(d.Tables, newTableDocument(t))
	}
	return d
}
