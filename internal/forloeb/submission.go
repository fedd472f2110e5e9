package forloeb

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
)

// Submission is an application as people send it, from the form or the API.
// An edit by the secretariat is a whole new one.
type Submission struct {
	Programme    ProgrammeCode
	Type         TypeCode
	StartedBy    StartedBy
	Municipality string // three digits as text
	Workplace    string
	Sector       Sector // of a shared forløb: the branche that all its workplaces belong to, if it is for one
	Employees    Employees
	Body         Body
	Leader       Contact
	Rep          Representative
	Themes       []ThemeCode
	Situation    string
	ChangeGoal   string `json:",omitempty"` // forandringsønske: what they want changed; optional
	Tried        string
	Timing       string
	Declared     bool // all of the programme's declarations

	// Of a shared forløb alone.
	BodyName     string        `json:",omitempty"` // of a body that is none of the list's
	Focus        string        `json:",omitempty"` // indsatsområde to start from
	Quorum       int           `json:",omitempty"` // workplaces it begins with; 0 for the least there can be
	Participants []Participant `json:",omitempty"`

	// Of a regional workplace, instead of municipality and sector.
	Region     string                 `json:",omitempty"` // code; see Regions
	UnitType   UnitType               `json:",omitempty"`
	Provider   ProviderCode           `json:",omitempty"`
	Exclusions map[ExclusionCode]bool `json:",omitempty"` // what was asked before the form; a yes refuses
}

// Participant is a workplace that is to take part in a shared forløb, with the
// pair that answers for it.
type Participant struct {
	Workplace    string
	Municipality string // three digits as text
	Sector       Sector
	Employees    Employees
	Leader       Contact
	Rep          Representative

	// Of a regional workplace, instead of municipality and sector.
	Region   string   `json:",omitempty"`
	UnitType UnitType `json:",omitempty"`
}

// Representative is the employee side of a submission.
type Representative struct {
	Name  string
	Role  Role
	Email string
	Phone string
}

// Contact is how to reach the representative.
func (r Representative) Contact() Contact {
	return Contact{Name: r.Name, Email: r.Email, Phone: r.Phone}
}

// Clean normalises what was typed: single lines, texts and addresses each in
// the form they are stored, compared and hashed in; themes once each and in
// the programme's order.
func (s Submission) Clean() Submission {
	for _, line := range []*string{&s.Municipality, &s.Workplace, &s.BodyName, &s.Focus} {
		*line = CleanLine(*line)
	}
	for _, text := range []*string{&s.Situation, &s.ChangeGoal, &s.Tried, &s.Timing} {
		*text = CleanText(*text)
	}
	s.Leader, s.Rep = s.Leader.clean(), s.Rep.clean()
	s.Participants = slices.Clone(s.Participants)
	for i := range s.Participants {
		s.Participants[i] = s.Participants[i].clean()
	}
	s.Themes = s.orderedThemes()
	return s.ofItsAudience()
}

// ofItsAudience drops what the programme's form does not ask about.
func (s Submission) ofItsAudience() Submission {
	if programme, _ := ProgrammeByCode(s.Programme); programme.Audience == OfTheRegion {
		s.Municipality, s.Sector = "", ""
		return s
	}
	s.Region, s.UnitType, s.Provider, s.Exclusions = "", "", "", nil
	return s
}

func (p Participant) clean() Participant {
	p.Workplace, p.Municipality = CleanLine(p.Workplace), CleanLine(p.Municipality)
	p.Leader, p.Rep = p.Leader.clean(), p.Rep.clean()
	return p
}

func (c Contact) clean() Contact {
	return Contact{Name: CleanLine(c.Name), Title: CleanLine(c.Title), Email: NormaliseEmail(CleanLine(c.Email)), Phone: CleanLine(c.Phone)}
}

func (r Representative) clean() Representative {
	return Representative{Name: CleanLine(r.Name), Role: r.Role, Email: NormaliseEmail(CleanLine(r.Email)), Phone: CleanLine(r.Phone)}
}

// Place is what the one who applies is called in lists: the workplace, or the
// body that applies for several: "HovedMED i Aarhus Kommune".
func (s Submission) Place() string {
	if len(s.Participants) == 0 && s.Workplace != "" {
		return s.Workplace
	}
	return applicantName(s.Body, s.BodyName, s.Municipality)
}

// orderedThemes are the chosen ones in the programme's order, unknown ones
// last, so that the order of ticking makes no difference.
func (s Submission) orderedThemes() (ordered []ThemeCode) {
	programme, _ := ProgrammeByCode(s.Programme)
	for _, t := range programme.Themes {
		if slices.Contains(s.Themes, t.Code) {
			ordered = append(ordered, t.Code)
		}
	}
	for _, code := range s.Themes {
		if !slices.Contains(ordered, code) {
			ordered = append(ordered, code)
		}
	}
	return ordered
}

// Hash is the SHA-256 of what both parties see and say yes to, in hex: the
// same for both, and another one when anything visible changes. Mail
// addresses and telephone numbers are no part of it: they can be corrected
// without asking anybody again.
//
// The rendering is one entry a value: its name, its length in bytes, and the
// value as it is stored. Codes stand for choices, since their Danish labels
// may be reworded; the declarations stand in full, since they are the terms.
func (s Submission) Hash() string {
	c := s.Clean()
	h := sha256.New()
	write(h, "programme", string(c.Programme))
	write(h, "type", string(c.Type))
	write(h, "started_by", string(c.StartedBy))
	write(h, "municipality", c.Municipality)
	write(h, "workplace", c.Workplace)
	write(h, "sector", string(c.Sector))
	write(h, "employees", string(c.Employees))
	write(h, "body", string(c.Body))
	write(h, "leader_name", c.Leader.Name)
	write(h, "leader_title", c.Leader.Title)
	write(h, "rep_name", c.Rep.Name)
	write(h, "rep_role", string(c.Rep.Role))
	for _, theme := range c.Themes {
		write(h, "theme", string(theme))
	}
	write(h, "situation", c.Situation)
	write(h, "tried", c.Tried)
	write(h, "timing", c.Timing)
	writeSome(h, "change_goal", c.ChangeGoal)
	c.hashShared(h)
	c.hashRegional(h)
	programme, _ := ProgrammeByCode(c.Programme)
	for _, d := range programme.Declarations {
		write(h, "declaration", d.Text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// hashShared adds what everybody sees of a shared forløb: who applies, from what
// it starts, and with how many it begins. Which workplaces are asked is no part
// of what they agree to, and nobody sees the others.
func (s Submission) hashShared(h hash.Hash) {
	writeSome(h, "body_name", s.BodyName)
	writeSome(h, "focus", s.Focus)
	if s.Quorum > 0 {
		write(h, "quorum", itoa(int64(s.Quorum)))
	}
}

// hashRegional adds where a regional workplace belongs and who comes to it.
func (s Submission) hashRegional(h hash.Hash) {
	for _, v := range [][2]string{{"region", s.Region}, {"unit_type", string(s.UnitType)}, {"provider", string(s.Provider)}} {
		if v[1] != "" {
			write(h, v[0], v[1])
		}
	}
}

func write(h hash.Hash, name, value string) {
	fmt.Fprintf(h, "%s %d\n%s\n", name, len(value), value)
}

// writeSome leaves out what is empty: texts from before there was such a field
// keep the hash they were agreed to with.
func writeSome(h hash.Hash, name, value string) {
	if value != "" {
		write(h, name, value)
	}
}

// Submission is the application as it stands, to edit it or to apply again
// with the same information. Nothing is declared yet.
func (f *Forloeb) Submission() Submission {
	w, a := f.Lead(), f.Application
	s := Submission{
		Programme: f.Programme, Type: f.Type, StartedBy: a.StartedBy,
		Municipality: w.Municipality, Workplace: w.Name, Sector: w.Sector, Employees: w.Employees,
		Body: a.Body, Themes: slices.Clone(a.Themes),
		Situation: a.Texts.Situation, ChangeGoal: a.Texts.ChangeGoal, Tried: a.Texts.Tried, Timing: a.Texts.Timing,
		BodyName: a.Texts.BodyName, Focus: a.Texts.Focus, Quorum: a.Quorum,
		Region: w.Region, UnitType: w.UnitType, Provider: f.Provider,
	}
	programme, _ := ProgrammeByCode(f.Programme)
	s.Exclusions = programme.noneExcluded()
	for _, p := range f.Applicants() {
		if c := p.Contact; p.Side == Leader {
			s.Leader = c
		} else {
			s.Rep = Representative{Name: c.Name, Role: p.Role, Email: c.Email, Phone: c.Phone}
		}
	}
	if f.Shared() {
		s.Participants = f.participantsAgain()
	}
	return s
}
