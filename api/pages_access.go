package api

// purposePage asks why a closed forløb is opened.
//
// States: asked for the first time; sent without a purpose, without words.
type purposePage struct {
	Base
	Reference string
	Back      wayOn // the list it was found in
	Action    string
	Fields    []field
}

func (*purposePage) template() string { return "purpose" }

// accessPage lists who has had a forløb in hand, or what one of the staff has.
//
// States: of one forløb; of everybody, to the head; none; with more before.
type accessPage struct {
	Base
	Case  *caseHead // nil where it is of no forløb
	Who   *field    // to narrow by; nil where it is of one forløb
	Rows  []accessLine
	First string // where the latest are; empty where they are shown
	Next  string // where the list goes on; empty where it ends
}

func (*accessPage) template() string { return "access" }

// accessLine is one line of the access log.
type accessLine struct {
	At, Who, Role string
	What, Page    string // what was done, and the name of the route
	Why, Words    string
	Filters       string // of a search, as codes
	Reference     string // empty of a search
	Address       string // of the forløb, where the list is not about it
}

// insightPage gathers what is kept about one person.
//
// States: asked for; sent with mistakes; found in some forløb; in none.
type insightPage struct {
	Base
	Fields []field
	Email  string // whose it is; empty until it is gathered
	MadeAt string
	None   bool
	Cases  []insightCase
}

func (*insightPage) template() string { return "insight" }

// insightCase is what is kept in one forløb.
type insightCase struct {
	Reference, Workplace string
	Facts                []string
	Parts                []insightPart
}

// insightPart is one kind of what is kept.
type insightPart struct {
	Heading string
	Lines   []string
}
