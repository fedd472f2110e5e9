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
	Hits       int         `json:"hits"`      // of all points, in the run in which nobody dies
	Runs       int         `json:"runs"`      // of the scenario
	Crashes    int         `json:"crashes"`   // as many processes have died
	Missed     int         `json:"missed"`    // hits that were not reached in three runs: a point is not always hit as often
	Skipped    int         `json:"skipped"`   // hits that were not tried, of points that are hit more often than was asked for
	Copies     int         `json:"copies"`    // of mails: in the air when their worker died, and sent again
	Uncertain  int         `json:"uncertain"` // mails that a person settled
	Violations []Violation `json:"violations"`
}

// Point is a place at which a process died.
type Point struct {
	Process string `json:"process"`
	Name    string `json:"name"`
	Hits    int    `json:"hits"` // when nobody dies
	Crashes int    `json:"crashes"`
	order   []int  // when it is hit, as the process passes points
}

func (p *Point) same(o *Point) bool { return p.Process == o.Process && p.Name == o.Name }

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
	p := &loop{PointOptions: o, as: orderly{ends: map[string][]string{}}, tried: map[death]int{}, result: &PointResult{Version: version(), Lanes: o.Lanes, Violations: []Violation{}}}
	err = p.run(ctx, Options{Dir: o.Dir, Binary: binary, Temporal: o.Temporal, Progress: o.Progress, alone: true})
	p.result.Seconds = time.Since(began).Seconds()
	return p.result, err
}

// loop is what the lanes share: which deaths are left.
type loop struct {
	PointOptions
	mu       sync.Mutex
	listed   []*Point // that are passed when nobody dies
	unpassed []string // that are not, and should be
	points   []*Point
	jobs     [][]death     // of the runs to come
	missed   []death       // that another death came before
	tried    map[death]int // how often
	rounds   int           // in which more hits were looked for
	ended    bool          // there were none
	as       orderly
	result   *PointResult
}

func (p *loop) run(ctx context.Context, o Options) (err error) {
	if p.unpassed, err = expected(p.Root); err != nil {
		return err
	}
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
	for _, name := range p.unpassed {
		p.tells("nobody dies", []Violation{{Rule: "the scenario passes every point", What: name}})
	}
	if len(p.result.Violations) > 0 {
		return nil // it does not even hold when nobody dies
	}
	p.plans(p.listed)
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

// opens starts a lane and runs the scenario once while nobody dies. What is
// passed in any lane is the plan: which reminder is still worth sending depends
// on how long things take.
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
	p.unpassed, err = l.notPassed(p.unpassed, points)
	for _, point := range points {
		if !slices.ContainsFunc(p.listed, point.same) {
			p.listed = append(p.listed, point)
		}
	}
	return l, err
}

// plans notes every point, and what is to be died of. Before an answer that only
// shows something, nothing has happened.
func (p *loop) plans(points []*Point) {
	var first, later []death
	for _, point := range points {
		if strings.HasPrefix(point.Name, "before answer: GET ") {
			continue
		}
		p.points = append(p.points, point)
		for _, n := range chosen(point.Hits, p.Most) {
			if d := (death{point.Process, point.Name, n}); n == 1 {
				first = append(first, d)
			} else {
				later = append(later, d)
			}
		}
	}
	if p.First {
		p.jobs = p.deals(first)
		return
	}
	for _, d := range first {
		p.jobs = append(p.jobs, []death{d})
	}
	p.jobs = append(p.jobs, p.deals(later)...)
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

// deathsOfARun is how many deaths a process dies in one run of those that have
// more than one.
const deathsOfARun = 8

// deals deals deaths to a few runs, so that those of one run lie apart in time.
func (p *loop) deals(deaths []death) (jobs [][]death) {
	of, most := map[string][]death{}, 0
	for _, d := range deaths {
		of[d.process] = append(of[d.process], d)
		most = max(most, len(of[d.process]))
	}
	jobs = make([][]death, (most+deathsOfARun-1)/deathsOfARun)
	for _, deaths := range of {
		slices.SortStableFunc(deaths, func(a, b death) int { return p.when(a) - p.when(b) })
		for i, d := range deaths {
			jobs[i%len(jobs)] = append(jobs[i%len(jobs)], d)
		}
	}
	return jobs
}

// when a death comes, as the process passes points when nobody dies.
func (p *loop) when(d death) int {
	point := p.pointOf(d)
	return point.order[min(d.n, len(point.order))-1]
}

func (p *loop) pointOf(d death) *Point {
	return p.points[slices.IndexFunc(p.points, func(o *Point) bool { return o.Process == d.process && o.Name == d.point })]
}

// next takes what is to be died of in the next run.
func (p *loop) next() (deaths []death) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.jobs) == 0 {
		p.jobs, p.missed = p.deals(p.missed), nil
	}
	if len(p.jobs) == 0 {
		return p.beyond()
	}
	deaths, p.jobs = p.jobs[0], p.jobs[1:]
	return deaths
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

// works runs the scenario in a lane until no death is left.
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

// notes what came of a run. Who was to die and did not is tried again, twice:
// another death may have come before, and a point is not always hit as often.
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
		point := p.pointOf(d)
		more := d.n > point.Hits
		switch p.tried[d]++; {
		case slices.Contains(died, d):
			point.Crashes++
			point.Hits = max(point.Hits, d.n)
		case !more && p.tried[d] < 3:
			p.missed = append(p.missed, d)
		case !more:
			r.Missed++
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
		if op.Outcome == Done && (op.Name == "resend" || op.Name == "let-be") {
			uncertain++
		}
	}
	return copies, uncertain
}

// says lists the points.
func (p *loop) says() {
	deaths := 0
	for _, job := range p.jobs {
		deaths += len(job)
	}
	for _, point := range p.points {
		fmt.Fprintf(p.Progress, "%-9s %4d × %s\n", point.Process, point.Hits, point.Name)
	}
	fmt.Fprintf(p.Progress, "%d points; %d deaths in %d runs, in %d lanes\n", len(p.points), deaths, len(p.jobs), p.Lanes)
}

func (p *loop) sums() {
	for _, point := range p.points {
		p.result.Points = append(p.result.Points, *point)
		p.result.Hits += point.Hits
	}
	p.result.Skipped = max(0, p.result.Hits-p.result.Crashes-p.result.Missed)
}

// Verdict is the result in words.
func (r *PointResult) Verdict() string {
	text := fmt.Sprintf("%d points of %s, %d hits in one run of the scenario; %d crashes in %d runs, %d lanes, %.0f s\n",
		len(r.Points), r.Version, r.Hits, r.Crashes, r.Runs, r.Lanes, r.Seconds)
	if r.Skipped > 0 {
		text += fmt.Sprintf("%d hits were not tried: of a point that is hit often, only the first and a spread of the others are\n", r.Skipped)
	}
	if r.Missed > 0 {
		text += fmt.Sprintf("%d hits were tried three times and not reached: a point is not always hit as often\n", r.Missed)
	}
	text += fmt.Sprintf("%d mails were sent again, as the same message; %d were uncertain, and a person settled what to do\n", r.Copies, r.Uncertain)
	if len(r.Violations) == 0 {
		return text + "every forløb ended as it does when nobody dies"
	}
	return text + fmt.Sprintf("%d VIOLATIONS", len(r.Violations))
}
