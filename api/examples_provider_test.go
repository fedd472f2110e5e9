package api

import (
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// exampleNina is one of NFA's people.
var exampleNina = forloeb.Principal{ID: uuid.MustParse("00000000-0000-4000-8000-00000000a005"), Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA, Name: "Nina Falk"}

// exampleExpertWho is the expert, logged in.
var exampleExpertWho = forloeb.Principal{ID: uuid.UUID{15: 9}, Role: forloeb.RoleConsultant, Consultant: consultantID, Provider: forloeb.ProviderNFA, Name: "Nanna Frost"}

// exampleExpert is one of NFA's experts.
var exampleExpert = forloeb.Consultant{ID: consultantID, Provider: forloeb.ProviderNFA, Name: "Nanna Frost", Email: "nanna.frost@example.dk", Phone: "00 00 00 03",
	Capacity: 4, Active: true, Themes: []forloeb.ThemeCode{forloeb.ThemeWorkplaceChange, forloeb.ThemeViolenceOffences}, Regions: []string{"midtjylland"}}

// atNFA makes a forløb one of NFA's, as its people see it.
func atNFA(k *staffCase) {
	k.By, k.Area = exampleNina, providerArea
	k.Programme, k.Type, k.Provider, k.Policy = forloeb.Regional, forloeb.ExpertAdvice, forloeb.ProviderNFA, regional().Policy
	k.Application.Body, k.Application.Themes = forloeb.LocalMED, []forloeb.ThemeCode{forloeb.ThemeViolenceOffences}
	k.Workplaces[0] = forloeb.Workplace{ID: k.Workplaces[0].ID, Name: "Afdeling 7", Region: "midtjylland", UnitType: forloeb.UnitHospital, Employees: "50-99"}
	for i := range k.Assignments {
		k.Assignments[i].Consultant, k.Assignments[i].Reason, k.Assignments[i].Score = exampleExpert, "chosen_by_provider", nil
	}
}

// choosesExpert waits for NFA to choose who comes.
func choosesExpert(k *staffCase) {
	agreed(k, forloeb.AwaitingConsultant)
	atNFA(k)
	k.Now = at(2026, 11, 27, 9, 14)
	second := exampleExpert
	second.ID, second.Name = uuid.Max, "Mads Eriksen"
	k.Candidates = []candidate{
		{Ranked: forloeb.Ranked{Candidate: forloeb.Candidate{Consultant: exampleExpert, Load: 1}}},
		{Ranked: forloeb.Ranked{Candidate: forloeb.Candidate{Consultant: second, Load: 4}, Obstacles: []string{forloeb.ObstacleCapacity}}},
	}
}

func providerExamples() []example {
	shown := func(path string, p pageData) pageData { return seenBy(exampleNina, path, p) }
	choosing, under := caseAt(exampleNina, choosesExpert), caseAt(exampleNina, atNFA)
	choosing.Tasks = append(choosing.Tasks, forloeb.Task{ID: 1, Kind: forloeb.TaskNoConsultant, Subject: "2", OpenedAt: choosing.StatusSince})
	mail := newMailPage(choosing, &choosing.Mails[0])
	mail.Subject, mail.Text = "Bekræft ansøgningen senest mandag den 14. december 2026", "Hej Mette Holm\n\nLæs den, og svar her: [personligt link]"

	row := exampleRow("26-4817", "Afdeling 7", "", forloeb.AwaitingConsultant,
		forloeb.Waiting{Key: forloeb.WaitAssignProvider, Provider: forloeb.ProviderNFA, Since: at(2026, 11, 26, 10, 0), Deadline: at(2026, 12, 10, 23, 59)})
	row.Region, row.Provider, row.NeedsAttention = "midtjylland", forloeb.ProviderNFA, true
	list := func(query string, found forloeb.ListPage, counts forloeb.ListCounts) pageData {
		wish := readListWish(bureauOf(exampleNina), queryOf(query), []forloeb.ConsultantRow{{ConsultantRecord: forloeb.ConsultantRecord{Consultant: exampleExpert}}})
		return shown("/udbyder/forloeb", newCasesPage(wish, found, counts, nil))
	}
	experts := &consultantsPage{Address: expertsPath}
	expert := forloeb.ConsultantRow{ConsultantRecord: forloeb.ConsultantRecord{Consultant: exampleExpert, Leaves: []forloeb.Leave{{From: at2027(2, 15), To: at2027(2, 19)}}}, Load: 4}
	experts.List = append(experts.List, bureauOf(exampleNina).consultantLine(expert))
	form := consultantFormOf(expert)
	return []example{
		{"provider-today", shown("/udbyder/", newTodayPage(exampleProviderDay(choosing)))},
		{"provider-today-nothing", shown("/udbyder/", newTodayPage(today{bureau: bureauOf(exampleNina), Now: choosing.Now, By: exampleNina, Runs: 3}))},
		{"provider-today-ended", shown("/udbyder/", newTodayPage(today{bureau: bureauOf(exampleNina), Now: choosing.Now, By: exampleNina,
			Ended: "Aftalen løb til og med søndag den 31. marts 2024. I kan gøre åbne forløb færdige, men ikke få nye."}))},
		{"provider-list", list("", forloeb.ListPage{Rows: []forloeb.ListRow{row}}, forloeb.ListCounts{Found: 1, Open: 1, NeedsAttention: 1})},
		{"provider-list-none", list("", forloeb.ListPage{}, forloeb.ListCounts{})},
		{"provider-case-chooses", shown(choosing.Home(), newCasePage(choosing))},
		{"provider-case", shown(under.Home(), newCasePage(under))},
		{"provider-mails", shown(choosing.Home(), newMailsPage(choosing))},
		{"provider-mail", shown(choosing.Home(), mail)},
		{"provider-assign", shown(choosing.Home(), shownActOf(choosing, &assignAct, asking{}))},
		{"provider-release", shown(under.Home(), shownActOf(under, &releaseAct, asking{}))},
		{"provider-experts", shown(expertsPath, experts)},
		{"provider-experts-none", shown(expertsPath, &consultantsPage{Address: expertsPath})},
		{"provider-expert", shown(expertsPath, &consultantFormPage{Name: "Nanna Frost", Back: expertsPath, Action: expertsPath + "/1", Form: form,
			Themes: bureauOf(exampleNina).themes(), Regions: regionOptions(exampleApplied, form.Regions), Load: 4,
			Leaves: []leaveLine{bureauOf(exampleNina).leaveLineOf(0, form, nil, []forloeb.Busy{{Reference: "26-4901", From: at(2027, 2, 16, 9, 0), To: at(2027, 2, 16, 12, 0)}}), bureauOf(exampleNina).leaveLineOf(1, form, nil, nil)}})},
	}
}

// exampleProviderDay is a day on which an expert has to be chosen.
func exampleProviderDay(k staffCase) today {
	return today{
		bureau: bureauOf(exampleNina), Now: k.Now, By: exampleNina, Runs: 3, Cases: map[uuid.UUID]*forloeb.Forloeb{k.ID: k.Forloeb},
		Open: map[forloeb.TaskKind]int{forloeb.TaskNoConsultant: 1},
		Tasks: forloeb.TaskPage{Rows: []forloeb.TaskRow{{Task: k.Tasks[len(k.Tasks)-1], ForloebID: k.ID, Reference: k.Reference, Status: k.Status,
			Workplace: "Afdeling 7", Now: k.Now.Add(time.Minute)}}},
	}
}
