package api

import (
	"net/url"
	"slices"

	"example.dk/spark/internal/forloeb"
)

// The consultant's answer to an offer. The secretariat writes one down that was
// given by telephone.

var acceptAct = act{
	path: "sig-ja", label: "Sig ja til forløbet", relabel: telephoned("Sig ja til forløbet", "Notér et ja fra konsulenten"),
	about: "Parterne får navnet på konsulenten.", done: "Forløbet er taget.",
	roles: byAnswering, likely: []forloeb.Status{forloeb.AwaitingConsultant},
	offered: isOffer,
	example: always(forloeb.Accept{}),
	mails:   acceptMails,
	form: func(k staffCase, a asking) actForm {
		return actForm{Lead: offerLead(k), Effects: append(says(k, acceptMails(k, forloeb.Accept{})), "Det første møde skal aftales inden for "+forloeb.WorkingDays(k.Policy.FirstMeetingMail)+".")}
	},
	deed: func(staffCase, url.Values) (forloeb.Deed, []fieldError) { return forloeb.Accept{}, nil },
}

var declineAct = act{
	path: "sig-nej", label: "Sig nej til forløbet", relabel: telephoned("Sig nej til forløbet", "Notér et nej fra konsulenten"),
	about: "Vi spørger en anden. Parterne får intet at vide.", done: "Forløbet går til en anden.",
	roles: byAnswering, likely: []forloeb.Status{forloeb.AwaitingConsultant},
	offered: isOffer,
	example: always(forloeb.Decline{Reason: forloeb.DeclineNoRoom}),
	mails:   declineMails,
	form: func(k staffCase, a asking) actForm {
		more := a.text("reason", "Vil du uddybe?")
		more.Optional = true
		more.Hint = "Skal skrives ved »Andet«. Kun sekretariatet læser det. Skriv ikke om enkeltpersoner."
		return actForm{Lead: offerLead(k), Effects: declineEffects(k), Fields: []field{a.choice("why", "Hvorfor?", "", declineReasons...), more}}
	},
	deed: func(_ staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		d := forloeb.Decline{Reason: forloeb.DeclineReason(sent.Get("why")), Words: sent.Get("reason")}
		if !slices.Contains(forloeb.DeclineReasons, d.Reason) {
			return nil, []fieldError{{"why", chooseAnswer}}
		}
		return d, nil
	},
	leads: func(k staffCase, _ []forloeb.Deed) string {
		if k.By.Role == forloeb.RoleConsultant {
			return k.Area + "/" // it is not theirs to see any more
		}
		return k.Home()
	},
}

// declineReasons are why a consultant says no.
var declineReasons = []option{
	{Value: string(forloeb.DeclineConflict), Label: "Habilitet", Hint: "Fx en tidligere arbejdsgiver, eller at konsulenten kender en af parterne. Konsulenten kan så ikke få dette forløb."},
	{Value: string(forloeb.DeclineLeave), Label: "Ferie eller andet fravær"},
	{Value: string(forloeb.DeclineNoRoom), Label: "Plads", Hint: "Der er ikke tid til forløbet nu."},
	{Value: string(forloeb.DeclineOther), Label: "Andet"},
}

func telephoned(own, noted string) func(staffCase) string {
	return func(k staffCase) string {
		if k.By.Role == forloeb.RoleConsultant {
			return own
		}
		return noted
	}
}

func isOffer(k staffCase) bool { return k.Offer() != nil }

func offerLead(k staffCase) string {
	whom := "Du"
	if k.By.Role != forloeb.RoleConsultant {
		whom = k.Offer().Consultant.Name
	}
	return whom + " blev spurgt " + forloeb.Date(k.Offer().At) + ". Uden et svar er det et ja " + forloeb.DateTime(k.OfferEnds()) + "."
}

func acceptMails(k staffCase, d forloeb.Deed) []mailing { return foreseen(k, d, newConsultantNoun) }

// declineMails go to whoever is asked next; to nobody while a person chooses.
func declineMails(k staffCase, _ forloeb.Deed) []mailing {
	if k.chooses() {
		return nil
	}
	return []mailing{{Kind: forloeb.MailConsultantNew, Newcomer: "den næste konsulent", When: "Når der er en anden med plads,"}}
}

// chooses reports whether a person says who is asked after this no.
func (k staffCase) chooses() bool { return k.Policy.Chosen() || k.Offer().Reason == "chosen" }

func declineEffects(k staffCase) []string {
	effects := append(says(k, declineMails(k, nil)), "Parterne får ikke at vide, at nogen har sagt nej.")
	if k.chooses() {
		return append(effects, "Sekretariatet vælger en anden.")
	}
	return effects
}
