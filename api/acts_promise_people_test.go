package api

import (
	"maps"
	"net/url"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// The situations in this file are about people: who has the forløb, and who
// the parties are.

func another(o *office, _ uuid.UUID) { o.env.Consultant("Jonas Friis", 3) }

// firstOffered chooses the one at the top of the list.
func firstOffered(s situation) situation {
	s.act, s.sent = &assignAct, url.Values{"reason": {"Aftalt."}}
	s.find = func(o *office, k *staffCase) {
		var err error
		k.Candidates, err = o.candidates(forloeb.As(o.t.Context(), forloeb.House), *k)
		require.NoError(o.t, err)
		require.NotEmpty(o.t, k.Candidates)
		s.sent.Set("consultant", k.Candidates[0].ID.String())
	}
	return s
}

func assignSituations() (list []situation) {
	chosenByHand := func(o *office) uuid.UUID {
		id := o.env.ApplyAt(at(2026, 11, 23, 10, 0))
		o.env.Policy(id, func(p *forloeb.Policy) { p.Assignment = forloeb.Proposed })
		return o.agree(id)
	}
	releases := func(o *office, id uuid.UUID) { o.env.Do(id, storetest.Secretary, forloeb.Release{Reason: "Aftalt."}) }
	for name, set := range map[string]func(*office) uuid.UUID{
		"the first":                      after(chosenByHand, another),
		"the first, and nobody has room": after(waiting, func(o *office, _ uuid.UUID) { o.env.Consultant("Jonas Friis", 0) }),
		"another while planning":         after(planned, another),
		"another with a meeting ahead":   after(met, another),
		"another with more meetings": after(after(met, another), func(o *office, id uuid.UUID) {
			o.env.Do(id, storetest.Secretary, forloeb.GrantExtra{N: 1, Reason: "Aftalt."})
		}),
		"another, and a party has left": after(after(met, another), leaves),
		"who gave it back":              after(met, releases),
	} {
		list = append(list, firstOffered(situation{name: name, set: set, then: stays}))
	}
	return list
}

// stays: what was promised for later has come by itself.
func stays(*office, uuid.UUID) {}

// undecided is a forløb whose consultant has not answered yet.
func undecided(o *office) uuid.UUID {
	o.env.Hesitate = true
	return planned(o)
}

func offerSituations() (list []situation) {
	saysNo := url.Values{"why": {"no_room"}}
	handPicked := func(o *office) uuid.UUID {
		id := undecided(o)
		bo := o.env.Consultant("Bo Skov", 3)
		o.env.Do(id, storetest.Secretary, forloeb.Assign{Consultant: bo, Reason: "Aftalt."})
		o.env.Settle(id)
		return id
	}
	freed := func(o *office, id uuid.UUID) {
		another(o, id)
		o.env.Exec(`update forloeb set match_tried_at = null`)
	}
	for name, by := range map[string]forloeb.StaffRole{"the consultant": forloeb.RoleConsultant, "by telephone": ""} {
		list = append(list,
			situation{name: name, act: &acceptAct, by: by, set: undecided},
			situation{name: name + ", a party has left", act: &acceptAct, by: by, set: after(undecided, leaves)},
			situation{name: name + ", nobody else has room", act: &declineAct, by: by, set: undecided, sent: saysNo, then: freed},
			situation{name: name + ", somebody else has room", act: &declineAct, by: by, set: after(undecided, another), sent: saysNo, then: stays},
			situation{name: name + ", chosen by a person", act: &declineAct, by: by, set: after(handPicked, another), sent: saysNo},
		)
	}
	list = append(list, firstOffered(situation{name: "another than is asked", set: after(undecided, another), then: func(o *office, id uuid.UUID) {
		o.env.Do(id, storetest.Secretary, forloeb.Accept{})
	}}))
	return append(list,
		situation{name: "who is asked stops", act: &stopAct, set: undecided, sent: why},
		situation{name: "while somebody is asked", act: &editAct, set: undecided, sent: url.Values{"situation": {"Noget helt andet."}}})
}

func answers(side forloeb.Side, answer forloeb.Answer) func(o *office, id uuid.UUID) {
	return func(o *office, id uuid.UUID) { o.env.Answer(id, side, answer) }
}

// somebodyElse takes over from the representative.
func somebodyElse(o *office, id uuid.UUID) {
	o.env.Do(id, storetest.Secretary, forloeb.ReplaceParty{Party: o.env.Party(id, forloeb.Rep).ID, New: uuid.New(),
		Contact: forloeb.Contact{Name: "Ida Bach", Email: "ida@example.dk"}})
}

// edits changes the application's text.
func edits(o *office, id uuid.UUID) {
	sub := o.env.Read(id).Submission()
	sub.Situation, sub.Declared = "Noget andet.", true
	o.env.Do(id, storetest.Secretary, forloeb.ChangeApplication{Submission: sub.Clean()})
}

// unassignedSituations are before there is a consultant.
func unassignedSituations() map[string]func(*office) uuid.UUID {
	return map[string]func(*office) uuid.UUID{
		"nobody has answered": applied, "both have agreed": waiting, "to be assessed": toAssess,
		"on the waiting list": after(toAssess, func(o *office, id uuid.UUID) {
			o.env.Do(id, storetest.Secretary, forloeb.Decide{Decision: forloeb.Waitlist})
		}),
		"one has answered":                  after(applied, answers(forloeb.Rep, forloeb.Yes)),
		"the other asked for a correction":  after(applied, answers(forloeb.Leader, forloeb.Fix)),
		"the party asked for a correction":  after(applied, answers(forloeb.Rep, forloeb.Fix)),
		"the application was edited":        after(applied, edits),
		"the mail went to the wrong person": after(applied, answers(forloeb.Rep, forloeb.NotMe)),
		"declined and opened again": after(after(applied, func(o *office, id uuid.UUID) {
			o.env.Answer(id, forloeb.Leader, forloeb.Yes)
			o.env.Answer(id, forloeb.Rep, forloeb.No)
		}), func(o *office, id uuid.UUID) { o.env.Do(id, storetest.Secretary, forloeb.Reopen{Reason: "Aftalt."}) }),
	}
}

func peoplesSituations() map[string]func(*office) uuid.UUID {
	all := map[string]func(*office) uuid.UUID{
		"while planning": planned, "with a meeting ahead": met, "resting": allMet, "asked what came of it": asksWhatCame,
		"somebody has taken over":         after(met, somebodyElse),
		"the wrong person has taken over": after(after(met, somebodyElse), answers(forloeb.Rep, forloeb.NotMe)),
		"with more meetings": after(met, func(o *office, id uuid.UUID) {
			o.env.Do(id, storetest.Secretary, forloeb.GrantExtra{N: 1, Reason: "Aftalt."})
		}),
		"with another consultant": after(met, func(o *office, id uuid.UUID) {
			o.env.Do(id, storetest.Secretary, forloeb.Assign{Consultant: o.env.Consultant("Jonas Friis", 3), Reason: "Ferie."})
		}),
		"rested for long":                   after(allMet, func(o *office, id uuid.UUID) { o.env.RunTo(id, at(2027, 1, 15, 12, 0)) }),
		"a reminder of the meeting is sent": after(met, func(o *office, id uuid.UUID) { o.env.RunTo(id, at(2027, 1, 11, 12, 0)) }),
	}
	maps.Copy(all, unassignedSituations())
	return all
}

func addressSituations() []situation {
	about := func(name string, set func(*office) uuid.UUID, sent url.Values) situation {
		return situation{name: name, act: &addressAct, whom: forloeb.Rep, set: set, sent: sent}
	}
	list := []situation{
		about("the telephone alone", planned, nil),
		about("the same address after all", after(applied, answers(forloeb.Rep, forloeb.NotMe)), nil),
	}
	for name, set := range peoplesSituations() {
		list = append(list, about(name, set, url.Values{"email": {"amir.ny@example.dk"}, "phone": {""}}))
	}
	return list
}

func replaceSituations() (list []situation) {
	sofie := url.Values{"name": {"Sofie Lind"}, "role": {"tr"}, "email": {"sofie@example.dk"}}
	for name, set := range peoplesSituations() {
		list = append(list, situation{name: name, act: &replaceAct, whom: forloeb.Rep, set: set, sent: sofie})
	}
	left := after(after(met, leaves), func(o *office, id uuid.UUID) { o.env.RunTo(id, o.env.Now(id).Add(time.Hour)) })
	return append(list, situation{name: "they have left", act: &replaceAct, whom: forloeb.Leader, set: left, sent: sofie})
}

func editSituations() (list []situation) {
	before := unassignedSituations()
	before["a party has left"] = after(applied, leaves)
	before["somebody has taken over"] = after(applied, somebodyElse)
	before["released with a meeting ahead"] = after(met, func(o *office, id uuid.UUID) {
		o.env.Exec(`update consultants set capacity = 0`)
		o.env.Do(id, storetest.Secretary, forloeb.Release{Reason: "Aftalt."})
	})
	before["a request is held back"] = func(o *office) (id uuid.UUID) {
		for range 4 { // three unanswered requests to one address hold the next
			id = o.env.ApplyAt(at(2026, 11, 23, 10, 0), func(s *forloeb.Submission) { s.Rep.Email = "amir@example.dk" })
			o.env.Settle(id)
		}
		require.Equal(o.t, forloeb.WaitConsentHeld, o.env.Read(id).Written.Waiting)
		return id
	}
	for name, set := range before {
		list = append(list,
			situation{name: name, act: &editAct, set: set, sent: url.Values{"situation": {"Noget helt andet."}}},
			situation{name: name + ", and an address is new", act: &editAct, set: set, sent: url.Values{"situation": {"Noget helt andet."}, "rep_email": {"amir.ny@example.dk"}}},
		)
	}
	return list
}

// noteSituations are answers by telephone.
func noteSituations() (list []situation) {
	takesOver := after(met, somebodyElse)
	for name, set := range map[string]func(*office) uuid.UUID{
		"nobody has answered": applied, "the other has answered": after(applied, answers(forloeb.Leader, forloeb.Yes)),
		"the application was edited": after(applied, edits), "somebody who takes over": takesOver,
	} {
		for _, answer := range []forloeb.Answer{forloeb.Yes, forloeb.No} {
			list = append(list, situation{name: name + ", and says " + string(answer), act: &noteAct, whom: forloeb.Rep, set: set,
				sent: url.Values{"answer": {string(answer)}, "reason": {"Ringede fra bussen."}}})
		}
	}
	return list
}

func extendSituations() (list []situation) {
	for name, set := range map[string]func(*office) uuid.UUID{
		"nobody has answered": applied, "one has answered": after(applied, answers(forloeb.Rep, forloeb.Yes)),
		"the application was edited": after(applied, edits), "the questionnaire is out": asksWhatCame,
	} {
		s := situation{name: name, act: &extendAct, set: set, sent: url.Values{"reason": {"Sygdom."}}}
		s.find = func(_ *office, k *staffCase) { s.sent.Set("until", k.ExtendableTo(k.Now).Format("2-1-2006")) }
		list = append(list, s)
	}
	return list
}
