package crash

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	sdk "go.temporal.io/sdk/client"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/smtpfault"
)

// Options of a run.
type Options struct {
	For      time.Duration // how long everything is broken
	Seed     uint64        // of what clients do and what is broken
	Day      time.Duration // how long a day is; 0 for real ones
	Dir      string        // of the state, the logs and the history; emptied first
	Binary   string        // of the product
	Temporal string        // of the Temporal server
	Clients  int
	Progress io.Writer

	alone bool     // one process of each, and a PostgreSQL that nobody kills, which need not wait for the disk
	more  []string // settings of the processes
}

// Result is what a run came to.
type Result struct {
	Seed       uint64         `json:"seed"`
	Version    string         `json:"version"` // of the source, as git names it
	Minutes    float64        `json:"minutes"`
	Kills      int            `json:"kills"`
	Killed     map[string]int `json:"killed"` // by process
	Freezes    int            `json:"freezes"`
	PowerCuts  int            `json:"power_cuts"`
	Operations int            `json:"operations"`
	Outcomes   map[string]int `json:"outcomes"` // of the operations
	Forloeb    int            `json:"forloeb"`
	Statuses   map[string]int `json:"statuses"`
	Mails      map[string]int `json:"mails"`          // attempts, by fault
	Rested     float64        `json:"rested_seconds"` // until everything was at rest
	Violations []Violation    `json:"violations"`
	Found      []string       `json:"planted_found"` // none: nothing was planted; see Proof
}

// rests is how long the system has to come to rest when nothing is broken any
// more (I12).
const rests = 3 * time.Minute

// Run starts everything, breaks it for a while, lets it come to rest, and
// tells what does not hold.
func Run(ctx context.Context, o Options) (*Result, error) {
	history, err := emptied(o.Dir)
	if err != nil {
		return nil, err
	}
	defer history.Close()
	s, err := newStack(ctx, o, history)
	defer s.stop()
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(o.Progress, "everything runs: %d clients, seed %d\n", o.Clients, o.Seed)
	w := &world{}
	if err := s.disturb(ctx, w); err != nil {
		return nil, err
	}
	fmt.Fprintln(o.Progress, "nothing is broken any more; waiting until everything is at rest")
	temporal, err := s.asks()
	if err != nil {
		return nil, err
	}
	defer temporal.Close()
	rested := s.awaitRest(ctx, temporal)
	c := &checker{db: s.db, history: history, dir: o.Dir, taken: s.takings(), takings: s.takings, temporal: temporal}
	c.reach()
	if c.found, err = c.check(); err != nil {
		return nil, err
	}
	return s.result(c, rested)
}

// emptied makes a run's folder anew, and begins its history.
func emptied(dir string) (*History, error) {
	if err := os.RemoveAll(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return NewHistory(filepath.Join(dir, "history.jsonl"))
}

// disturb lets clients and nemesis loose for the run's time.
func (s *stack) disturb(ctx context.Context, w *world) error {
	o := s.options
	secretary, err := s.token(ctx, forloeb.Principal{Role: forloeb.RoleSecretariat})
	if err != nil {
		return err
	}
	var consultants, experts []string
	const carriedOutBy = `select id::text from consultants where capacity > 0 and provider is not distinct from $1 order by email`
	if err := errors.Join(s.db.SelectContext(ctx, &consultants, carriedOutBy, nil), s.db.SelectContext(ctx, &experts, carriedOutBy, provider)); err != nil {
		return err
	}
	stranger, err := s.idle(ctx)
	if err != nil {
		return err
	}
	run, stop := context.WithTimeout(ctx, o.For)
	defer stop()
	var all sync.WaitGroup
	post := &taken{server: s.mails, links: map[string]string{}}
	for n := range o.Clients {
		r := rand.New(&shared{from: rand.NewPCG(o.Seed, uint64(n))})
		c := &client{
			n: n, rand: r, world: w, history: s.history, mails: post,
			browser: newBrowser(s.hostsUp, r), staff: newBrowser(s.hostsUp, r), stranger: newBrowser(s.hostsUp, r),
		}
		c.staff.token, c.stranger.token = secretary, stranger
		c.consultants, c.experts = consultants, experts
		all.Go(func() { c.run(run) })
	}
	n := &nemesis{rand: rand.New(rand.NewPCG(o.Seed, 1<<32)), history: s.history, members: s.members, mails: s.turnMails}
	all.Go(func() { n.rage(run) })
	all.Go(func() { s.tells(run, w) })
	all.Wait()
	if err := s.mails.Force(smtpfault.None); err != nil {
		return err
	}
	s.mails.Hangup() // who waits for an answer would wait on for ten minutes
	return nil
}

// idle is the token of a consultant who is chosen by nobody.
func (s *stack) idle(ctx context.Context) (string, error) {
	id := uuid.New()
	_, err := s.db.ExecContext(ctx, `insert into consultants (id, name, email, capacity) values ($1, 'Ingen', 'ingen@example.dk', 0)`, id)
	if err != nil {
		return "", err
	}
	return s.token(ctx, forloeb.Principal{Role: forloeb.RoleConsultant, Consultant: id})
}

// shared is a source that several may draw from at the same time.
type shared struct {
	mu   sync.Mutex
	from rand.Source
}

func (s *shared) Uint64() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.from.Uint64()
}

// inDoubt are the faults after which nobody but the mail server knows whether
// it took the mail.
var inDoubt = []smtpfault.Fault{smtpfault.AmidData, smtpfault.ClosedAfterDot, smtpfault.HangAfterDot, smtpfault.Lost250, smtpfault.Nonsense}

// turnMails draws how the mail server fails for a while: mostly in one way, in
// all ways, or so that it leaves doubt.
func (s *stack) turnMails(r *rand.Rand) string {
	if r.IntN(3) == 0 {
		s.mails.Hangup()
	}
	faults := smtpfault.Faults()
	switch r.IntN(4) {
	case 0:
		one := faults[r.IntN(len(faults))]
		_ = s.mails.Draw(smtpfault.Odds{one: 0.7})
		return string(one)
	case 1:
		_ = s.mails.Draw(smtpfault.Evenly(0.4, inDoubt...))
		return "40 in 100, in doubt"
	}
	p := r.Float64() * 0.3
	_ = s.mails.Draw(smtpfault.Evenly(p, faults...))
	return fmt.Sprintf("%.0f in 100", p*100)
}

func (s *stack) tells(ctx context.Context, w *world) {
	for began := time.Now(); ctx.Err() == nil; pause(ctx, 30*time.Second) {
		fmt.Fprintf(s.options.Progress, "%4.0f s: %d forløb, %d kills\n", time.Since(began).Seconds(), w.count(), total(s.history.Kills()))
	}
}

func total(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

// awaitRest waits until nothing is left to do, or too long, and says how long.
func (s *stack) awaitRest(ctx context.Context, temporal sdk.Client) time.Duration {
	began := time.Now()
	for n := 0; time.Since(began) < rests && ctx.Err() == nil; n++ {
		if n%10 == 0 {
			_ = s.hurry(ctx, temporal) // again, soon
		}
		if left, err := s.left(ctx); err == nil && left == 0 {
			break
		}
		pause(ctx, time.Second)
	}
	return time.Since(began)
}

// left counts what is to be done by now.
func (s *stack) left(ctx context.Context) (n int, err error) {
	err = s.db.GetContext(ctx, &n, `select
		(select count(*) from forloeb where seen_version < version or (next_at < now() - interval '5 seconds' and status not in
			('completed', 'declined', 'lapsed', 'rejected', 'withdrawn', 'stopped')))
		+ (select count(*) from mails where state in ('planned', 'sending') and not held)
		+ (select count(*) from acts where relayed_at is null)`)
	return n, err
}

func (s *stack) result(c *checker, rested time.Duration) (*Result, error) {
	kills := c.history.Kills()
	r := &Result{
		Seed: s.options.Seed, Version: version(), Minutes: s.options.For.Minutes(), Kills: total(kills), Killed: kills,
		Freezes: c.history.count(Pause), PowerCuts: c.history.count(Cut), Operations: len(c.history.Operations), Rested: rested.Seconds(),
		Outcomes: map[string]int{}, Statuses: map[string]int{}, Mails: map[string]int{}, Found: []string{},
		Violations: append([]Violation{}, c.found...),
	}
	for _, op := range c.history.Operations {
		r.Outcomes[string(op.Outcome)]++
	}
	for _, t := range c.taken {
		r.Mails[t.Fault]++
	}
	return r, s.countForloeb(r)
}

func (s *stack) countForloeb(r *Result) error {
	var rows []struct {
		Status string
		N      int
	}
	if err := s.db.Select(&rows, `select status, count(*) as n from forloeb group by 1`); err != nil {
		return err
	}
	for _, row := range rows {
		r.Statuses[row.Status] = row.N
		r.Forloeb += row.N
	}
	return nil
}

// version is the source's, with a word when it is changed.
func version() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty", "--abbrev=12").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}
