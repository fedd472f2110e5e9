package api

import (
	"time"

	"example.dk/spark/internal/forloeb"
)

// frozenApplication is one revision of an application, in words. Both parties
// see exactly the same.
type frozenApplication struct {
	Applicant    string // of a shared forløb: "HovedMED i Aarhus Kommune"
	Focus        string // what a shared forløb starts from
	Branche      string // that all workplaces of a shared forløb belong to, if it is for one
	Workplace    string // of whoever reads; none to those who only apply
	Municipality string
	Sector       string // or a regional workplace's type of unit
	Provider     string // whom a regional workplace applies to
	Employees    string
	Leader       string // with the title, when there is one
	Rep          string // with what they were elected as
	Body         string
	Themes       []string
	Situation    string
	ChangeGoal   string
	Tried        string
	Timing       string
}

// freeze puts a forløb's application into words, as those who apply read it.
func freeze(f *forloeb.Forloeb) frozenApplication { return freezeFor(f, f.Lead()) }

// freezeFor puts it into words for a workplace, which reads its own name and
// people in it.
func freezeFor(f *forloeb.Forloeb, place forloeb.Workplace) frozenApplication {
	frozen := frozenApplication{
		Focus:        f.Application.Texts.Focus,
		Workplace:    place.Name,
		Municipality: place.Where(),
		Sector:       place.Sector.Label(),
		Employees:    place.Employees.Label(),
		Body:         f.Application.Body.Label(),
		Themes:       themeLabels(f),
		Situation:    f.Application.Texts.Situation,
		ChangeGoal:   f.Application.Texts.ChangeGoal,
		Tried:        f.Application.Texts.Tried,
		Timing:       f.Application.Texts.Timing,
	}
	if f.Application.Body == forloeb.OtherBody {
		frozen.Body = f.Application.Texts.BodyName
	}
	if place.Region != "" {
		frozen.Sector, frozen.Provider = place.UnitType.Label(), f.Provider.Label()
	}
	if f.Shared() {
		frozen.Applicant, frozen.Branche = f.ApplicantName(), f.Lead().Sector.Label()
		if place.OnlyApplies {
			frozen.Workplace = ""
		}
	}
	for _, p := range f.Of(place.ID) {
		if p.Side == forloeb.Leader {
			frozen.Leader = withTitle(p.Contact.Name, p.Contact.Title)
		} else {
			frozen.Rep = withTitle(p.Contact.Name, p.Role.Label())
		}
	}
	return frozen
}

func withTitle(name, title string) string {
	if title == "" {
		return name
	}
	return name + ", " + title
}

func themeLabels(f *forloeb.Forloeb) (labels []string) {
	programme, _ := forloeb.ProgrammeByCode(f.Programme)
	for _, code := range f.Application.Themes {
		if t, known := programme.Theme(code); known {
			labels = append(labels, t.Label)
		}
	}
	return labels
}

// applicationPage shows the application again to somebody who asked for it in
// a mail. After both have answered no other page shows its text.
//
// States: one.
type applicationPage struct {
	Base
	Reference   string
	Application frozenApplication
	Until       time.Time // when the link stops working
	Status      string    // the party's own page
}

func (*applicationPage) template() string { return "application" }
