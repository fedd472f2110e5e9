package api

import "time"

// developmentPage is the way around in development: every forløb, what comes
// next, and a clock that can be moved.
//
// States: no forløb; a list; one forløb with what comes next (Chosen); after
// a jump, with what happened; not settled; a clock that stopped short of where
// it was to go.
type developmentPage struct {
	Base
	Links  []wayOn // the mail catcher, Temporal's own pages, the API
	List   []developmentForloeb
	Chosen *developmentForloeb
}

func (*developmentPage) template() string { return "development" }

// developmentForloeb is one forløb on the development page.
type developmentForloeb struct {
	Address     string // of the page with this one chosen
	FastForward string // where to move its clock
	Reference   string
	Status      string
	Waiting     string
	Now         time.Time // its own clock
	Moved       bool      // the clock has been moved
	Settled     bool      // acted on, and every mail has left
	Short       bool      // the clock stopped on the way in the last jump
	Closed      bool
	Next        []developmentEvent // the next five
	Happened    []developmentEvent // in the last jump
	Mails       []string           // sent in the last jump, by kind
}

// developmentEvent is something that happens at a time.
type developmentEvent struct {
	At   time.Time
	Text string
}
