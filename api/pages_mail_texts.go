package api

import (
	"html/template"
	"time"

	"example.dk/spark/internal/forloeb"
)

// mailTextsPage lists every mail of a programme in the order of a forløb.
//
// States: as the mails came with the program; some worded by the secretariat.
type mailTextsPage struct {
	Base
	Programmes []menuItem
	List       []mailTextLine
}

func (*mailTextsPage) template() string { return "mail-texts" }

// mailTextLine is one kind of mail.
type mailTextLine struct {
	Name, Address, When string
	Version             int // 0: as it came with the program
	By                  string
	At                  time.Time
}

// mailTextPage is one kind of mail: what it says, and what of it can be worded.
//
// States: as it came with the program; with versions; looked at and not saved;
// with errors; a sample on its way, or too many; a colleague was first; with what was typed before a new login;
// a mail of which nothing can be worded.
type mailTextPage struct {
	Base
	Name, When    string
	ProgrammeName string
	Back, Action  string
	Version       int // what the form was made of
	Blocks        []mailBlock
	Samples       []mailSampleView
	Unsaved       bool // the samples show what is typed, and nobody has saved it
	Sent          bool // a sample is on its way to the reader
	History       []mailTextVersion
	Conflict      string
	Restored      bool
}

func (*mailTextPage) template() string { return "mail-text" }

// mailBlock is one variant of the mail, from top to bottom, as far as it has
// sentences that no variant before it has.
type mailBlock struct {
	Title string
	Parts []mailBlockPart
}

// mailBlockPart is a sentence that can be worded, or words that stand as they
// are.
type mailBlockPart struct {
	Locked string
	Field  *field
	Saved  string // what a colleague has saved meanwhile, when it is something else
}

// mailSampleView is a variant as it will arrive.
type mailSampleView struct {
	Code, Title, Subject, Text string
	HTML                       template.HTML // written by the mail's own template, which escapes
}

// mailTextVersion is a line of the history.
type mailTextVersion struct {
	Number  int // 0 is the words that came with the program
	By      string
	At      time.Time
	Changed []mailTextChange
	Back    bool // one can go back to it
	Now     bool // it is in force
}

// mailTextChange is a sentence that a version has in other words than ours.
type mailTextChange struct{ Label, Words string }

// Sentence is a field with how much it may hold.
func (*mailTextPage) Sentence(f *field) sentenceField {
	return sentenceField{f, forloeb.LongestSentence}
}

// sentenceField is the field of one sentence.
type sentenceField struct {
	Field   *field
	Longest int // characters
}
