package api

import (
	"net/url"

	"example.dk/spark/internal/forloeb"
)

// fixAsked has both want something corrected.
func fixAsked(k *staffCase) {
	justAsked(k)
	leaderOf(k).FixAskedAt, leaderOf(k).FixText = at(2026, 11, 24, 9, 0), "Antallet af ansatte er forkert.\nVi er 42."
	repOf(k).FixAskedAt, repOf(k).FixText = at(2026, 11, 25, 9, 0), "Jeg er TR, ikke AMR."
}

// oneAnswered has a yes to lose, and a representative who is somebody else.
func oneAnswered(k *staffCase) {
	justAsked(k)
	leaderOf(k).Consent, repOf(k).NotMeAt = exampleYes(24), at(2026, 11, 25, 9, 0)
}

// waitlisted has been judged.
func waitlisted(k *staffCase) {
	agreed(k, forloeb.AwaitingAssessment)
	k.Decision = forloeb.Waitlist
}

// sentForm is the application form as a browser sends it.
func sentForm(f applicationForm) url.Values {
	return url.Values{
		"municipality": {f.Municipality}, "workplace": {f.Workplace}, "sector": {f.Sector}, "employees": {f.Employees}, "body": {f.Body},
		"leader_name": {f.LeaderName}, "leader_title": {f.LeaderTitle}, "leader_email": {f.LeaderEmail}, "leader_phone": {f.LeaderPhone},
		"rep_name": {f.RepName}, "rep_role": {f.RepRole}, "rep_email": {f.RepEmail}, "rep_phone": {f.RepPhone},
		"themes": f.Themes, "situation": {f.Situation}, "change_goal": {f.ChangeGoal}, "tried": {f.Tried}, "timing": {f.Timing},
	}
}

func editExamples() []example {
	var all []example
	sends := func(name string, change func(*applicationForm)) {
		k := caseAt(exampleAnna, justAsked)
		form := formOf(k.Submission())
		change(&form)
		sent := sentForm(form)
		_, wrong := editAct.deed(k, sent)
		page := shownActOf(k, &editAct, asking{wrong: wrong, typed: sent})
		if wrong == nil {
			page.act().Conflict = (&forloeb.Refusal{Code: forloeb.RefuseCatchingUp}).Danish()
		}
		all = append(all, example{"act-ansoegning-" + name, seenBy(exampleAnna, k.Home(), page)})
	}
	sends("unchanged", func(*applicationForm) {})
	sends("errors", func(f *applicationForm) {
		f.RepEmail, f.Themes, f.Workplace = f.LeaderEmail, nil, ""
		f.Situation = "Vi har travlt.\nSpørg 010203-1234."
	})
	sends("typo", func(f *applicationForm) { f.LeaderEmail, f.RepEmail = "mette@gmial.com", "post@example.dk" })
	sends("conflict", func(f *applicationForm) { f.Situation = "Noget andet." })
	regional, shared := caseAt(exampleAnna, ofTheRegion), caseAt(exampleAnna, beingAsked)
	wrong := sentForm(formOf(shared.Submission()))
	wrong["quorum"], wrong["themes"] = []string{"mange"}, nil
	_, mistakes := editAct.deed(shared, wrong)
	return append(all,
		example{"act-ansoegning-regional", seenBy(exampleAnna, regional.Home(), shownActOf(regional, &editAct, asking{}))},
		example{"act-ansoegning-shared", seenBy(exampleAnna, shared.Home(), shownActOf(shared, &editAct, asking{}))},
		example{"act-ansoegning-shared-errors", seenBy(exampleAnna, shared.Home(), shownActOf(shared, &editAct, asking{wrong: mistakes, typed: wrong}))})
}

// ofTheRegion is a regional workplace that has just applied.
func ofTheRegion(k *staffCase) {
	justAsked(k)
	k.Programme, k.Type, k.Provider = forloeb.Regional, forloeb.ExpertAdvice, forloeb.ProviderNFA
	k.Application.Body, k.Application.Themes = forloeb.LocalMED, []forloeb.ThemeCode{forloeb.ThemeViolenceOffences}
	w := &k.Workplaces[0]
	w.Name, w.Municipality, w.Sector, w.Region, w.UnitType = "Afdeling 7", "", "", "midtjylland", forloeb.UnitHospital
}
