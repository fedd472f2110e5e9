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

	Initiatives initiativesDocument `json:"initiatives" doc:"What SPARK's workplaces say has come of it, three months after their last meeting"`
}

// initiativesDocument has no shares while too few have answered.
type initiativesDocument struct {
	Answered *int `json:"answered,omitempty" doc:"Workplaces that have answered; left out, as the shares are, while they are fewer than five"`
	Planned  *int `json:"planned_percent,omitempty" doc:"Of them, those of which somebody says that an initiative is planned"`
	Ongoing  *int `json:"ongoing_percent,omitempty" doc:"Of them, those of which somebody says that one is under way"`

	ReportedPlanned int `json:"reported_planned_percent" doc:"What SPARK has told before"`
	ReportedOngoing int `json:"reported_ongoing_percent" doc:"What SPARK has told before"`
}

func newInitiativesDocument(i forloeb.Initiatives) initiativesDocument {
	d := initiativesDocument{ReportedPlanned: forloeb.ReportedPlanned, ReportedOngoing: forloeb.ReportedOngoing}
	if i.Shown() {
		d.Answered, d.Planned, d.Ongoing = new(i.Answered), new(i.PlannedShare()), new(i.OngoingShare())
	}
	return d
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
	initiatives, err := s.store.Initiatives(ctx, forloeb.Spark)
	if err != nil {
		return nil, err
	}
	return &statisticsOutput{newStatisticsDocument(now, thisYear, year, initiatives)}, nil
}

func newStatisticsDocument(now map[forloeb.Status]int, year int, counts forloeb.YearCounts, initiatives forloeb.Initiatives) statisticsDocument {
	d := statisticsDocument{Statuses: statusCounts{}, Year: year, Received: counts.Received, Completed: counts.Completed, Initiatives: newInitiativesDocument(initiatives)}
	for _, status := range forloeb.Statuses {
		d.Statuses[status] = now[status]
	}
	return d
}
