package workflows

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"example.dk/spark/internal/forloeb"
)

// lifeStep is one fact of a random life.
type lifeStep struct {
	days float64
	act  forloeb.ActName
	do   func(r *row)
}

// drawLife draws the facts of one life, at hours when nothing falls due.
func drawLife(t *rapid.T) []lifeStep {
	var steps []lifeStep
	at := 0.0
	add := func(act forloeb.ActName, do func(r *row)) {
		at += float64(rapid.IntRange(1, 6).Draw(t, "days")) + 0.3
		steps = append(steps, lifeStep{at, act, do})
	}
	for range 2 {
		if rapid.IntRange(0, 9).Draw(t, "answer") == 0 {
			add(forloeb.ConsentAnswered, func(r *row) { r.no++ })
		} else {
			add(forloeb.ConsentAnswered, sayYes)
		}
	}
	for n := rapid.IntRange(0, 12).Draw(t, "facts"); n > 0; n-- {
		switch rapid.IntRange(0, 7).Draw(t, "fact") {
		case 0, 1, 2:
			add(forloeb.MeetingBooked, book)
		case 3, 4:
			add(forloeb.MeetingRegistered, func(r *row) {
				if r.booked > 0 {
					r.booked, r.held = 0, r.held+1
					r.lastHeld = began.Add(time.Duration(r.held) * day)
				}
			})
		case 5:
			add(forloeb.MeetingCancelled, func(r *row) { r.booked = 0 })
		case 6:
			add(forloeb.ConsultantReleased, func(r *row) { r.assigned = false })
		case 7:
			add(forloeb.MeetingsFinished, func(r *row) { r.finished = r.held > 0 })
		}
	}
	end := rapid.SampledFrom([]forloeb.ActName{forloeb.ForloebWithdrawn, forloeb.ForloebStopped}).Draw(t, "end")
	add(end, func(r *row) { r.withdrawn, r.stopped = end == forloeb.ForloebWithdrawn, end == forloeb.ForloebStopped })
	return steps
}

// Whatever becomes of the signals (dropped until the sweep comes, doubled, late,
// under another name), and however often an answer of the database is lost,
// a forløb ends where the orderly run ends, by the same way and with the same
// mails.
//
// Complaint K39.
func TestSignalsMayBeDroppedDoubledAndDelayed(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		steps := drawLife(rt)
		orderly, disturbed := newWorld(t), newWorld(t)
		for _, s := range steps {
			orderly.on(s.days, s.act, s.do)
			disturbed.lost(s.days, s.do)
			for n := rapid.IntRange(0, 2).Draw(rt, "signals"); n > 0; n-- {
				late := float64(rapid.IntRange(0, 120).Draw(rt, "minutes")) / 24 / 60
				act := rapid.SampledFrom(forloeb.ActNames).Draw(rt, "name")
				disturbed.add(s.days+late, func() {}, act)
			}
			disturbed.add(s.days+0.1, func() {}, forloeb.FactsChanged) // the sweep, late
		}
		losses := rapid.SliceOfN(rapid.Bool(), 8, 8).Draw(rt, "losses")
		disturbed.store.afterWrite = func(*row, forloeb.Change) error {
			if disturbed.store.commits < len(losses) && losses[disturbed.store.commits] {
				return errLost
			}
			return nil
		}
		orderly.live()
		disturbed.live()
		a, b := orderly.row(), disturbed.row()
		require.Equal(rt, a.status, b.status)
		require.Equal(rt, a.events, b.events)
		require.Equal(rt, sorted(a.kinds()), sorted(b.kinds()))
		require.True(rt, a.settled() && b.settled())
	})
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}
