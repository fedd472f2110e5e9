package api

import (
	"net/url"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

var stopAct = act{
	path: "stop", label: "Stop forløbet", about: "Møder aflyses, alle får en mail.",
	done: "Forløbet er stoppet.", final: true, roles: bySecretariat,
	example: always(forloeb.Stop{Reason: someReason}),
	mails:   closingMails(forloeb.MailStopped),
	form: func(k staffCase, a asking) actForm {
		reason := a.reason()
		reason.Hint = "Parterne kan læse det på deres side. Det bliver stående i sagen."
		return actForm{
			Lead:    "Forløbet slutter nu. " + reopenable(k),
			Effects: closingEffects(k, forloeb.MailStopped),
			Fields:  []field{reason},
		}
	},
	deed: func(_ staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		return forloeb.Stop{Reason: sent.Get("reason")}, nil
	},
}

var withdrawAct = act{
	path: "traek-tilbage", label: "Træk tilbage for en part", about: "Når en af parterne selv siger fra. Møder aflyses, alle får en mail.",
	done: "Det er trukket tilbage.", final: true, roles: bySecretariat,
	example: always(forloeb.Withdraw{Reason: someReason}),
	mails:   closingMails(forloeb.MailWithdrawn),
	form: func(k staffCase, a asking) actForm {
		reason := a.reason()
		reason.Optional = true
		return actForm{
			Lead:    "Brug det, når en af parterne har sagt fra i telefonen eller i en mail. " + reopenable(k),
			Effects: closingEffects(k, forloeb.MailWithdrawn),
			Fields:  []field{a.choice("party", "Hvem har sagt fra?", "", partyOptions(k)...), reason},
		}
	},
	deed: func(k staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		party, err := uuid.Parse(sent.Get("party"))
		if err != nil || k.Party(party) == nil {
			return nil, []fieldError{{"party", chooseAnswer}}
		}
		return forloeb.Withdraw{Party: party, Reason: sent.Get("reason")}, nil
	},
}

var reopenAct = act{
	path: "aabn-igen", label: "Åbn igen", about: "Sagen går tilbage til, hvor den var. Parterne får en mail.",
	done: "Sagen er åbnet igen.", roles: bySecretariat,
	likely:  []forloeb.Status{forloeb.Declined, forloeb.Lapsed, forloeb.Withdrawn, forloeb.Stopped},
	settles: []forloeb.TaskKind{forloeb.TaskReopenAsked},
	example: always(forloeb.Reopen{Reason: someReason}),
	mails:   reopenMails,
	form: func(k staffCase, a asking) actForm {
		return actForm{
			Lead:    "Sagen går tilbage til »" + reopensTo(k).StaffLabel() + "«.",
			Effects: append(says(k, reopenMails(k, nil)), reopenEffects(k)...),
			Fields:  []field{a.reason()},
		}
	},
	deed: func(_ staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		return forloeb.Reopen{Reason: sent.Get("reason")}, nil
	},
}

// closingMails tell everybody that it is over.
func closingMails(letter forloeb.MailKind) promise {
	return func(k staffCase, _ forloeb.Deed) []mailing {
		return append(cancellations(k), toParties(k, letter), toConsultant(k, forloeb.MailConsultantChanges))
	}
}

func closingEffects(k staffCase, letter forloeb.MailKind) []string {
	return append(append(unnoted(k), says(k, closingMails(letter)(k, nil))...), "Vi sletter oplysningerne "+forloeb.Date(k.EraseAtFrom(k.Now))+".")
}

func reopenable(k staffCase) string {
	return "Det kan åbnes igen til og med " + forloeb.Date(k.ReopenUntilFrom(k.Now)) + "."
}

func partyOptions(k staffCase) (options []option) {
	for _, p := range k.CurrentParties() {
		options = append(options, option{Value: p.ID.String(), Label: forloeb.Capital(named(k, p.ID))})
	}
	return options
}

func reopenMails(k staffCase, _ forloeb.Deed) []mailing {
	return []mailing{toParties(k, forloeb.MailReopened), toConsultant(k, forloeb.MailConsultantChanges)}
}

// reopensTo is where the forløb will stand: its meetings to come were
// cancelled when it closed, so one that was never met has to be booked anew.
func reopensTo(k staffCase) forloeb.Status {
	if k.StatusBefore() == forloeb.InProgress && k.HeldCount() == 0 {
		return forloeb.Planning
	}
	return k.StatusBefore()
}

func reopenEffects(k staffCase) (effects []string) {
	if k.SaidNo() {
		effects = append(effects, "Den, der svarede nej, bliver spurgt igen. Et ja fra før gælder stadig.")
	}
	if k.StatusBefore() == forloeb.AwaitingConsent && !k.AskedForFix() {
		effects = append(effects, "Fristen for at svare bliver "+forloeb.Date(k.ConsentDeadlineFrom(k.Now))+".")
	}
	for _, m := range k.Meetings {
		if m.State == forloeb.Cancelled && !m.StateAt.Before(k.StatusSince) && m.StartsAt.After(k.Now) {
			effects = append(effects, "Mødet "+forloeb.DateTime(m.StartsAt)+" er aflyst og skal aftales på ny.")
		}
	}
	return effects
}
