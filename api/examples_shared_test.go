package api

import (
	"fmt"
	"time"

	"example.dk/spark/internal/forloeb"
)

func exampleWorkplace(name, sector, mail string) workplaceForm {
	return workplaceForm{
		Workplace: name, Municipality: "740", Sector: sector, Employees: "20-49", LeaderName: "Lis Lund", LeaderEmail: "lis." + mail + "@example.dk",
		RepName: "Rie Rask", RepRole: "amr", RepEmail: "rie." + mail + "@example.dk",
	}
}

func exampleWorkplaces() []workplaceForm {
	return []workplaceForm{
		exampleWorkplace("Tranemoseskolen", "school", "tranemose"), exampleWorkplace("Børnehuset Solen", "daycare", "solen"),
		exampleWorkplace("Plejecentret Åkanden", "elderly", "aakanden"),
	}
}

// sharedApply is the form for several workplaces, filled in and changed.
func sharedApply(change func(*sharedApplyPage)) *sharedApplyPage {
	p := newSharedApplyPage(exampleProgramme(), exampleApplied)
	p.Form = exampleForm()
	p.Form.Workplace, p.Form.Sector, p.Form.Employees, p.Form.Body = "", "", "", "main_med"
	p.Shared = sharedForm{Type: "joint", Focus: "Et godt arbejdsliv i skolerne", Quorum: "2"}
	p.list(exampleWorkplaces())
	change(p)
	return p
}

// sharedSent is that form when it has been sent and judged.
func sharedSent(change func(*sharedApplyPage)) *sharedApplyPage {
	return sharedApply(func(p *sharedApplyPage) {
		change(p)
		p.withoutEmpty()
		p.explain(p.mistakes(exampleApplied), p.submission().Hints())
	})
}

func sharedApplyExamples() []example {
	manyPlaces := make([]workplaceForm, mostPlaces)
	for i := range manyPlaces {
		manyPlaces[i] = exampleWorkplace(fmt.Sprintf("Børnehus %d", i+1), "daycare", fmt.Sprint(i))
	}
	nothing := newSharedApplyPage(exampleProgramme(), exampleApplied)
	nothing.explain(nothing.mistakes(exampleApplied), nil)
	return []example{
		{"apply-shared-empty", newSharedApplyPage(exampleProgramme(), exampleApplied)},
		{"apply-shared-not-open", newSharedApplyPage(exampleProgramme(), at(2020, 3, 2, 12, 0))},
		{"apply-shared-nothing-filled", nothing},
		{"apply-shared-added", sharedApply((*sharedApplyPage).add)},
		{"apply-shared-removed", sharedApply(func(p *sharedApplyPage) { p.remove(1) })},
		{"apply-shared-full", sharedApply(func(p *sharedApplyPage) { p.list(manyPlaces) })},
		{"apply-shared-wait", tooMany{wait: 110 * time.Second, form: sharedApply(func(*sharedApplyPage) {})}.filledIn()},
		{"apply-shared-prefilled", sharedApply(func(p *sharedApplyPage) { p.Prefilled = true; p.list(nil) })},
		{"apply-shared-errors", sharedSent(func(p *sharedApplyPage) {
			p.Form.Sector, p.Shared.Quorum, p.Form.Themes, p.Form.Body, p.Form.Declared = "daycare", "mange", nil, "other", false
			p.Places[1].RepEmail, p.Places[2].Employees = p.Places[1].LeaderEmail, ""
		})},
		{"apply-shared-typo", sharedSent(func(p *sharedApplyPage) {
			p.Places[0].RepEmail, p.Places[1].LeaderEmail = "rie@gmial.com", "lis@hotmial.com"
			p.Places[2].LeaderEmail, p.Places[2].RepEmail = "kontor@example.dk", "post@example.dk"
		})},
		{"apply-shared-typo-sure", sharedSent(func(p *sharedApplyPage) {
			p.Places[0].RepEmail, p.Places[0].RepEmailSure = "rie@gmial.com", true
			p.Places[1].LeaderEmail, p.Places[1].LeaderEmailSure, p.Places[1].Workplace = "lis@hotmial.com", true, ""
		})},
		{"receipt-shared", &receiptPage{Reference: "26-4817", Deadline: exampleDeadline, Parties: []receiptParty{
			{ID: "leader_email", Role: "lederen", Name: "Mette Holm", Email: "mette@example.dk", Correct: "/kvittering/abc.def/leader"},
			{ID: "rep_email", Role: "medarbejderrepræsentanten", Name: "Amir Dahl", Email: "amir@example.dk", Correct: "/kvittering/abc.def/rep"},
		}, Places: []receiptPlace{
			{"Tranemoseskolen", []string{"Lis Lund, lis.tranemose@example.dk", "Rie Rask, rie.tranemose@example.dk"}},
			{"Børnehuset Solen", []string{"Lis Lund, lis.solen@example.dk", "Rie Rask, rie.solen@example.dk"}},
		}}},
		{"application-shared", &applicationPage{Reference: "26-4817", Application: forTheBranche(exampleFrozen), Until: at(2026, 12, 1, 10, 30), Status: exampleLinks.Status}},
	}
}

func forTheBranche(a frozenApplication) frozenApplication {
	a.Applicant, a.Focus, a.Branche, a.Workplace = "HovedMED i Silkeborg Kommune", "Et godt arbejdsliv i skolerne", forloeb.SectorSchool.Label(), ""
	return a
}
