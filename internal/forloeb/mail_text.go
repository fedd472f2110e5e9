package forloeb

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// MailText is a version of the sentences that the secretariat words itself, of
// one kind of mail in one programme. The zero version is the words that came
// with the program.
type MailText struct {
	Programme ProgrammeCode
	Kind      MailKind
	Version   int               // counted from 1; UnsavedText for words that nobody has saved
	Sentences map[string]string // by name; one that is not there is as it came with the program
	By        string            // who saved it
	At        time.Time
}

// UnsavedText is the version of words that are only looked at.
const UnsavedText = -1

// Same reports whether two versions have the same words.
func (t MailText) Same(other MailText) bool {
	if len(t.Sentences) != len(other.Sentences) {
		return false
	}
	for name, words := range t.Sentences {
		if said, there := other.Sentences[name]; !there || said != words {
			return false
		}
	}
	return true
}

// ErrMailTextChanged: a colleague saved another version meanwhile.
var ErrMailTextChanged = errors.New("the mail's text has changed")

// MailSentence is one of those sentences.
type MailSentence struct {
	Name  string
	Label string
	Words string // as they came with the program, slots and all
}

// MailPart is a piece of a mail: a sentence that can be worded, by its name,
// or words that stand as they are.
type MailPart struct {
	Sentence string
	Locked   string
}

// MailSample is a mail as it will look, with invented people and dates and no
// links.
type MailSample struct {
	Code    string // of the variant
	Title   string // of the variant: who gets it, and when
	Subject string
	Text    string
	HTML    string // what stands in its body: paragraphs and lists, without attributes
	Parts   []MailPart
}

// LongestSentence is how many characters a sentence may have. A line of a mail
// has to be shorter than 1000 octets (RFC 5322, section 2.1.1).
const LongestSentence = 400

var (
	slotPattern = regexp.MustCompile(`\{([^{}]*)\}`)
	webAddress  = regexp.MustCompile(`(?i)://|\bwww\.`)
)

// Slots are what stands in braces in a sentence, once each, in its order.
func Slots(words string) (names []string) {
	for _, m := range slotPattern.FindAllStringSubmatch(words, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	return names
}

// Slots are those that the sentence needs.
func (s MailSentence) Slots() []string { return Slots(s.Words) }

// Wrong says in Danish why the sentence cannot be worded so, or nothing.
func (s MailSentence) Wrong(words string) string {
	words = CleanLine(words)
	if _, cpr := LooksLikeCPR(words); cpr {
		return "Det ligner et CPR-nummer. Skriv det uden."
	}
	switch tooMany := utf8.RuneCountInString(words) - LongestSentence; {
	case words == "":
		return "Skriv en sætning. Den kan ikke være tom."
	case tooMany > 0:
		return "Sætningen er " + Number(tooMany) + " tegn" + " for lang."
	case webAddress.MatchString(words):
		return "Skriv ikke adresser på nettet. Mailens eget link står der allerede."
	}
	return s.wrongSlots(words)
}

// wrongSlots: what the mail fills in must be there, and nothing else can be.
func (s MailSentence) wrongSlots(words string) string {
	needs, has := s.Slots(), Slots(words)
	for _, slot := range needs {
		if !slices.Contains(has, slot) {
			return "{" + slot + "} skal stå i mailen."
		}
	}
	for _, slot := range has {
		if !slices.Contains(needs, slot) {
			return "Mailen kender ikke {" + slot + "}. Skriv det uden { og }."
		}
	}
	if strings.ContainsAny(slotPattern.ReplaceAllString(words, ""), "{}") {
		return "{ og } kan kun stå om det, mailen selv udfylder."
	}
	return ""
}

// Fits reports whether the words can stand in the place of the sentence: what
// was saved may be older than the sentence.
func (s MailSentence) Fits(words string) bool { return s.Wrong(words) == "" }
