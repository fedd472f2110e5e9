package api

import "time"

// registerPage asks whether a meeting was held.
//
// States: asking; asking again about one that was registered, with what the
// other answer does.
type registerPage struct {
	Base
	Case     caseHead
	Meeting  string // "Møde 2"
	Question string
	Now      string // what stands about it; empty the first time
	Effects  []string
	Action   string
	Seen     string
}

func (*registerPage) template() string { return "register" }

// registeredPage says what was answered about a meeting, and what comes of it.
//
// States: held, before the next meeting and as the last one; not held; while
// it can be corrected, and later.
type registeredPage struct {
	Base
	Case    caseHead
	Heading string
	When    string
	Counts  string // that it does not; empty when it does
	Next    string
	Ways    []wayOn
	Notes   string // the reader's own about it; empty where there are none
	Correct string // where it is corrected; empty when it cannot be
	Until   time.Time
}

func (*registeredPage) template() string { return "registered" }
