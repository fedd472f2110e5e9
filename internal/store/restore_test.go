package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// After a restore a mail waits; what had left is not sent again, what is owed
// for something done since is another mail, and the rest leaves.
func TestMailsAfterARestore(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := e.Apply()
	require.NoError(t, e.Step(t.Context(), id))
	var requests []struct {
		ID        int64
		MessageID string `db:"message_id"`
	}
	require.NoError(t, e.DB.Select(&requests, `select id, message_id from mails where kind = 'consent_request' order by id`))
	require.Len(t, requests, 2)
	left, waits := requests[0], requests[1]
	now := time.Now()

	require.ErrorIs(t, e.Worker.EndRestored(t.Context()), forloeb.ErrNotRestored)
	_, err := e.Worker.NoteTaken(t.Context(), []string{left.MessageID})
	require.ErrorIs(t, err, forloeb.ErrNotRestored)
	e.Exec(`update mails set state = 'sending', attempts = 1 where id = $1`, waits.ID) // at the point of restore
	require.NoError(t, e.Worker.BeginRestored(t.Context()))
	require.NoError(t, e.Worker.BeginRestored(t.Context()), "twice is once")
	for _, m := range requests {
		_, err := e.Worker.ClaimMail(t.Context(), m.ID, now)
		require.ErrorIs(t, err, forloeb.ErrMailsWait)
	}
	n, err := e.Worker.NoteTaken(t.Context(), []string{left.MessageID, left.MessageID, "0123456789abcdef0123456789abcdef"})
	require.NoError(t, err)
	require.Equal(t, 2, n)
	r, err := e.Worker.Restored(t.Context())
	require.NoError(t, err)
	require.False(t, r.Since.IsZero())
	r.Since = time.Time{}
	require.Equal(t, forloeb.Restored{Listed: true, Taken: 2, Waiting: 2, Known: 1, Unknown: []string{"0123456789abcdef0123456789abcdef"}}, r)

	require.NoError(t, e.Worker.EndRestored(t.Context()))
	letter, err := e.Worker.ClaimMail(t.Context(), left.ID, now)
	require.NoError(t, err)
	require.Nil(t, letter)
	require.Equal(t, 1, e.Count(`select count(*) from mails where id = $1 and state = 'sent' and code = 'left_before_restore' and sent_at is not null`, left.ID))
	letter, err = e.Worker.ClaimMail(t.Context(), waits.ID, now)
	require.NoError(t, err)
	require.Equal(t, waits.MessageID, letter.MessageID)
	require.Zero(t, letter.Mail.Doubts, "the mail server has said that it did not take it")
	r, err = e.Worker.Restored(t.Context())
	require.NoError(t, err)
	require.Zero(t, r)
}

// What was done after the point of restore is lost and done again: its mails
// have the names of those that left, and may say something else.
func TestAMailOfSomethingDoneAgainAfterARestore(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := e.Apply()
	e.Settle(id)
	require.NoError(t, e.Worker.BeginRestored(t.Context()))
	e.Answer(id, forloeb.Leader, forloeb.Yes)
	require.NoError(t, e.Step(t.Context(), id))
	var receipt struct {
		ID        int64
		MessageID string `db:"message_id"`
	}
	e.Get(&receipt, `select id, message_id from mails where forloeb_id = $1 and state = 'planned' order by id limit 1`, id)
	_, err := e.Worker.NoteTaken(t.Context(), []string{receipt.MessageID})
	require.NoError(t, err)
	require.NoError(t, e.Worker.EndRestored(t.Context()))

	letter, err := e.Worker.ClaimMail(t.Context(), receipt.ID, time.Now())
	require.NoError(t, err)
	require.NotNil(t, letter)
	require.NotEqual(t, receipt.MessageID, letter.MessageID)
	require.Len(t, letter.MessageID, len(receipt.MessageID))
	again, err := e.Worker.ClaimMail(t.Context(), receipt.ID, time.Now())
	require.NoError(t, err)
	require.Equal(t, letter.MessageID, again.MessageID, "an attempt more is the same mail")
}
