package api

import (
	"net/url"
	"slices"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

var releaseAct = act{
	path: "frigoer", label: "Frigør konsulenten", about: "Konsulenten får en mail, og sagen mangler en konsulent igen.",
	done: "Konsulenten er frigjort.", roles: byRunners,
	example: always(forloeb.Release{Reason: someReason}),
	mails:   releaseMails,
	form: func(k staffCase, a asking) actForm {
		return actForm{
			Lead:    forloeb.Capital(named(k, k.Consultant().ID)) + " mister adgangen til sagen og bliver ikke foreslået til den igen.",
			Effects: releaseEffects(k),
			Fields:  []field{a.reason(), a.handover(k)},
		}
	},
	deed: func(_ staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		return forloeb.Release{Reason: sent.Get("reason"), Handover: sent.Get(handoverField)}, handoverWrong(sent)
	},
}

var giveBackAct = act{
	path: "giv-tilbage", label: "Giv forløbet tilbage", about: "Kan du ikke tage forløbet, så finder vi en anden.",
	done: "Du har givet forløbet tilbage.", roles: byConsultant, leaves: true,
	example: always(forloeb.Release{Reason: someReason}),
	mails:   releaseMails,
	form: func(k staffCase, a asking) actForm {
		more := a.text("reason", "Vil du uddybe?")
		more.Optional = true
		more.Hint = "Skal skrives, hvis du har valgt »Andet«. Kun sekretariatet læser det. Skriv ikke om enkeltpersoner."
		return actForm{
			Lead:    "Du mister adgangen til sagen og bliver ikke foreslået til den igen.",
			Effects: releaseEffects(k),
			Fields:  []field{a.choice("why", "Hvorfor kan du ikke?", "", giveBackReasons...), more, a.handover(k)},
		}
	},
	deed: func(_ staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		chosen := slices.IndexFunc(giveBackReasons, func(o option) bool { return o.Value == sent.Get("why") })
		if chosen < 0 {
			return nil, []fieldError{{"why", chooseAnswer}}
		}
		reason := sent.Get("reason")
		if why := giveBackReasons[chosen]; why.Value != otherReason {
			reason = why.Label + ". " + reason
		}
		return forloeb.Release{Reason: reason, Interest: sent.Get("why") == interestReason, Handover: sent.Get(handoverField)}, handoverWrong(sent)
	},
}

const interestReason = "habilitet"

const otherReason = "andet"

// giveBackReasons are why a consultant cannot take a forløb.
var giveBackReasons = []option{
	{Value: interestReason, Label: "Habilitet", Hint: "Fx at du kender arbejdspladsen eller en af parterne. Du kan så ikke få dette forløb igen."},
	{Value: "ferie", Label: "Ferie eller andet fravær"},
	{Value: "plads", Label: "Plads", Hint: "Du har ikke tid til forløbet nu."},
	{Value: otherReason, Label: "Andet"},
}

// releaseMails tell the consultant, and take the meetings out of theirs of
// the calendars: the parties' meetings stand.
func releaseMails(k staffCase, _ forloeb.Deed) []mailing {
	var mails []mailing
	consultant := k.Consultant().ID
	for _, m := range cancellations(k) {
		if slices.Contains(m.To, consultant) {
			mails = append(mails, mailing{Kind: m.Kind, To: []uuid.UUID{consultant}})
		}
	}
	if k.Introduced(k.Assignment()) {
		mails = append(mails, toConsultant(k, forloeb.MailConsultantGone))
	}
	return append(mails, newConsultant(k, forloeb.MailConsultantChanged)...)
}

const whenFound = "Når der er fundet en ny konsulent,"

// newConsultant is what follows when somebody is found.
func newConsultant(k staffCase, toParty forloeb.MailKind) []mailing {
	mails := []mailing{toParties(k, toParty).when(whenFound), toNewConsultant(forloeb.MailConsultantNew)}
	for _, m := range k.Meetings {
		if m.State == forloeb.Booked && m.StartsAt.After(k.Now) {
			mails = append(mails, toNewConsultant(forloeb.MailMeetingInvitation))
		}
	}
	return mails
}

const newConsultantNoun = "den nye konsulent"

func toNewConsultant(kind forloeb.MailKind) mailing {
	return mailing{Kind: kind, Newcomer: newConsultantNoun, When: whenFound}
}

func releaseEffects(k staffCase) []string {
	effects := says(k, releaseMails(k, nil))
	if k.NextMeeting(k.Now) != nil {
		effects = append(effects, "Aftalte møder står fast hos parterne, men kan ikke flyttes, før der er en ny "+k.Words().Consultant+".")
	}
	switch k.Policy.Assignment {
	case forloeb.Proposed:
		return append(effects, "Sekretariatet skal vælge den nye.")
	case forloeb.ByProvider:
		if k.By.Role == forloeb.RoleProvider {
			return append(effects, "I skal vælge den nye.")
		}
		return append(effects, "Udbyderen skal vælge den nye.")
	}
	return append(effects, "Vi leder efter en ny med det samme.")
}
