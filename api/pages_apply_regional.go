package api

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"example.dk/spark/internal/forloeb"
)

// regionalApplyPage is the application form of the regional programme. What it
// is not for is asked before anything else.
//
// States: those of applyPage; shut, as a page that can be looked at and not
// filled in.
type regionalApplyPage struct {
	applyPage
	Questions []exclusionQuestion
	Providers []option
	Shut      bool
}

func (*regionalApplyPage) template() string { return "apply-regional" }

// exclusionQuestion asks whether the programme is wanted for something that it
// is not for.
type exclusionQuestion struct {
	code             forloeb.ExclusionCode
	ID               string
	Question, Advice string
	Answer           string // as it was sent; empty when it was not answered
}

// What is sent for an answer.
const (
	answeredYes = "yes"
	answeredNo  = "no"
)

// exclusionID is the id and the name of a question's field.
func exclusionID(field string) string { return strings.ReplaceAll(field, ".", "-") }

// Answers are the choices. Whoever is to say yes reads at once where to turn.
func (q exclusionQuestion) Answers() []option {
	return []option{{answeredYes, "Ja", q.Advice}, {answeredNo, "Nej", ""}}
}

// newRegionalApplyPage is the form for a programme of the regions, with what
// can be applied for at the instant.
func newRegionalApplyPage(p forloeb.Programme, now time.Time) *regionalApplyPage {
	page := &regionalApplyPage{applyPage: *newApplyPage(p, now)}
	for _, e := range p.Exclusions {
		page.Questions = append(page.Questions, exclusionQuestion{
			code: e.Code, ID: exclusionID("exclusions." + string(e.Code)), Question: e.Question, Advice: e.Advice,
		})
	}
	for _, o := range p.OpenProviders(now) {
		page.Providers = append(page.Providers, option{string(o.Code), o.Name, o.FullName})
	}
	return page
}

// More is who else tells of the programme.
func (p *regionalApplyPage) More() forloeb.Elsewhere { return p.programme.More }

// answer puts the answers that were sent at their questions.
func (p *regionalApplyPage) answer(sent url.Values) {
	for i := range p.Questions {
		p.Questions[i].Answer = sent.Get(p.Questions[i].ID)
	}
}

// submission is the form as the domain judges it.
func (p *regionalApplyPage) submission() forloeb.Submission {
	s := p.Form.submission(p.programme.Code, p.programme.Types[0].Code)
	s.Exclusions = map[forloeb.ExclusionCode]bool{}
	for _, q := range p.Questions {
		if q.Answer == answeredYes || q.Answer == answeredNo {
			s.Exclusions[q.code] = q.Answer == answeredYes
		}
	}
	return s
}

// yes are the questions that were answered with yes.
func (p *regionalApplyPage) yes() []exclusionQuestion {
	return slices.DeleteFunc(slices.Clone(p.Questions), func(q exclusionQuestion) bool { return q.Answer != answeredYes })
}

// ofRegion is a mistake at its field, in words that fit a regional workplace
// where SPARK's own do not.
func ofRegion(m forloeb.Mistake) fieldError {
	text := m.Danish()
	switch {
	case m.Field == "body": // not one of SPARK's three
		text = "Vælg, hvem I søger som."
	case m.Code == forloeb.MistakeBadEmail:
		text = "Skriv en mailadresse som navn@region.dk."
	case m.Code == forloeb.MistakeNotDeclared: // they are not four
		text = "Sæt kryds, hvis I er enige om punkterne. Uden det kan vi ikke tage imod ansøgningen."
	}
	return fieldError{exclusionID(m.Field), text}
}

// applyRefusedPage says that the programme is not for what it was asked for, and where
// to turn. What was typed goes along, for who answered wrong.
//
// States: one yes; several.
type applyRefusedPage struct {
	Base
	Yes   []exclusionQuestion
	Typed []option // each field's name and a value
}

func (*applyRefusedPage) template() string { return "apply-refused" }

// refused is what to show instead of the form, with all that was sent in it.
func (p *regionalApplyPage) refused(sent url.Values) *applyRefusedPage {
	page := &applyRefusedPage{Base: p.Base, Yes: p.yes()}
	for name, values := range sent {
		for _, v := range values {
			page.Typed = append(page.Typed, option{Label: name, Value: v})
		}
	}
	slices.SortStableFunc(page.Typed, func(a, b option) int { return strings.Compare(a.Label, b.Label) })
	return page
}
