package crash

import (
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"example.dk/spark/internal/link"
)

// RaceOptions say who races.
type RaceOptions struct {
	Pairs    int    // forløb whose two parties say yes at the same moment
	Clicks   int    // applications that are sent Times times at the same moment
	Rested   bool   // the workers begin when everybody has answered
	Dir      string // of the state, the logs and the history; emptied first
	Binary   string // of the product
	Temporal string // of the Temporal server
	Progress io.Writer
}

// Times is how often a form is sent at the same moment.
const Times = 50

// RaceResult is what the races came to.
type RaceResult struct {
	Version    string         `json:"version"` // of the source, as git names it
	Cores      int            `json:"cores"`
	Pairs      int            `json:"pairs"`
	Together   int            `json:"together"` // pairs whose answers were under way at the same time
	Stuck      int            `json:"stuck"`    // forløb that wait for what has happened
	Doubled    int            `json:"doubled"`  // forløb of which something is there twice
	Clicks     int            `json:"clicks"`   // applications
	Times      int            `json:"times"`    // each was sent
	Rows       int            `json:"rows"`     // forløb they became
	Mails      int            `json:"mails"`    // that the mail server took
	Rested     bool           `json:"workers_rested"`
	Seconds    []Phase        `json:"seconds"`
	Broken     map[string]int `json:"broken"`     // how often each rule is
	Violations []Violation    `json:"violations"` // one of each rule
}

// Phase is a part of the run and how long it took.
type Phase struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
}

// race is a run under way.
type race struct {
	stack   *stack
	options RaceOptions
	links   *link.Keyring
	browser *browser
	result  RaceResult

	clicked  []*Operation
	answered []*Operation
	together atomic.Int64
	mu       sync.Mutex // of the two lists
}

// Race runs the product as it is in production, lets very many do the same at
// the same moment, and tells what became of it. Nothing is broken meanwhile.
func Race(ctx context.Context, o RaceOptions) (*RaceResult, error) {
	history, err := emptied(o.Dir)
	if err != nil {
		return nil, err
	}
	defer history.Close()
	s, err := newStack(ctx, Options{Dir: o.Dir, Binary: o.Binary, Temporal: o.Temporal, Progress: o.Progress}, history)
	defer s.stop()
	if err != nil {
		return nil, err
	}
	s.mails.Forget()
	r := &race{stack: s, options: o, browser: patientBrowser(), result: RaceResult{
		Version: version(), Cores: runtime.NumCPU(), Pairs: o.Pairs, Clicks: o.Clicks, Times: Times, Rested: o.Rested,
	}}
	if r.links, err = link.ParseKeyring(s.keys); err != nil {
		return nil, err
	}
	return &r.result, r.run(ctx)
}

// patientBrowser keeps enough lines open for everybody who sends at once, and
// waits as long as people do.
func patientBrowser() *browser {
	b := newBrowser(nil, nil)
	b.http.Timeout = time.Minute
	b.http.Transport = &http.Transport{MaxIdleConnsPerHost: 4 * Times, MaxIdleConns: 8 * Times}
	return b
}

// phase is a part of the run.
type phase struct {
	name string
	run  func(context.Context) error
}

// phases are what is done, one after the other.
func (r *race) phases() (list []phase) {
	if r.options.Rested {
		list = append(list, phase{"stopping the workers", r.stopWorkers})
	}
	if r.options.Clicks > 0 {
		list = append(list, phase{"clicks", r.clicks})
	}
	if r.options.Pairs > 0 {
		list = append(list, phase{"applications", r.applications})
		if !r.options.Rested {
			list = append(list, phase{"requests", r.calm})
		}
		list = append(list, phase{"answers", r.answers})
	}
	if r.options.Rested {
		list = append(list, phase{"starting the workers", r.startWorkers})
	}
	return append(list, phase{"settling", r.calm}, phase{"checking", r.checks})
}

func (r *race) run(ctx context.Context) error {
	for _, p := range r.phases() {
		began := time.Now()
		if err := p.run(ctx); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		took := Phase{p.name, math.Round(time.Since(began).Seconds()*10) / 10}
		r.result.Seconds = append(r.result.Seconds, took)
		r.tells("%s: %.1f s", took.Name, took.Seconds)
	}
	return nil
}

func (r *race) tells(format string, args ...any) {
	fmt.Fprintf(r.options.Progress, format+"\n", args...)
}

func (r *race) stopWorkers(context.Context) error {
	for _, m := range r.workers() {
		m.kill()
	}
	return nil
}

func (r *race) startWorkers(ctx context.Context) error {
	for _, m := range r.workers() {
		if err := m.start(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (r *race) workers() (list []*member) {
	for _, m := range r.stack.members {
		if strings.HasPrefix(m.name, "worker-") {
			list = append(list, m)
		}
	}
	return list
}

// each does something n times, a few at a time, and tells how far it is.
func (r *race) each(ctx context.Context, n, abreast int, what string, do func(context.Context, int) error) error {
	all, ctx := errgroup.WithContext(ctx)
	all.SetLimit(abreast)
	last := time.Now()
	for i := range n {
		if ctx.Err() != nil {
			break
		}
		all.Go(func() error { return do(ctx, i) })
		if time.Since(last) > tellsEvery {
			last = time.Now()
			r.tells("  %s: %d of %d", what, i, n)
		}
	}
	return all.Wait()
}

// tellsEvery is how often a long phase tells how far it is.
const tellsEvery = time.Minute

// asks notes a request of somebody, and what they hear.
func (r *race) asks(ctx context.Context, op Operation, host, method, path, kind string, body []byte, headers ...string) (*Operation, heard) {
	asked := r.stack.history.Asks(op)
	h, err := r.browser.askAt(ctx, host, method, path, kind, body, headers...)
	if err != nil {
		h = heard{}
	}
	r.stack.history.Hears(asked, h.outcome(), h.status, "")
	return asked, h
}

// host is that of one of the api's processes, the first for even numbers.
func (r *race) host(n int) string { return r.stack.hosts[[]string{"api-1", "api-2"}[n%2]] }

// atOnce does something n times, all let go by one barrier.
func atOnce(n int, do func(i int)) {
	var ready, done sync.WaitGroup
	gate := make(chan struct{})
	for i := range n {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-gate
			do(i)
		})
	}
	ready.Wait()
	close(gate)
	done.Wait()
}
