package api

import "time"

// notingPage asks a consultant who came from a mail whether a meeting was held,
// or says how it stands. It names nobody.
//
// States: asking; held and not held, while that can be corrected and later;
// not begun; cancelled; impossible for another reason.
type notingPage struct {
	Base
	Heading   string
	Reference string
	When      string
	Address   string    // where the answer goes; empty when nothing is asked
	Because   string    // why nothing is asked, or what the answer means
	Until     time.Time // until when it can be corrected; zero when it cannot be
	Login     string
}

func (*notingPage) template() string { return "noting" }
