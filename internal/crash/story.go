package crash

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// line is something that happened to a forløb.
type line struct {
	At   time.Time
	What string
}

// story is everything that is known of a forløb, in the order of time: what
// was asked, what was stored, what was mailed, and what was broken meanwhile.
func (c *checker) story(forloeb string) (string, error) {
	var lines []line
	if err := c.db.Select(&lines, `
		select written_at as at, format('  act %s: %s %s %s', version, name, ref, detail) what from acts where forloeb_id::text = $1
		union all select at, format('  event %s: %s → %s (%s, of version %s)', seq, "from", "to", cause, facts_version) from forloeb_events where forloeb_id::text = $1
		union all select c.at, format('  consent: %s of revision %s by the %s', c.answer, c.revision, p.side) from consents c join parties p on p.id = c.party_id where p.forloeb_id::text = $1
		union all select real_at, format('  mail %s to %s is %s after %s attempts %s (%s)', kind, left(recipient::text, 8), state, attempts, code, left(message_id, 12)) from mails where forloeb_id::text = $1
		union all select booked_at, format('  meeting %s at %s is %s', ordinal, starts_at, state) from meetings where forloeb_id::text = $1
		union all select opened_at, format('  task %s %s', kind, subject) from tasks where forloeb_id::text = $1`, forloeb); err != nil {
		return "", err
	}
	var ids []string
	if err := c.db.Select(&ids, `select message_id from mails where forloeb_id::text = $1`, forloeb); err != nil {
		return "", err
	}
	for _, t := range c.taken {
		if id := bare(t.MessageID); slices.Contains(ids, id) {
			lines = append(lines, line{t.At, fmt.Sprintf("  server: %.12s, %s, accepted %t, ambiguous %t", id, t.Fault, t.Accepted, t.Ambiguous)})
		}
	}
	for _, op := range c.history.Operations {
		if op.Forloeb == forloeb {
			lines = append(lines, line{op.Asked, fmt.Sprintf("client %d asks: %s (%s)", op.Client, op.Name, op.Marker)},
				line{op.Told, fmt.Sprintf("client %d hears: %s, %s %d", op.Client, op.Name, op.Outcome, op.Status)})
		}
	}
	if len(lines) > 0 {
		first := slices.MinFunc(lines, func(a, b line) int { return a.At.Compare(b.At) }).At
		for _, e := range c.history.Events {
			if e.At.After(first) {
				lines = append(lines, line{e.At, fmt.Sprintf("    nemesis: %s %s", e.What, e.Target)})
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b line) int { return a.At.Compare(b.At) })
	var text strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&text, "%s %s\n", l.At.Local().Format("15:04:05.000"), l.What)
	}
	return text.String(), nil
}

// bare is a Message-ID without its brackets and its domain.
func bare(id string) string {
	id, _, _ = strings.Cut(strings.Trim(id, "<>"), "@")
	return id
}
