package forloeb

import (
	"encoding/binary"
	"fmt"
	"io"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// cprPattern finds six and four digits with a hyphen, a dash or a space between them, or nothing. Whether they
// stand alone and begin with a date is for lineLooksLikeCPR.
var cprPattern = regexp.MustCompile(`(\d{2})(\d{2})(\d{2})(?:[ \x{A0}]?[-–\x{2010}\x{2011}][ \x{A0}]?|[ \x{A0}])?\d{4}`)

// LooksLikeCPR finds what could be a Danish civil registration number (DDMMYY-XXXX, also with a space or without
// a separator) and returns its line, counted from 1. The applicant is asked to remove it: the case needs none,
// and free text is where they turn up (GDPR article 5(1)(c)). The control digit is not used, since numbers
// given from 2007 on need not have one.
func LooksLikeCPR(s string) (line int, found bool) {
	for i, text := range strings.Split(unixLines(s), "\n") {
		if lineLooksLikeCPR(text) {
			return i + 1, true
		}
	}
	return 0, false
}

func lineLooksLikeCPR(text string) bool {
	for from := 0; from < len(text); {
		m := cprPattern.FindStringSubmatchIndex(text[from:])
		if m == nil {
			return false
		}
		start, end := from+m[0], from+m[1]
		alone := !digitAt(text, start-1) && !digitAt(text, end)
		if alone && birthday(atoi(text[start:start+2]), atoi(text[start+2:start+4]), atoi(text[start+4:start+6])) {
			return true
		}
		from = start + 1 // a match may begin inside the one refused
	}
	return false
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

// birthday tells whether a day of that kind exists in some century. Replacement numbers, given in the health
// service to people without a CPR number, have 60 added to the day.
func birthday(day, month, year int) bool {
	if day > 60 {
		day -= 60
	}
	if month < 1 || month > 12 || day < 1 {
		return false
	}
	longest := [...]int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
	return day <= longest && (day != 29 || month != 2 || year%4 == 0)
}

const maxEmail = 254 // octets: RFC 5321, section 4.5.3.1.3, as corrected by erratum 1690

// NormaliseEmail gives the form in which addresses are stored and compared: without spaces around, lower case.
func NormaliseEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

var (
	emailLocal  = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$")
	emailDomain = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$`)
)

// ValidEmail tells whether a mail can be addressed to s as it stands: one bare address with a dot in its domain,
// no name, no quotes, no spaces, at most 254 octets. Danish letters are refused, since most mail servers refuse
// them too.
func ValidEmail(s string) bool {
	if len(s) > maxEmail {
		return false
	}
	local, domain, _ := strings.Cut(s, "@")
	if len(local) > 64 || !emailLocal.MatchString(local) || !emailDomain.MatchString(domain) {
		return false
	}
	parsed, err := mail.ParseAddress(s)
	return err == nil && parsed.Address == s
}

// SameMailbox tells whether two addresses end in one mailbox as far as can be seen from outside: case, spaces
// around and a plus-address ("navn+spark@") make no difference. Both parties need a mailbox of their own.
func SameMailbox(a, b string) bool { return mailbox(a) == mailbox(b) }

func mailbox(addr string) string {
	local, domain, _ := strings.Cut(NormaliseEmail(addr), "@")
	if name, _, plus := strings.Cut(local, "+"); plus && name != "" {
		local = name
	}
	return local + "@" + domain
}

// phoneNumber is eight Danish digits, with or without +45, or a foreign
// number with its country, spaced in any way.
var (
	phoneNumber  = regexp.MustCompile(`^(?:(?:(?:\+|00)?45)?[2-9]\d{7}|(?:\+|00)[1-9]\d{7,14})$`)
	phoneSpacing = regexp.MustCompile(`[ ().\-–/]`)
)

// ValidPhone tells whether s, cleaned, can be called, or is empty: nobody has to have a telephone.
func ValidPhone(s string) bool {
	s = CleanLine(s)
	return s == "" || phoneNumber.MatchString(phoneSpacing.ReplaceAllString(s, ""))
}

var sharedNames = []string{
	"adm", "administration", "administrationen", "admin", "afdeling", "afdelingen", "arbejdsmiljoe", "boernehave",
	"boernehaven", "digitalpost", "faelles", "forvaltning", "forvaltningen", "hjemmepleje", "hjemmeplejen", "hovedmed",
	"hr", "info", "institution", "institutionen", "kommune", "kommunen", "kontakt", "kontor", "kontoret", "ledelse",
	"ledelsen", "leder", "mail", "med", "noreply", "office", "personale", "plejecenter", "plejecentret", "post",
	"postkasse", "postkassen", "raadhus", "raadhuset", "reception", "receptionen", "sekretariat", "sekretariatet",
	"sikkermail", "sikkerpost", "skole", "skolen", "support", "team", "trio", "vuggestue", "vuggestuen",
}

// SharedMailbox tells whether an address looks as if several people read it (kontakt@, leder@, info.skolen@,
// sikker-post@). It is a hint to the applicant, never a refusal: links are personal.
func SharedMailbox(addr string) bool {
	local, _, _ := strings.Cut(mailbox(addr), "@")
	words := strings.FieldsFunc(local, func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) == 0 {
		return false
	}
	return slices.Contains(sharedNames, words[0]) || slices.Contains(sharedNames, strings.Join(words, ""))
}

var privateProviders = append([]string{"ymail", "googlemail", "live", "msn", "me", "mac", "proton", "protonmail", "mail", "jubii", "stofanet", "tdcadsl"}, mailProviders...)

// PrivateMailbox tells whether an address is at a provider of private mailboxes (gmail.com, hotmail.dk, mail.dk). It
// is a flag for staff, never a refusal.
func PrivateMailbox(addr string) bool {
	_, domain, _ := strings.Cut(mailbox(addr), "@")
	name, ending, _ := strings.Cut(domain, ".")
	return !strings.Contains(ending, ".") && slices.Contains(privateProviders, name)
}

var (
	mistypedEndings = strings.NewReplacer(".con|", ".com", ".cmo|", ".com", ".ocm|", ".com", ".vom|", ".com", ".xom|", ".com",
		".comm|", ".com", ".kd|", ".dk", ".dkk|", ".dk", ".ddk|", ".dk", "|", "")
	mailProviders = []string{"gmail", "hotmail", "icloud", "outlook", "yahoo"}
	// Words one letter from a provider that are providers themselves.
	realNeighbours = []string{"mail", "email", "ymail", "qmail", "fmail"}
)

// LikelyTypo returns what the person probably meant when the domain looks mistyped ("gmial.com", "hotmail.con"),
// else "". It is asked as a question, never acted upon.
func LikelyTypo(addr string) (suggestion string) {
	addr = NormaliseEmail(addr)
	local, domain, _ := strings.Cut(addr, "@")
	meant := mistypedEndings.Replace(domain + "|")
	name, ending, _ := strings.Cut(meant, ".")
	for _, provider := range mailProviders {
		if (ending == "com" || ending == "dk" || ending == "co") && oneSlip(name, provider) && !slices.Contains(realNeighbours, name) {
			name = provider
		}
	}
	if name == "gmail" && (ending == "dk" || ending == "co") {
		ending = "com" // Gmail has no other
	}
	if meant = local + "@" + name + "." + ending; meant != addr && ValidEmail(meant) {
		return meant
	}
	return ""
}

// oneSlip tells whether typed is one slip of a finger from word: a letter too many, missing, wrong, or two
// letters swapped.
func oneSlip(typed, word string) bool {
	same := 0
	for same < len(typed) && same < len(word) && typed[same] == word[same] {
		same++
	}
	t, w := typed[same:], word[same:]
	switch len(t) - len(w) {
	case 1:
		return t[1:] == w
	case -1:
		return t == w[1:]
	case 0:
		return len(t) > 0 && t[1:] == w[1:] || len(t) > 1 && t[0] == w[1] && t[1] == w[0] && t[2:] == w[2:]
	}
	return false
}

// CleanLine makes one line of what a person typed: line breaks, tabs and runs of spaces become a space, control
// characters and invisible format characters (among them those that turn the direction of writing) disappear.
// Everything that can reach a header of a mail or a line of a calendar file goes through it.
func CleanLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(visible, strings.ToValidUTF8(s, ""))), " ")
}

// CleanText is CleanLine for a text of several lines: breaks become "\n", spaces inside a line stay as typed,
// those at the end of a line and empty lines around the text go.
func CleanText(s string) string {
	lines := strings.Split(unixLines(strings.ToValidUTF8(s, "")), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(strings.Map(visible, line), " ")
	}
	return strings.Trim(strings.Join(lines, "\n"), " \n")
}

// visible makes a space of every kind of space and drops what cannot be seen.
func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

func unixLines(s string) string { return lineBreaks.Replace(s) }

// NewReference draws a case reference, "26-4817": the year and four random digits, easy to say on the telephone.
// It gives no access and is not unique by itself: the caller draws again when it is taken. r is crypto/rand's
// Reader, which cannot fail; NewReference panics when another one does.
func NewReference(year int, r io.Reader) string {
	var random [4]byte
	if _, err := io.ReadFull(r, random[:]); err != nil {
		panic("forloeb: no random numbers: " + err.Error())
	}
	return fmt.Sprintf("%02d-%04d", year%100, binary.BigEndian.Uint32(random[:])%10_000)
}

var (
	saidReference = regexp.MustCompile(`(?i)^(?:(?:spark|sag(?:en|snr|snummer)?|nr|nummer)[.:]*\s*)*#?(\d\d)[^\pL\d]{0,3}(\d\d ?\d\d(?: ?\d\d)?)[.:]?$`)
	noDigit       = regexp.MustCompile(`\D`)
)

// ReferenceIn reads a whole case reference as people write it ("sag 26 4817", "SPARK 26–4817:"), and gives it as
// NewReference does; empty when s is something else.
func ReferenceIn(s string) string {
	m := saidReference.FindStringSubmatch(CleanLine(s))
	if m == nil {
		return ""
	}
	return m[1] + "-" + noDigit.ReplaceAllString(m[2], "")
}
