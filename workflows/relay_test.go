package workflows

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"

	"example.dk/spark/internal/forloeb"
)

// fakeOutbox keeps acts and what has been done with them.
type fakeOutbox struct {
	mu        sync.Mutex
	acts      []forloeb.Act
	marked    map[int64]bool
	unsettled []uuid.UUID
}

func (o *fakeOutbox) Unrelayed(_ context.Context, olderThan time.Duration, limit int) (found []forloeb.Act, _ error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, act := range o.acts {
		if !o.marked[act.Version] && time.Since(act.At) > olderThan && len(found) < limit {
			found = append(found, act)
		}
	}
	return found, nil
}

func (o *fakeOutbox) MarkRelayed(_ context.Context, acts []forloeb.Act) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, act := range acts {
		o.marked[act.Version] = true
	}
	return nil
}

func (o *fakeOutbox) Unsettled(context.Context, time.Duration, int) ([]uuid.UUID, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.unsettled), nil
}

// fakeReceiver notes what it is told.
type fakeReceiver struct {
	mu     sync.Mutex
	told   []forloeb.Act
	answer func(act forloeb.Act) error
}

func (r *fakeReceiver) Relay(_ context.Context, act forloeb.Act) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.answer != nil {
		if err := r.answer(act); err != nil {
			return err
		}
	}
	r.told = append(r.told, act)
	return nil
}

func (r *fakeReceiver) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.told)
}

// set changes what the outbox holds while a relayer runs.
func (o *fakeOutbox) set(change func(o *fakeOutbox)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	change(o)
}

// set changes what the receiver answers while a relayer runs.
func (r *fakeReceiver) set(answer func(act forloeb.Act) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = answer
}

func newRelay() (*Relayer, *fakeReceiver, *fakeOutbox) {
	receiver, outbox := &fakeReceiver{}, &fakeOutbox{marked: map[int64]bool{}}
	return NewRelayer(receiver, outbox, slog.New(slog.DiscardHandler)), receiver, outbox
}

// running runs a relayer inside a bubble of virtual time.
func running(t *testing.T, test func(t *testing.T, r *Relayer, receiver *fakeReceiver, outbox *fakeOutbox)) {
	synctest.Test(t, func(t *testing.T) {
		r, receiver, outbox := newRelay()
		ctx, stop := context.WithCancel(t.Context())
		stopped := make(chan struct{})
		go func() { r.Run(ctx); close(stopped) }()
		test(t, r, receiver, outbox)
		stop()
		<-stopped
	})
}

func act(version int64) forloeb.Act {
	return forloeb.Act{ForloebID: uuid.New(), Version: version, Name: forloeb.ConsentAnswered, At: time.Now()}
}

func TestRelaysAtOnceAlsoWhenTheRequestIsOver(t *testing.T) {
	running(t, func(t *testing.T, r *Relayer, receiver *fakeReceiver, outbox *fakeOutbox) {
		request, over := context.WithCancel(t.Context())
		r.Now(request, act(1), act(2))
		over()
		synctest.Wait()
		require.Equal(t, 2, receiver.count())
		require.Len(t, outbox.marked, 2)
	})
}

// Nobody waits for Temporal, however long it is away.
func TestNowNeverBlocks(t *testing.T) {
	r, _, _ := newRelay() // and nothing runs that would empty the queue
	for v := range int64(3 * relayQueue) {
		r.Now(t.Context(), act(v))
	}
	require.Len(t, r.queue, relayQueue)
}

// slowReceiver counts what it is told, and is not told in a moment.
type slowReceiver struct {
	mu   sync.Mutex
	told map[int64]int
}

func (r *slowReceiver) Relay(_ context.Context, act forloeb.Act) error {
	time.Sleep(2500 * time.Millisecond)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.told[act.Version]++
	return nil
}

// When more is written than can be told, what has waited is the sweep's alone:
// telling it twice would make the queue no shorter.
func TestWhatHasWaitedIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		receiver, outbox := &slowReceiver{told: map[int64]int{}}, &fakeOutbox{marked: map[int64]bool{}}
		r := NewRelayer(receiver, outbox, slog.New(slog.DiscardHandler))
		const n = 4 * relayWorkers
		for v := range int64(n) {
			outbox.acts = append(outbox.acts, act(v))
		}
		ctx, stop := context.WithCancel(t.Context())
		stopped := make(chan struct{})
		go func() { r.Run(ctx); close(stopped) }()
		r.Now(ctx, outbox.acts...)
		time.Sleep(time.Minute)
		stop()
		<-stopped
		require.Len(t, receiver.told, n)
		total := 0
		for _, times := range receiver.told {
			total += times
		}
		require.Equal(t, n+relayWorkers, total, "twice only those that were being told when the sweep came")
	})
}

// Complaint K30.
func TestSweepHealsWhatWasMissed(t *testing.T) {
	running(t, func(t *testing.T, r *Relayer, receiver *fakeReceiver, outbox *fakeOutbox) {
		outbox.set(func(o *fakeOutbox) { o.acts = []forloeb.Act{act(1), act(2)} })
		time.Sleep(2500 * time.Millisecond)
		synctest.Wait()
		require.Zero(t, receiver.count(), "young acts are on their way")
		require.Equal(t, 500*time.Millisecond, time.Since(r.LastSweep()))
		time.Sleep(2 * time.Second)
		synctest.Wait()
		require.Equal(t, 2, receiver.count())
		time.Sleep(time.Minute)
		require.Equal(t, 2, receiver.count(), "once")
	})
}

func TestSweepGoesOnWhenTemporalIsBack(t *testing.T) {
	running(t, func(t *testing.T, r *Relayer, receiver *fakeReceiver, outbox *fakeOutbox) {
		outbox.set(func(o *fakeOutbox) {
			for v := range int64(50) {
				o.acts = append(o.acts, act(v))
			}
		})
		asked := 0
		receiver.set(func(forloeb.Act) error { asked++; return serviceerror.NewUnavailable("away") })
		time.Sleep(5 * time.Second)
		synctest.Wait()
		require.LessOrEqual(t, asked, 2*relayWorkers, "a server that is away is not asked fifty times")
		receiver.set(nil)
		time.Sleep(3 * time.Second)
		synctest.Wait()
		require.Equal(t, 50, receiver.count())
	})
}

// One forløb that cannot be told does not keep the others waiting.
func TestOneBadActDoesNotStopTheSweep(t *testing.T) {
	r, receiver, outbox := newRelay()
	bad := act(1)
	outbox.acts = []forloeb.Act{bad, act(2), act(3)}
	for i := range outbox.acts {
		outbox.acts[i].At = time.Now().Add(-time.Minute)
	}
	receiver.answer = func(a forloeb.Act) error {
		if a.ForloebID == bad.ForloebID {
			return serviceerror.NewInvalidArgument("too many signals")
		}
		return nil
	}
	require.Error(t, r.Sweep(t.Context()))
	require.Equal(t, map[int64]bool{2: true, 3: true}, outbox.marked)
}

// What stays unsettled is nudged, but ever more seldom: while no worker runs,
// every signal is one more for a history that may hold ten thousand.
func TestUnsettledAreNudgedEverMoreSeldom(t *testing.T) {
	running(t, func(t *testing.T, r *Relayer, receiver *fakeReceiver, outbox *fakeOutbox) {
		outbox.set(func(o *fakeOutbox) { o.unsettled = []uuid.UUID{uuid.New()} })
		time.Sleep(3 * time.Second)
		synctest.Wait()
		require.Equal(t, 1, receiver.count())
		receiver.set(func(act forloeb.Act) error {
			require.Equal(t, forloeb.FactsChanged, act.Name)
			return nil
		})
		time.Sleep(time.Hour)
		require.LessOrEqual(t, receiver.count(), 7)
		time.Sleep(9 * time.Hour)
		require.LessOrEqual(t, receiver.count(), 17)
		require.Greater(t, receiver.count(), 12)
		require.EqualValues(t, receiver.count(), r.Nudged())
	})
}

func TestSettledForloebIsForgotten(t *testing.T) {
	n, id, now := nudges{}, uuid.New(), time.Now()
	require.Len(t, n.due([]uuid.UUID{id}, now), 1)
	require.Empty(t, n.due([]uuid.UUID{id}, now.Add(time.Second)))
	require.Empty(t, n.due(nil, now.Add(2*time.Second)))
	require.Empty(t, n)
	require.Len(t, n.due([]uuid.UUID{id}, now.Add(3*time.Second)), 1)
}
