package crash

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	sdk "go.temporal.io/sdk/client"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
)

// lane is a stack of its own with one process of the api and one worker, in
// which the scenario is run again and again.
type lane struct {
	*stack
	ctx         context.Context
	n           int
	temporal    sdk.Client
	login       *devstack.Login
	mails       *taken
	secretary   string // token
	coordinator string // the provider's token
	expert      string // of the provider's
	consultants []string
	orderly     *orderly
	seen        int // attempts of the mail server before this run
}

// The processes of a lane.
const (
	laneAPI    = "api-1"
	laneWorker = "worker-1"
)

func newLane(ctx context.Context, o Options, n int, as *orderly) (_ *lane, err error) {
	o.Dir = filepath.Join(o.Dir, fmt.Sprintf("lane-%d", n))
	history, err := emptied(o.Dir)
	if err != nil {
		return nil, err
	}
	l := &lane{ctx: ctx, n: n, orderly: as}
	if l.login, err = startLogin(); err != nil {
		return l, err
	}
	o.more = loginSettings(l.login)
	if l.stack, err = newStack(ctx, o, history); err != nil {
		return l, err
	}
	l.db.SetMaxIdleConns(2 * len(plots)) // everybody looks again and again
	if err := l.quietens(ctx); err != nil {
		return l, err
	}
	if l.temporal, err = l.asks(); err != nil {
		return l, err
	}
	l.doom.dir = o.Dir
	l.mails = &taken{server: l.stack.mails, links: map[string]string{}}
	if l.secretary, err = l.token(ctx, forloeb.Principal{Role: forloeb.RoleSecretariat}); err != nil {
		return l, err
	}
	if l.coordinator, err = l.token(ctx, forloeb.Principal{Role: forloeb.RoleProvider, Provider: provider}); err != nil {
		return l, err
	}
	if err := l.db.GetContext(ctx, &l.expert, `select id::text from consultants where provider = $1 order by email limit 1`, provider); err != nil {
		return l, err
	}
	return l, l.db.SelectContext(ctx, &l.consultants, `select id::text from consultants where capacity > 0 and provider is null order by email`)
}

// close ends everything.
func (l *lane) close() {
	if l.temporal != nil {
		l.temporal.Close()
	}
	if l.login != nil {
		l.login.Stop()
	}
	if l.stack != nil {
		l.stop()
		_ = l.history.Close()
	}
}

// visitors are a browser of the parties and a program of the secretariat.
func (l *lane) visitors() (parties, staff *browser) {
	parties = newBrowser(l.hostsUp, rand.New(rand.NewPCG(0, 0)))
	staff = newBrowser(l.hostsUp, rand.New(rand.NewPCG(0, 0)))
	staff.token = l.secretary
	return parties, staff
}

// kills runs the scenario with processes that die, each death once: who has died
// is started again. It returns what was died of: a point may not be reached.
func (l *lane) kills(deaths []death) (died []death, found []Violation, err error) {
	if err := l.tidy(); err != nil {
		return nil, nil, err
	}
	left := l.doom.begins(deaths)
	if err := l.restart(append(left, deaths...)); err != nil {
		return nil, nil, err
	}
	found, err = l.scenario()
	l.awaitAll()
	died = l.doom.ended()
	if n := l.history.count(Died); n != len(died) {
		found = append(found, Violation{Rule: "a process dies where it is told to", What: fmt.Sprintf("%d have died, and were told to at %v", n, died)})
	}
	return died, found, err
}

// lists runs the scenario while nobody dies, and returns how often each process
// passes each point, in the order in which they are first passed.
func (l *lane) lists() (points []*Point, found []Violation, err error) {
	if err := l.tidy(); err != nil {
		return nil, nil, err
	}
	l.doom.begins(nil)
	if err := l.restart([]death{{process: laneAPI}, {process: laneWorker}}); err != nil {
		return nil, nil, err
	}
	if found, err = l.scenario(); err != nil || len(found) > 0 {
		return nil, found, err
	}
	for _, process := range []string{laneAPI, laneWorker} {
		text, err := os.ReadFile(l.doom.passes(process))
		if err != nil {
			return nil, nil, err
		}
		passed, nth := map[string]*Point{}, 0
		for name := range strings.Lines(string(text)) {
			nth++
			name = strings.TrimSpace(name)
			if passed[name] == nil {
				passed[name] = &Point{Process: process, Name: name}
				points = append(points, passed[name])
			}
			passed[name].Hits++
			passed[name].order = append(passed[name].order, nth)
		}
	}
	return points, nil, nil
}

// restart ends the processes that are to die, and starts them with their doom.
func (l *lane) restart(deaths []death) error {
	within, stop := context.WithTimeout(l.ctx, startsAgain)
	defer stop()
	for _, m := range l.members {
		if !slices.ContainsFunc(deaths, func(d death) bool { return d.process == m.name }) {
			continue
		}
		m.kill()
		_ = os.Remove(l.doom.passes(m.name))
		if err := m.start(within); err != nil {
			return err
		}
	}
	return l.waitUp(within)
}

// awaitAll waits until whoever has died at the very end is back.
func (l *lane) awaitAll() {
	for _, m := range l.members {
		for !m.up() && l.ctx.Err() == nil {
			pause(l.ctx, 20*time.Millisecond)
		}
	}
}

// tidy forgets the last run: its forløb are over.
func (l *lane) tidy() error {
	l.history.forget()
	l.seen += len(l.stack.mails.AttemptsFrom(l.seen))
	logs, err := filepath.Glob(filepath.Join(l.options.Dir, "*.log"))
	if err != nil {
		return err
	}
	for _, log := range logs {
		if err := os.Truncate(log, 0); err != nil {
			return err
		}
	}
	_, err = l.db.ExecContext(l.ctx, `truncate forloeb, idempotency_keys, sessions, kept_forms, allowances, staff,
		application_drafts, draft_mails, round_drafts, rounds, main_med_notices cascade`)
	return err
}

// scenario runs the tales side by side, waits until everything is at rest, and
// tells what does not hold.
func (l *lane) scenario() ([]Violation, error) {
	tales := l.tales()
	var all sync.WaitGroup
	for i, t := range tales {
		all.Go(func() { l.tells(t, plots[i]) })
	}
	all.Wait()
	c, err := l.atRest()
	if err != nil {
		return nil, err
	}
	for i, t := range tales {
		if t.err != nil {
			c.violates("a forløb comes to its end", t.m.id, "%s: %v", t.name, t.err)
			continue
		}
		if err := l.compares(c, t, plots[i]); err != nil {
			return nil, err
		}
	}
	return c.check()
}

func (l *lane) tales() (list []*tale) {
	for _, p := range plots {
		word := "kanarie" + word()
		t := &tale{lane: l, name: p.name, m: &matter{pair: pairOf(word)}, done: map[string]int{}}
		t.browser, t.staff = l.visitors()
		list = append(list, t)
	}
	return list
}

func (l *lane) tells(t *tale, p plot) {
	if p.applies == nil {
		p.applies = (*tale).applies
	}
	p.applies(t, p.workplace)
	p.tell(t)
	t.calm(p.ends)
}

// atRest waits until nothing is left to do.
func (l *lane) atRest() (*checker, error) {
	for end := time.Now().Add(patient); ; pause(l.ctx, 50*time.Millisecond) {
		c := &checker{db: l.db, history: l.history, dir: l.options.Dir, taken: l.takings(), takings: l.takings, temporal: l.temporal}
		if time.Now().After(end) || l.ctx.Err() != nil {
			return c, l.ctx.Err()
		}
		if left, err := l.left(l.ctx); err == nil && left == 0 {
			return c, nil
		}
	}
}

// takings are those of this run.
func (l *lane) takings() (list []taking) {
	for _, a := range l.stack.mails.AttemptsFrom(l.seen) {
		list = append(list, taking{a.MessageID, a.Recipient, string(a.Fault), a.Accepted, a.Ambiguous, a.At, a.AcceptedAt})
	}
	return list
}

// forget begins the history anew.
func (h *History) forget() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.Operations, h.Events = nil, nil
	_ = h.file.Truncate(0)
	_, _ = h.file.Seek(0, 0)
}
