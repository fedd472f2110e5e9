package api

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

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
	nothing := newSharedApplyPage(exampleProgramme(), exampleApplied)
	nothing.explain(nothing.mistakes(exampleApplied), nil)
	return []example{
		{"apply-shared-empty", newSharedApplyPage(exampleProgramme(), exampleApplied)},
		{"apply-shared-not-open", newSharedApplyPage(exampleProgramme(), at(2020, 3, 2, 12, 0))},
		{"apply-shared-nothing-filled", nothing},
		{"apply-shared-added", sharedApply((*sharedApplyPage).add)},
		{"apply-shared-removed", sharedApply(func(p *sharedApplyPage) { p.remove(1) })},
		{"apply-shared-full", sharedApply(func(p *sharedApplyPage) { p.Full = true })},
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

// severalPlaces makes the forløb in progress one of several workplaces: some are
// with it, one never answered, one said no and one has left.
func severalPlaces(k *staffCase) {
	k.Type, k.Application.Body = forloeb.Network, forloeb.MainMED
	lead := &k.Workplaces[0]
	lead.Name, lead.OnlyApplies, lead.Sector, lead.Employees = "HovedMED i Silkeborg Kommune", true, "", ""
	for i, w := range []forloeb.Workplace{
		{Name: "Tranemoseskolen"}, {Name: "Børnehuset Solen"}, {Name: "Plejecentret Åkanden", LeftAt: at(2026, 12, 7, 9, 0), OutReason: forloeb.OutSilent},
		{Name: "Vej og Park", LeftAt: at(2026, 11, 27, 8, 15), OutReason: forloeb.OutDeclined}, {Name: "Biblioteket", LeftAt: at(2026, 12, 18, 13, 0), OutReason: forloeb.OutLeft},
	} {
		w.ID, w.Municipality, w.Sector, w.Employees = uuid.NewSHA1(uuid.Nil, []byte(w.Name)), "740", forloeb.SectorOther, forloeb.Employees20To49
		k.Workplaces = append(k.Workplaces, w)
		lis := forloeb.Party{ID: uuid.NewSHA1(w.ID, []byte("lis")), WorkplaceID: w.ID, Side: forloeb.Leader, Role: forloeb.RoleLeader, LinkVersion: 1,
			Contact: forloeb.Contact{Name: "Lis Lund", Email: fmt.Sprintf("lis.%d@example.dk", i)}, Consent: exampleYes(27)}
		rie := lis
		rie.ID, rie.Side, rie.Role = uuid.NewSHA1(w.ID, []byte("rie")), forloeb.Rep, forloeb.RoleAMR
		rie.Contact = forloeb.Contact{Name: "Rie Rask", Email: fmt.Sprintf("rie.%d@example.dk", i)}
		k.Parties = append(k.Parties, lis, rie)
	}
	k.Parties[2].ListedAt = at(2026, 12, 1, 9, 0)
	k.Meetings[1].Workplaces = []uuid.UUID{k.Workplaces[1].ID}
}

// beingAsked has two workplaces that have said yes, and two that are waited for.
func beingAsked(k *staffCase) {
	severalPlaces(k)
	k.Now = at(2026, 11, 30, 9, 0)
	k.Status, k.StatusSince, k.Assignments, k.Meetings = forloeb.AwaitingConsent, exampleApplied, nil, nil
	k.Events = []forloeb.Event{{Seq: 1, To: forloeb.AwaitingConsent, At: exampleApplied}}
	for i := 3; i < len(k.Workplaces); i++ {
		w := &k.Workplaces[i]
		w.LeftAt, w.OutReason = time.Time{}, ""
		for _, p := range k.Of(w.ID) {
			p.Consent = nil
		}
	}
	for i := range k.Parties {
		mailTo(k, k.AskKind(&k.Parties[i]), k.Parties[i].ID, 1001, forloeb.MailSent, exampleApplied)
	}
}

// notAsked is before those who apply have agreed.
func notAsked(k *staffCase) {
	beingAsked(k)
	for i := range k.Parties {
		k.Parties[i].Consent = nil
	}
}

// ofPlace is the case as the page of an act about a workplace is given it.
func ofPlace(index int, change func(*staffCase)) staffCase {
	k := caseAt(exampleAnna, change)
	k.Place = &k.Workplaces[index]
	return k
}

func sharedCaseExamples() (all []example) {
	for _, e := range []struct {
		name   string
		change func(*staffCase)
	}{{"shared", severalPlaces}, {"shared-asked", beingAsked}, {"shared-not-asked", notAsked}} {
		k := caseAt(exampleAnna, e.change)
		all = append(all, example{"case-" + e.name, seenBy(exampleAnna, k.Home(), newCasePage(k))})
	}
	for name, k := range map[string]staffCase{
		"act-workplace-leaves": ofPlace(1, severalPlaces), "act-workplace-leaves-while-asked": ofPlace(3, beingAsked),
		"act-workplace-leaves-too-few": ofPlace(1, func(k *staffCase) { beingAsked(k); k.Application.Quorum = 5 }),
		"act-workplace-leaves-last": ofPlace(5, func(k *staffCase) {
			beingAsked(k)
			for _, i := range []int{3, 4} {
				for _, p := range k.Of(k.Workplaces[i].ID) {
					p.Consent = exampleYes(28)
				}
			}
		}),
	} {
		all = append(all, example{name, seenBy(exampleAnna, k.Home(), shownActOf(k, &leaveAct, asking{}))})
	}
	all = append(all, againExamples()...)
	k := caseAt(exampleAnna, severalPlaces)
	one := typedTimes1("11-3-2027", "13.00", atWorkplace, "")
	_, wrong := bookAct.read(k, one)
	all = append(all,
		example{"book-shared", seenBy(exampleAnna, k.Home(), actPageOf(k, &bookAct, asking{}))},
		example{"propose-shared", seenBy(exampleAnna, k.Home(), actPageOf(k, &proposeAct, asking{}))},
		example{"record-shared", seenBy(exampleAnna, k.Home(), actPageOf(k, &recordAct, asking{}))},
		example{"book-shared-nobody", seenBy(exampleAnna, k.Home(), actPageOf(k, &bookAct, asking{wrong: wrong, typed: one}))},
		example{"book-shared-echo", seenBy(exampleAnna, k.Home(), bookAct.saysBack(k, over(one, url.Values{placesField: {k.Workplaces[1].ID.String()}})))},
	)
	slices.SortFunc(all, func(a, b example) int { return strings.Compare(a.name, b.name) })
	return all
}

// againExamples are of a workplace that is asked again: while others are, and
// after the start.
func againExamples() (all []example) {
	out := func(change func(*staffCase)) func(*staffCase) {
		return func(k *staffCase) {
			change(k)
			k.Workplaces[1].LeftAt, k.Workplaces[1].OutReason = exampleApplied, forloeb.OutLeft
		}
	}
	begun, asked := ofPlace(1, out(severalPlaces)), ofPlace(1, out(beingAsked))
	wrong := []fieldError{{"reason", (&forloeb.Refusal{Code: forloeb.RefuseNoReason}).Danish()}}
	again := caseAt(exampleAnna, func(k *staffCase) {
		out(severalPlaces)(k)
		k.Workplaces[1].AskedAgainAt = exampleApplied
	})
	return []example{
		{"act-workplace-again", seenBy(exampleAnna, begun.Home(), shownActOf(begun, &againAct, asking{}))},
		{"act-workplace-again-while-asked", seenBy(exampleAnna, asked.Home(), shownActOf(asked, &againAct, asking{}))},
		{"act-workplace-again-without-reason", seenBy(exampleAnna, begun.Home(), shownActOf(begun, &againAct, asking{wrong: wrong, typed: url.Values{}}))},
		{"case-shared-again", seenBy(exampleAnna, again.Home(), newCasePage(again))},
	}
}

func networkExamples() []example {
	people := []networkPerson{{"Lis Lund", "Tranemoseskolen", "lis@example.dk"}, {"Amir Dahl", "HovedMED i Silkeborg Kommune", "amir@example.dk"}}
	page := networkPage{Links: exampleLinks, Reference: "26-4817", Mail: "amir@example.dk", People: people[:1]}
	nobody, listed, closed := page, page, page
	nobody.People = nil
	listed.People, listed.Listed = people, true
	closed.Closed = true
	return []example{{"network", &page}, {"network-nobody", &nobody}, {"network-listed", &listed}, {"network-closed", &closed}}
}
