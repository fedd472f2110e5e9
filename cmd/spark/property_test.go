package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"example.dk/spark/internal/forloeb"
)

// conditions are those of a life before anything happens in it.
type conditions struct {
	intake     forloeb.Intake
	assignment forloeb.AssignMode
	rooms      []int // of the consultants there are
	fates      map[forloeb.MailKind]int

	regional bool // advice by a provider's expert

	kind   forloeb.TypeCode // of a shared forløb
	places int              // that it asks; 0: one workplace applies for itself
	waves  forloeb.Waves    // nil: the programme's
}

// draft is one deed of a life that is not lived yet: when, and which of those
// that will be legal then.
type draft struct {
	days, hour int
	soon       bool // right after the one before, and nobody is nudged between
	n          int
	wish       string // done if it is legal; lives that are left to chance alone end early
}

// deed is one that was done in the orderly life.
type deed struct {
	at   time.Time
	soon bool
	n    int
	name string
}

const mostDeeds = 6 // after the beginning

func drawConditions(t *rapid.T) conditions {
	c := conditions{
		intake:     rapid.SampledFrom([]forloeb.Intake{forloeb.Direct, forloeb.Direct, forloeb.Assessed}).Draw(t, "intake"),
		assignment: rapid.SampledFrom([]forloeb.AssignMode{forloeb.Automatic, forloeb.Automatic, forloeb.Proposed}).Draw(t, "assignment"),
		rooms:      rapid.SampledFrom([][]int{{2, 1}, {1}, {0}}).Draw(t, "rooms"),
		fates:      map[forloeb.MailKind]int{},
		regional:   rapid.IntRange(0, 5).Draw(t, "programme") == 5,
	}
	for range rapid.IntRange(0, 2).Draw(t, "unlucky kinds") {
		kind := rapid.SampledFrom(forloeb.MailKinds).Draw(t, "kind")
		c.fates[kind] = rapid.IntRange(1, fatesOfMails-1).Draw(t, "fate")
	}
	return c
}

// beginnings are ways into a forløb that chance goes on from.
var beginnings = map[string][]draft{
	"chance": nil,
	"agreed": {{days: 1, hour: 9, wish: "leader answers yes"}, {days: 1, hour: 12, wish: "rep answers yes"}},
	"met": {{days: 1, hour: 9, wish: "leader answers yes"}, {days: 1, hour: 12, wish: "rep answers yes"},
		{days: 2, hour: 13, wish: "a meeting is recorded"}},
	"finished": {{days: 1, hour: 9, wish: "leader answers yes"}, {days: 1, hour: 12, wish: "rep answers yes"},
		{days: 2, hour: 13, wish: "a meeting is recorded"}, {days: 1, hour: 10, wish: "the meetings are finished"}, {days: 97, hour: 11}},
}

func drawDrafts(t *rapid.T) []draft {
	beginning := rapid.SampledFrom([]string{"chance", "agreed", "met", "finished"}).Draw(t, "beginning")
	return append(slices.Clone(beginnings[beginning]), drawChance(t)...)
}

func drawChance(t *rapid.T) []draft {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) draft {
		return draft{
			days: rapid.SampledFrom([]int{1, 1, 1, 2, 2, 3, 5, 8, 13, 30, 95}).Draw(t, "days"),
			hour: rapid.IntRange(9, 14).Draw(t, "hour"),
			soon: rapid.IntRange(0, 11).Draw(t, "soon") == 11,
			n:    rapid.IntRange(0, 9999).Draw(t, "n"),
		}
	}), 1, mostDeeds).Draw(t, "deeds")
}

// drawBeginning is a morning of a year with both quiet periods, Easter and
// both changes of the clock before it.
func drawBeginning(t *rapid.T) time.Time {
	day := rapid.IntRange(0, 364).Draw(t, "day")
	return time.Date(2026, 1, 5+day, 10, 0, 0, 0, forloeb.Copenhagen).UTC()
}

// slots are when the deeds are done: each in a slot of the hour that is its
// alone, so that lives that differ by minutes stay alike.
func slots(from time.Time, drafts []draft) (times []time.Time) {
	day := from.In(forloeb.Copenhagen)
	for i, d := range drafts {
		if d.soon && i > 0 {
			times = append(times, times[i-1].Add(2*time.Second))
			continue
		}
		day = day.AddDate(0, 0, d.days)
		minute := (i + 1) * int(slotLength/time.Minute)
		times = append(times, time.Date(day.Year(), day.Month(), day.Day(), d.hour, minute, 0, 0, forloeb.Copenhagen).UTC())
	}
	return times
}

// orderly lives a life in which everything is told at once, and returns what
// was done in it.
func (g *ground) orderly(from time.Time, c conditions, drafts []draft, horizon time.Time) (*life, []deed) {
	l, times := g.live(from, c), slots(from, drafts)
	var done []deed
	for i, d := range drafts {
		l.at(times[i], func() {
			f := l.Read(l.id)
			list := legal(f, l.instant(), possibilities(f, l.instant(), d.n, g.consultants))
			if d.soon && i > 0 {
				list = commuting(list)
			}
			if len(list) == 0 {
				return
			}
			p := choose(list, d)
			require.NoError(g.t, l.record(p), p.name)
			l.tell(f, "%s", p.name)
			done = append(done, deed{times[i], d.soon && i > 0, d.n, p.name})
			l.nudge(p.deed.Line().Name)
		})
	}
	l.until(horizon)
	return l, done
}

// disturbance is what becomes of the nudge of one deed.
type disturbance struct {
	nudges  []int // seconds later, under any name
	names   []int
	restart int // seconds later; 0 for none
	night   int // nights later, at which a nudge is doubled and a worker restarted; 0 for none
}

func drawDisturbance(t *rapid.T) disturbance {
	d := disturbance{
		nudges:  rapid.SliceOfN(rapid.IntRange(0, 90), 0, 3).Draw(t, "nudges"),
		restart: max(0, rapid.IntRange(-100, 95).Draw(t, "restart")),
		night:   max(0, rapid.IntRange(-8, 5).Draw(t, "night")),
	}
	for range d.nudges {
		d.names = append(d.names, rapid.IntRange(0, len(forloeb.ActNames)-1).Draw(t, "name"))
	}
	return d
}

// sweepAfter is when the sweep has found what nobody was told of.
const sweepAfter = 100 * time.Second

// disturbed lives the same life, and whoever should be told is told nothing,
// or twice, late or wrong; workers are killed, and answers of the database lost.
func (g *ground) disturbed(from time.Time, c conditions, deeds []deed, horizon time.Time, how []disturbance, lost []int) *life {
	l := g.live(from, c)
	l.lost = lost
	for i, d := range deeds {
		l.at(d.at, func() { l.again(d, 0) })
		l.disturb(d.at, how[i])
		if i+1 == len(deeds) || !deeds[i+1].soon {
			l.at(d.at.Add(sweepAfter), func() { l.sweep() })
		}
	}
	l.at(horizon.Add(-slotLength), func() { l.sweep() })
	l.until(horizon)
	return l
}

func (l *life) disturb(at time.Time, how disturbance) {
	for i, seconds := range how.nudges {
		l.at(at.Add(time.Duration(seconds)*time.Second), func() { l.nudge(forloeb.ActNames[how.names[i]]) })
	}
	if how.restart > 0 {
		l.at(at.Add(time.Duration(how.restart)*time.Second), func() { panic(errKilled) })
	}
	if how.night > 0 {
		night := at.Truncate(24*time.Hour).AddDate(0, 0, how.night).Add(2*time.Hour + 57*time.Minute)
		l.at(night, func() { l.nudge(forloeb.FactsChanged) })
		l.at(night.Add(time.Second), func() { panic(errKilled) })
	}
}

// sweep nudges what is not settled, as the relay does.
func (l *life) sweep() {
	if l.Count(`select count(*) from forloeb where id = $1 and seen_version < version`, l.id) > 0 {
		l.nudge(forloeb.FactsChanged)
	}
}

// again does the deed of the orderly life. What is refused because the
// workflow is late is done a moment later, as people do.
func (l *life) again(d deed, tries int) {
	f := l.Read(l.id)
	list := possibilities(f, d.at, d.n, l.consultants)
	i := slices.IndexFunc(list, func(p possibility) bool { return p.name == d.name })
	refused := errors.New("nothing to do it to")
	if i >= 0 {
		refused = l.record(list[i])
	}
	switch {
	case refused == nil:
		l.tell(f, "%s", d.name)
	case tries < 5 && !f.Settled():
		l.tell(f, "%s is refused for now: %v", d.name, refused)
		l.nudge(forloeb.FactsChanged)
		l.at(l.instant().Add(time.Second/2), func() { l.again(d, tries+1) })
	default:
		l.told = append(l.told, fmt.Sprintf("REFUSED %s: %v", d.name, refused))
	}
}

func (l *life) tell(f *forloeb.Forloeb, format string, about ...any) {
	l.told = append(l.told, fmt.Sprintf("%s %s: %s", l.instant().In(forloeb.Copenhagen).Format("2006-01-02 15:04:05"), f.Status, fmt.Sprintf(format, about...)))
}

// outcome is what became of a forløb, without ids and to the slot.
type outcome struct {
	Status   forloeb.Status
	Settled  bool
	Waiting  forloeb.WaitKey
	Facts    []string
	Tasks    []string
	Events   []string
	Mails    []string
	Next     time.Time
	Refusals []string
}

func (l *life) outcome() outcome {
	f := l.Read(l.id)
	o := outcome{Status: f.Status, Settled: f.Settled(), Waiting: f.Waiting(l.instant()).Key, Next: f.Written.Next}
	for _, p := range f.Parties {
		answer := "no answer"
		if p.Consent != nil {
			answer = string(p.Consent.Answer)
		}
		o.Facts = append(o.Facts, fmt.Sprintf("%s %s, %v, listed %v", who(f, &p), answer, p.Current(), !p.ListedAt.IsZero()))
	}
	for i, w := range f.Workplaces {
		o.Facts = append(o.Facts, fmt.Sprintf("place %d out %q", i, w.OutReason))
	}
	for _, m := range f.Meetings {
		o.Facts = append(o.Facts, fmt.Sprintf("meeting %d %s %s", m.Ordinal, m.State, slot(m.StartsAt)))
	}
	for _, i := range f.Invitations {
		o.Facts = append(o.Facts, fmt.Sprintf("invited %s to wave %d, %s", who(f, f.Party(i.PartyID)), i.Wave, slot(i.AnsweredAt)))
	}
	o.Facts = append(o.Facts, fmt.Sprintf("consultant %v, held %d of %d, decision %q", f.Assignment() != nil, f.HeldCount(), f.Required(), f.Decision))
	for _, t := range f.Tasks {
		if t.Open() {
			o.Tasks = append(o.Tasks, taskKey(f, t))
		}
	}
	for _, e := range f.Events {
		o.Events = append(o.Events, fmt.Sprintf("%s > %s (%s)", e.From, e.To, e.Cause))
	}
	for i := range f.Mails {
		if m := &f.Mails[i]; m.State != forloeb.MailCancelled {
			o.Mails = append(o.Mails, fmt.Sprintf("%s: %s", mailKey(f, m), m.State))
		}
	}
	for _, line := range l.told {
		if strings.HasPrefix(line, "REFUSED") {
			o.Refusals = append(o.Refusals, line)
		}
	}
	slices.Sort(o.Facts)
	slices.Sort(o.Tasks)
	slices.Sort(o.Mails)
	return o
}

// Whatever becomes of the nudges (dropped until the sweep, doubled, late,
// under another name), however often the worker is killed and an answer of the
// database lost, a forløb ends where the orderly one ends, by the same way and
// with the same mails. Where deeds follow each other faster than the workflow
// is told of them, the way may be shorter: then only the end is the same.
func TestADisturbedLifeEndsAsTheOrderlyOne(t *testing.T) {
	t.Parallel()
	disturbs(t, shards, drawConditions, drawDrafts)
}

// disturbs compares as many lives as rapid draws, in each of so many shards.
func disturbs(t *testing.T, n int, draw func(*rapid.T) conditions, drafts func(*rapid.T) []draft) {
	for shard := range n {
		t.Run(fmt.Sprint(shard), func(t *testing.T) {
			t.Parallel()
			one, two := newGround(t), newGround(t)
			lives, deedsDone, began := 0, 0, time.Now()
			seen := map[forloeb.Status]int{}
			rapid.Check(t, func(rt *rapid.T) {
				from, c, drafts := drawBeginning(rt), draw(rt), drafts(rt)
				rest := rapid.SampledFrom([]int{1, 5, 30, 130}).Draw(rt, "rest")
				times := slots(from, drafts)
				horizon := times[len(times)-1].AddDate(0, 0, rest).Truncate(24 * time.Hour).Add(3 * time.Hour)
				a, deeds := one.orderly(from, c, drafts, horizon)
				how := make([]disturbance, len(deeds))
				for i := range how {
					how[i] = drawDisturbance(rt)
				}
				lost := rapid.SliceOfN(rapid.IntRange(1, 40), 0, 3).Draw(rt, "lost")
				b := two.disturbed(from, c, deeds, horizon, how, lost)
				compare(rt, a, b, deeds)
				lives, deedsDone = lives+1, deedsDone+len(deeds)
				seen[a.Read(a.id).Status]++
			})
			t.Logf("%d lives, %d deeds, %s; they ended %v", lives, deedsDone, time.Since(began).Round(time.Second), seen)
		})
	}
}

// shards are checked side by side, each with as many lives as rapid draws.
const shards = 4

// counted is how far apart the next dates may lie where the workflow did not
// act at the same times: a date that is counted from an assignment is as late
// as the nudge was, and office hours can make minutes into a weekend.
const counted = 4 * 24 * time.Hour

// acted is when the workflow took its steps and assigned.
func acted(l *life) (times []string) {
	f := l.Read(l.id)
	for _, e := range f.Events {
		times = append(times, slot(e.At))
	}
	for _, a := range f.Assignments {
		times = append(times, slot(a.At))
	}
	return times
}

func compare(t *rapid.T, a, b *life, deeds []deed) {
	x, y := a.outcome(), b.outcome()
	if slices.ContainsFunc(deeds, func(d deed) bool { return d.soon }) {
		for _, o := range []*outcome{&x, &y} {
			o.Events, o.Mails, o.Next = nil, nil, time.Time{}
		}
	}
	story := "orderly:\n  " + strings.Join(a.told, "\n  ") + "\ndisturbed:\n  " + strings.Join(b.told, "\n  ")
	require.Equal(t, x.Next.IsZero(), y.Next.IsZero(), story)
	if slices.Equal(acted(a), acted(b)) {
		require.Equal(t, slot(x.Next), slot(y.Next), story)
	} else {
		require.WithinDuration(t, x.Next, y.Next, counted, story)
	}
	x.Next, y.Next = time.Time{}, time.Time{}
	require.Equal(t, x, y, story)
	require.True(t, x.Settled, story)
}
