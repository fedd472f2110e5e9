package workflows

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/trace"
)

const (
	relayTimeout = 5 * time.Second
	relayQueue   = 1000 // acts of this process that wait to be relayed; what exceeds it is the sweep's
	relayWorkers = 4

	sweepEvery     = 2 * time.Second
	sweepUnrelayed = 3 * time.Second // younger ones are on their way
	sweepUnsettled = time.Minute
	sweepLimit     = 200
)

// Outbox is what the relay needs of the database.
type Outbox interface {
	// Unrelayed lists acts that were written longer ago and not marked, oldest first.
	Unrelayed(ctx context.Context, olderThan time.Duration, limit int) ([]forloeb.Act, error)
	// MarkRelayed notes that these acts have been relayed.
	MarkRelayed(ctx context.Context, acts []forloeb.Act) error
	// Unsettled lists forløb whose facts have not been acted on for so long.
	Unsettled(ctx context.Context, olderThan time.Duration, limit int) ([]uuid.UUID, error)
}

// Receiver is told that something has happened to a forløb; Process is one.
type Receiver interface {
	Relay(ctx context.Context, act forloeb.Act) error
}

// Relayer brings acts from their rows to the process: at once when it can,
// and by a sweep that heals whatever was missed.
type Relayer struct {
	receiver Receiver
	outbox   Outbox
	log      *slog.Logger
	queue    chan relayed
	sweeping sync.Mutex
	nudges   nudges
	swept    atomic.Int64 // when the last sweep that finished did, in Unix nanoseconds
	nudged   atomic.Int64
}

// relayed is one act with the trace it belongs to, and since when it waits.
type relayed struct {
	ctx   context.Context
	act   forloeb.Act
	since time.Time
}

// NewRelayer makes a relayer. Nothing is relayed until Run or Sweep is called.
func NewRelayer(receiver Receiver, outbox Outbox, log *slog.Logger) *Relayer {
	return &Relayer{
		receiver: receiver, outbox: outbox, log: log,
		queue:  make(chan relayed, relayQueue),
		nudges: nudges{},
	}
}

// Now relays acts in the background, right after they are committed. It never
// waits: when there is no room, the sweep takes them.
func (r *Relayer) Now(ctx context.Context, acts ...forloeb.Act) {
	for _, act := range acts {
		select {
		case r.queue <- relayed{ctx: context.WithoutCancel(ctx), act: act, since: time.Now()}:
		default:
			return
		}
	}
}

// Run relays and sweeps until ctx ends. What is being relayed then is
// finished; what still waits is found by the next sweep, here or elsewhere.
func (r *Relayer) Run(ctx context.Context) {
	var workers sync.WaitGroup
	for range relayWorkers {
		workers.Go(func() { r.relayQueued(ctx) })
	}
	workers.Go(func() { r.sweepRegularly(ctx) })
	workers.Wait()
}

func (r *Relayer) relayQueued(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case next := <-r.queue:
			if time.Since(next.since) > sweepUnrelayed {
				continue // the sweep has it by now, and tells of several at once
			}
			if err := r.relay(next.ctx, next.act, next.act); err != nil {
				r.log.WarnContext(next.ctx, "act not relayed; the sweep tries again", "act", next.act.Name, "code", errorCode(err))
			}
		}
	}
}

func (r *Relayer) sweepRegularly(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	said := ""
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			err := r.Sweep(ctx)
			if ctx.Err() == nil {
				said = r.sayOnce(err, said)
			}
		}
	}
}

// sayOnce tells of trouble when it begins, changes or ends, and not at every
// sweep in between.
func (r *Relayer) sayOnce(err error, said string) string {
	code := ""
	if err != nil {
		code = errorCode(err)
	}
	switch {
	case code == said:
	case code == "":
		r.log.Info("sweeps finish again")
	default:
		r.log.Warn("sweep not finished; acts wait in their rows and the next sweep goes on", "code", code)
	}
	return code
}

// relay tells the process of an act and marks the acts it is told of by that.
func (r *Relayer) relay(ctx context.Context, act forloeb.Act, told ...forloeb.Act) error {
	ctx, cancel := context.WithTimeout(ctx, relayTimeout)
	defer cancel()
	if act.Carried == "" {
		return r.tell(ctx, act, told)
	}
	ctx, span := trace.Under(ctx, act.Carried, "relay "+string(act.Name), trace.Forloeb(act.ForloebID), trace.Version(act.Version))
	err := r.tell(ctx, act, told)
	span.End(failure(err))
	return err
}

func (r *Relayer) tell(ctx context.Context, act forloeb.Act, told []forloeb.Act) error {
	if err := r.receiver.Relay(ctx, act); err != nil {
		return err
	}
	return r.outbox.MarkRelayed(ctx, told)
}

// Sweep relays what was missed and nudges what is not being worked on.
func (r *Relayer) Sweep(ctx context.Context) error {
	r.sweeping.Lock()
	defer r.sweeping.Unlock()
	acts, err := r.outbox.Unrelayed(ctx, sweepUnrelayed, sweepLimit)
	if err != nil {
		return err
	}
	missed := byForloeb(acts)
	err = r.eachAct(ctx, slices.Collect(maps.Values(missed.latest)), func(ctx context.Context, latest forloeb.Act) error {
		return r.relay(ctx, latest, missed.all[latest.ForloebID]...)
	})
	if err != nil {
		return err
	}
	if err := r.nudgeUnsettled(ctx); err != nil {
		return err
	}
	r.swept.Store(time.Now().UnixNano())
	return nil
}

// LastSweep is when this process last finished a sweep; zero when it has not.
func (r *Relayer) LastSweep() time.Time {
	if at := r.swept.Load(); at != 0 {
		return time.Unix(0, at)
	}
	return time.Time{}
}

// Nudged is how many times this process has woken a forløb that nobody worked
// on.
func (r *Relayer) Nudged() int64 { return r.nudged.Load() }

// missedActs are unrelayed acts by forløb. One signal tells of them all: it
// says that something has happened, and the row says what.
type missedActs struct {
	all    map[uuid.UUID][]forloeb.Act
	latest map[uuid.UUID]forloeb.Act
}

func byForloeb(acts []forloeb.Act) missedActs {
	m := missedActs{map[uuid.UUID][]forloeb.Act{}, map[uuid.UUID]forloeb.Act{}}
	for _, act := range acts {
		m.all[act.ForloebID] = append(m.all[act.ForloebID], act)
		if act.Version >= m.latest[act.ForloebID].Version {
			m.latest[act.ForloebID] = act
		}
	}
	return m
}

// nudgeUnsettled wakes forløb whose facts have not been acted on. Each is
// nudged ever more seldom: when no worker runs, signals only pile up.
func (r *Relayer) nudgeUnsettled(ctx context.Context) error {
	ids, err := r.outbox.Unsettled(ctx, sweepUnsettled, sweepLimit)
	if err != nil {
		return err
	}
	var acts []forloeb.Act
	for _, id := range r.nudges.due(ids, time.Now()) {
		acts = append(acts, forloeb.Act{ForloebID: id, Name: forloeb.FactsChanged})
	}
	return r.eachAct(ctx, acts, func(ctx context.Context, act forloeb.Act) error {
		ctx, cancel := context.WithTimeout(ctx, relayTimeout)
		defer cancel()
		err := r.receiver.Relay(ctx, act)
		if err == nil {
			r.nudged.Add(1)
		}
		return err
	})
}

// eachAct does the same for every act, a few at a time. One forløb that
// cannot be reached does not keep the others waiting; when Temporal itself is
// away, the rest is left for the next sweep.
func (r *Relayer) eachAct(ctx context.Context, acts []forloeb.Act, do func(context.Context, forloeb.Act) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(relayWorkers)
	failures := make([]error, len(acts))
	for i, act := range acts {
		group.Go(func() error {
			if ctx.Err() != nil {
				return nil
			}
			failures[i] = do(ctx, act)
			if failures[i] != nil && away(failures[i]) {
				return failures[i]
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return errors.Join(failures...)
}
