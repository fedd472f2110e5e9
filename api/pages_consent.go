package api

import "time"

// writer is who filled in the application, as the reader of the page knows
// them.
type writer string

const (
	writtenByMe     writer = "me"
	writtenByOther  writer = "other"  // the other party
	writtenByHelper writer = "helper" // somebody who is not a party
	writtenBefore   writer = "before" // the reader takes over from somebody else
	writtenForAll   writer = "all"    // those who apply for a shared forløb, which the reader's workplace is asked to join
)

// consentForm is what a party answers, as it was typed.
type consentForm struct {
	Revision  int    `form:"revision"` // the text that was on the page
	Answer    string `form:"answer"`   // a forloeb.Answer; none is chosen beforehand
	FixText   string `form:"fix_text"`
	NoReason  string `form:"no_reason"`
	Signature string `form:"signature"`
}

// consentPage asks a party for their answer, and later shows it.
//
// States, with Answered empty: open, for the four kinds of Writer; changed
// since the mail (ChangedAt); with errors. With Answered: yes (with the
// waiting sentence and a way to withdraw), no, fix, not_me; a yes or a no also
// ByPhone. While what was noted on the telephone can be contested, Noted says
// what it is, above the form; after that it was contested, Contested does.
type consentPage struct {
	Base
	Links        partyLinks
	Writer       writer
	Name         string // whom the mail was for
	Other        string // the other party's name
	Role         string // "medarbejderrepræsentant"
	Deadline     time.Time
	ChangedAt    time.Time
	Noted        notedAnswer
	Contested    time.Time
	Running      bool // the forløb goes on meanwhile
	Application  frozenApplication
	Declarations []string
	Form         consentForm

	Answered   string // a forloeb.Answer; empty while open
	AnsweredAt time.Time
	ByPhone    bool
	Waiting    waitingBox
}

// notedAnswer is what somebody wrote down that the party said; empty when
// nobody did.
type notedAnswer struct {
	Answer string // "ja"
	At     time.Time
	Until  time.Time // the last day to contest it
}

func (*consentPage) template() string { return "consent" }

// Answers are the three choices of the form. The fourth, "det er ikke mig",
// stands apart: it is not an answer to the question.
func (p *consentPage) Answers() []option {
	return []option{
		{Value: "yes", Label: "Ja, jeg er enig og bekræfter"},
		{Value: "fix", Label: "Noget skal rettes først", Hint: "Ansøgningen venter, til det er rettet; derefter svarer I begge."},
		{Value: "no", Label: "Nej, jeg vil ikke være med", Hint: p.ifNo()},
	}
}

func (p *consentPage) ifNo() string {
	if p.Writer == writtenForAll {
		return "Så er jeres arbejdsplads ikke med; " + p.Other + " får det at vide, men ikke hvorfor. De andre kan godt fortsætte."
	}
	return "Så går ansøgningen ikke videre; " + p.Other + " får det at vide, men ikke hvorfor."
}
