package store

import (
	"context"
	"strconv"
	"strings"

	"example.dk/spark/internal/forloeb"
)

// Statistics are the published tables of a filter, for readers too, who see no
// forløb. They are made of sums over rows that hold no person (migrations,
// outcomes and courses), of all years whatever the filter: what may be shown of
// one year depends on what is shown of the others.
func (s *Store) Statistics(ctx context.Context, f forloeb.StatisticsFilter) (forloeb.Statistics, error) {
	c := counting{store: s, ctx: asHouse(ctx), programme: f.Programme}
	for _, by := range groupedBy {
		c.outcomes(by.dimension, by.value)
	}
	c.answers()
	c.courses()
	c.places()
	c.took()
	if c.err != nil {
		return forloeb.Statistics{}, c.err
	}
	return forloeb.StatisticsOf(f, c.counts), nil
}

// counting asks one question after the other, until one fails.
type counting struct {
	store     *Store
	ctx       context.Context
	programme forloeb.ProgrammeCode
	counts    forloeb.Counts
	err       error
}

func (c *counting) ask(rows any, query string) {
	if c.err == nil {
		c.err = c.store.db.SelectContext(c.ctx, rows, query, c.programme)
	}
}

func (c *counting) add(sums ...forloeb.Sum) { c.counts.Sums = append(c.counts.Sums, sums...) }

// groupedBy is the value of a dimension in the rows of outcomes; where it is
// null they are in no group.
var groupedBy = []struct {
	dimension forloeb.Dimension
	value     string
}{
	{forloeb.ByTime, `quarter::text`},
	{forloeb.ByTheme, `unnest(themes)`},
	{forloeb.ByType, `type`},
	{forloeb.ByMunicipality, `municipality`},
	{forloeb.ByRegion, `region`},
	{forloeb.BySector, `sector`},
}

func (c *counting) outcomes(by forloeb.Dimension, value string) {
	var rows []struct {
		Value          string `db:"value"`
		Year           int    `db:"year"`
		Asked          int    `db:"asked"`
		Answered       int    `db:"answered"`
		PeopleAsked    int    `db:"people_asked"`
		PeopleAnswered int    `db:"people_answered"`
		Planned        int    `db:"planned"`
		Ongoing        int    `db:"ongoing"`
	}
	c.ask(&rows, `
		select value, year, count(*) as asked, count(*) filter (where answered > 0) as answered,
			sum(asked) as people_asked, sum(answered) as people_answered,
			count(*) filter (where planned) as planned, count(*) filter (where ongoing) as ongoing
		from (select `+value+` as value, year, asked, answered, planned, ongoing from outcomes where programme = $1) grouped
		where value is not null group by value, year`)
	for _, r := range rows {
		c.add(forloeb.Sum{By: by, Value: r.Value, Year: r.Year, Tally: forloeb.Tally{Asked: r.Asked, Answered: r.Answered,
			PeopleAsked: r.PeopleAsked, PeopleAnswered: r.PeopleAnswered, Planned: r.Planned, Ongoing: r.Ongoing}})
	}
}

func (c *counting) answers() {
	for _, r := range c.texts(`select unnest(said) as value, year from outcomes where programme = $1`) {
		question, codes, _ := strings.Cut(r.Value, "=")
		c.add(forloeb.AnswerSums(r.Year, question, strings.Split(codes, ","), r.N)...)
	}
}

func (c *counting) courses() {
	for _, r := range c.texts(`select status || '=' || reached as value, year from courses where programme = $1`) {
		status, reached, _ := strings.Cut(r.Value, "=")
		c.add(forloeb.ReachedSum(r.Year, forloeb.Status(status), reached, r.N)...)
	}
}

func (c *counting) places() {
	for _, r := range c.texts(`select unnest(places) as value, year from courses where programme = $1`) {
		c.add(forloeb.PlaceSum(r.Year, r.Value, r.N))
	}
}

func (c *counting) took() {
	for _, r := range c.texts(`select unnest(took) as value, year from courses where programme = $1`) {
		what, days, _ := strings.Cut(r.Value, "=")
		n, err := strconv.Atoi(days)
		if err != nil && c.err == nil {
			c.err = err
		}
		c.counts.Took = append(c.counts.Took, forloeb.Took{What: what, Year: r.Year, Days: n, N: r.N})
	}
}

type textCount struct {
	Value string `db:"value"`
	Year  int    `db:"year"`
	N     int    `db:"n"`
}

// texts counts equal values of a year.
func (c *counting) texts(from string) (rows []textCount) {
	c.ask(&rows, `select value, year, count(*) as n from (`+from+`) v group by value, year`)
	return rows
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
