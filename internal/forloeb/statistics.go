package forloeb

import (
	"slices"
	"time"
)

// YearCounts are the figures of one year.
type YearCounts struct {
	Received  int // applications
	Completed int // forløb
}

// LeastShown is how many workplaces must have answered before what they said
// is shown: fewer could be told apart.
const LeastShown = 5

// The shares, in percent, that the documents tell of three months after the
// last meeting (A25, A26). Ours stand beside them.
const (
	ReportedPlanned = 76
	ReportedOngoing = 59
)

// Initiatives counts what workplaces say has come of their forløb. A workplace
// has planned or begun something when one of those who answered for it says so
// (documents A25, A26: the shares are of workplaces).
type Initiatives struct {
	Answered int // workplaces with an answer, when they were asked for the last time
	Planned  int // of them
	Ongoing  int // of them
}

// Shown reports whether so many have answered that shares may be shown.
func (i Initiatives) Shown() bool { return i.Answered >= LeastShown }

// PlannedShare is how many in a hundred have planned something.
func (i Initiatives) PlannedShare() int { return percent(i.Planned, i.Answered) }

// OngoingShare is how many in a hundred are under way with something.
func (i Initiatives) OngoingShare() int { return percent(i.Ongoing, i.Answered) }

// StatisticsFilter is what statistics are about: one programme; a calendar year
// or all of them; and all workplaces or those of one group. The sums of years
// and of groups never differ by a group too small to be shown (protect), which
// could not be promised of any two dates or of two groups that cross.
type StatisticsFilter struct {
	Programme ProgrammeCode
	Year      int       // 0: all
	By        Dimension // "": all workplaces
	Value     string    // the group's code, with By
	At        time.Time // whose map of regions is used
}

// Dimension is what workplaces are grouped by. It is a wire word.
type Dimension string

// Dimensions of statistics.
const (
	ByTime         Dimension = "time"
	ByTheme        Dimension = "theme"
	ByType         Dimension = "type"
	ByMunicipality Dimension = "municipality"
	ByRegion       Dimension = "region"
	BySector       Dimension = "sector"
)

// What only the inner workings group by: how far forløb came, where they ended,
// what they spent days on, in which municipalities they are, and what people
// answered to a question.
const (
	byReached Dimension = "reached"
	byEnd     Dimension = "end"
	byTook    Dimension = "took"
	byPlace   Dimension = "place"
	byAnswer  Dimension = "answer:"
)

// ReachedSum counts the forløb of a year that have a status and came so far.
// What is completed is the same group whichever way it is looked at.
func ReachedSum(year int, status Status, reached string, n int) []Sum {
	end, t := string(status), Tally{Asked: n}
	if !status.Closed() {
		end = openEnd
	}
	return []Sum{{byEnd, end, year, t}, {byReached, reached, year, t}}
}

// openEnd stands among the ends for what has not ended.
const openEnd = "open"

// PlaceSum counts the workplaces of a municipality whose application came in a
// year.
func PlaceSum(year int, place string, n int) Sum { return Sum{byPlace, place, year, Tally{Asked: n}} }

// AnswerSums counts the workplaces whose people gave these answers to a
// question, one code for each person who answered it.
func AnswerSums(year int, question string, codes []string, n int) (sums []Sum) {
	by := byAnswer + Dimension(question)
	for _, code := range slices.Compact(slices.Sorted(slices.Values(codes))) {
		people := 0
		for _, c := range codes {
			if c == code {
				people++
			}
		}
		sums = append(sums, Sum{by, code, year, Tally{Answered: n, PeopleAnswered: n * people}})
	}
	return append(sums, Sum{by, "", year, Tally{Answered: n, PeopleAnswered: n * len(codes)}})
}

// Tally counts workplaces that were asked for the last time, and what they
// answered.
type Tally struct {
	Asked          int // workplaces
	Answered       int // of them, with at least one answer
	PeopleAsked    int
	PeopleAnswered int
	Planned        int // of Answered: somebody says so
	Ongoing        int // of Answered: somebody says so
}

func (t *Tally) add(o Tally) {
	t.Asked, t.Answered = t.Asked+o.Asked, t.Answered+o.Answered
	t.PeopleAsked, t.PeopleAnswered = t.PeopleAsked+o.PeopleAsked, t.PeopleAnswered+o.PeopleAnswered
	t.Planned, t.Ongoing = t.Planned+o.Planned, t.Ongoing+o.Ongoing
}

// Sum is a tally of one group in one year.
type Sum struct {
	By    Dimension
	Value string
	Year  int
	Tally
}

// Took counts the forløb that spent so many days on something: in a status
// that they have left, or from the application to a step.
type Took struct {
	What string
	Year int // in which the application came
	Days int
	N    int
}

// Counts are what the statistics of a programme are made of, of all years.
type Counts struct {
	Sums []Sum
	Took []Took
}
