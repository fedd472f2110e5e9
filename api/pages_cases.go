package api

// casesPage is where the secretariat, or a provider among its own,
// looks for a forløb.
//
// States: what is urgent first; searched and narrowed, with or without a hit; a
// page further on, and the last; with filters in the address that nobody knows;
// before there is any forløb; with saved
// views, and a way to save or change one.
type casesPage struct {
	Base
	Heading  string
	Action   string // where the filters lead
	Live     liveStream
	Views    []listView
	Saved    []savedLink
	KeepView *wayOn // save what is shown, or change the view that it is
	Form     listForm
	Ignored  string // what of the address was not understood; empty when all was
	Summary  string // how many there are, and how many are shown
	None     string // instead of rows
	Widen    *wayOn // where there would be a hit
	Rows     []listLine
	Export   string // where it can be had as a file; empty of a provider's
	First    string // the beginning of the list, from a page further on
	Next     string
}

func (*casesPage) template() string { return "cases" }

// Partial reports whether the list goes on before or after this page.
func (p *casesPage) Partial() bool { return p.First != "" || p.Next != "" }

// listView is a tab.
type listView struct {
	Label   string
	Count   int
	Address string
	Current bool
}

// savedLink is a view that somebody saved.
type savedLink struct {
	Name, Address   string
	Shared, Current bool
}

// listForm narrows the list.
type listForm struct {
	View      string // kept while it is narrowed; empty for the usual one
	Query     string
	Choices   []field // those in sight
	More      []field // those folded away
	MoreOpen  bool    // one of them is in use
	Attention bool
	Clear     string // the list without them; empty when none is in use
}

// listLine is one forløb in the list.
type listLine struct {
	ID           string
	Reference    string
	Address      string
	Workplace    string
	Municipality string
	Kind         string // of a shared forløb: its type, and how many take part
	Status       badge
	Attention    bool
	Waiting      string
	Date         string // the next date, and what it is; empty without one
	Light        badge
	Consultant   string
}
