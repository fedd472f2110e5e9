package crash

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// nemesis breaks the members of the cluster, each at a pace of its own.
type nemesis struct {
	rand    *rand.Rand
	history *History
	members []*member
	mails   func(r *rand.Rand) string // turns the mail server to other faults, and names them
}

// pace is how long a member is left alone, at least and at most.
type pace struct{ least, most time.Duration }

// paces: a process of the product every few
// seconds, what stands under it more seldom.
var paces = map[string]pace{
	"api-1": {4 * time.Second, 12 * time.Second}, "api-2": {4 * time.Second, 12 * time.Second},
	"worker-1": {4 * time.Second, 12 * time.Second}, "worker-2": {4 * time.Second, 12 * time.Second},
	"postgres": {20 * time.Second, 60 * time.Second}, "temporal": {40 * time.Second, 90 * time.Second},
}

// rage breaks everything until the context ends, and then puts everything
// back.
func (n *nemesis) rage(ctx context.Context) {
	var all sync.WaitGroup
	for i, m := range n.members {
		r := rand.New(rand.NewPCG(n.rand.Uint64(), uint64(i)))
		all.Go(func() { n.breaks(ctx, m, paces[m.name], r) })
	}
	r := rand.New(rand.NewPCG(n.rand.Uint64(), 99))
	all.Go(func() {
		for ctx.Err() == nil {
			n.history.Notes(Mails, n.mails(r))
			pause(ctx, 10*time.Second)
		}
	})
	all.Wait()
}

// breaks kills a member now and then, or freezes it for a while.
func (n *nemesis) breaks(ctx context.Context, m *member, p pace, r *rand.Rand) {
	for {
		pause(ctx, p.least+time.Duration(r.Int64N(int64(p.most-p.least))))
		if ctx.Err() != nil {
			return
		}
		if r.IntN(6) == 0 {
			n.freezes(ctx, m, 5*time.Second+time.Duration(r.IntN(10))*time.Second)
			continue
		}
		n.history.Notes(Kill, m.name)
		m.kill()
		pause(ctx, time.Duration(r.IntN(1500))*time.Millisecond)
		n.puts(m)
	}
}

func (n *nemesis) freezes(ctx context.Context, m *member, d time.Duration) {
	n.history.Notes(Pause, m.name)
	m.stops()
	pause(ctx, d)
	m.resume()
	n.history.Notes(Back, m.name)
}

// puts starts a member again, also when the run is ending.
func (n *nemesis) puts(m *member) {
	within, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	if err := m.start(within); err != nil {
		n.history.Notes(Lost, err.Error())
		return
	}
	n.history.Notes(Back, m.name)
}
