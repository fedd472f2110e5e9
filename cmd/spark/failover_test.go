package main

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/store/storetest"
)

// The primary dies while people apply, and its standby takes over: api and
// worker find it by the two names in their address, and what was confirmed is
// there.
func TestPostgresFailsOver(t *testing.T) {
	t.Parallel()
	binary, err := product()
	require.NoError(t, err)
	primary, standby := newPair(t, binary)
	both := fmt.Sprintf("postgres://spark_owner@127.0.0.1,127.0.0.1/spark?port=%d,%d&sslmode=disable&connect_timeout=3&target_session_attrs=read-write", primary.port, standby.port)
	s := newSystemOn(t, storetest.On(t, both), newMailcatcher(t))
	address := s.startAPI(binary)
	s.startWorker(binary)

	people := applyAlways(address)
	eventually(t, "people apply", func() bool { return people.confirmedCount() >= 10 })
	primary.server.Kill()
	died := time.Now()
	standby.shell("promote")
	before := people.confirmedCount()
	eventually(t, "people apply again", func() bool { return people.confirmedCount() >= before+10 })
	confirmed, refused := people.stop()
	t.Logf("%d applications confirmed, %d refused; all was well again %s after the primary died", len(confirmed), refused, time.Since(died).Round(100*time.Millisecond))

	for _, id := range confirmed {
		require.Equal(t, 1, s.Count(`select count(*) from forloeb where id = $1`, id), "it was confirmed")
	}
	eventually(t, "every forløb has gone on", func() bool {
		return s.Count(`select count(*) from forloeb where seen_version < version`) == 0 &&
			s.Count(`select count(*) from mails where state in ('planned', 'sending') and not held`) == 0
	})
	require.GreaterOrEqual(t, s.Count(`select count(*) from mails where kind = 'consent_request' and state = 'sent'`), 2*len(confirmed))
	// A mail that was taken while its row could not be written is sent again, as the same message.
	for id, copies := range s.copiesByID() {
		local, _, _ := strings.Cut(id, "@")
		require.LessOrEqual(t, copies, 1+s.Count(`select doubts from mails where message_id = $1`, local), id)
	}
}

// newPair is a primary with a standby that confirms every commit with it.
func newPair(t *testing.T, binary string) (primary, standby *cluster) {
	t.Helper()
	primary, standby = newCluster(t), clusterIn(t)
	primary.start()
	primary.writable()
	primary.prepare(binary)
	standby.shell("standby", "ADMIN_URL="+primary.url("postgres", "postgres"))
	standby.start()
	primary.shell("synchronous", "ADMIN_URL="+primary.url("postgres", "postgres"))
	eventually(t, "the standby confirms", func() bool {
		return primary.says(`select count(*) = 1 from pg_stat_replication where sync_state = 'sync'`)
	})
	return primary, standby
}

// applying are people who apply one after the other, come what may.
type applying struct {
	mu        sync.Mutex
	confirmed []uuid.UUID
	refused   int
	end       chan struct{}
	ended     sync.WaitGroup
}

func applyAlways(address string) *applying {
	a := &applying{end: make(chan struct{})}
	for range 4 {
		a.ended.Go(func() { a.run(address) })
	}
	return a
}

func (a *applying) run(address string) {
	for {
		select {
		case <-a.end:
			return
		case <-time.After(100 * time.Millisecond):
		}
		id, err := applyTo(address)
		a.mu.Lock()
		if err == nil {
			a.confirmed = append(a.confirmed, id)
		} else {
			a.refused++
		}
		a.mu.Unlock()
	}
}

func (a *applying) confirmedCount() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.confirmed)
}

func (a *applying) stop() (confirmed []uuid.UUID, refused int) {
	close(a.end)
	a.ended.Wait()
	return a.confirmed, a.refused
}
