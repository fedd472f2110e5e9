package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/activities"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
	"example.dk/spark/workflows"
)

// slotLength is how much later than in the orderly life something may happen
// in a disturbed one: what is not nudged is found by the sweep within it.
// Every deed has a slot of its own in the hour, so that a date that follows
// from one deed never falls together with another deed.
const slotLength = 4 * time.Minute

// ground is a database in which lives are lived, one after the other.
type ground struct {
	*storetest.Env
	t           *testing.T
	consultants []uuid.UUID
}

// clockOrigin is where the forløb's own clock is counted from: it has nothing
// to do with real time.
const clockOrigin = "2026-01-01 00:00:00+00"

func newGround(t *testing.T) *ground {
	g := &ground{Env: storetest.New(t), t: t}
	g.Exec(`create or replace function forloeb_now(f forloeb) returns timestamptz language sql stable as
		$$ select timestamptz '` + clockOrigin + `' + f.clock_offset $$`)
	return g
}

// clear makes room for the next life.
func (g *ground) clear(c conditions) {
	g.Exec(`delete from forloeb`)
	g.Exec(`delete from consultants`)
	g.consultants = nil
	for i, room := range c.rooms {
		// The last thing that decides between two consultants is their ids.
		id := uuid.UUID{15: byte(i + 1)}
		g.Exec(`update consultants set id = $2 where id = $1`, g.adviser(c, fmt.Sprintf("Konsulent %d", i), room), id)
		g.consultants = append(g.consultants, id)
	}
}

// adviser is a consultant, or an expert of the provider whom the region asks.
func (g *ground) adviser(c conditions, name string, room int) uuid.UUID {
	if c.regional {
		return g.Expert(name, forloeb.ProviderNFA, room)
	}
	return g.Consultant(name, room)
}

// life is one forløb from its application to a day on which it is looked at,
// in the SDK's environment where time passes by itself, with the real rules
// and the real database.
type life struct {
	*ground
	id   uuid.UUID
	now  time.Time // while no run is open
	env  *testsuite.TestWorkflowEnvironment
	open bool // a run of the workflow is open, and env is its
	due  bool // another run is to begin
	plan []*moment
	runs int

	lost  []int // which answers of the database are lost; few, so that the delay stays within a slot
	asked int

	clock sync.Mutex
	wound time.Time

	post  sync.Mutex
	tries map[string]int
	fates map[forloeb.MailKind]int
	told  []string // the story
	log   bytes.Buffer
}

// moment is something that comes from outside at its time.
type moment struct {
	at   time.Time
	do   func()
	over bool
}

// twin is the reference of another application, which nobody answers; none is
// drawn like it.
const twin = "26-000001"

func elsewhere(s *forloeb.Submission) {
	s.Workplace, s.Leader.Email, s.Rep.Email = "En anden arbejdsplads", "en.anden@example.dk", "en.tredje@example.dk"
}

func (g *ground) live(from time.Time, c conditions) *life {
	l := &life{ground: g, now: from, tries: map[string]int{}, fates: c.fates}
	g.clear(c)
	g.API.Policy = func(p forloeb.Programme) forloeb.Policy {
		p.Policy.Intake, p.Policy.Assignment = c.intake, c.assignment
		if c.waves != nil {
			p.Policy.Evaluations = c.waves
		}
		return p.Policy
	}
	g.Exec(`update forloeb set reference = $2 where id = $1`, g.ApplyAt(from, elsewhere), twin)
	l.id = g.ApplyAt(from, c.applies)
	l.wind(from)
	return l
}

// at lets something happen at its time.
func (l *life) at(at time.Time, do func()) {
	m := &moment{at: at, do: do}
	l.plan = append(l.plan, m)
	if l.open {
		l.register(m)
	}
}

func (l *life) register(m *moment) {
	l.env.RegisterDelayedCallback(func() { l.happen(m) }, m.at.Sub(l.env.Now()))
}

func (l *life) happen(m *moment) {
	m.over = true
	l.wind(l.instant())
	m.do()
}

// instant is the time in this life.
func (l *life) instant() time.Time {
	if l.open {
		return l.env.Now().UTC().Truncate(time.Microsecond)
	}
	return l.now
}

// What ends a run from outside. The environment has no way to end one, so it
// is left by a panic, as a worker that is killed leaves it.
var (
	errKilled  = errors.New("the worker is killed")
	errHorizon = errors.New("the day has come to look at it")
)

// nudge tells the workflow that something has happened, and starts a run when
// none is open.
func (l *life) nudge(name forloeb.ActName) {
	if l.open {
		l.env.SignalWorkflow(string(name), forloeb.Nudge{})
		return
	}
	l.due = true
}

// until lives on until a day.
func (l *life) until(day time.Time) {
	l.at(day, func() { panic(errHorizon) })
	l.due = true
	for l.due || l.waitForNudge() {
		if l.run() {
			return
		}
	}
}

// run is one run of the workflow. It reports whether the day has come.
func (l *life) run() (arrived bool) {
	defer func() {
		l.now, l.open = l.instant(), false
		switch p := recover(); p {
		case nil:
		case errHorizon:
			arrived = true
		case errKilled:
			l.due = true // another worker goes on at once
		default:
			panic(p)
		}
	}()
	l.env = l.environment()
	l.open, l.due = true, false
	l.runs++
	for _, m := range l.plan {
		if !m.over {
			l.register(m)
		}
	}
	l.env.ExecuteWorkflow(workflows.WorkflowType, workflows.Input{ID: l.id})
	require.NotContains(l.t, l.log.String(), workflows.Braked)
	err := l.env.GetWorkflowError()
	if l.due = workflow.IsContinueAsNewError(err); !l.due {
		require.NoError(l.t, err)
	}
	return false
}

// waitForNudge lets happen what happens while no run is open, and reports
// whether something starts a new one.
func (l *life) waitForNudge() (started bool) {
	defer func() {
		if p := recover(); p != nil && p != errHorizon {
			if p != errKilled {
				panic(p)
			}
			started = l.waitForNudge() // nobody to kill
		}
	}()
	for !l.due {
		slices.SortStableFunc(l.plan, func(a, b *moment) int { return a.at.Compare(b.at) })
		i := slices.IndexFunc(l.plan, func(m *moment) bool { return !m.over })
		l.now = l.plan[i].at
		l.happen(l.plan[i])
	}
	return true
}

func (l *life) environment() *testsuite.TestWorkflowEnvironment {
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(sdklog.NewStructuredLogger(slog.New(slog.NewTextHandler(&l.log, nil))))
	env := suite.NewTestWorkflowEnvironment()
	env.SetStartTime(l.now)
	env.SetTestTimeout(time.Minute)
	env.SetWorkerOptions(worker.Options{DeadlockDetectionTimeout: time.Minute}) // a busy machine is none
	env.RegisterWorkflowWithOptions(workflows.Forloeb, workflow.RegisterOptions{Name: workflows.WorkflowType})
	do := &activities.Activities{Store: virtual{l.Worker, l}, Mailer: l}
	for name, activityFunc := range map[string]any{"Look": do.Look, "Commit": do.Commit, "Match": do.Match, "SendMail": do.SendMail} {
		env.RegisterActivityWithOptions(activityFunc, activity.RegisterOptions{Name: name})
	}
	return env
}

// wind brings the forløb's own clock in the database to a time of this life.
func (l *life) wind(to time.Time) {
	l.clock.Lock()
	defer l.clock.Unlock()
	if !l.wound.Equal(to) {
		l.Exec(`update forloeb set clock_offset = make_interval(secs => extract(epoch from $2 - timestamptz '`+clockOrigin+`')::double precision) where id = $1`, l.id, to)
		l.wound = to
	}
}

// record does a deed now, or says why that is refused.
func (l *life) record(p possibility) error {
	_, err := l.API.Record(context.Background(), l.id, p.by, p.deed)
	return err
}

// errLost is an answer that did not arrive: what was asked for was done.
var errLost = errors.New("the connection is lost")

// answer loses an answer of the database where the life has it so.
func (l *life) answer(err error) error {
	l.clock.Lock()
	defer l.clock.Unlock()
	l.asked++
	if err == nil && slices.Contains(l.lost, l.asked) {
		return errLost
	}
	return err
}

// virtual is the real database, whose clock follows the workflow's.
type virtual struct {
	*store.Store
	life *life
}

// Look is activities.Store's.
func (v virtual) Look(ctx context.Context, id uuid.UUID, now time.Time) (forloeb.View, error) {
	v.life.wind(v.life.instant())
	return v.Store.Look(ctx, id, now)
}

// Commit is activities.Store's.
func (v virtual) Commit(ctx context.Context, c forloeb.Change) error {
	v.life.wind(v.life.instant())
	return v.life.answer(v.Store.Commit(ctx, c))
}

// Match is activities.Store's.
func (v virtual) Match(ctx context.Context, id uuid.UUID, now time.Time) (forloeb.Matched, error) {
	v.life.wind(v.life.instant())
	matched, err := v.Store.Match(ctx, id, now)
	return matched, v.life.answer(err)
}

// ClaimMail is activities.Store's.
func (v virtual) ClaimMail(ctx context.Context, mail int64, now time.Time) (*forloeb.Letter, error) {
	v.life.wind(v.life.instant())
	return v.Store.ClaimMail(ctx, mail, now)
}

// SettleMail is activities.Store's.
func (v virtual) SettleMail(ctx context.Context, mail int64, attempt int, o forloeb.Outcome) error {
	v.life.wind(v.life.instant())
	return v.life.answer(v.Store.SettleMail(ctx, mail, attempt, o))
}

// Fates of mails: most arrive.
const (
	arrives = iota
	isRefused
	comesLater
	isUncertain
	fatesOfMails
)

// Send is activities.Mailer's. The fate of a mail is that of its kind, and
// holds for its first tries.
func (l *life) Send(_ context.Context, letter forloeb.Letter) forloeb.Outcome {
	l.post.Lock()
	defer l.post.Unlock()
	m := letter.Mail
	key := mailKey(letter.Forloeb, &m) + fmt.Sprint(m.Resends)
	l.tries[key]++
	switch fate := l.fates[m.Kind]; {
	case fate == isRefused && m.Resends == 0:
		return forloeb.Outcome{State: forloeb.MailFailed, Code: "550"}
	case fate == comesLater && l.tries[key] == 1:
		return forloeb.Outcome{State: forloeb.MailPlanned, Code: "451"}
	case fate == isUncertain && l.tries[key] == 1 && m.Resends == 0:
		return forloeb.Outcome{State: forloeb.MailUncertain, Code: "lost"}
	}
	return forloeb.Outcome{State: forloeb.MailSent, Code: "250"}
}
