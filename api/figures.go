package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// figuresPage is how many forløb stand where: figures and no forløb.
//
// States: with some; empty.
type figuresPage struct {
	Base
	Open, Closed         []figure
	OpenCount, DoneCount int
}

func (*figuresPage) template() string { return "figures" }

// figure is one line of a table.
type figure struct {
	Label string
	Count int
}

// showFigures counts.
func (s *Server) showFigures(c *gin.Context) error {
	counts, err := s.store.StatusCounts(c.Request.Context())
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, figuresPageOf(counts))
}

func figuresPageOf(counts map[forloeb.Status]int) *figuresPage {
	page := &figuresPage{}
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
