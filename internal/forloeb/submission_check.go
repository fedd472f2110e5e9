package forloeb

import (
	"regexp"
	"slices"
	"time"
	"unicode/utf8"
)

// Longest texts, in characters.
const (
	MaxName      = 100
	MaxWorkplace = 200
	MaxText      = 2000
)

// Check finds every mistake at once, in the order of the form. Rules are
// judged at the date of application.
func (s Submission) Check(at time.Time) []Mistake {
	c := checker{Submission: s.Clean(), at: at}
	c.programme()
	c.exclusions()
	c.choice("started_by", MistakeUnknownStarter, string(c.StartedBy), c.StartedBy.Valid())
	c.provider()
	c.workplace()
	c.body()
	c.people("", c.Leader, c.Rep)
	c.participants()
	c.themes()
	c.text("situation", c.Situation, true)
	c.text("change_goal", c.ChangeGoal, false)
	c.text("tried", c.Tried, false)
	c.text("timing", c.Timing, false)
	if !c.Declared {
		c.add("declared", MistakeNotDeclared)
	}
	return c.mistakes
}

type checker struct {
	Submission
	at       time.Time
	mistakes []Mistake
}

func (c *checker) add(field string, code MistakeCode) {
	c.mistakes = append(c.mistakes, Mistake{Field: field, Code: code})
}

func (c *checker) programme() {
	programme, known := ProgrammeByCode(c.Programme)
	if !known {
		c.add("programme", MistakeUnknownProgramme)
		return
	}
	switch kind, known := programme.Type(c.Type); {
	case !known:
		c.add("type", MistakeUnknownType)
	case !kind.Open(c.at):
		c.mistakes = append(c.mistakes, Mistake{Field: "type", Code: MistakeTypeNotOpen, Date: kind.From, Text: kind.Label})
	}
}

// choice is a field with a list of answers.
func (c *checker) choice(field string, unknown MistakeCode, value string, valid bool) {
	switch {
	case value == "":
		c.add(field, MistakeMissing)
	case !valid:
		c.add(field, unknown)
	}
}

func (c *checker) workplace() {
	if programme, _ := ProgrammeByCode(c.Programme); programme.Audience == OfTheRegion {
		c.regional()
		return
	}
	_, isMunicipality := MunicipalityByCode(c.Municipality)
	c.choice("municipality", MistakeUnknownMunicipality, c.Municipality, isMunicipality)
	if c.shared() { // whoever applies is no workplace, and takes no part
		if c.Sector != "" {
			c.choice("sector", MistakeUnknownSector, string(c.Sector), c.Sector.Valid())
		}
		return
	}
	c.line("workplace", c.Workplace, true)
	c.choice("sector", MistakeUnknownSector, string(c.Sector), c.Sector.Valid())
	c.choice("employees", MistakeUnknownEmployees, string(c.Employees), c.Employees.Valid())
}

// shared reports whether several workplaces are to take part.
func (c *checker) shared() bool {
	kind, _ := c.kind()
	return kind.Shared()
}

func (c *checker) kind() (ForloebType, bool) {
	programme, _ := ProgrammeByCode(c.Programme)
	return programme.Type(c.Type)
}

func (c *checker) body() {
	c.choice("body", MistakeUnknownBody, string(c.Body), c.bodyFits())
	if c.Body == OtherBody && c.bodyFits() {
		c.line("body_name", c.BodyName, true)
	}
	if c.shared() {
		c.line("focus", c.Focus, false)
	}
}

// bodyFits reports whether this type of forløb is applied for by the body.
func (c *checker) bodyFits() bool {
	kind, known := c.kind()
	if !known {
		return c.Body.Valid() // the type's own mistake is told already
	}
	return slices.Contains(kind.Bodies, c.Body)
}

// people are the two who answer for a workplace; the prefix tells the workplaces
// of a shared forløb apart.
func (c *checker) people(prefix string, leader Contact, rep Representative) {
	c.line(prefix+"leader_name", leader.Name, true)
	c.line(prefix+"leader_title", leader.Title, false)
	c.email(prefix+"leader_email", leader.Email)
	c.phone(prefix+"leader_phone", leader.Phone)
	c.line(prefix+"rep_name", rep.Name, true)
	if samePerson(leader, rep) {
		c.add(prefix+"rep_name", MistakeSamePerson)
	}
	c.choice(prefix+"rep_role", MistakeUnknownRole, string(rep.Role), rep.Role.ForRep())
	c.email(prefix+"rep_email", rep.Email)
	if rep.Email != "" && SameMailbox(leader.Email, rep.Email) {
		c.add(prefix+"rep_email", MistakeSameAddress)
	}
	c.phone(prefix+"rep_phone", rep.Phone)
}

// samePerson: one full name for both parties is taken for one person. Two
// people of one name can write a middle name or an initial; that is rarer,
// and a smaller trouble, than a leader who fills in both sides.
func samePerson(leader Contact, rep Representative) bool {
	return rep.Name != "" && sameFullName(leader.Name, rep.Name)
}

// notAName finds what a mail program would turn into a link, and markup:
// names and places go into mails to people who never asked for them.
var notAName = regexp.MustCompile(`(?i)[<>@\\]|://|www\.|[\pL\d-]{2,}\.(dk|com|net|org|eu|info|io|biz|de|se|no|uk|ru|cn|xyz|top|site|online|shop|link|app|me|ly)\b`)

var letter = regexp.MustCompile(`\pL`)

// line is a name, a title or a place.
func (c *checker) line(field, value string, required bool) {
	_, cpr := LooksLikeCPR(value)
	switch over := utf8.RuneCountInString(value) - maxLength(field); {
	case value == "":
		if required {
			c.add(field, MistakeMissing)
		}
	case over > 0:
		c.mistakes = append(c.mistakes, Mistake{Field: field, Code: MistakeTooLong, N: over})
	case cpr:
		c.mistakes = append(c.mistakes, Mistake{Field: field, Code: MistakeCPR, N: 1})
	case notAName.MatchString(value) || !letter.MatchString(value):
		c.add(field, MistakeNotAName)
	}
}

// text is free text. A number that looks like a CPR number is told also when
// the text is too long.
func (c *checker) text(field, value string, required bool) {
	if value == "" && required {
		c.add(field, MistakeMissing)
	}
	if over := utf8.RuneCountInString(value) - maxLength(field); over > 0 {
		c.mistakes = append(c.mistakes, Mistake{Field: field, Code: MistakeTooLong, N: over})
	}
	if line, found := LooksLikeCPR(value); found {
		c.mistakes = append(c.mistakes, Mistake{Field: field, Code: MistakeCPR, N: line})
	}
}

func maxLength(field string) int {
	switch bareField(field) {
	case "workplace", "body_name", "focus":
		return MaxWorkplace
	case "situation", "change_goal", "tried", "timing", "remark", "other_time", "pause", "arrangement", "follow_up", "prep_task", "reason", "note", RemarkHandover:
		return MaxText
	case "notice":
		return MaxNotice
	}
	return MaxName
}

func (c *checker) email(field, value string) {
	switch {
	case value == "":
		c.add(field, MistakeMissing)
	case !ValidEmail(value):
		c.add(field, MistakeBadEmail)
	}
}

func (c *checker) phone(field, value string) {
	if !ValidPhone(value) {
		c.add(field, MistakeBadPhone)
	}
}

func (c *checker) themes() {
	if len(c.Themes) == 0 {
		c.add("themes", MistakeMissing)
		return
	}
	programme, known := ProgrammeByCode(c.Programme)
	if !known {
		return
	}
	for _, code := range c.Themes {
		c.theme(programme, code)
	}
}

func (c *checker) theme(programme Programme, code ThemeCode) {
	theme, known := programme.Theme(code)
	switch m := (Mistake{Field: "themes", Text: theme.Short}); {
	case !known:
		c.add("themes", MistakeUnknownTheme)
	case theme.Open(c.at):
	case c.at.Before(theme.From):
		m.Code, m.Date = MistakeThemeNotOpen, theme.From
		c.mistakes = append(c.mistakes, m)
	default:
		m.Code, m.Date = MistakeThemeClosed, theme.Until
		c.mistakes = append(c.mistakes, m)
	}
}
