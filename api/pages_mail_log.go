package api

// mailLogPage is every forløb's mails, the newest first. People are named by
// their role alone, and no link is shown.
//
// States: some, in each state; narrowed; a page further on, and the last; none;
// with something in the address that nobody knows.
type mailLogPage struct {
	Base
	Live    liveStream
	Choices []field
	Ignored string
	Rows    []mailLogLine
	First   string // the newest, from a page further on
	Next    string
}

func (*mailLogPage) template() string { return "mail-log" }

// Partial reports whether the log goes on before or after this page.
func (p *mailLogPage) Partial() bool { return p.First != "" || p.Next != "" }

// mailLogLine is one mail of the log.
type mailLogLine struct {
	mailRow
	ID        string
	Reference string
	Mails     string // the forløb's mails
	Written   string // when one was written that is not known to be sent
}
