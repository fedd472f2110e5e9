package forloeb

import (
	"strconv"
	"strings"
)

// participants are the workplaces that are to take part in a shared forløb.
func (c *checker) participants() {
	kind, known := c.kind()
	if !known || !kind.Shared() {
		if len(c.Participants) > 0 {
			c.add("participants", MistakeNotShared)
		}
		return
	}
	switch n := len(c.Participants); {
	case n < kind.MinWorkplaces:
		c.mistakes = append(c.mistakes, Mistake{Field: "participants", Code: MistakeTooFewWorkplaces, N: kind.MinWorkplaces})
	case n > kind.MaxWorkplaces:
		c.mistakes = append(c.mistakes, Mistake{Field: "participants", Code: MistakeTooManyWorkplaces, N: kind.MaxWorkplaces})
	case c.Quorum != 0 && (c.Quorum < kind.MinWorkplaces || c.Quorum > n):
		c.mistakes = append(c.mistakes, Mistake{Field: "quorum", Code: MistakeQuorum, N: n})
	}
	for i, p := range c.Participants {
		c.participant(ParticipantField(i, ""), p)
	}
	c.sameWorkplace()
}

// ParticipantField is the field of the n-th workplace, counted from 0, that a
// mistake is about: "participants.3.rep_email" for the fourth.
func ParticipantField(n int, field string) string {
	return "participants." + strconv.Itoa(n) + "." + field
}

func (c *checker) participant(prefix string, p Participant) {
	_, isMunicipality := MunicipalityByCode(p.Municipality)
	c.line(prefix+"workplace", p.Workplace, true)
	c.choice(prefix+"municipality", MistakeUnknownMunicipality, p.Municipality, isMunicipality)
	c.choice(prefix+"sector", MistakeUnknownSector, string(p.Sector), p.Sector.Valid())
	if c.Sector.Valid() && p.Sector.Valid() && p.Sector != c.Sector { // E6: all of a branche
		c.mistakes = append(c.mistakes, Mistake{Field: prefix + "sector", Code: MistakeOtherSector, Text: c.Sector.Label()})
	}
	c.choice(prefix+"employees", MistakeUnknownEmployees, string(p.Employees), p.Employees.Valid())
	c.people(prefix, p.Leader, p.Rep)
}

// sameWorkplace: a workplace that stands twice would be asked twice. One leader
// may answer for several.
func (c *checker) sameWorkplace() {
	seen := map[string]bool{}
	for i, p := range c.Participants {
		key := strings.ToLower(p.Municipality + " " + p.Workplace)
		if p.Workplace != "" && seen[key] {
			c.add(ParticipantField(i, "workplace"), MistakeSameWorkplace)
		}
		seen[key] = true
	}
}

// participantsAgain are the workplaces that take part, or may come to, as they
// would be applied for.
func (f *Forloeb) participantsAgain() (list []Participant) {
	for _, w := range f.Participants() {
		again := Participant{Workplace: w.Name, Municipality: w.Municipality, Sector: w.Sector, Employees: w.Employees}
		for _, p := range f.Of(w.ID) {
			if c := p.Contact; p.Side == Leader {
				again.Leader = c
			} else {
				again.Rep = Representative{Name: c.Name, Role: p.Role, Email: c.Email, Phone: c.Phone}
			}
		}
		list = append(list, again)
	}
	return list
}

// bareField is a field's name without the workplace it belongs to.
func bareField(field string) string { return field[strings.LastIndex(field, ".")+1:] }
