package api

// todayPage is the secretariat's morning page, or a provider's: what waits for a person, the
// oldest first in each group.
//
// States: with tasks that the reader and others have taken, that are put off, and that are
// settled; only the reader's own, or none of them; with tasks of every kind; with one; with more than a page, and a page
// further on; with requests that are held, among others or alone; with nothing, while forløb run or not; with something in the
// address that nobody knows.
type todayPage struct {
	Base
	Live    liveStream
	Heading string
	Ended   string // the agreement is over; empty while it is not
	Count   string // how much waits; empty when nothing does
	Ignored string
	Held    string // requests that wait because many applied; empty when none do
	Groups  []taskGroup
	None    string      // instead of groups
	Alike   []alikePair // applications that may have come twice
	Whose   wayOn       // to the reader's own tasks, or back to all
	PutOff  []taskLine
	Settled []settledLine

	SettledSince string
	Intakes      string // where intakes are opened and closed; empty for who may not
	First        string // the oldest, from a page further on
	Next         string
}

func (*todayPage) template() string { return "today" }

// Partial reports whether there are tasks before or after this page.
func (p *todayPage) Partial() bool { return p.First != "" || p.Next != "" }

// alikePair is two open forløb that may be about the same.
type alikePair struct {
	Address string // of the one that came last
	Words   string
}

// taskGroup is the tasks of one sort.
type taskGroup struct {
	Key   string
	Label string
	Count int // on every page
	Tasks []taskLine
}

// taskLine is one task, with what settles it.
type taskLine struct {
	caseTask
	Row       string
	Age       badge
	Reference string
	Place     string
	Address   string // of the forløb's page
}

// settledLine is a task that is no more.
type settledLine struct {
	Reference, Workplace, Address string
	What                          string
	How                           string // by whom or by itself, and when
}
