package store

import (
	"context"
	"time"

	"example.dk/spark/internal/forloeb"
)

// Year counts what came in and what was completed in a year of Copenhagen. Sums
// are for readers too, who see no forløb.
func (s *Store) Year(ctx context.Context, year int) (y forloeb.YearCounts, err error) {
	from := time.Date(year, time.January, 1, 0, 0, 0, 0, forloeb.Copenhagen)
	err = s.db.GetContext(asHouse(ctx), &y, `
		select
			(select count(*) from forloeb f where created_at >= $1 and created_at < $2 and `+within(3)+`) as received,
			(select count(*) from forloeb_events e join forloeb f on f.id = e.forloeb_id
				where e."to" = 'completed' and e.at >= $1 and e.at < $2 and `+within(3)+`) as completed`,
		from, from.AddDate(1, 0, 0), only(ctx))
	return y, err
}

// Initiatives counts what a programme's workplaces answered when they were
// asked for the last time: three months after, by SPARK's policy.
func (s *Store) Initiatives(ctx context.Context, p forloeb.ProgrammeCode) (i forloeb.Initiatives, err error) {
	err = s.db.GetContext(asHouse(ctx), &i, `
		select count(*) as answered, count(*) filter (where planned) as planned, count(*) filter (where ongoing) as ongoing
		from outcomes where programme = $1 and answered > 0`, p)
	return i, err
}

// Statistics are the published tables of a filter, for readers too, who see no
// forløb. They are made of sums over rows that hold no person (migrations,
// outcomes), of all years whatever the filter: what may be shown of one year
// depends on what is shown of the others.
func (s *Store) Statistics(ctx context.Context, f forloeb.StatisticsFilter) (forloeb.Statistics, error) {
	sums, err := s.outcomeSums(ctx, f.Programme)
	if err != nil {
		return forloeb.Statistics{}, err
	}
	return forloeb.StatisticsOf(f, sums), nil
}

// groupedBy is how the rows of outcomes have the value of a dimension.
var groupedBy = []struct {
	by   forloeb.Dimension
	from string
}{
	{forloeb.ByTime, `select quarter::text as value, o.* from outcomes o`},
	{forloeb.ByTheme, `select unnest(themes) as value, o.* from outcomes o`},
	{forloeb.ByType, `select type as value, o.* from outcomes o`},
	{forloeb.ByMunicipality, `select municipality as value, o.* from outcomes o where municipality is not null`},
	{forloeb.ByRegion, `select region as value, o.* from outcomes o where region is not null`},
	{forloeb.BySector, `select sector as value, o.* from outcomes o`},
}

func (s *Store) outcomeSums(ctx context.Context, p forloeb.ProgrammeCode) (sums []forloeb.OutcomeSum, err error) {
	for _, d := range groupedBy {
		var rows []outcomeRow
		if err := s.db.SelectContext(asHouse(ctx), &rows, `
			select value, year, count(*) as asked, count(*) filter (where answered > 0) as answered,
				sum(asked) as people_asked, sum(answered) as people_answered,
				count(*) filter (where planned) as planned, count(*) filter (where ongoing) as ongoing
			from (`+d.from+`) grouped where programme = $1 group by value, year`, p); err != nil {
			return nil, err
		}
		for _, r := range rows {
			sums = append(sums, r.sum(d.by))
		}
	}
	return sums, nil
}

type outcomeRow struct {
	Value          string `db:"value"`
	Year           int    `db:"year"`
	Asked          int    `db:"asked"`
	Answered       int    `db:"answered"`
	PeopleAsked    int    `db:"people_asked"`
	PeopleAnswered int    `db:"people_answered"`
	Planned        int    `db:"planned"`
	Ongoing        int    `db:"ongoing"`
}

func (r outcomeRow) sum(by forloeb.Dimension) forloeb.OutcomeSum {
	return forloeb.OutcomeSum{By: by, Value: r.Value, Year: r.Year, Tally: forloeb.Tally{
		Asked: r.Asked, Answered: r.Answered, PeopleAsked: r.PeopleAsked, PeopleAnswered: r.PeopleAnswered, Planned: r.Planned, Ongoing: r.Ongoing}}
}
