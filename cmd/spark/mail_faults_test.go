package main

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/smtpfault"
)

// passing are the ways of a mail server to fail that end by themselves.
var passing = []smtpfault.Fault{
	smtpfault.Refused, smtpfault.Banner421, smtpfault.Mail451, smtpfault.Greylisted, smtpfault.Shutdown421, smtpfault.Data452, smtpfault.AmidData,
	smtpfault.Dot451, smtpfault.ClosedAfterDot, smtpfault.Lost250, smtpfault.RsetClosed, smtpfault.QuitClosed,
}

// eightMinuteDays let a mail that may have arrived wait ten seconds before it is
// sent again, and not half an hour.
const eightMinuteDays = `update forloeb set policy = policy || '{"day": 480000000000}' where id = $1`

// A mail server that fails four times out of five, and then does not: every
// mail has arrived without a person's help, once and once more at most for
// every time the server took it and could not say so.
func TestMailsOverALineThatFails(t *testing.T) {
	t.Parallel() // it waits for mails to be tried again
	path := filepath.Join(t.TempDir(), "smtp.jsonl")
	server, err := smtpfault.Start(smtpfault.Options{Log: path, Seed: 20261122, Grey: 3 * time.Second})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	require.NoError(t, server.Draw(smtpfault.Evenly(0.8, passing...)))

	s := newSystem(t, newMailcatcher(t))
	s.smtp = server.Address()
	binary, err := product()
	require.NoError(t, err)
	s.startWorker(binary)
	var ids []uuid.UUID
	for range 20 {
		id := s.Apply()
		s.Exec(eightMinuteDays, id)
		s.nudge(id)
		ids = append(ids, id)
	}
	eventually(t, "every mail has been tried and some again", func() bool { return len(server.Attempts()) >= 50 })
	require.NoError(t, server.Force(smtpfault.None))
	for _, id := range ids {
		f := s.calm(id)
		require.Equal(t, forloeb.AwaitingConsent, f.Status)
		require.Empty(t, f.Tasks)
	}
	s.requireCopies(server, path, 2*len(ids))
}

// requireCopies holds the server's own log to what the rows say.
func (s *system) requireCopies(server *smtpfault.Server, path string, mails int) {
	s.t.Helper()
	attempts, err := smtpfault.ReadLog(path)
	require.NoError(s.t, err)
	lost := map[string]int{}
	for _, a := range attempts {
		if a.Accepted && a.Ambiguous {
			lost[a.MessageID]++
		}
	}
	var sent []string
	require.NoError(s.t, s.DB.Select(&sent, `select message_id || '@example.dk' from mails where state = 'sent'`))
	require.Len(s.t, sent, mails)
	twice := 0
	for _, id := range sent {
		copies := server.Accepted(id)
		require.NotEmpty(s.t, copies)
		require.LessOrEqual(s.t, len(copies), 1+lost[id])
		for _, c := range copies {
			require.Equal(s.t, string(copies[0]), string(c), "another copy is the same message")
		}
		twice += len(copies) - 1
	}
	require.NotZero(s.t, twice, "nothing was lost: else nothing was proven")
	s.t.Logf("%d mails, %d attempts, %d copies more than needed", mails, len(attempts), twice)
}
