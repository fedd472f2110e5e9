package api

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/sheet"
)

const listExportPath = listPath + exportPath

// mostExported is how many forløb one file may hold.
const mostExported = 5000

// listExport is the list as it is narrowed in the address, all its pages.
func (s *Server) listExport(c *gin.Context) (w listWish, counts forloeb.ListCounts, err error) {
	ctx := c.Request.Context()
	consultants, err := s.store.Consultants(ctx)
	if err != nil {
		return w, counts, err
	}
	w = readListWish(bureauOf(principal(ctx)), c.Request.URL.Query(), consultants)
	w.Cursor = ""
	counts, err = s.store.ListCounts(ctx, w.filter())
	return w, counts, err
}

// exportAddress is where the list as it is narrowed can be taken out.
func (w listWish) exportAddress() string {
	return strings.Replace(w.address(func(all *listWish) { all.Cursor = "" }), w.list(), listExportPath, 1)
}

func (s *Server) showListExport(c *gin.Context) error {
	w, counts, err := s.listExport(c)
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, newListExportPage(w, counts, asking{typed: url.Values{"format": {formatXLSX}}}))
}

func (s *Server) sendListExport(c *gin.Context) error {
	w, counts, err := s.listExport(c)
	if err != nil {
		return err
	}
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	sent := c.Request.PostForm
	format := sent.Get("format")
	words, wrong := purposeSent(sent)
	if format != formatXLSX && format != formatCSV {
		wrong = append([]fieldError{{"format", "Vælg, hvilken slags fil du vil have."}}, wrong...)
	}
	if counts.Found > mostExported {
		wrong = append(wrong, fieldError{"format", fmt.Sprintf("Listen er for lang til én fil. Søg, så der er højst %s.", forloeb.Number(mostExported))})
	}
	if len(wrong) > 0 {
		return s.write(c, http.StatusUnprocessableEntity, newListExportPage(w, counts, asking{wrong: wrong, typed: sent}))
	}
	if err := s.noteExport(c, listExportPath, words, append(filterCodes(c.Request.URL.Query()), "format="+format)...); err != nil {
		return err
	}
	rows, err := s.everyRow(c.Request.Context(), w.filter())
	if err != nil {
		return err
	}
	now := s.now()
	book := sheet.Book{Sheets: []sheet.Sheet{listSheet(rows), aboutSheet("Om udtrækket",
		[2]string{"Trukket ud", forloeb.Capital(forloeb.DateTime(now))}, [2]string{"Antal", forloeb.Number(len(rows))},
		[2]string{"Personer", "Navne og adresser på parterne er ikke med."})}}
	return sendBook(c, "forloeb-"+now.In(forloeb.Copenhagen).Format(time.DateOnly), format, book)
}

// everyRow is the list page by page, to its end.
func (s *Server) everyRow(ctx context.Context, f forloeb.ListFilter) (rows []forloeb.ListRow, err error) {
	for len(rows) < mostExported {
		page, err := s.store.List(ctx, f)
		if err != nil {
			return nil, err
		}
		rows = append(rows, page.Rows...)
		if page.Next == "" {
			break
		}
		f.Cursor = page.Next
	}
	return rows, nil
}

var listColumns = []sheet.Column{
	{Heading: "Sag"}, {Heading: "Arbejdsplads", Width: 36}, {Heading: "Kommune eller region", Width: 24}, {Heading: "Slags", Width: 22}, {Heading: "Arbejdspladser"},
	{Heading: "Temaer", Width: 40}, {Heading: "Status", Width: 24}, {Heading: "Siden"}, {Heading: "Konsulent", Width: 24}, {Heading: "Vi venter på", Width: 44},
	{Heading: "Senest"}, {Heading: "Næste skridt"}, {Heading: "Kræver handling"},
}

// listSheet has a row a forløb, with what the list shows and no party's name.
func listSheet(rows []forloeb.ListRow) sheet.Sheet {
	s := sheet.Sheet{Name: "Forløb", Columns: listColumns}
	for _, r := range rows {
		kind, themes := inWords(r)
		attention, waiting := "Nej", r.Waiting.Promising(r.Now).Short()
		if r.NeedsAttention {
			attention = "Ja"
		}
		if !r.Settled {
			waiting = unread
		}
		s.Rows = append(s.Rows, []sheet.Cell{r.Reference, r.Workplace, r.Where(), kind, r.Workplaces, themes, r.Status.StaffLabel(), dayCell(r.StatusSince),
			r.Consultant, waiting, dayCell(r.Waiting.Deadline), dayCell(r.NextAt), attention})
	}
	return s
}

// dayCell is a day of Copenhagen, or nothing.
func dayCell(at time.Time) sheet.Cell {
	if at.IsZero() {
		return nil
	}
	return at.In(forloeb.Copenhagen)
}

// inWords are the type and the themes of a forløb, of whichever programme.
func inWords(r forloeb.ListRow) (kind, themes string) {
	labels := make([]string, len(r.Themes))
	for _, p := range forloeb.Programmes {
		if t, known := p.Type(r.Type); known {
			kind = t.Label
		}
		for i, code := range r.Themes {
			if t, known := p.Theme(code); known {
				labels[i] = t.Label
			}
		}
	}
	return kind, strings.Join(labels, ", ")
}
