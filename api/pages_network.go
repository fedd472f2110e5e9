package api

// networkPage is the list of those in a network who share their name and mail
// with each other (document B, line 12: they can form networks).
//
// States: the reader is not on it, or is; nobody else is; nobody can come on it
// any more, because the forløb is over.
type networkPage struct {
	Base
	Links     partyLinks
	Reference string
	Listed    bool // the reader is on it
	Closed    bool
	Mail      string // what of the reader's would be shown
	People    []networkPerson
}

func (*networkPage) template() string { return "network" }

// networkPerson is one who has asked to be on the list.
type networkPerson struct {
	Name, Workplace, Email string
}
