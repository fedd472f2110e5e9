package forloeb

import "time"

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

// OutcomeSum is a tally of one group in one year. The value of ByTime is the
// number of the quarter.
type OutcomeSum struct {
	By    Dimension
	Value string
	Year  int
	Tally
}
