package api

import (
	"net/url"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// People of the examples who are logged in.
var (
	exampleAnna     = forloeb.Principal{ID: uuid.MustParse("00000000-0000-4000-8000-00000000a001"), Role: forloeb.RoleSecretariat, Name: "Anna Berg"}
	exampleHead     = forloeb.Principal{ID: uuid.MustParse("00000000-0000-4000-8000-00000000a002"), Role: forloeb.RoleHead, Name: "Henrik Lind"}
	exampleReader   = forloeb.Principal{ID: uuid.MustParse("00000000-0000-4000-8000-00000000a003"), Role: forloeb.RoleReader, Name: "Rikke Holst"}
	exampleKarenWho = forloeb.Principal{ID: uuid.MustParse("00000000-0000-4000-8000-00000000a004"), Role: forloeb.RoleConsultant, Consultant: consultantID, Name: "Karen Lund"}
)

// seenBy puts the staff's frame around a page.
func seenBy(who forloeb.Principal, path string, p pageData) pageData {
	p.base().Frame, p.base().Programme = newFrame(who, path), programmeOf(who)
	return p
}

// exampleCase is a forløb in progress: one meeting held, the next one booked.
func exampleCase(who forloeb.Principal) staffCase {
	workplace, now := uuid.MustParse("00000000-0000-4000-8000-00000000b001"), at(2026, 12, 21, 9, 14)
	karen := forloeb.Consultant{ID: consultantID, Name: "Karen Lund", Email: "karen@example.dk", Phone: "00 00 00 01", Capacity: 8, Active: true,
		Themes: []forloeb.ThemeCode{"change", "cooperation"}, Regions: []string{"midtjylland"}}
	programme := exampleProgramme()
	f := &forloeb.Forloeb{
		ID: uuid.MustParse("00000000-0000-4000-8000-00000000f001"), Reference: "26-4817", Programme: forloeb.Spark, Type: forloeb.Individual,
		Status: forloeb.InProgress, StatusSince: at(2026, 11, 30, 10, 0), Version: 9, Seen: 9, Policy: programme.Policy, CreatedAt: exampleApplied,
		Application: forloeb.Application{Revision: 1, StartedBy: forloeb.StartedByLeader, Body: "trio", Themes: []forloeb.ThemeCode{"change", "cooperation"},
			Texts: forloeb.ApplicationTexts{Situation: exampleFrozen.Situation}, At: exampleApplied},
		Workplaces: []forloeb.Workplace{{ID: workplace, Name: "Tranemoseskolen", Municipality: "740", Sector: "school", Employees: "50-99"}},
		Parties: []forloeb.Party{
			{ID: uuid.MustParse("00000000-0000-4000-8000-00000000d001"), WorkplaceID: workplace, Side: forloeb.Leader, Role: forloeb.RoleLeader, LinkVersion: 1,
				Contact: forloeb.Contact{Name: "Mette Holm", Title: "skoleleder", Email: "mette@example.dk", Phone: "20 00 00 00"}, Consent: exampleYes(24)},
			{ID: uuid.MustParse("00000000-0000-4000-8000-00000000d002"), WorkplaceID: workplace, Side: forloeb.Rep, Role: forloeb.RoleAMR, LinkVersion: 1,
				Contact: forloeb.Contact{Name: "Amir Dahl", Email: "amir@example.dk"}, Consent: exampleYes(26)},
		},
		Assignments: []forloeb.Assignment{{ID: 1, Consultant: karen, Reason: "automatic", At: at(2026, 11, 26, 9, 30), AcceptedAt: at(2026, 11, 26, 9, 30),
			Score: []forloeb.Score{{Part: "themes", Points: 20}, {Part: "room", Points: 3}}}},
		Meetings: []forloeb.Meeting{
			{ID: uuid.MustParse("00000000-0000-4000-8000-00000000e001"), Ordinal: 1, StartsAt: at(2026, 12, 10, 13, 0), EndsAt: at(2026, 12, 10, 16, 0),
				Place: "Skolevej 1", State: forloeb.Held, StateAt: at(2026, 12, 10, 16, 5), BookedAt: at(2026, 11, 30, 10, 0)},
			{ID: uuid.MustParse("00000000-0000-4000-8000-00000000e002"), Ordinal: 2, StartsAt: at(2027, 1, 21, 13, 0), EndsAt: at(2027, 1, 21, 16, 0),
				Place: "Skolevej 1", State: forloeb.Booked, BookedAt: at(2026, 12, 10, 16, 10)},
		},
	}
	return staffCase{Forloeb: f, By: who, Now: now, Area: staffArea(who)}
}

func consultantExamples() []example {
	at := func(p pageData) pageData { return seenBy(exampleHead, consultantsPath, p) }
	karen := exampleCase(exampleAnna).Assignments[0].Consultant
	row := forloeb.ConsultantRow{ConsultantRecord: forloeb.ConsultantRecord{Consultant: karen, Leaves: []forloeb.Leave{{
		From: at2027(2, 15), To: at2027(2, 19)}}}, Load: 5}
	stopped := forloeb.ConsultantRow{ConsultantRecord: forloeb.ConsultantRecord{Consultant: forloeb.Consultant{ID: uuid.Max, Name: "Jonas Friis", Capacity: 2, Themes: karen.Themes[:1]}}, Load: 2, OnLeave: true}
	desk := bureauOf(exampleHead)
	form := func(change func(*consultantFormPage)) pageData {
		f := consultantFormOf(row)
		page := &consultantFormPage{Name: "Karen Lund", Back: consultantsPath, Action: consultantsPath + "/1", Form: f, Themes: bureauOf(exampleHead).themes(), Regions: regionOptions(exampleApplied, f.Regions), Load: 5,
			Leaves: []leaveLine{desk.leaveLineOf(0, f, nil, nil), desk.leaveLineOf(1, f, nil, nil)}}
		change(page)
		return at(page)
	}
	return []example{
		{"consultants", at(&consultantsPage{Address: consultantsPath, List: []consultantLine{bureauOf(exampleHead).consultantLine(row), bureauOf(exampleHead).consultantLine(stopped)}})},
		{"consultants-none", at(&consultantsPage{Address: consultantsPath})},
		{"consultant", form(func(*consultantFormPage) {})},
		{"consultant-new", form(func(p *consultantFormPage) {
			p.New, p.Form, p.Leaves = true, consultantForm{Capacity: "8"}, p.Leaves[1:]
		})},
		{"consultant-meetings-in-leave", form(func(p *consultantFormPage) {
			p.Leaves[0], p.Unsaved = desk.leaveLineOf(0, p.Form, nil, []forloeb.Busy{{Reference: "26-4817", From: at2027(2, 16), To: at2027(2, 16)}, {Reference: "26-4402", From: at2027(2, 19), To: at2027(2, 19)}}), true
		})},
		{"consultant-stops", form(func(p *consultantFormPage) {
			p.Form.Stopped, p.Unsaved = true, true
			p.Left = []wayOn{{Label: "26-4817, Tranemoseskolen", Address: listPath + "/1"}, {Label: "26-4402, Søhulen Børnehus", Address: listPath + "/2"}}
		})},
		{"consultant-stops-with-one", form(func(p *consultantFormPage) {
			p.Form.Stopped, p.Unsaved, p.Load = true, true, 1
			p.Left = []wayOn{{Label: "26-4817, Tranemoseskolen", Address: listPath + "/1"}}
		})},
		{"consultant-meeting-in-leave", form(func(p *consultantFormPage) {
			p.Leaves[0] = desk.leaveLineOf(0, p.Form, nil, []forloeb.Busy{{From: at2027(2, 16), To: at2027(2, 16)}})
		})},
		{"consultant-errors", form(func(p *consultantFormPage) {
			p.Form = consultantForm{Stopped: true, Capacity: "mange", From: []string{"i uge 7", "1-3-2027"}, To: []string{"", "1-2-2027"}}
			_, p.Errors = p.Form.record(uuid.Nil)
			p.Leaves = []leaveLine{desk.leaveLineOf(0, p.Form, p.Errors, nil), desk.leaveLineOf(1, p.Form, p.Errors, nil)}
		})},
		{"consultant-restored", form(func(p *consultantFormPage) { p.Restored = true })},
		{"staff", seenBy(exampleHead, staffPath, &staffListPage{List: []staffLine{
			{Name: "Anna Berg", Role: "Sekretariatet", Email: "anna@example.dk", LastLogin: exampleApplied, Active: true, Address: staffPath + "/1"},
			{Name: "Henrik Lind", Role: "Leder af sekretariatet", Email: "henrik@example.dk", LastLogin: exampleApplied, Active: true, Self: true},
			{Name: "Rikke Holst", Role: "Læser", Email: "rikke@example.dk", LastLogin: exampleApplied, Address: staffPath + "/3"},
		}})},
	}
}

func at2027(month time.Month, day int) time.Time { return at(2027, month, day, 9, 0) }

func exampleYes(day int) *forloeb.Consent {
	return &forloeb.Consent{Revision: 1, Answer: forloeb.Yes, At: at(2026, time.November, day, 10, 0)}
}

func loginExamples() []example {
	start := loginStartPath + "?til=/sekretariat/"
	return []example{
		{"login", &loginPage{Start: start}},
		{"login-timed-out", &loginPage{Start: start, TimedOut: true, Idle: 30}},
		{"login-kept", &loginPage{Start: start, TimedOut: true, Kept: true, Idle: 30}},
		{"login-logged-out", &loginPage{Start: start, LoggedOut: true, Provider: "https://login.example.dk/logout"}},
		{"login-closed", &loginPage{Closed: true}},
		{"login-no-access", noAccess()},
		{"login-no-second-factor", noSecondFactor()},
		{"login-refused", loginRefused()},
		{"login-away", loginAway()},
		{"wrong-role", seenBy(exampleReader, "/sekretariat/", wrongRole())},
		{"not-yours", seenBy(exampleKarenWho, "/konsulent/forloeb/x", notYours())},
	}
}

// actExamples are every act's page as it asks first, and one in each other
// state: they share a template.
func actExamples() []example {
	var all []example
	for _, a := range acts {
		for i, k := range actCases(a) {
			name := "act-" + nameOfExample(a.path)
			if i > 0 {
				name += "-" + strconv.Itoa(i+1)
			}
			all = append(all, example{name, seenBy(k.By, k.Home(), shownActOf(k, a, asking{}))})
		}
	}
	all = append(all, partyActExamples()...)
	all = append(all, guestActExamples()...)
	all = append(all, assignExamples()...)
	all = append(all, editExamples()...)
	k := exampleCase(exampleAnna)
	state := func(name string, sent url.Values, wrong []fieldError, change func(*actPage)) {
		page := actPageOf(k, &stopAct, asking{wrong: wrong, typed: sent})
		change(page)
		all = append(all, example{name, seenBy(exampleAnna, k.Home(), page)})
	}
	refused := (&forloeb.Refusal{Code: forloeb.RefuseNoReason}).Danish()
	state("act-errors", url.Values{}, []fieldError{{"reason", refused}}, func(*actPage) {})
	state("act-colleague-first", url.Values{"reason": {"Skolen lukker."}}, nil, func(p *actPage) {
		p.Conflict = "Karen Lund ændrede sagen kl. 9.14, mens du skrev. Det, du skrev, er her stadig. Se ændringen, og gem igen."
	})
	state("act-restored", url.Values{"reason": {"Skolen lukker."}}, nil, func(p *actPage) { p.Restored = true })
	return all
}

// actCases are forløb in which an act is legal: the one in progress, unless it
// needs another.
func actCases(a *act) (cases []staffCase) {
	who := exampleAnna
	if !slices.Contains(a.roles, who.Role) {
		who = exampleKarenWho
	}
	states, special := actStates[a.path]
	if !special {
		states = []func(*staffCase){func(*staffCase) {}}
	}
	for _, change := range states {
		cases = append(cases, caseAt(who, change))
	}
	return cases
}

// actStates are what an act's page must be seen in, where that is not the
// forløb in progress alone.
var actStates = map[string][]func(*staffCase){
	beginAct.path:   {beingAsked},
	assessAct.path:  {assessed},
	editAct.path:    {justAsked, fixAsked, oneAnswered, waitlisted},
	assignAct.path:  {chooses, nobodyHasRoom, nobodyThere, changes, choosesAnew},
	extendAct.path:  {justAsked},
	acceptAct.path:  {isAsked, isAskedByTelephone},
	declineAct.path: {isAsked, isAskedByTelephone},
	pauseAct.path: {
		func(k *staffCase) { k.Meetings = k.Meetings[:1] },
		func(k *staffCase) { k.Meetings = k.Meetings[:1]; stoodStill(k) },
		func(k *staffCase) { k.Meetings = k.Meetings[:1]; needsAPause(k) },
	},
	resumeAct.path: {stoodStill},
	stopAct.path:   {inEverybodysCalendar, alone},
	finishAct.path: {inEverybodysCalendar, unnotedMeeting},
	extraAct.path: {
		func(*staffCase) {},
		func(k *staffCase) { held(k, 4); k.Status = forloeb.AwaitingEvaluation },
		func(k *staffCase) { held(k, 3); k.Status, k.FinishedAt = forloeb.AwaitingEvaluation, k.Now },
	},
	releaseAct.path: {inEverybodysCalendar, func(k *staffCase) { k.Policy.Assignment = forloeb.Proposed }},
	reopenAct.path: {
		func(k *staffCase) { closed(k, forloeb.InProgress, forloeb.Withdrawn) },
		func(k *staffCase) {
			justAsked(k)
			repOf(k).Consent = &forloeb.Consent{Revision: 1, Answer: forloeb.No, At: at(2026, 11, 24, 9, 0)}
			closed(k, forloeb.AwaitingConsent, forloeb.Declined)
		},
	},
}

// stoodStill is paused to a day.
func stoodStill(k *staffCase) {
	k.Pauses = []forloeb.Pause{{ID: 1, From: k.Now.AddDate(0, 0, -3), Until: at(2027, 3, 1, 8, 0), Reason: forloeb.PauseChanges}}
	k.Acts = append(slices.Clone(k.Acts), forloeb.Act{Version: 91, Name: forloeb.FactsChanged, Detail: "pause", At: k.Now.AddDate(0, 0, -3), Actor: forloeb.Actor{Kind: forloeb.ActorSecretary}})
}

// needsAPause has the leader's wish for one.
func needsAPause(k *staffCase) {
	k.Acts = append(slices.Clone(k.Acts), forloeb.Act{Version: 91, Name: forloeb.FactsChanged, Ref: leaderOf(k).ID.String(), Detail: "pause_asked", At: k.Now})
	k.PauseWords = "Vi flytter i februar og kan ikke nå det næste møde. Vi er klar igen i marts."
}

// assessed is an application that waits for a decision.
func assessed(k *staffCase) {
	agreed(k, forloeb.AwaitingAssessment)
	k.Policy.Intake = forloeb.Assessed
}

// inEverybodysCalendar has the next meeting in everybody's calendar.
func inEverybodysCalendar(k *staffCase) {
	m := &k.Meetings[1]
	for _, to := range []uuid.UUID{leaderOf(k).ID, repOf(k).ID, consultantID} {
		mailTo(k, forloeb.MailMeetingInvitation, to, int64(m.Ordinal)*1000, forloeb.MailSent, m.BookedAt).Ref = m.ID.String()
	}
	mailTo(k, forloeb.MailConsultantNew, consultantID, 1, forloeb.MailSent, k.Assignments[0].At)
}

// isAsked has asked the consultant whose page it is.
func isAsked(k *staffCase) {
	asked := k.Assignments[0]
	agreed(k, forloeb.AwaitingConsultant)
	asked.At, asked.AcceptedAt = k.StatusSince, time.Time{}
	k.Assignments, k.By, k.Area = []forloeb.Assignment{asked}, exampleKarenWho, consultantArea
}

// isAskedByTelephone is chosen by a person, who hears the answer.
func isAskedByTelephone(k *staffCase) {
	isAsked(k)
	k.Assignments[0].Reason, k.By, k.Area = "chosen", exampleAnna, secretariatArea
}

// choosesAnew gives the offer to another.
func choosesAnew(k *staffCase) {
	chooses(k)
	candidates := k.Candidates
	isAskedByTelephone(k)
	k.Candidates = candidates
}

// alone has nobody who can be reached.
func alone(k *staffCase) {
	leaderOf(k).LeftAt, repOf(k).LeftAt, k.Assignments = k.Now, k.Now, nil
}

// unnotedMeeting has one that is over, and that nobody has said was held.
func unnotedMeeting(k *staffCase) { k.Now = k.Meetings[1].EndsAt.AddDate(0, 0, 1) }

func TestActsAreSeenWhereTheyAreLegal(t *testing.T) {
	for _, a := range acts {
		for i, k := range actCases(a) {
			require.True(t, a.legal(k), "%s, %d", a.path, i)
		}
	}
}
