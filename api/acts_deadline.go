package api

import (
	"net/url"
	"time"

	"example.dk/spark/internal/forloeb"
)

var extendAct = act{
	path: "frist", label: "Forlæng fristen", about: "Parterne får den nye dato.",
	done: "Fristen er forlænget.", roles: byRunners,
	example: oneDayMore,
	mails:   func(k staffCase, d forloeb.Deed) []mailing { return foreseen(k, d, "") },
	form: func(k staffCase, a asking) actForm {
		until := a.line("until", "Ny frist", "")
		until.Width, until.Autocomplete = "char-11", "off"
		until.Hint = "Fx 11-3-2027. Den varer dagen ud og kan højst være " + forloeb.Date(k.ExtendableTo(k.Now)) + "."
		return actForm{
			Lead:    "Fristen er nu " + forloeb.Date(k.Closes()) + ".",
			Effects: append(says(k, foreseen(k, oneDayMore(k), "")), "Påmindelser følger den nye frist."),
			Fields:  []field{until, a.reason()},
		}
	},
	deed: func(_ staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		until, err := forloeb.ParseDate(sent.Get("until"))
		if err != nil {
			return nil, []fieldError{{"until", forloeb.ErrDate.Danish()}}
		}
		return forloeb.ExtendDeadline{Until: until, Reason: sent.Get("reason")}, nil
	},
}

// oneDayMore is the least that a deadline can be put off.
func oneDayMore(k staffCase) forloeb.Deed {
	return forloeb.ExtendDeadline{Until: latest(k.Closes(), k.Now).Add(time.Second).AddDate(0, 0, 1), Reason: someReason}
}
