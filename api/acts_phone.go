package api

import (
	"net/url"

	"example.dk/spark/internal/forloeb"
)

var noteAct = act{
	path: "parter/{party}/svar", label: "Notér et svar fra telefonen", about: "Personen får en kvittering og kan rette det bagefter.",
	done: "Svaret er noteret, og kvitteringen er på vej.", roles: byRunners, find: findParty,
	settles: []forloeb.TaskKind{forloeb.TaskMail, forloeb.TaskContested},
	example: saysYes,
	mails:   func(k staffCase, d forloeb.Deed) []mailing { return foreseen(k, d, "") },
	form: func(k staffCase, a asking) actForm {
		said := a.reason()
		said.Label, said.Hint = "Hvad blev der sagt?", "Skriv også, hvorfor svaret kom i telefonen. Det bliver stående i sagen."
		return actForm{
			Lead:    "Det gælder " + roleAndName(k.Whom) + ". Skal noget rettes i ansøgningen, så ret den i stedet; så bliver begge spurgt igen.",
			Effects: noteEffects(k),
			Fields: []field{
				a.choice("answer", "Hvad var svaret?", "", option{Value: string(forloeb.Yes), Label: "Ja, er enig og bekræfter"}, option{Value: string(forloeb.No), Label: "Nej, vil ikke være med"}),
				said,
			},
		}
	},
	deed: func(k staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		answer := forloeb.Answer(sent.Get("answer"))
		if answer != forloeb.Yes && answer != forloeb.No {
			return nil, []fieldError{{"answer", chooseAnswer}}
		}
		return forloeb.NoteAnswer{Party: k.Whom.ID, Yes: answer == forloeb.Yes, Said: sent.Get("reason")}, nil
	},
}

func saysYes(k staffCase) forloeb.Deed {
	return forloeb.NoteAnswer{Party: k.Whom.ID, Yes: true, Said: someReason}
}

func noteEffects(k staffCase) []string {
	until := forloeb.Date(k.ContestUntilFrom(k.Now))
	effects := append(promised(k, foreseen(k, saysYes(k), "")), forloeb.Capital(named(k, k.Whom.ID))+" kan rette svaret til og med "+until+".")
	if k.Status == forloeb.AwaitingConsent {
		return append(effects, "Ansøgningen går først videre efter den dag, eller når personen selv har svaret via linket.")
	}
	return append(effects, "Forløbet fortsætter imens.")
}
