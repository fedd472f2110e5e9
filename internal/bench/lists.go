package bench

import (
	"context"
	"fmt"
	"slices"
	"time"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
)

// Question is one way to look at the list of forløb.
type Question struct {
	Name   string
	Filter forloeb.ListFilter
}

// questions are what the secretariat asks of the list: its tabs, its filters,
// and searches that find one, many and nothing.
func questions(consultant forloeb.ConsultantRow) []Question {
	open := slices.DeleteFunc(slices.Clone(forloeb.Statuses), forloeb.Status.Closed)
	closed := slices.DeleteFunc(slices.Clone(forloeb.Statuses), func(s forloeb.Status) bool { return !s.Closed() })
	return []Question{
		{"the open ones", forloeb.ListFilter{Statuses: open}},
		{"the closed ones", forloeb.ListFilter{Statuses: closed}},
		{"all", forloeb.ListFilter{}},
		{"what needs a person", forloeb.ListFilter{NeedsAttention: true}},
		{"overdue", forloeb.ListFilter{Overdue: true}},
		{"a municipality", forloeb.ListFilter{Municipality: "751"}},
		{"a theme", forloeb.ListFilter{Theme: forloeb.ThemeHarassment}},
		{"a theme in a municipality, closed", forloeb.ListFilter{Statuses: closed, Municipality: "101", Theme: forloeb.ThemeViolence}},
		{"a consultant's open ones", forloeb.ListFilter{Statuses: open, Consultant: consultant.ID}},
		{"search: a whole reference", forloeb.ListFilter{Query: "26-000040"}},
		{"search: part of a reference", forloeb.ListFilter{Query: "0040"}},
		{"search: a workplace", forloeb.ListFilter{Query: "tranemoseskolen 40"}},
		{"search: a word that many have", forloeb.ListFilter{Query: "skolen"}},
		{"search: a person", forloeb.ListFilter{Query: "åse østergaard"}},
		{"search: two letters", forloeb.ListFilter{Query: "bo"}},
		{"search: a municipality and a name", forloeb.ListFilter{Query: "aarhus fatima"}},
		{"search: nothing", forloeb.ListFilter{Query: "zebra"}},
	}
}

// Answer is how long a question takes, and what it found.
type Answer struct {
	Question string `json:"question"`
	Found    int    `json:"found"`
	Timing
}

// Lists is the result of measuring lists.
type Lists struct {
	Forloeb  int      `json:"forloeb"`
	Made     float64  `json:"made_s"`   // how long the rows took to make
	Baseline Timing   `json:"baseline"` // reading one forløb's clock by its key
	All      Timing   `json:"all"`      // over all questions
	Answers  []Answer `json:"answers"`
	Plans    []string `json:"-"`
}

// MeasureLists asks every question so many times, of so many forløb: the rows
// of the first page and the counts of the tabs, as the page does.
func MeasureLists(ctx context.Context, p *devstack.Postgres, n, times int) (*Lists, error) {
	ctx = forloeb.As(ctx, forloeb.House) // the secretariat
	began := time.Now()
	db, err := database(ctx, p, n)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	l := &Lists{Forloeb: n, Made: time.Since(began).Seconds()}
	consultants, err := db.Consultants(ctx)
	if err != nil {
		return nil, err
	}
	asked := questions(consultants[0])
	watches, baseline := make([]stopwatch, len(asked)), stopwatch{}
	first, err := db.List(ctx, forloeb.ListFilter{})
	if err != nil {
		return nil, err
	}
	for range times {
		for i, q := range asked {
			if err := watches[i].time(ctx, func(ctx context.Context) error { return page(ctx, db, q.Filter) }); err != nil {
				return nil, fmt.Errorf("%s: %w", q.Name, err)
			}
			if err := baseline.time(ctx, func(ctx context.Context) error { _, err := db.Now(ctx, first.Rows[0].ID); return err }); err != nil {
				return nil, err
			}
		}
	}
	return l, l.sum(ctx, db, asked, watches, baseline)
}

// page is what the list's page asks.
func page(ctx context.Context, db *store.Store, f forloeb.ListFilter) error {
	if _, err := db.List(ctx, f); err != nil {
		return err
	}
	_, err := db.ListCounts(ctx, f)
	return err
}

func (l *Lists) sum(ctx context.Context, db *store.Store, asked []Question, watches []stopwatch, baseline stopwatch) error {
	l.Baseline = baseline.timing()
	var all stopwatch
	for i, q := range asked {
		all.took = append(all.took, watches[i].took...)
		counts, err := db.ListCounts(ctx, q.Filter)
		if err != nil {
			return err
		}
		l.Answers = append(l.Answers, Answer{Question: q.Name, Found: counts.Found, Timing: watches[i].timing()})
		plan, err := db.ExplainList(ctx, q.Filter)
		if err != nil {
			return err
		}
		l.Plans = append(l.Plans, "## "+q.Name+"\n\n"+plan)
	}
	l.All = all.timing()
	return nil
}
