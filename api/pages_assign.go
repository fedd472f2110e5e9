package api

import "time"

// assignPage is where a consultant is chosen, with the reasons in sight.
//
// States: somebody fits; nobody has room; nobody to choose at all; with
// another to change from; and those of every act.
type assignPage struct {
	actPage
	Themes  []string
	Area    string
	StartBy time.Time     // of the first meeting; zero before both have agreed
	Before  []earlierLine // other forløb at the workplace
	Nobody  string        // what can be done when nobody fits; empty when somebody does

	Choice    field
	Fitting   []candidateLine // the first is proposed
	Unfit     []candidateLine
	UnfitOpen bool // one of them is chosen
}

func (*assignPage) template() string { return "assign" }

// candidateLine is somebody who can be chosen, with why and why not.
type candidateLine struct {
	ID       string // of the radio
	Value    string
	Name     string
	Chosen   bool
	Proposed bool
	Room     string // how many of the places are taken
	Full     bool
	Themes   string
	Region   string
	Barred   bool // by a conflict of interest: nobody may choose them
	Notes    []string
}

// candidateTable is one of the page's lists of them.
type candidateTable struct {
	Caption string
	Noun    string // what they are called
	Lines   []candidateLine
}

func candidatesTable(caption, noun string, lines []candidateLine) candidateTable {
	return candidateTable{caption, noun, lines}
}
