package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// showConsultantStart leads a consultant to their own open forløb, the most
// urgent first.
func (s *Server) showConsultantStart(c *gin.Context) error {
	own, err := s.store.List(c.Request.Context(), forloeb.ListFilter{
		Consultant: principal(c.Request.Context()).Consultant, Statuses: openStatuses(), Limit: forloeb.MaxRows,
	})
	if err != nil {
		return err
	}
	page := &messagePage{Status: http.StatusOK, Heading: "Mine forløb", Paragraphs: []string{"Du har ikke noget, der venter."}}
	for _, row := range own.Rows {
		page.Ways = append(page.Ways, wayOn{
			Label:   row.Reference + " " + row.Workplace + ": " + row.Status.StaffLabel(),
			Address: consultantArea + "/forloeb/" + row.ID.String(),
		})
	}
	if len(page.Ways) > 0 {
		page.Paragraphs = []string{"Vælg et forløb for at se, hvor det står, og hvad du kan gøre."}
	}
	return s.write(c, http.StatusOK, page)
}

func openStatuses() (open []forloeb.Status) {
	for _, status := range forloeb.Statuses {
		if !status.Closed() {
			open = append(open, status)
		}
	}
	return open
}
