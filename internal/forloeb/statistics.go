package forloeb

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

// percent rounds half up; of nothing it is 0.
func percent(some, all int) int {
	if all == 0 {
		return 0
	}
	return (200*some + all) / (2 * all)
}
