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

	Tables []tableDocument `json:"tables" doc:"The published tables of the programme, the year and the group that were asked for"`

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

// tableDocument is a published table: the page and the exports show the same.
type tableDocument struct {
	Code       forloeb.TableCode  `json:"code" example:"by_theme"`
	Title      string             `json:"title" doc:"In Danish, as all words of a table"`
	Note       string             `json:"note,omitempty" doc:"The rule that the figures follow"`
	Dimension  string             `json:"dimension" doc:"Heading of the rows"`
	Columns    []columnDocument   `json:"columns"`
	Rows       []tableRowDocument `json:"rows"`
	Total      *tableRowDocument  `json:"total,omitempty"`
	Suppressed bool               `json:"suppressed" doc:"Something is hidden: fewer than five workplaces, or what they could be worked out from"`
}

type columnDocument struct {
	Code  string             `json:"code" example:"planned"`
	Label string             `json:"label"`
	Kind  forloeb.ColumnKind `json:"kind" enum:"count,percent,interval,days"`
}

type tableRowDocument struct {
	Code  string         `json:"code" doc:"Code of the group; total of the sum"`
	Label string         `json:"label"`
	Cells []cellDocument `json:"cells" doc:"One for each column"`
}

type cellDocument struct {
	State forloeb.CellState `json:"state" enum:"shown,hidden,few,none" doc:"Hidden and few: too small a group. None: nothing to count"`
	Value *int              `json:"value,omitempty" doc:"When shown, unless the column is an interval"`
	Low   *int              `json:"low,omitempty" doc:"Of an interval that is shown"`
	High  *int              `json:"high,omitempty" doc:"Of an interval that is shown"`
}

func newTableDocument(t forloeb.Table) tableDocument {
	d := tableDocument{Code: t.Code, Title: t.Title, Note: t.Note, Dimension: t.Dimension, Suppressed: t.Suppressed, Rows: []tableRowDocument{}}
	for _, c := range t.Columns {
		d.Columns = append(d.Columns, columnDocument(c))
	}
	for _, r := range t.Rows {
		d.Rows = append(d.Rows, newTableRowDocument(r, t.Columns))
	}
	if t.Total != nil {
		d.Total = new(newTableRowDocument(*t.Total, t.Columns))
	}
	return d
}

func newTableRowDocument(r forloeb.Row, columns []forloeb.Column) tableRowDocument {
	d := tableRowDocument{Code: r.Code, Label: r.Label}
	for i, c := range r.Cells {
		cell := cellDocument{State: c.State}
		switch {
		case !c.Shown():
		case columns[i].Kind == forloeb.KindInterval:
			cell.Low, cell.High = new(c.Low), new(c.High)
		default:
			cell.Value = new(c.N)
		}
		d.Cells = append(d.Cells, cell)
	}
	return d
}

type statisticsInput struct {
	Programme forloeb.ProgrammeCode `query:"programme" default:"spark" enum:"spark,regional" doc:"Whose tables"`
	Year      int                   `query:"in_year" minimum:"0" maximum:"9999" doc:"A calendar year; left out, all of them"`
	By        forloeb.Dimension     `query:"by" enum:"theme,type,municipality,region,sector" doc:"With value: only the workplaces of one group, in fewer tables"`
	Value     string                `query:"value" doc:"The group's code"`
}

func (s *Server) statistics(ctx context.Context, in *statisticsInput) (*statisticsOutput, error) {
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
	filter := forloeb.StatisticsFilter{Programme: in.Programme, Year: in.Year, At: time.Now()}
	statistics, err := s.store.Statistics(ctx, filter.Narrowed(in.By, in.Value))
	if err != nil {
		return nil, err
	}
	return &statisticsOutput{newStatisticsDocument(now, thisYear, year, initiatives, statistics.Tables)}, nil
}

func newStatisticsDocument(now map[forloeb.Status]int, year int, counts forloeb.YearCounts, initiatives forloeb.Initiatives, tables []forloeb.Table) statisticsDocument {
	d := statisticsDocument{Statuses: statusCounts{}, Tables: []tableDocument{}, Year: year, Received: counts.Received, Completed: counts.Completed, Initiatives: newInitiativesDocument(initiatives)}
	for _, status := range forloeb.Statuses {
		d.Statuses[status] = now[status]
	}
	for _, t := range tables {
		d.Tables = append(d.Tables, newTableDocument(t))
	}
	return d
}
