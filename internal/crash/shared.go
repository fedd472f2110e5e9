package crash

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
)

// This file is about shared forløb: a pair applies for others, and each
// workplace joins, meets, leaves and evaluates by a pair of its own.

// mostPlaces are asked by one forløb.
const mostPlaces = 4

// sharedBy makes an application one for others.
func (m *matter) sharedBy(r *rand.Rand) {
	m.kind = []string{"joint", "network"}[r.IntN(2)]
	for range 2 + r.IntN(mostPlaces-1) {
		m.places = append(m.places, newPair(r))
	}
}

// applyForOthers turns an application for one workplace into one for several.
func (m *matter) applyForOthers(body map[string]any) {
	for _, own := range []string{"workplace", "sector", "employees"} {
		delete(body, own)
	}
	var list []map[string]any
	for _, p := range m.places {
		list = append(list, map[string]any{
			"workplace": "Stedet " + p.canary, "municipality": "461", "sector": "school", "employees": "20-49",
			"leader": map[string]any{"name": "Leder " + p.canary, "email": p.leader},
			"rep":    map[string]any{"name": "Repræsentant " + p.canary, "role": "tr", "email": p.rep},
		})
	}
	body["type"], body["body"], body["participants"] = m.kind, "main_med", list
}

// sharedDeeds are those of each workplace, and those that only a shared forløb
// knows.
func sharedDeeds() (list []deed) {
	for n := range mostPlaces {
		for _, side := range []string{"leader", "rep"} {
			name, party := fmt.Sprintf("%s of place %d", side, n+1), at(n, side)
			list = append(list,
				deed{name: name + " answers", act: "consent-answered", marked: true, weight: 40, rare: true, legal: placeIn(n, "awaiting_consent"), ask: answers(party)},
				deed{name: name + " evaluates", act: "evaluation-answered", weight: 40, rare: true, legal: placeIn(n, "evaluating"), ask: evaluates(party)})
		}
	}
	return append(list,
		deed{name: "begin", act: "facts-changed", weight: 2, rare: true, legal: possible("begin"), ask: begins},
		deed{name: "book for one", act: "meeting-booked", marked: true, weight: 8, rare: true, legal: sharedAnd(possible("meetings")), ask: booksForOne},
		deed{name: "leave with the workplace", act: "party-left", marked: true, weight: 1, rare: true, legal: sharedAnd(inStatus("in_progress")), ask: leaves})
}

// at is one of the pair of a workplace.
func at(n int, side string) whom {
	return func(m *matter) string {
		if n >= len(m.places) {
			return ""
		}
		return m.places[n].address(side)
	}
}

func placeIn(n int, status string) func(*client, *view) bool {
	return func(_ *client, v *view) bool { return v.Status == status && n+1 < len(v.Workplaces) }
}

func sharedAnd(legal func(*client, *view) bool) func(*client, *view) bool {
	return func(c *client, v *view) bool { return len(v.Workplaces) > 1 && legal(c, v) }
}

func begins(ctx context.Context, c *client, m *matter, _ *view, _ string) heard {
	return c.staff.call(ctx, http.MethodPost, "/api/v1/forloeb/"+m.id+"/begin", struct{}{})
}

// place is any workplace that is asked; "" of a forløb of one.
func (c *client) place(v *view) string {
	if len(v.Workplaces) < 2 {
		return ""
	}
	return v.Workplaces[1+c.rand.IntN(len(v.Workplaces)-1)].ID
}

func booksForOne(ctx context.Context, c *client, m *matter, v *view, marker string) heard {
	place := c.place(v)
	if place == "" {
		return heard{}.notAsked()
	}
	body := c.meeting(marker)
	body["workplaces"] = []string{place}
	return c.staff.call(ctx, http.MethodPost, "/api/v1/forloeb/"+m.id+"/meetings", body)
}

func leaves(ctx context.Context, c *client, m *matter, v *view, marker string) heard {
	place := c.place(v)
	if place == "" {
		return heard{}.notAsked()
	}
	return c.staff.call(ctx, http.MethodPost, "/api/v1/forloeb/"+m.id+"/workplaces/"+place+"/leave", map[string]any{"reason": marker})
}

// mindsNeighbours looks at the pages of one workplace for words of another of
// the same forløb.
func (c *client) mindsNeighbours(ctx context.Context, m *matter) {
	if len(m.places) == 0 {
		return
	}
	mine := c.rand.IntN(len(m.places))
	for _, below := range []string{"/samtykke/", "/status/", "/evaluering/"} {
		path := c.mails.Link(m.places[mine].leader, below)
		if path == "" {
			continue
		}
		shown := c.browser.get(ctx, path)
		for n, other := range m.places {
			if n != mine && strings.Contains(string(shown.body), other.canary) {
				c.history.Hears(c.history.Asks(Operation{Client: c.n, Name: "read", Forloeb: m.id}), Done, shown.status, other.canary)
			}
		}
	}
}
