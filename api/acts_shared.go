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

// placesField is which workplaces a meeting is for.
const placesField = "workplaces"

// concerned asks which workplaces of a shared forløb a meeting is for: all, unless
// some are left out.
func (a asking) concerned(k staffCase) []field {
	if !k.Shared() {
		return nil
	}
	f := newInput(a.wrong, placesField, "Hvem er mødet for?", "")
	f.Control, f.Hint = "checkboxes", "Er det for alle, bliver de to, der søgte, også indkaldt."
	for _, w := range k.Participants() {
		f.Options = append(f.Options, option{Value: w.ID.String(), Label: w.Name})
		f.Values = append(f.Values, w.ID.String())
	}
	if a.typed != nil {
		f.Values = a.typed[placesField]
	}
	return []field{f}
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
