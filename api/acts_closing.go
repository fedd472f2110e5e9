package api

import (
	"net/url"
	"slices"

	"example.dk/spark/internal/forloeb"
)

// Who may do an act.
var (
	bySecretariat = []forloeb.StaffRole{forloeb.RoleSecretariat, forloeb.RoleHead}
	byAllStaff    = []forloeb.StaffRole{forloeb.RoleSecretariat, forloeb.RoleHead, forloeb.RoleConsultant}
)

// acts is everything staff can do to a forløb on a page of its own, in the
// order in which they are offered.
var acts = []*act{
	&releaseAct, &stopAct,
}

// partyActs are about one of the parties, in the order in which they are
// offered beside the name.
var partyActs = []*act{
	&addressAct, &replaceAct,
}

// allActs are those with a page.
func allActs() []*act { return slices.Concat(acts, partyActs) }

var releaseAct = act{
	path: "slip", label: "Giv forløbet tilbage", about: "Sekretariatet finder en ny konsulent.",
	done: "Forløbet er givet tilbage, og vi finder en ny konsulent.", roles: byAllStaff,
	example: always(forloeb.Release{Reason: someReason}),
	form: func(k staffCase, a asking) actForm {
		return actForm{
			Lead:    "Forløbet får en anden konsulent. Aftalte møder står fast imens.",
			Effects: []string{k.Consultant().Name + " har ikke længere adgang til sagen."},
			Fields:  []field{a.reason()},
		}
	},
	deed: func(_ staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		return forloeb.Release{Reason: sent.Get("reason")}, nil
	},
}

var stopAct = act{
	path: "stop", label: "Stop forløbet", about: "Møder aflyses, alle får en mail.",
	done: "Forløbet er stoppet.", final: true, roles: bySecretariat,
	example: always(forloeb.Stop{Reason: someReason}),
	form: func(k staffCase, a asking) actForm {
		reason := a.reason()
		reason.Hint = "Parterne kan læse det på deres side. Det bliver stående i sagen."
		return actForm{
			Lead: "Forløbet slutter nu. Det kan åbnes igen inden " + forloeb.Date(k.ReopenUntilFrom(k.Now)) + ".",
			Effects: append(cancelled(k), everyone(k)+" får en mail om, at forløbet er stoppet.",
				"Vi sletter oplysningerne "+forloeb.Date(k.EraseAtFrom(k.Now))+"."),
			Fields: []field{reason}}
	},
	deed: func(_ staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		return forloeb.Stop{Reason: sent.Get("reason")}, nil
	},
}
