package api

// roundsPage is a sitting over those who wait for assessment: what the
// decisions rest on, and a choice for each. Below it are the rounds before.
//
// States: some, without choices, saved by a colleague, with what is missing;
// nobody waits; with what was typed before a new login; with rounds before.
type roundsPage struct {
	Base
	Programme string // its code
	Others    []programmeLink
	Summary   string
	Saved     string // who chose so far, and when
	Fairness  []fairnessTable
	Rows      []roundLine
	Closed    []roundHead
	Restored  bool
}

func (*roundsPage) template() string { return "rounds" }

// programmeLink leads to another programme's rounds.
type programmeLink struct{ Label, Address string }

// roundLine is one application of a round, with its fields while it is open and
// with the decision when it is closed.
type roundLine struct {
	ID, Reference, Address string
	Workplace              string // empty in a closed round
	Where, Themes          string
	Waited, Before         string
	Waitlisted             bool
	Decision               field
	Reason                 field
	Words                  field
	Decided                string // closed: the decision, and why
	Read                   string // closing: what the parties read of the reason
}

// fairnessTable is how those who wait are spread, beside who got help lately.
type fairnessTable struct {
	Caption, Head string
	Rows          []fairnessRow
}

// fairnessRow is one municipality, line of work or theme.
type fairnessRow struct {
	Label                     string
	Waiting, Approved, Lately int
}

// roundHead is a closed round in the list.
type roundHead struct{ Address, Label, Result string }

// closeRoundPage is the step before a round is closed: what is sent to whom.
//
// States: all three decisions, one only; the round has changed meanwhile.
type closeRoundPage struct {
	Base
	Programme string
	Seen      string
	Result    string
	Letters   string
	Groups    []roundGroup
	Changed   bool
}

func (*closeRoundPage) template() string { return "round-close" }

// roundGroup is those with one decision.
type roundGroup struct {
	Title, Then string
	Rows        []roundLine
}

// roundPage is the record of a closed round.
//
// States: with all decisions.
type roundPage struct {
	Base
	Title    string
	Closed   string // when and by whom
	Result   string
	Fairness []fairnessTable
	Rows     []roundLine
}

func (*roundPage) template() string { return "round" }
