package main

import (
	"net"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
)

// Temporal stops, people go on, and its database is lost. Everything goes on
// from the rows when it is back: who applied meanwhile, who answered
// meanwhile, and who only waits for a date.
func TestTemporalLosesItsDatabase(t *testing.T) {
	t.Parallel() // it waits for dates
	r := newRunning(t, func(o *stackOptions) { o.Policy = shortDays })
	server := r.server()
	answered, waiting := r.apply("anna", nil), r.apply("bente", nil)
	r.stands(answered, forloeb.AwaitingConsent)
	r.stands(waiting, forloeb.AwaitingConsent)

	address := server.Address()
	server.Stop()
	stopped := time.Now()
	applied := r.apply("carl", nil)
	r.answer(answered.leader, forloeb.Yes, nil)
	r.answer(answered.rep, forloeb.Yes, nil)
	v, err := r.staff.look(t.Context(), answered.id)
	require.NoError(t, err)
	require.False(t, v.Settled)
	require.NoError(t, server.DeleteState())
	r.startAgain(address)
	began := time.Now()

	r.stands(applied, forloeb.AwaitingConsent)
	r.answer(applied.leader, forloeb.Yes, nil)
	r.answer(applied.rep, forloeb.Yes, nil)
	r.stands(applied, forloeb.Planning)
	r.stands(answered, forloeb.Planning)
	t.Logf("away for %s; all had gone on %s after it was back", began.Sub(stopped).Round(time.Millisecond), time.Since(began).Round(time.Millisecond))

	// Nothing happens to the third but that a date passes.
	eventually(t, "both are reminded", func() bool {
		var sent int
		require.NoError(t, r.db.Get(&sent, `select count(*) from mails where forloeb_id = $1 and kind = 'consent_reminder' and state = 'sent'`, waiting.id))
		return sent >= 2
	})
	t.Logf("who only waited for a date had gone on after %s", time.Since(began).Round(time.Second))
	r.requireEachMailOnce()
}

// shortDays are days of ten seconds: the first reminder comes after three.
func shortDays(p forloeb.Programme) forloeb.Policy {
	p.Policy.Day = 10 * time.Second
	return p.Policy
}

// startAgain starts Temporal where it was, with nothing.
func (r *running) startAgain(address string) {
	r.t.Helper()
	_, port, err := net.SplitHostPort(address)
	require.NoError(r.t, err)
	number, err := strconv.Atoi(port)
	require.NoError(r.t, err)
	again, err := devstack.StartTemporal(within(r.t, patience), devstack.TemporalOptions{
		StateDir: r.options.StateDir, Port: number, UIPort: devstack.NoUI, Binary: temporalBinary(r.t),
	})
	require.NoError(r.t, err)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.temporal = again
}

// temporalBinary is the server that was built for the tests.
func temporalBinary(t *testing.T) string {
	t.Helper()
	binary := os.Getenv(devstack.TestTemporalBinary)
	require.NotEmpty(t, binary, "no Temporal server: run make test")
	return binary
}

// An application is sent while Temporal is not there yet; it runs on its own
// once it is.
//
// Complaint K38.
func TestAnApplicationBeforeTemporal(t *testing.T) {
	port, err := devstack.Free()
	require.NoError(t, err)
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	t.Setenv("TEMPORAL_ADDRESS", address)
	r := newRunning(t, func(o *stackOptions) { o.TemporalAddress = address })
	p := r.apply("dorte", nil)
	v, err := r.staff.look(t.Context(), p.id)
	require.NoError(t, err)
	require.False(t, v.Settled)
	require.Empty(t, r.mail.Messages())

	began := time.Now()
	server, err := devstack.StartTemporal(within(t, patience), devstack.TemporalOptions{
		StateDir: filepath.Join(t.TempDir(), "temporal"), Port: port, UIPort: devstack.NoUI, Binary: temporalBinary(t),
	})
	require.NoError(t, err)
	t.Cleanup(server.Stop)
	r.stands(p, forloeb.AwaitingConsent)
	require.Len(t, r.mail.Messages(), 2)
	t.Logf("both mails had left %s after Temporal was started", time.Since(began).Round(time.Millisecond))
}
