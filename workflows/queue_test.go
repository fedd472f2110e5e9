package workflows

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// A mail server that takes every mail and answers none holds every hand that
// a worker has for mails, and nothing else: a forløb finds its consultant.
func TestServerASilentMailServer(t *testing.T) {
	l := newLiveWith(t, &fakeMailer{silent: make(chan struct{})})
	t.Cleanup(func() { close(l.mailer.silent) })
	for range mailsAtOnce {
		other := l.store.create(time.Now()).id
		require.NoError(t, l.process.Relay(t.Context(), forloeb.Act{ForloebID: other, Version: 1, Name: forloeb.FactsChanged}))
		t.Cleanup(func() { l.terminate(other) })
	}
	require.Eventually(t, func() bool { return l.mailer.inHand.Load() == mailsAtOnce }, patience, 5*time.Millisecond)

	l.nudge(forloeb.FactsChanged)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.happens(forloeb.ConsentAnswered, sayYes)
	l.stands(forloeb.Planning)
	require.EqualValues(t, mailsAtOnce, l.mailer.inHand.Load())
}
