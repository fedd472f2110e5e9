package api

import (
	"net/url"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

func accessExamples() []example {
	k := caseAt(exampleAnna, func(k *staffCase) { agreed(k, forloeb.Stopped) })
	line := func(hour int, change func(*forloeb.AccessLine)) forloeb.AccessLine {
		l := forloeb.AccessLine{
			At: at(2026, 12, 21, hour, 4), Who: exampleAnna.ID, Name: exampleAnna.Name, Role: forloeb.RoleSecretariat, Forloeb: k.ID, Reference: k.Reference,
			Kind: forloeb.AccessRead, Route: "/sekretariat/forloeb/{id}", Purpose: forloeb.PurposeTask,
		}
		change(&l)
		return l
	}
	lines := []forloeb.AccessLine{
		line(14, func(l *forloeb.AccessLine) {
			l.Purpose, l.Words = forloeb.PurposeQuestion, "Lederen ringede om datoen."
		}),
		line(13, func(l *forloeb.AccessLine) {
			l.Kind, l.Route = forloeb.AccessChange, "/sekretariat/forloeb/{id}/notater/nyt"
		}),
		line(11, func(l *forloeb.AccessLine) {
			l.Name, l.Role, l.Program, l.Purpose, l.Route = "Rapport", forloeb.RoleHead, true, forloeb.PurposeProgram, "/api/v1/forloeb/{id}"
		}),
		line(9, func(l *forloeb.AccessLine) {
			l.Name, l.Role, l.Purpose = "", forloeb.RoleConsultant, forloeb.PurposeOwn
		}),
	}
	search := line(8, func(l *forloeb.AccessLine) {
		l.Forloeb, l.Reference, l.Kind, l.Purpose, l.Route, l.Filters = uuid.Nil, "", forloeb.AccessSearch, forloeb.PurposeSearch, listPath, []string{"q", "tema=violence"}
	})
	ofCase := func(found forloeb.AccessPage, further bool) *accessPage {
		page, head := newAccessPage(found, accessAddress(k), url.Values{}, further), headOf(k)
		page.Case = &head
		return page
	}
	all := newAccessPage(forloeb.AccessPage{Rows: append(lines, search)}, accessPath, url.Values{}, false)
	who := newInput(nil, "hvem", "Medarbejder", "")
	who.First, who.Options = "Alle", []option{{Value: exampleAnna.ID.String(), Label: "Anna Bech, sekretariatet"}}
	all.Who = &who
	shown := func(name string, by forloeb.Principal, address string, page pageData) example {
		return example{name, seenBy(by, address, page)}
	}
	wrong := asking{wrong: purposeMistakes("", ""), typed: url.Values{"words": {"Lederen ringede."}}}
	wordless := asking{wrong: purposeMistakes(forloeb.PurposeOther, ""), typed: url.Values{"purpose": {"other"}}}
	return []example{
		shown("access", exampleAnna, accessAddress(k), ofCase(forloeb.AccessPage{Rows: lines, Next: "abc"}, true)),
		shown("access-none", exampleAnna, accessAddress(k), ofCase(forloeb.AccessPage{}, false)),
		shown("access-all", exampleHead, accessPath, all),
		shown("insight", exampleAnna, insightPath, newInsightPage(asking{}, nil)),
		shown("insight-wrong", exampleAnna, insightPath, newInsightPage(asking{wrong: insightMistakes(nil), typed: url.Values{"email": {"leder"}}}, nil)),
		shown("insight-none", exampleAnna, insightPath, newInsightPage(asking{}, &forloeb.Insight{Email: "nogen@example.dk", MadeAt: at(2026, 12, 21, 9, 0)})),
		shown("insight-found", exampleAnna, insightPath, newInsightPage(asking{}, exampleInsight())),
		shown("purpose", exampleAnna, purposeAddress(k, k.Home()), newPurposePage(k, asking{}, "/mails")),
		shown("purpose-wrong", exampleAnna, purposeAddress(k, k.Home()), newPurposePage(k, wrong, "")),
		shown("purpose-wordless", exampleAnna, purposeAddress(k, k.Home()), newPurposePage(k, wordless, "")),
	}
}

func exampleInsight() *forloeb.Insight {
	then := at(2026, 11, 24, 9, 30)
	return &forloeb.Insight{Email: "leder@example.dk", MadeAt: at(2026, 12, 21, 9, 0), Forloeb: []forloeb.InsightCase{{
		Reference: "2026-0147", AppliedAt: exampleApplied, Name: "Mette Holm", Title: "Skoleleder", Phone: "00 00 00 02", Side: forloeb.Leader, Role: forloeb.RoleLeader,
		Workplace: "Tranemoseskolen",
		Answers:   []forloeb.InsightAnswer{{Answer: "yes", At: then, Channel: "link", Signature: "Mette Holm"}, {Answer: "no", At: then, Channel: "phone"}},
		Texts: []forloeb.InsightText{{Kind: "application", At: &then, Text: "Der er uro efter omlægningen."}, {Kind: "fix", Text: "Antallet af ansatte er forkert."},
			{Kind: "note", At: &then, Text: "Ringede sammen med " + forloeb.OtherPerson + "."}},
		Meetings:    []forloeb.InsightMeeting{{StartsAt: at(2027, 1, 12, 13, 0), State: "booked", Place: "Lærerværelset"}},
		Mails:       []forloeb.InsightMail{{Kind: forloeb.MailConsentRequest, State: forloeb.MailSent, SentAt: &then}, {Kind: forloeb.MailConsentRequest, State: forloeb.MailPlanned}},
		Evaluations: []forloeb.InsightAsked{{Wave: 0, AnsweredAt: &then}, {Wave: 1, RefusedAt: &then}, {Wave: 2}},
		SeenBy:      []forloeb.InsightAccess{{At: then, Role: forloeb.RoleSecretariat, Kind: forloeb.AccessRead, Purpose: forloeb.PurposeTask}},
	}}}
}
