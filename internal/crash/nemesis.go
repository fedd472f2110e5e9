package crash

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// nemesis breaks the members of the cluster, each at a pace of its own, and
// now and then all of them at once.
type nemesis struct {
	rand    *rand.Rand
	history *History
	members []*member
	mails   func(r *rand.Rand) string // turns the mail server to other faults, and names them
	power   sync.RWMutex              // held for writing while there is none
}

// pace is how long something is left alone, at least and at most.
type pace struct{ least, most time.Duration }

func (p pace) draw(r *rand.Rand) time.Duration {
	return p.least + time.Duration(r.Int64N(int64(p.most-p.least)))
}

// paces: a process of the product every few seconds, what stands under it more
// seldom.
var paces = map[string]pace{
	"api-1": {4 * time.Second, 12 * time.Second}, "api-2": {4 * time.Second, 12 * time.Second},
	"worker-1": {4 * time.Second, 12 * time.Second}, "worker-2": {4 * time.Second, 12 * time.Second},
	"postgres": {20 * time.Second, 60 * time.Second}, "temporal": {40 * time.Second, 90 * time.Second},
}

var (
	cutsEvery  = pace{60 * time.Second, 150 * time.Second}
	mailsEvery = 10 * time.Second
	frozenFor  = pace{5 * time.Second, 20 * time.Second}
	darkFor    = 1500 * time.Millisecond // at most
)

// rage breaks everything until the context ends, and then puts everything
// back.
func (n *nemesis) rage(ctx context.Context) {
	var all sync.WaitGroup
	for i, m := range n.members {
		r := n.dice(i)
		all.Go(func() { n.breaks(ctx, m, paces[m.name], r) })
	}
	r := n.dice(len(n.members))
	all.Go(func() { n.cuts(ctx, r) })
	s := n.dice(len(n.members) + 1)
	all.Go(func() {
		for ; ctx.Err() == nil; pause(ctx, mailsEvery) {
			n.history.Notes(Mails, n.mails(s))
		}
	})
	all.Wait()
}

func (n *nemesis) dice(i int) *rand.Rand { return rand.New(rand.NewPCG(n.rand.Uint64(), uint64(i))) }

// breaks kills a member now and then, or freezes it for a while.
func (n *nemesis) breaks(ctx context.Context, m *member, p pace, r *rand.Rand) {
	for {
		pause(ctx, p.draw(r))
		if ctx.Err() != nil {
			return
		}
		n.power.RLock()
		if r.IntN(6) == 0 {
			n.freezes(ctx, m, frozenFor.draw(r))
		} else {
			n.kills(ctx, m, r)
		}
		n.power.RUnlock()
	}
}

func (n *nemesis) kills(ctx context.Context, m *member, r *rand.Rand) {
	if n.ends(m) {
		pause(ctx, time.Duration(r.Int64N(int64(darkFor))))
		m.returns()
	}
}

// ends kills a member; false when it is down already.
func (n *nemesis) ends(m *member) bool {
	n.history.Notes(Kill, m.name) // before, so that what follows from it comes later
	if m.kill() {
		return true
	}
	n.history.Notes(Missed, m.name)
	return false
}

func (n *nemesis) freezes(ctx context.Context, m *member, d time.Duration) {
	n.history.Notes(Pause, m.name)
	m.freeze()
	pause(ctx, d)
	m.thaw()
	n.history.Notes(Back, m.name)
}

// cuts the power now and then: everything ends at once, and comes back in no
// order.
func (n *nemesis) cuts(ctx context.Context, r *rand.Rand) {
	for {
		pause(ctx, cutsEvery.draw(r))
		if ctx.Err() != nil {
			return
		}
		n.power.Lock()
		n.history.Notes(Cut, "everything")
		ended := make([]bool, len(n.members))
		n.together(r, func(i int, _ time.Duration) { ended[i] = n.ends(n.members[i]) })
		n.together(r, func(i int, dark time.Duration) {
			if ended[i] {
				pause(ctx, dark)
				n.members[i].returns()
			}
		})
		n.power.Unlock()
	}
}

// together does something to every member at the same time, each with a wait
// of its own.
func (n *nemesis) together(r *rand.Rand, do func(i int, wait time.Duration)) {
	var all sync.WaitGroup
	for i := range n.members {
		wait := time.Duration(r.Int64N(int64(2 * darkFor)))
		all.Go(func() { do(i, wait) })
	}
	all.Wait()
}
