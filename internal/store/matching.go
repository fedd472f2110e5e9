package store

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

// filtering is a question about the rows of listed: its conditions, and what
// stands at their question marks.
type filtering struct {
	table      string // listed, or listed_all
	conditions []string
	args       []any
}

func (q *filtering) where(condition string, args ...any) {
	q.conditions = append(q.conditions, condition)
	q.args = append(q.args, args...)
}

func (q *filtering) equals(column, wanted string) {
	if wanted != "" {
		q.where(column+` = ?`, wanted)
	}
}

// overdue: the day it waits for is over in Denmark, by its own clock.
const overdue = `(open and coalesce(((now() + clock_offset) at time zone 'Europe/Copenhagen')::date
	> (deadline at time zone 'Europe/Copenhagen')::date, false))`

// matching asks for what a filter leaves before it is narrowed to a tab. A
// condition is only there when it is asked for, so that the planner knows what
// to look for first.
func matching(ctx context.Context, f forloeb.ListFilter) *filtering {
	q := &filtering{table: listedFor(ctx)}
	q.equals("programme", string(f.Programme))
	q.equals("type", string(f.Type))
	q.equals("provider", string(cmp.Or(only(ctx), f.Provider)))
	if f.Municipality != "" {
		q.where(`municipalities @> ?`, pq.Array([]string{f.Municipality}))
	}
	if f.Theme != "" {
		q.where(`? = any (themes)`, f.Theme)
	}
	if consultant := nullableID(f.Consultant); consultant.Valid {
		q.where(`consultant_id = ?`, consultant)
	}
	q.search(f.Query)
	return q
}

// listedFor is where whoever looks finds what they see. Behind a policy an
// index may not look for parts of words; who sees all has a view of their own.
func listedFor(ctx context.Context) string {
	if forloeb.ViewerOf(ctx) == forloeb.House {
		return "listed_all"
	}
	return "listed"
}

// search asks for every word of a query among the words of a forløb or in the
// name of a municipality; or for a whole reference, however it is written.
func (q *filtering) search(query string) {
	words := &filtering{}
	for _, word := range strings.Fields(strings.ToLower(forloeb.CleanLine(query))) {
		like, args := wordLike(word)
		if codes := forloeb.MunicipalitiesNamed(word); len(codes) > 0 {
			like, args = like+` or municipalities && ?`, append(args, pq.Array(codes))
		}
		words.where(`(`+like+`)`, args...)
	}
	if reference := forloeb.ReferenceIn(query); reference != "" {
		q.where(`(reference = ? or `+words.condition()+`)`, append([]any{reference}, words.args...)...)
		return
	}
	q.conditions, q.args = append(q.conditions, words.conditions...), append(q.args, words.args...)
}

// wordLike is the condition for one word: trigrams find a part of a name from
// three letters on; with fewer, where one begins. Such a number is not looked
// for in references, which all have it. A word with an @ is part of a mail address.
func wordLike(word string) (condition string, args []any) {
	switch {
	case strings.Contains(word, "@"):
		return `addresses like ?`, []any{`%` + escaped(word) + `%`}
	case shortName.MatchString(word):
		return `words like ? or words like ?`, []any{`% ` + word + `%`, `%-` + word + `%`}
	case short.MatchString(word):
		return `words like ?`, []any{`% ` + word + `%`}
	}
	return `words like ?`, []any{`%` + escaped(word) + `%`}
}

var (
	shortName = regexp.MustCompile(`^\pL{1,2}$`)
	short     = regexp.MustCompile(`^[\pL\pN]{1,2}$`)
)

// escaped is a word as LIKE takes it for itself.
func escaped(word string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(word)
}

// narrowed is the part of a filter that the counts of the tabs leave out.
func (q *filtering) narrowed(f forloeb.ListFilter) *filtering {
	if len(f.Statuses) > 0 {
		q.inStatus(f.Statuses)
	}
	if f.NeedsAttention {
		q.where(`needs_attention`)
	}
	if f.Overdue {
		q.where(overdue)
	}
	return q
}

// inStatus says too when all of them are open, or closed: there is an index
// for each.
func (q *filtering) inStatus(wanted []forloeb.Status) {
	isOpen := func(s forloeb.Status) bool { return !s.Closed() }
	if !slices.ContainsFunc(wanted, forloeb.Status.Closed) {
		q.where(`open`)
	}
	if !slices.ContainsFunc(wanted, isOpen) {
		q.where(`not open`)
	}
	q.where(`status = any (?)`, statuses(wanted))
}

// rows is the question as a subquery, with what it asks: the rows of listed
// that are left, and of each whether it is overdue.
func (q *filtering) rows() (query string, args []any) {
	return `(select *, ` + overdue + ` as overdue from ` + q.table + ` where ` + q.condition() + `)`, q.args
}

func (q *filtering) condition() string {
	if len(q.conditions) == 0 {
		return `true`
	}
	return strings.Join(q.conditions, ` and `)
}
