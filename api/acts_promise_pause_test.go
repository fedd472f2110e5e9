package api

import (
	"net/url"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// pauseSituations begin a pause, move it and end it.
func pauseSituations() (list []situation) {
	for name, set := range map[string]func(*office) uuid.UUID{
		"nobody has answered": applied, "one has answered": after(applied, answers(forloeb.Rep, forloeb.Yes)),
		"under way": planned, "paused already": after(planned, pauses),
	} {
		s := situation{name: name, act: &pauseAct, set: set, sent: url.Values{"reason": {"changes"}, "words": {"De flytter."}}}
		s.find = func(_ *office, k *staffCase) { s.sent.Set("until", k.Now.AddDate(0, 0, 40).Format("2-1-2006")) }
		list = append(list, s)
	}
	askedFor := after(planned, func(o *office, id uuid.UUID) {
		p := o.env.Party(id, forloeb.Leader)
		o.env.Do(id, storetest.By(p), forloeb.AskPause{Party: p.ID, Text: "Vi flytter."})
	})
	return append(list,
		situation{name: "under way", act: &resumeAct, set: after(planned, pauses), sent: url.Values{}},
		situation{name: "nobody has answered", act: &resumeAct, set: after(applied, pauses), sent: url.Values{}},
		situation{name: "under way", act: &askPauseAct, by: forloeb.RoleConsultant, set: planned, sent: url.Values{"words": {"De flytter."}}},
		situation{name: "asked for", act: &pauseAct, set: askedFor, sent: url.Values{"until": {"1-3-2027"}, "reason": {"changes"}}},
	)
}

// pauses has it stand still for a month.
func pauses(o *office, id uuid.UUID) {
	o.env.Do(id, storetest.Secretary, forloeb.PauseForloeb{Until: o.env.Now(id).AddDate(0, 0, 30), Reason: forloeb.PauseIllness})
}

// duplicateSituations close one as a duplicate of another.
func duplicateSituations() (list []situation) {
	for name, set := range map[string]func(*office) uuid.UUID{"nobody has answered": applied, "under way": planned, "with a meeting ahead": met} {
		s := situation{name: name, act: &duplicateAct, set: set, sent: url.Values{}}
		s.find = func(o *office, _ *staffCase) { s.sent.Set("of", o.env.Read(applied(o)).Reference) }
		list = append(list, s)
	}
	return list
}
