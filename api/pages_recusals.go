package api

// recusalForm is where a consultant is not to have forløb, as it is typed.
type recusalForm struct {
	Place     string `form:"place"`
	Workplace string `form:"workplace"`
	Reason    string `form:"reason"`
	Sure      bool   `form:"sure"` // that they have open forløb there has been read
}

// recusalLine is one that is in force.
type recusalLine struct {
	Where      string
	Reason     string // empty where there is none, or the reader may not see it
	Registered string // "mandag den 23. november 2026 af sekretariatet"
	End        string // where it is ended; empty for who may not
}

// recusalsPage is where a consultant is not to have forløb.
//
// States: a colleague's or one's own; none and some, with a reason or without,
// one's to end or not; not saved yet, since there are open forløb there; with
// errors; with what was typed before a new login.
type recusalsPage struct {
	Base
	Back     string
	Name     string // empty on the consultant's own page
	Action   string
	Told     string // who reads a reason
	Decider  string // who decides about open forløb there: "sekretariatet"
	Places   []option
	List     []recusalLine
	Form     recusalForm
	Open     []wayOn // open forløb there: nothing is saved yet
	Restored bool
}

func (*recusalsPage) template() string { return "recusals" }

// Own reports whether it is the reader's own page.
func (p *recusalsPage) Own() bool { return p.Name == "" }
