package api

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"example.dk/spark/internal/forloeb"
)

// statisticsDocument holds figures, and nothing about persons.
type statisticsDocument struct {
	Statuses  statusCounts `json:"statuses" doc:"How many forløb have each status now"`
	Year      int          `json:"year" doc:"This year, in Copenhagen"`
	Received  int          `json:"received" doc:"Applications that came in this year"`
	Completed int          `json:"completed" doc:"Forløb that were completed this year"`
}

// statusCounts tells of every status, also of those that no forløb has.
type statusCounts map[forloeb.Status]int

// Schema names the statuses.
func (statusCounts) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{}, AdditionalProperties: false}
	for _, status := range forloeb.Statuses {
		s.Properties[string(status)] = &huma.Schema{Type: huma.TypeInteger}
		s.Required = append(s.Required, string(status))
	}
	return s
}

type statisticsOutput struct{ Body statisticsDocument }

func (s *Server) statistics(ctx context.Context, _ *struct{}) (*statisticsOutput, error) {
	now, err := s.store.StatusCounts(ctx)
	if err != nil {
		return nil, err
	}
	thisYear := time.Now().In(forloeb.Copenhagen).Year()
	year, err := s.store.Year(ctx, thisYear)
	if err != nil {
		return nil, err
	}
	return &statisticsOutput{newStatisticsDocument(now, thisYear, year)}, nil
}

func newStatisticsDocument(now map[forloeb.Status]int, year int, counts forloeb.YearCounts) statisticsDocument {
	d := statisticsDocument{Statuses: statusCounts{}, Year: year, Received: counts.Received, Completed: counts.Completed}
	for _, status := range forloeb.Statuses {
		d.Statuses[status] = now[status]
	}
	return d
}
