package api

import (
	"net/url"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// exampleCandidate is somebody who covers both themes and the region, unless
// changed.
func exampleCandidate(k *staffCase, n byte, name string, load int, change func(*candidate)) {
	c := candidate{Ranked: forloeb.Ranked{Candidate: forloeb.Candidate{Load: load, Consultant: forloeb.Consultant{
		ID: uuid.UUID{15: n}, Name: name, Capacity: 8, Active: true, Themes: []forloeb.ThemeCode{"change", "cooperation"}, Regions: []string{"midtjylland"},
	}}}}
	change(&c)
	k.Candidates = append(k.Candidates, c)
}

// suitable are the first two of those who can be chosen.
func suitable(k *staffCase) {
	exampleCandidate(k, 1, "Jonas Friis", 5, func(*candidate) {})
	exampleCandidate(k, 2, "Bodil Vestergaard Kristensen", 7, func(c *candidate) {
		c.Leaves = []forloeb.Leave{{From: at2027(2, 15), To: at2027(2, 19)}}
	})
}

// unsuitable has each obstacle.
func unsuitable(k *staffCase) {
	exampleCandidate(k, 3, "Ida Bach", 8, func(c *candidate) { c.Obstacles = []string{forloeb.ObstacleCapacity} })
	exampleCandidate(k, 6, "Liv Dam", 1, func(c *candidate) { c.Obstacles = []string{forloeb.ObstacleNew} })
	exampleCandidate(k, 4, "Ole Vad", 9, func(c *candidate) {
		c.Obstacles = []string{forloeb.ObstacleThemes, forloeb.ObstacleRegion, forloeb.ObstacleLeave, forloeb.ObstacleCapacity}
		c.Themes, c.Leaves = c.Themes[:1], []forloeb.Leave{{From: at(2026, 12, 14, 0, 0), To: at2027(1, 8)}}
	})
	exampleCandidate(k, 7, "Per Holt", 2, func(c *candidate) { c.Obstacles = []string{forloeb.ObstacleInterest} })
	exampleCandidate(k, 5, "Sofie Krogh", 2, func(c *candidate) { c.Obstacles = []string{forloeb.ObstacleConflict} })
}

// lacksConsultant waits for one, with somebody who has had it and given it
// back.
func lacksConsultant(k *staffCase) {
	former := k.Assignments[0]
	agreed(k, forloeb.AwaitingConsultant)
	k.MatchTriedAt = k.Now
	former.Consultant.ID, former.Until = uuid.UUID{15: 5}, k.Now.Add(-time.Hour)
	k.Assignments = []forloeb.Assignment{former}
	k.Acts = []forloeb.Act{{Name: forloeb.ConsultantReleased, At: former.Until, Actor: forloeb.Actor{Kind: forloeb.ActorConsultant}}}
}

func chooses(k *staffCase) {
	lacksConsultant(k)
	k.Earlier = exampleEarlier
	suitable(k)
	unsuitable(k)
}

// exampleEarlier is what the workplace has had before.
var exampleEarlier = []forloeb.Earlier{{
	Twin: forloeb.Twin{ID: uuid.UUID{15: 9}, Reference: "24-0311"}, Programme: forloeb.Spark, Themes: []forloeb.ThemeCode{forloeb.ThemeCooperation},
	Began: at(2024, 3, 4, 9, 0), ConsultantID: uuid.UUID{15: 2}, Consultant: "Bodil Vestergaard Kristensen",
}}

func nobodyHasRoom(k *staffCase) {
	lacksConsultant(k)
	unsuitable(k)
}

func nobodyThere(k *staffCase) { lacksConsultant(k) }

func changes(k *staffCase) {
	inEverybodysCalendar(k)
	suitable(k)
	k.Application.Themes = k.Application.Themes[:1]
}

func assignExamples() []example {
	var all []example
	sends := func(name string, change func(*staffCase), sent url.Values) {
		k := caseAt(exampleAnna, change)
		_, wrong := assignAct.deed(k, sent)
		page := shownActOf(k, &assignAct, asking{wrong: wrong, typed: sent})
		if wrong == nil {
			page.act().Conflict = "Karen Lund fik forløbet kl. 9.14, mens du skrev. Det, du skrev, er her stadig. Se ændringen, og gem igen."
		}
		all = append(all, example{"act-tildel-" + name, seenBy(exampleAnna, k.Home(), page)})
	}
	sends("nothing-chosen", chooses, url.Values{})
	sends("unfit-without-reason", chooses, url.Values{"consultant": {uuid.UUID{15: 4}.String()}})
	sends("conflict", changes, url.Values{"consultant": {uuid.UUID{15: 2}.String()}, "reason": {"Kender området."}})
	for name, change := range map[string]func(*staffCase){
		"nobody-to-change-to": func(k *staffCase) { inEverybodysCalendar(k); unsuitable(k) },
		"no-meeting-yet":      func(k *staffCase) { changes(k); k.Meetings = nil },
		"nobody-proposed":     func(k *staffCase) { nobodyHasRoom(k); k.Policy.Assignment = forloeb.Proposed },
		"many-themes": func(k *staffCase) {
			chooses(k)
			k.Application.Themes = append(k.Application.Themes, forloeb.ThemeLoneWork)
			for i := range 2 {
				k.Candidates[i].Themes = k.Application.Themes
			}
			k.Acts[0].Actor.Kind = forloeb.ActorSecretary
		},
		"known-by-name": func(k *staffCase) { chooses(k); k.Acts, k.Assignments[0].Consultant.ID = nil, uuid.UUID{15: 1} },
	} {
		k := caseAt(exampleAnna, change)
		all = append(all, example{"act-tildel-" + name, seenBy(exampleAnna, k.Home(), shownActOf(k, &assignAct, asking{}))})
	}
	return all
}
