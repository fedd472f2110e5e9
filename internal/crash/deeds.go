package crash

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
)

// deed is something a client can ask for in a forløb. Each maps to an act of
// the ledger, which is how the checker knows what it would have written.
type deed struct {
	name   string
	act    string                        // the act's name
	marked bool                          // its marker is stored with it
	legal  func(c *client, v *view) bool // as the API tells it
	ask    func(ctx context.Context, c *client, m *matter, v *view, marker string) heard
	weight int
	rare   bool // of what only some forløb have: a run may come to none
}

// possible asks the API's own list.
func possible(path string) func(*client, *view) bool {
	return func(_ *client, v *view) bool { return slices.Contains(v.Possible, path) }
}

// withReason posts a reason below the forløb's address.
func withReason(path string, more ...any) func(context.Context, *client, *matter, *view, string) heard {
	return func(ctx context.Context, c *client, m *matter, _ *view, marker string) heard {
		body := map[string]any{"reason": marker}
		for i := 0; i+1 < len(more); i += 2 {
			body[more[i].(string)] = more[i+1]
		}
		return c.staff.call(ctx, http.MethodPost, "/api/v1/forloeb/"+m.id+"/"+path, body)
	}
}

var deeds = append([]deed{
	{name: "leader answers", act: "consent-answered", marked: true, weight: 60, legal: inStatus("awaiting_consent"), ask: answers(applying("leader"))},
	{name: "rep answers", act: "consent-answered", marked: true, weight: 60, legal: inStatus("awaiting_consent"), ask: answers(applying("rep"))},
	{name: "book", act: "meeting-booked", marked: true, weight: 14, legal: possible("meetings"), ask: books},
	{name: "series", act: "meeting-booked", weight: 4, legal: possible("meetings/series"), ask: booksSeries},
	{name: "record", act: "meeting-registered", marked: true, weight: 8, legal: possible("meetings/held"), ask: records},
	{name: "move", act: "meeting-moved", weight: 6, legal: meetingCan("move"), ask: moves},
	{name: "held", act: "meeting-registered", weight: 16, legal: meetingCan("held"), ask: registers("held")},
	{name: "no-show", act: "meeting-registered", weight: 2, legal: meetingCan("no-show"), ask: registers("no-show")},
	{name: "cancel", act: "meeting-cancelled", weight: 2, legal: meetingCan("cancel"), ask: registers("cancel")},
	{name: "assign", act: "consultant-assigned", marked: true, weight: 3, legal: possible("assignment"), ask: assigns},
	{name: "release", act: "consultant-released", marked: true, weight: 2, legal: possible("release"), ask: withReason("release")},
	{name: "accept", act: "consultant-accepted", weight: 20, legal: possible("accept"), ask: accepts},
	{name: "decline", act: "consultant-declined", marked: true, weight: 2, legal: possible("decline"), ask: declines},
	{name: "extra", act: "extra-meetings-granted", marked: true, weight: 2, legal: possible("extra-meetings"), ask: withReason("extra-meetings", "meetings", 1)},
	{name: "finish", act: "meetings-finished", marked: true, weight: 8, legal: possible("finish"), ask: withReason("finish")},
	{name: "stop", act: "forloeb-stopped", marked: true, weight: 1, legal: possible("stop"), ask: withReason("stop")},
	{name: "withdraw", act: "forloeb-withdrawn", marked: true, weight: 1, legal: possible("withdraw"), ask: withReason("withdraw")},
	{name: "reopen", act: "forloeb-reopened", marked: true, weight: 2, legal: possible("reopen"), ask: withReason("reopen")},
	{name: "leader evaluates", act: "evaluation-answered", weight: 40, legal: inStatus("evaluating"), ask: evaluates(applying("leader"))},
	{name: "rep evaluates", act: "evaluation-answered", weight: 40, legal: inStatus("evaluating"), ask: evaluates(applying("rep"))},
}, sharedDeeds()...)

// common is the least weight of a deed that every run comes to; in a short one
// few forløb come to their questionnaire.
const common, short = 3, 5 * time.Minute

func inStatus(status string) func(*client, *view) bool {
	return func(_ *client, v *view) bool { return v.Status == status }
}

func meetingCan(what string) func(*client, *view) bool {
	return func(_ *client, v *view) bool { return meetingThatCan(what, v) != "" }
}

func meetingThatCan(what string, v *view) string {
	for _, m := range v.Meetings.List {
		if slices.Contains(m.Possible, what) {
			return m.ID
		}
	}
	return ""
}

// anyMeeting is one that can, or any, or none that exists.
func anyMeeting(what string, v *view, r *rand.Rand) string {
	if id := meetingThatCan(what, v); id != "" {
		return id
	}
	if n := len(v.Meetings.List); n > 0 {
		return v.Meetings.List[r.IntN(n)].ID
	}
	return uuid.NewString()
}

// whom is the address of a party of a forløb; "" when it has none of the kind.
type whom func(*matter) string

// applying is one of the pair that applies.
func applying(side string) whom {
	return func(m *matter) string { return m.pair.address(side) }
}

// answers opens the newest link of a party, and sends the form.
func answers(party whom) func(context.Context, *client, *matter, *view, string) heard {
	return func(ctx context.Context, c *client, m *matter, _ *view, marker string) heard {
		path := c.mails.Link(party(m), "/samtykke/")
		if path == "" {
			return heard{}.notAsked()
		}
		shown := c.browser.get(ctx, path)
		if shown.status != http.StatusOK {
			return shown.notAsked()
		}
		fields := shown.form(path)
		if fields == nil {
			return heard{status: http.StatusGone} // answered, or too late
		}
		answer := "yes"
		if c.rand.IntN(25) == 0 {
			answer = "no"
		}
		fields.Set("answer", answer)
		fields.Set("signature", marker) // stored with a yes
		fields.Set("no_reason", marker) // stored with a no
		return c.twice(func() heard { return c.browser.send(ctx, path, fields) })
	}
}

// notAsked is the answer to a page that never came to its form: nothing was
// asked for, whatever went wrong.
func (h heard) notAsked() heard { return heard{status: http.StatusFailedDependency} }

// slot is a time for a meeting, soon: days are short here.
func (c *client) slot() (from, to string) {
	start := time.Now().Add(time.Duration(3+c.rand.IntN(12)) * time.Second)
	return start.Format(time.RFC3339), start.Add(time.Second).Format(time.RFC3339)
}

func (c *client) meeting(place string) map[string]any {
	from, to := c.slot()
	return map[string]any{"starts_at": from, "ends_at": to, "place": place, "odd_hours": true}
}

func accepts(ctx context.Context, c *client, m *matter, _ *view, _ string) heard {
	return c.staff.call(ctx, http.MethodPost, "/api/v1/forloeb/"+m.id+"/accept", nil)
}

func declines(ctx context.Context, c *client, m *matter, _ *view, marker string) heard {
	return c.staff.call(ctx, http.MethodPost, "/api/v1/forloeb/"+m.id+"/decline", map[string]any{"reason": "other", "words": marker})
}

func books(ctx context.Context, c *client, m *matter, _ *view, marker string) heard {
	return c.staff.call(ctx, http.MethodPost, "/api/v1/forloeb/"+m.id+"/meetings", c.meeting(marker))
}

func booksSeries(ctx context.Context, c *client, m *matter, _ *view, marker string) heard {
	list := []map[string]any{c.meeting(marker + " a"), c.meeting(marker + " b")}
	return c.staff.call(ctx, http.MethodPost, "/api/v1/forloeb/"+m.id+"/meetings/series", map[string]any{"meetings": list})
}

func records(ctx context.Context, c *client, m *matter, _ *view, marker string) heard {
	end := time.Now().Add(-time.Duration(1+c.rand.IntN(3)) * time.Second)
	return c.staff.call(ctx, http.MethodPost, "/api/v1/forloeb/"+m.id+"/meetings/held", map[string]any{
		"starts_at": end.Add(-time.Second).Format(time.RFC3339), "ends_at": end.Format(time.RFC3339), "place": marker, "odd_hours": true,
	})
}

func moves(ctx context.Context, c *client, _ *matter, v *view, _ string) heard {
	from, to := c.slot()
	return c.staff.call(ctx, http.MethodPatch, "/api/v1/meetings/"+anyMeeting("move", v, c.rand), map[string]any{"starts_at": from, "ends_at": to, "odd_hours": true})
}

func registers(what string) func(context.Context, *client, *matter, *view, string) heard {
	return func(ctx context.Context, c *client, _ *matter, v *view, _ string) heard {
		return c.staff.call(ctx, http.MethodPost, "/api/v1/meetings/"+anyMeeting(what, v, c.rand)+"/"+what, struct{}{})
	}
}

func assigns(ctx context.Context, c *client, m *matter, _ *view, marker string) heard {
	return c.staff.call(ctx, http.MethodPost, "/api/v1/forloeb/"+m.id+"/assignment", map[string]any{
		"consultant": c.candidate(m), "reason": marker,
	})
}

func evaluates(party whom) func(context.Context, *client, *matter, *view, string) heard {
	return func(ctx context.Context, c *client, m *matter, _ *view, _ string) heard {
		path := c.mails.Link(party(m), "/evaluering/")
		if path == "" {
			return heard{}.notAsked()
		}
		shown := c.browser.get(ctx, path)
		fields := shown.form(path)
		if shown.status != http.StatusOK || fields == nil {
			return shown.notAsked()
		}
		fields.Set("planned", "yes")
		fields.Set("ongoing", "no")
		return c.twice(func() heard { return c.browser.send(ctx, path, fields) })
	}
}

// twice sends the same twice at the same moment now and then, as a double click
// does.
func (c *client) twice(send func() heard) heard {
	if c.rand.IntN(4) > 0 {
		return send()
	}
	var second heard
	var click sync.WaitGroup
	click.Go(func() { second = send() })
	first := send()
	click.Wait()
	return surer(first, second)
}

// surer is the answer of two to the same that says more: what one of them did
// is done.
func surer(a, b heard) heard {
	if a.outcome() == Done || b.outcome() == Refused {
		return a
	}
	return b
}

// applies sends an application, as a page or as a program, with a key of its
// own; unanswered, it is sent again with the same key.
func (c *client) applies(ctx context.Context) {
	m := &matter{pair: newPair(c.rand)}
	switch c.rand.IntN(6) {
	case 0, 1:
		m.sharedBy(c.rand)
	case 2:
		m.regional = true
	}
	word := m.canary
	key := uuid.NewString()
	for range 4 {
		op := c.history.Asks(Operation{Client: c.n, Name: "apply", Marker: word, Args: map[string]string{"key": key}})
		h := c.staff.call(ctx, http.MethodPost, "/api/v1/applications", m.application(), "Idempotency-Key", key)
		var received struct{ ID, Reference string }
		h.json(&received)
		c.history.Hears(op, h.outcome(), h.status, received.Reference)
		if h.outcome() == Done {
			if m.id == "" {
				m.id, m.reference = received.ID, received.Reference
				c.world.add(m)
			}
			if c.rand.IntN(3) > 0 {
				return
			}
			continue // a second time, though it was answered
		}
		if h.outcome() == Refused {
			return
		}
		pause(ctx, time.Second)
	}
}

func (m *matter) application() map[string]any {
	body := map[string]any{
		"programme": "spark", "type": "individual", "started_by": "leader", "municipality": "751", "workplace": "Skolen " + m.canary,
		"sector": "school", "employees": "50-99", "body": "trio", "themes": []string{"cooperation"}, "situation": m.canary, "declared": true,
		"leader": map[string]any{"name": "Leder " + m.canary, "email": m.leader},
		"rep":    map[string]any{"name": "Repræsentant " + m.canary, "role": "amr", "email": m.rep},
	}
	if len(m.places) > 0 {
		m.applyForOthers(body)
	}
	if m.regional {
		applyToProvider(body)
	}
	return body
}

// pause waits, unless the run ends.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
