package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// figuresPage is how many forløb stand where, and what has come of them:
// figures and no forløb.
//
// States: with some; empty; while too few have answered.
type figuresPage struct {
	Base
	Initiatives          forloeb.Initiatives
	Shares               []share
	Open, Closed         []figure
	OpenCount, DoneCount int
}

func (*figuresPage) template() string { return "figures" }

// Least is how many must have answered before shares are shown.
func (*figuresPage) Least() string {
	return forloeb.Counted(forloeb.LeastShown, "arbejdsplads", "arbejdspladser")
}

// figure is one line of a table.
type figure struct {
	Label string
	Count int
}

// share is a figure beside what the documents tell.
type share struct {
	Label         string
	Now, Reported int // percent
}

// showFigures counts.
func (s *Server) showFigures(c *gin.Context) error {
	counts, err := s.store.StatusCounts(c.Request.Context())
	if err != nil {
		return err
	}
	initiatives, err := s.store.Initiatives(c.Request.Context(), forloeb.Spark)
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, figuresPageOf(counts, initiatives))
}

func figuresPageOf(counts map[forloeb.Status]int, initiatives forloeb.Initiatives) *figuresPage {
	page := &figuresPage{Initiatives: initiatives, Shares: []share{
		{"Har planlagt en eller flere indsatser", initiatives.PlannedShare(), forloeb.ReportedPlanned},
		{"Er i gang med en eller flere indsatser", initiatives.OngoingShare(), forloeb.ReportedOngoing},
	}}
	for _, status := range forloeb.Statuses {
		line := figure{Label: status.StaffLabel(), Count: counts[status]}
		if status.Closed() {
			page.Closed, page.DoneCount = append(page.Closed, line), page.DoneCount+line.Count
		} else {
			page.Open, page.OpenCount = append(page.Open, line), page.OpenCount+line.Count
		}
	}
	return page
}
