package api

import (
	"net/url"

	"example.dk/spark/internal/forloeb"
)

// partyActExamples are the acts about a party: as they first ask, where that
// differs, and with what is wrong.
func partyActExamples() []example {
	var all []example
	asks := func(name string, a *act, sent url.Values, change func(k *staffCase)) {
		k := exampleCase(exampleAnna)
		k.Whom = &k.Parties[1]
		change(&k)
		var wrong []fieldError
		if sent != nil {
			_, wrong = a.deed(k, sent)
		}
		all = append(all, example{"act-" + name, seenBy(exampleAnna, k.Home(), actPageOf(k, a, asking{wrong: wrong, typed: sent}))})
	}
	unanswered := func(k *staffCase) {
		k.Status, k.Assignments, k.Meetings = forloeb.AwaitingConsent, nil, nil
		k.Parties[1].Consent = nil
	}
	same := func(*staffCase) {}
	asks("extend-errors", &extendAct, url.Values{"until": {"i morgen"}, "reason": {"Sygdom."}}, justAsked)
	asks("pause-errors", &pauseAct, url.Values{"until": {"til marts"}, "reason": {"other"}}, func(k *staffCase) { k.Meetings = k.Meetings[:1] })
	asks("note", &noteAct, nil, unanswered)
	asks("note-under-way", &noteAct, nil, func(k *staffCase) { k.Whom.Consent, k.Whom.ReplacesParty = nil, k.Parties[0].ID })
	asks("note-errors", &noteAct, url.Values{"reason": {"Ringede fra bussen."}}, unanswered)
	asks("address", &addressAct, nil, same)
	asks("address-unanswered", &addressAct, nil, unanswered)
	asks("address-wrong-person", &addressAct, nil, func(k *staffCase) { unanswered(k); k.Whom.NotMeAt = at(2026, 11, 24, 9, 0) })
	asks("address-same", &addressAct, url.Values{"email": {"amir@example.dk"}}, same)
	asks("address-typo", &addressAct, url.Values{"email": {"amir@gmial.com"}, "phone": {"1234"}}, same)
	asks("replace", &replaceAct, nil, same)
	asks("replace-leader", &replaceAct, nil, func(k *staffCase) { k.Whom = &k.Parties[0] })
	asks("replace-unanswered", &replaceAct, nil, unanswered)
	asks("replace-fix-asked", &replaceAct, nil, func(k *staffCase) { unanswered(k); k.Parties[0].FixAskedAt = at(2026, 11, 24, 9, 0) })
	asks("replace-left", &replaceAct, nil, func(k *staffCase) { k.Whom.LeftAt = k.Now })
	asks("replace-errors", &replaceAct, url.Values{"name": {"010203-1234"}, "role": {"boss"}, "email": {"amir"}, "phone": {"1234"}}, same)
	return all
}
