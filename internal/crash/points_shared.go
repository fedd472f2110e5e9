package crash

import (
	"fmt"
	"net/url"
	"time"

	"example.dk/spark/internal/forloeb"
)

// askedPlaces are asked by a pair that applies for others: three join, one
// declines, one does not answer in time.
const (
	askedPlaces = 5
	joinPlaces  = 3
)

// appliesForOthers asks workplaces to join a network.
func (t *tale) appliesForOthers(workplace string) {
	t.m.kind = string(forloeb.Network)
	for range askedPlaces {
		t.m.places = append(t.m.places, pairOf("kanarie"+word()))
	}
	t.applies(workplace)
}

// isShared begins without the one that is silent, which joins when it is asked
// again, and goes on without one that leaves; a meeting is for one alone.
func (t *tale) isShared() {
	t.agree()
	for n := range joinPlaces {
		t.at(n, (*tale).agree)
	}
	t.calm("awaiting_consent")
	t.at(joinPlaces, func(t *tale) { t.answers("rep", "no") })
	t.calm("awaiting_consent")
	t.secretary("begin", "facts-changed begin ", 1, "begin", func(string) any { return struct{}{} })
	t.calm("planning")
	t.tellsMainMED()
	t.secretary("ask again", "facts-changed again ", 1, "workplaces/"+t.place(askedPlaces-1)+"/ask-again", because())
	t.calm("planning")
	t.at(askedPlaces-1, func(t *tale) {
		t.both(func(t *tale) { t.answers("leader", "yes") }, func(t *tale) { t.answers("rep", "yes") })
	})
	t.calm("planning")
	t.at(0, func(t *tale) { t.lists("rep", true) })
	t.at(1, func(t *tale) { t.lists("rep", true); t.lists("rep", false) })
	t.secretary("book for one", "meeting-booked  ", 1, "meetings", func(marker string) any {
		body := later(marker, time.Hour)
		body["workplaces"] = []string{t.place(0)}
		return body
	})
	t.calm("in_progress")
	t.registers("cancel", "meeting-cancelled  ", t.meeting("true"))
	t.calm("planning")
	t.records()
	t.calm("in_progress")
	t.at(2, (*tale).leavesTheOthers)
	t.calm("in_progress")
	t.secretary("finish", "meetings-finished  ", 1, "finish", because())
	t.calm("evaluating")
	for _, n := range []int{0, 1, askedPlaces - 1} {
		t.at(n, func(t *tale) {
			t.both(func(t *tale) { t.evaluates("leader") }, func(t *tale) { t.evaluates("rep") })
		})
	}
}

// at lets the pair of a workplace that is asked do something.
func (t *tale) at(n int, do func(t *tale)) {
	if t.err != nil {
		return
	}
	m, theirs := *t.m, *t
	m.pair, theirs.m = m.places[n], &m
	do(&theirs)
	t.err = theirs.err
}

// place is the id of a workplace that is asked.
func (t *tale) place(n int) string {
	return t.value(`select w.id::text from workplaces w join workplace_names n on n.workplace_id = w.id
		where w.forloeb_id = $1 and n.name like '%` + t.m.places[n].canary + `'`)
}

// lists puts one of a pair on the network's list, or takes them off it.
func (t *tale) lists(side string, on bool) {
	line := "facts-changed unlisted " + side
	if on {
		line = "facts-changed listed " + side
	}
	t.does(asked{name: "list", line: line, acts: 1, ask: func(string) heard {
		return t.party(side, "/status/", "/netvaerk", nil)
	}})
}

// leavesTheOthers takes the workplace out of the forløb.
func (t *tale) leavesTheOthers() {
	t.does(asked{name: "leave with the workplace", line: "party-left workplace ", acts: 1, ask: func(marker string) heard {
		return t.party("leader", "/status/", "/traek-tilbage", url.Values{"reason": {marker}})
	}})
}

// tellsMainMED writes down, once, that the HovedMED of the workplaces that
// have joined has been told of their themes.
func (t *tale) tellsMainMED() {
	const page = "/sekretariat/post/hovedmed/besked"
	desk := t.desk(clerk)
	told := fmt.Sprintf(`select count(*) = %d and count(distinct notice_id) = 1 from main_med_told d join workplaces w on w.id = d.workplace_id
		where w.forloeb_id = '%s'`, joinPlaces, t.m.id)
	t.reaches("tell the HovedMED", told, func() heard { return t.fills(desk, page, page, nil) })
}
