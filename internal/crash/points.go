package crash

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
)

// PointOptions are those of a loop over the crash points.
type PointOptions struct {
	Root     string // of the source
	Dir      string // of the state and the logs; emptied first
	Temporal string // of the Temporal server
	Lanes    int    // stacks beside each other
	Most     int    // hits of one point at which its process dies
	First    bool   // die at the first hit of each point alone, at several in one run
	Progress io.Writer
}

// PointResult is what a loop came to.
type PointResult struct {
	Version    string      `json:"version"` // of the source, as git names it
	Seconds    float64     `json:"seconds"`
	Lanes      int         `json:"lanes"`
	Points     []Point     `json:"points"`
	Hits       int         `json:"hits"`    // of all points, in the run in which nobody dies
	Runs       int         `json:"runs"`    // of the scenario
	Crashes    int         `json:"crashes"` // as many processes have died
	Skipped    int         `json:"skipped"` // hits at which nobody died, of points that are hit more often than was asked for
	Copies     int         `json:"copies"`  // of mails: in the air when their worker died, and sent again
	Uncertain  int         `json:"uncertain"`
	Violations []Violation `json:"violations"`
}

// Point is a place at which a process died.
type Point struct {
	Process string `json:"process"`
	Name    string `json:"name"`
	Hits    int    `json:"hits"` // when nobody dies
	Crashes int    `json:"crashes"`
	queue   []int  // hits that are left to die at; the last is one that should not be reached
}

// Points lets a process die at every point that it passes, at the first hit, at
// the second and so on until there is none, each time in a run of the whole
// scenario, which must end as it does when nobody dies.
func Points(ctx context.Context, o PointOptions) (*PointResult, error) {
	began := time.Now()
	history, err := emptied(o.Dir)
	if err != nil {
		return nil, err
	}
	_ = history.Close() // each lane has its own
	binary, err := buildDying(o.Root, o.Dir)
	if err != nil {
		return nil, err
	}
	p := &loop{PointOptions: o, as: orderly{ends: map[string][]string{}}, result: &PointResult{Version: version(), Lanes: o.Lanes, Violations: []Violation{}}}
	err = p.run(ctx, Options{Dir: o.Dir, Binary: binary, Temporal: o.Temporal, Progress: o.Progress, alone: true})
	p.result.Seconds = time.Since(began).Seconds()
	return p.result, err
}

// loop is what the lanes share: which hits are left.
type loop struct {
	PointOptions
	mu     sync.Mutex
	points []*Point
	jobs   [][]death // runs that are planned, before those of the points' queues
	rounds int       // in which more hits were looked for
	ended  bool      // there were none
	as     orderly
	result *PointResult
}

func (p *loop) run(ctx context.Context, o Options) error {
	lanes := make([]*lane, p.Lanes)
	var all sync.WaitGroup
	errs := make([]error, p.Lanes)
	for i := range lanes {
		all.Go(func() { lanes[i], errs[i] = p.opens(ctx, o, i+1) })
	}
	all.Wait()
	defer func() {
		for _, l := range lanes {
			if l != nil {
				l.close()
			}
		}
	}()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	if len(p.result.Violations) > 0 {
		return nil // it does not even hold when nobody dies
	}
	p.says()
	for i, l := range lanes {
		all.Go(func() { errs[i] = p.works(ctx, l) })
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	p.sums()
	return nil
}

// opens starts a lane and runs the scenario once while nobody dies. The first
// lane's list is the plan.
func (p *loop) opens(ctx context.Context, o Options, n int) (*lane, error) {
	l, err := newLane(ctx, o, n, &p.as)
	if err != nil {
		return l, err
	}
	points, found, err := l.lists()
	if err != nil {
		return l, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tells("nobody dies", found)
	if p.points == nil {
		p.plans(points)
	}
	return l, nil
}

// plans notes every point with the hits to die at. Before an answer that only
// shows something, nothing has happened.
func (p *loop) plans(points []*Point) {
	for _, point := range points {
		if !strings.HasPrefix(point.Name, "before answer: GET ") {
			p.points = append(p.points, point)
		}
	}
	if p.First {
		p.jobs = together(p.points)
		return
	}
	for _, point := range p.points {
		point.queue = chosen(point.Hits, p.Most)
	}
}

// chosen are the hits of a point that is hit so often: all of them; or, of more
// than may be, the first half and others with the same distance from each other,
// to the last.
func chosen(hits, most int) (list []int) {
	first, rest := hits, 0
	if hits > most {
		first, rest = (most+1)/2, most/2
	}
	for n := range first {
		list = append(list, n+1)
	}
	for i := range rest {
		list = append(list, first+(hits-first)*(i+1)/rest)
	}
	return list
}

// beyond is the hit after the last of every point, all in one run: nobody
// should die. Who does was hit more often than before; the next time, it is the
// hit after that.
func (p *loop) beyond() (deaths []death) {
	if p.First || p.ended || p.rounds == roundsBeyond {
		return nil
	}
	p.rounds++
	for _, point := range p.points {
		deaths = append(deaths, death{point.Process, point.Name, point.Hits + 1})
	}
	return deaths
}

// roundsBeyond is how often more hits are looked for. Each time some point is
// hit more often: how often letters are collected, for one, depends on time.
const roundsBeyond = 5

// deathsOfARun is how many first hits of each process are died at in one run,
// when only those are.
const deathsOfARun = 8

// together deals the first hits of all points to a few runs, so that those of
// one run lie apart in time.
func together(points []*Point) [][]death {
	var of = map[string][]death{}
	most := 0
	for _, point := range points {
		of[point.Process] = append(of[point.Process], death{point.Process, point.Name, 1})
		most = max(most, len(of[point.Process]))
	}
	jobs := make([][]death, (most+deathsOfARun-1)/deathsOfARun)
	for _, deaths := range of {
		for i, d := range deaths {
			jobs[i%len(jobs)] = append(jobs[i%len(jobs)], d)
		}
	}
	return jobs
}

// next takes what is to be died of in the next run: the first hit of every
// point comes first, then the second, and so on.
func (p *loop) next() []death {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.jobs) > 0 {
		job := p.jobs[0]
		p.jobs = p.jobs[1:]
		return job
	}
	var point *Point
	for _, candidate := range p.points {
		if len(candidate.queue) > 0 && (point == nil || candidate.queue[0] < point.queue[0]) {
			point = candidate
		}
	}
	if point == nil {
		return p.beyond()
	}
	n := point.queue[0]
	point.queue = point.queue[1:]
	return []death{{point.Process, point.Name, n}}
}

// works runs the scenario in a lane until no hit is left.
func (p *loop) works(ctx context.Context, l *lane) error {
	for ctx.Err() == nil {
		deaths := p.next()
		if deaths == nil {
			return nil
		}
		died, found, err := l.kills(deaths)
		if err != nil {
			return fmt.Errorf("%v: %w", deaths, err)
		}
		p.notes(l, deaths, died, found)
	}
	return ctx.Err()
}

func (p *loop) notes(l *lane, deaths, died []death, found []Violation) {
	copies, uncertain := l.counts()
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.result
	r.Runs++
	r.Crashes += len(died)
	r.Copies += copies
	r.Uncertain += uncertain
	for _, d := range deaths {
		point := p.points[slices.IndexFunc(p.points, func(o *Point) bool { return o.Process == d.process && o.Name == d.point })]
		switch reached := slices.Contains(died, d); {
		case reached:
			point.Crashes++
			point.Hits = max(point.Hits, d.n)
		case p.First && len(deaths) > 1: // another death came before it
			p.jobs = append(p.jobs, []death{d})
		}
	}
	p.ended = p.rounds > 0 && len(died) == 0
	p.tells(fmt.Sprint(died), found)
	if p.First || r.Runs%20 == 0 {
		fmt.Fprintf(p.Progress, "%d runs, %d crashes, %d violations\n", r.Runs, r.Crashes, len(r.Violations))
	}
}

// tells notes what does not hold, and when.
func (p *loop) tells(when string, found []Violation) {
	for _, f := range found {
		f.What = when + ": " + f.What
		p.result.Violations = append(p.result.Violations, f)
		fmt.Fprintf(p.Progress, "\n%s: %s (forløb %s)\n%s", f.Rule, f.What, f.Forloeb, f.Story)
	}
}

// counts are the copies of mails that were sent again, and the questionnaires
// that a person had to see to.
func (l *lane) counts() (copies, uncertain int) {
	arrived := map[string]int{}
	for _, t := range l.takings() {
		if t.Accepted {
			arrived[t.MessageID]++
		}
	}
	for _, n := range arrived {
		copies += n - 1
	}
	for _, op := range l.history.Operations {
		if op.Name == "resend" || op.Name == "let-be" {
			uncertain++
		}
	}
	return copies, uncertain
}

// says lists the points.
func (p *loop) says() {
	runs := len(p.jobs)
	for _, point := range p.points {
		runs += len(point.queue)
		fmt.Fprintf(p.Progress, "%-9s %4d × %s\n", point.Process, point.Hits, point.Name)
	}
	fmt.Fprintf(p.Progress, "%d points; about %d runs in %d lanes\n", len(p.points), runs, p.Lanes)
}

func (p *loop) sums() {
	for _, point := range p.points {
		p.result.Points = append(p.result.Points, *point)
		p.result.Hits += point.Hits
		p.result.Skipped += max(0, point.Hits-point.Crashes)
	}
}

// Verdict is the result in words.
func (r *PointResult) Verdict() string {
	text := fmt.Sprintf("%d points of %s, %d hits in one run of the scenario; %d crashes in %d runs, %d lanes, %.0f s\n",
		len(r.Points), r.Version, r.Hits, r.Crashes, r.Runs, r.Lanes, r.Seconds)
	if r.Skipped > 0 {
		text += fmt.Sprintf("nobody died at %d of the hits: of a point that is hit often, only the first and a spread of the others are tried\n", r.Skipped)
	}
	text += fmt.Sprintf("%d mails were sent again, as the same message; %d questionnaires were uncertain and settled by a person\n", r.Copies, r.Uncertain)
	if len(r.Violations) == 0 {
		return text + "every forløb ended as it does when nobody dies"
	}
	return text + fmt.Sprintf("%d VIOLATIONS", len(r.Violations))
}
