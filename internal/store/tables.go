package store

import (
	"context"
	"strconv"
	"strings"

	"example.dk/spark/internal/forloeb"
)

// Statistics are the published tables of a filter, for readers too, who see no
// forløb. They are made of sums of rows that hold no person (migrations, sums),
// of all years whatever the filter: what may be shown of one year depends on
// what is shown of the others.
func (s *Store) Statistics(ctx context.Context, f forloeb.StatisticsFilter) (forloeb.Statistics, error) {
	var rows []sumRow
	if err := s.db.SelectContext(asHouse(ctx), &rows, sumsSQL, f.Programme); err != nil {
		return forloeb.Statistics{}, err
	}
	var counts forloeb.Counts
	for _, r := range rows {
		if err := r.addTo(&counts); err != nil {
			return forloeb.Statistics{}, err
		}
	}
	return forloeb.StatisticsOf(f, counts), nil
}

// sumsSQL asks for what is true of a programme: what all slots sum to, where
// anything is left.
const sumsSQL = `
	select kind, value, year, sum(n) as n, sum(answered) as answered, sum(people_asked) as people_asked,
		sum(people_answered) as people_answered, sum(planned) as planned, sum(ongoing) as ongoing
	from sums where programme = $1 group by kind, value, year having sum(n) > 0`

// sumRow is one group of one kind.
type sumRow struct {
	Kind           string `db:"kind"`
	Value          string `db:"value"`
	Year           int    `db:"year"`
	N              int    `db:"n"`
	Answered       int    `db:"answered"`
	PeopleAsked    int    `db:"people_asked"`
	PeopleAnswered int    `db:"people_answered"`
	Planned        int    `db:"planned"`
	Ongoing        int    `db:"ongoing"`
}

// addTo reads a value as its kind writes it: "recommend=high,some",
// "completed=4", "planning=12", or a group of a dimension.
func (r sumRow) addTo(c *forloeb.Counts) error {
	what, of, _ := strings.Cut(r.Value, "=")
	switch r.Kind {
	case "said":
		c.Sums = append(c.Sums, forloeb.AnswerSums(r.Year, what, strings.Split(of, ","), r.N)...)
	case "reached":
		c.Sums = append(c.Sums, forloeb.ReachedSum(r.Year, forloeb.Status(what), of, r.N)...)
	case "place":
		c.Sums = append(c.Sums, forloeb.PlaceSum(r.Year, r.Value, r.N))
	case "took":
		days, err := strconv.Atoi(of)
		if err != nil {
			return err
		}
		c.Took = append(c.Took, forloeb.Took{What: what, Year: r.Year, Days: days, N: r.N})
	default:
		c.Sums = append(c.Sums, forloeb.Sum{By: forloeb.Dimension(r.Kind), Value: r.Value, Year: r.Year, Tally: forloeb.Tally{
			Asked: r.N, Answered: r.Answered, PeopleAsked: r.PeopleAsked, PeopleAnswered: r.PeopleAnswered, Planned: r.Planned, Ongoing: r.Ongoing}})
	}
	return nil
}

// ConsultantLoad is how much each consultant has and has had. It is for the
// head alone.
func (s *Store) ConsultantLoad(ctx context.Context) (forloeb.Table, error) {
	var loads []forloeb.Load
	err := s.db.SelectContext(asHouse(ctx), &loads, `
		select k.name, k.capacity, coalesce(n.open, 0) as open, coalesce(n.completed, 0) as completed
		from consultants k left join (
			select consultant_id, count(*) filter (where open) as open, count(*) filter (where status = 'completed') as completed
			from listed where consultant_id is not null group by consultant_id) n on n.consultant_id = k.id
		where k.active or n.open > 0
		order by k.name, k.id`)
	return forloeb.LoadTable(loads), err
}
