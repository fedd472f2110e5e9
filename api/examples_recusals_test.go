package api

import (
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

func recusalExamples() []example {
	karen := forloeb.Actor{Kind: forloeb.ActorConsultant, ID: consultantID.String()}
	list := []forloeb.Recusal{
		{ID: uuid.Max, Place: "630", By: forloeb.Actor{Kind: forloeb.ActorSecretary}, At: exampleApplied},
		{ID: uuid.Max, Place: "740", Workplace: "Tranemoseskolen", Reason: "Min søster er lærer på skolen.", By: karen, At: exampleApplied},
		{ID: uuid.Max, Place: "hovedstaden", By: forloeb.Actor{Kind: forloeb.ActorProvider}, At: exampleApplied},
	}
	page := func(who forloeb.Principal, address string, list []forloeb.Recusal, change func(*recusalsPage)) pageData {
		of := recusing{consultant: consultantID, name: "Karen Lund", address: address + recusalsPath, back: address}
		if who.Role == forloeb.RoleConsultant {
			of.name, of.address, of.back = "", ownRecusalsPath, ownCalendarPath
		}
		p := newRecusalsPage(exampleApplied, who, of, list)
		if change != nil {
			change(p)
		}
		return seenBy(who, of.address, p)
	}
	open := []wayOn{{Label: "26-4817, Tranemoseskolen", Address: listPath + "/1"}, {Label: "26-4402, Søhulen Børnehus", Address: listPath + "/2"}}
	nanna := forloeb.Principal{Role: forloeb.RoleConsultant, Consultant: consultantID, Provider: forloeb.ProviderNFA, Name: "Nanna Frost"}
	return []example{
		{"recusals", page(exampleHead, consultantsPath+"/1", list, nil)},
		{"recusals-none", page(exampleAnna, consultantsPath+"/1", nil, nil)},
		{"recusals-own", page(exampleKarenWho, "", list, nil)},
		{"recusals-own-expert", page(nanna, "", list[:1], func(p *recusalsPage) { p.Open = open[:1] })},
		{"recusals-provider", page(forloeb.Principal{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA, Name: "Nina Falk"}, expertsPath+"/1", list[2:], func(p *recusalsPage) { p.Open = open })},
		{"recusals-unsaved", page(exampleAnna, consultantsPath+"/1", list[:1], func(p *recusalsPage) {
			p.Form, p.Open = recusalForm{Place: "740"}, open
		})},
		{"recusals-own-unsaved", page(exampleKarenWho, "", nil, func(p *recusalsPage) {
			p.Form, p.Open = recusalForm{Place: "740", Workplace: "Tranemoseskolen", Reason: "Min søster er lærer på skolen."}, open
		})},
		{"recusals-errors", page(exampleAnna, consultantsPath+"/1", nil, func(p *recusalsPage) {
			p.Form = recusalForm{Place: "x", Workplace: "B", Reason: "010203-1234"}
			for _, m := range p.Form.recusal(consultantID, exampleAnna).Mistakes() {
				p.Errors = append(p.Errors, fieldError{m.Field, m.Danish()})
			}
		})},
		{"recusals-restored", page(exampleKarenWho, "", nil, func(p *recusalsPage) { p.Restored = true })},
	}
}
