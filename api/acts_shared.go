package api

import (
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// The acts in this file are about a forløb of several workplaces.

// findPlace finds the workplace that the address names.
func findPlace(_ *Server, c *gin.Context, k *staffCase) error {
	id, err := uuid.Parse(c.Param("workplace"))
	if err != nil {
		return errNoRoute
	}
	if k.Place = k.Workplace(id); k.Place == nil {
		return errNoRoute
	}
	return nil
}

var beginAct = act{
	path: "begynd", label: "Begynd uden at vente på resten", about: "De, der har bekræftet, går i gang. De andre er ikke med.",
	done: "Forløbet begynder med dem, der har bekræftet.", roles: bySecretariat,
	likely:  []forloeb.Status{forloeb.AwaitingConsent},
	example: always(forloeb.BeginShared{}),
	mails:   beginMails,
	form: func(k staffCase, _ asking) actForm {
		return actForm{
			Lead:    forloeb.Capital(joinedWords(k)) + ". Der skal være mindst " + forloeb.Counted(k.Quorum(), "én arbejdsplads", "arbejdspladser") + ".",
			Effects: append(leftBehind(k), promised(k, beginMails(k, forloeb.BeginShared{}))...),
		}
	},
	deed: func(staffCase, url.Values) (forloeb.Deed, []fieldError) { return forloeb.BeginShared{}, nil },
}

// beginMails are those of the start itself, and what comes when a consultant is
// found for those who are with it.
func beginMails(k staffCase, d forloeb.Deed) []mailing {
	return append(foreseen(k, d, ""), startMails(k, d)...)
}

// startMails follow a start that brings a search for a consultant with it.
func startMails(k staffCase, d forloeb.Deed) []mailing {
	after, to := k.Foreseen(d, k.Now)
	if to != forloeb.AwaitingConsultant || k.Status == to {
		return nil
	}
	k.Forloeb = after
	return newConsultant(k, forloeb.MailConsultantAssigned)
}

// leftBehind is what becomes of each workplace that has not joined.
func leftBehind(k staffCase) (effects []string) {
	for _, w := range k.Participants() {
		if !k.Joined(w) {
			effects = append(effects, w.Name+" er ikke med.")
		}
	}
	return effects
}

var leaveAct = act{
	path: "arbejdspladser/{workplace}/tag-ud", label: "Tag arbejdspladsen ud", about: "De andre fortsætter.",
	done: "Arbejdspladsen er taget ud.", final: true, roles: bySecretariat,
	find:    findPlace,
	example: leavesNow,
	mails:   leaveMails,
	form: func(k staffCase, a asking) actForm {
		reason := a.reason()
		reason.Optional = true
		return actForm{
			Heading: "Tag " + k.Place.Name + " ud", Button: "Tag arbejdspladsen ud",
			Lead:    "Brug det, når arbejdspladsen selv har sagt fra, eller når den ikke længere skal være med.",
			Effects: append(leaveEffects(k), promised(k, leaveMails(k, leavesNow(k)))...),
			Fields:  []field{reason},
		}
	},
	deed: func(k staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		return forloeb.LeaveWorkplace{Workplace: k.Place.ID, Reason: sent.Get("reason")}, nil
	},
}

func leavesNow(k staffCase) forloeb.Deed { return forloeb.LeaveWorkplace{Workplace: k.Place.ID} }

func leaveMails(k staffCase, d forloeb.Deed) []mailing {
	return append(foreseen(k, d, ""), startMails(k, d)...)
}

// leaveEffects say what becomes of the others.
func leaveEffects(k staffCase) []string {
	switch _, to := k.Foreseen(leavesNow(k), k.Now); {
	case to == k.Status:
		return []string{"De andre arbejdspladser fortsætter.", "Arbejdspladsen får ikke spørgeskemaet."}
	case to == forloeb.Lapsed:
		return []string{"Så er der for få til at begynde, og ansøgningen lukker."}
	}
	return []string{"Så har alle de andre bekræftet, og forløbet begynder."}
}

var againAct = act{
	path: "arbejdspladser/{workplace}/tag-med-igen", label: "Tag arbejdspladsen med igen", about: "De to fra arbejdspladsen bliver spurgt igen.",
	done: "De to fra arbejdspladsen er spurgt igen.", roles: bySecretariat,
	find:    findPlace,
	example: comesAgain,
	mails:   againMails,
	form: func(k staffCase, a asking) actForm {
		return actForm{
			Heading: "Tag " + k.Place.Name + " med igen", Button: "Spørg dem igen",
			Lead:    "Brug det, når arbejdspladsen har fortrudt, eller når det var en fejl, at den kom ud. De to svarer forfra. Deres gamle links virker ikke mere.",
			Effects: append(againEffects(k), promised(k, againMails(k, comesAgain(k)))...),
			Fields:  []field{a.reason()},
		}
	},
	deed: func(k staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		return forloeb.TakeWorkplaceIn{Workplace: k.Place.ID, Reason: sent.Get("reason")}, nil
	},
}

func comesAgain(k staffCase) forloeb.Deed {
	return forloeb.TakeWorkplaceIn{Workplace: k.Place.ID, Reason: someReason}
}

func againMails(k staffCase, d forloeb.Deed) []mailing { return foreseen(k, d, "") }

// againEffects say from when the workplace takes part.
func againEffects(k staffCase) []string {
	deadline := forloeb.Date(k.ConsentDeadlineFrom(k.Now))
	switch {
	case k.Status != forloeb.AwaitingConsent:
		return []string{"Arbejdspladsen er med, når begge har svaret ja. De har frist " + deadline + ".", "De andre arbejdspladser mærker ikke noget."}
	case k.Joining():
		return []string{"Forløbet venter også på dem. De har frist " + deadline + "."}
	}
	return []string{"De bliver spurgt sammen med de andre arbejdspladser."}
}

// invitesAll is what a meeting for all means.
const invitesAll = "Er det for alle, bliver de to, der søgte, også indkaldt."

// placesField is which workplaces a meeting is for.
const placesField = "workplaces"

// concerned asks which workplaces of a shared forløb a meeting is for: all, unless
// some are left out.
func (a asking) concerned(k staffCase, label, hint string) []field {
	if !k.Shared() {
		return nil
	}
	f := newInput(a.wrong, placesField, label, "")
	f.Control, f.Hint = "checkboxes", hint
	f.Values = everyPlace(k)
	for _, w := range k.Participants() {
		f.Options = append(f.Options, option{Value: w.ID.String(), Label: w.Name})
	}
	if a.typed != nil {
		f.Values = a.typed[placesField]
	}
	return []field{f}
}

// nobodyChosen is what is wrong when a meeting is for nobody.
func nobodyChosen(k staffCase, sent url.Values) []fieldError {
	if !k.Shared() || len(sent[placesField]) > 0 {
		return nil
	}
	return []fieldError{{placesField, "Vælg mindst én arbejdsplads."}}
}

// onlyFor says back which workplaces the meetings are for, unless it is all.
func (p *echoPage) onlyFor(k staffCase, sent url.Values) {
	if only := concerned(k, &forloeb.Meeting{Workplaces: chosenPlaces(k, sent)}); only != "" {
		p.Facts = append(p.Facts, fact{"Kun for", only})
	}
}

// everyPlace is what is ticked where all workplaces take part.
func everyPlace(k staffCase) (ids []string) {
	if !k.Shared() {
		return nil
	}
	for _, w := range k.Participants() {
		ids = append(ids, w.ID.String())
	}
	return ids
}

// chosenPlaces are the workplaces that are ticked; none when that is all.
func chosenPlaces(k staffCase, sent url.Values) (chosen []uuid.UUID) {
	all := true
	for _, w := range k.Participants() {
		if slices.Contains(sent[placesField], w.ID.String()) {
			chosen = append(chosen, w.ID)
		} else {
			all = false
		}
	}
	if all {
		return nil
	}
	return chosen
}
