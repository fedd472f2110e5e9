package api

// mailsPage lists a forløb's mails, the latest first.
//
// States: none; some, in each state.
type mailsPage struct {
	Base
	Case  caseHead
	Live  string // the stream that tells the page to look again
	Mails []mailRow
}

func (*mailsPage) template() string { return "mails" }

// mailRow is one mail of a list.
type mailRow struct {
	Sent    string // a short date and a time, or that it is not
	To      string
	Kind    string
	State   string
	Trouble bool
	Address string
	Decide  string // what can be decided about it; empty when nothing can
}

// mailPage is one mail: how far it has come, what can be done about it, and
// its words.
//
// States: each state of a mail, with what can be done; one whose words are
// gone.
type mailPage struct {
	Base
	Case     caseHead
	Row      mailRow
	Acts     []mailButton
	Conflict string // why what was asked for was not done

	Gone    bool // it can no longer be written
	AsOf    bool // it was sent: the words are made of what is known now
	Subject string
	Text    string
}

func (*mailPage) template() string { return "mail" }

// mailButton is something that can be done about a mail, and what follows.
type mailButton struct {
	ID, Label, Effect, Action string
	Sends                     bool
}
