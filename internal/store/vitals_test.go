package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// The api's role sees no forløb until somebody says who looks, the worker's
// sees all: both show the same.
func TestVitalsAreTheSameForBothRoles(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	quiet, owed, told := e.Apply(), e.Apply(), e.Apply()
	for _, id := range []any{quiet, owed, told} {
		e.Exec(`update acts set relayed_at = now(), written_at = now() where forloeb_id = $1`, id)
		e.Exec(`update forloeb set seen_version = version, next_at = null where id = $1`, id)
		e.Exec(`update mails set state = 'sent', sent_at = now(), held = false where forloeb_id = $1`, id)
	}
	v := vitals(t, e)
	require.Equal(t, map[forloeb.StatusOf]int{{Programme: "spark", Status: forloeb.AwaitingConsent}: 3}, v.Forloeb)
	require.Empty(t, v.Mails)
	require.Zero(t, v.OldestUnrelayed+v.OldestUnsent+v.OldestUnsettled)
	require.Zero(t, v.Unsettled+v.Held+v.Overdue)

	e.Exec(`update acts set relayed_at = null, written_at = now() - interval '6 minutes' where forloeb_id = $1`, told)
	e.Exec(`update forloeb set seen_version = 0 where id = $1`, told)
	v = vitals(t, e)
	require.InDelta(t, 6*60, v.OldestUnrelayed.Seconds(), 10)
	require.InDelta(t, 6*60, v.OldestUnsettled.Seconds(), 10)
	require.Equal(t, 1, v.Unsettled)

	mail := `insert into mails (forloeb_id, kind, recipient, ordinal, state, held, message_id, planned_at, real_at, sent_at)
		select $1, $2, gen_random_uuid(), 1, $3, $4, gen_random_uuid(), now(), now() - interval '3 hours', null`
	e.Exec(mail, owed, "consent_request", "planned", false)
	e.Exec(mail, owed, "consent_reminder", "planned", true)
	e.Exec(mail, owed, "status_link", "failed", false)
	e.Exec(mail, owed, "status_link", "uncertain", false)
	e.Exec(`insert into tasks (forloeb_id, kind, subject, opened_at) values ($1, 'mail_failed', '1', now()), ($1, 'mail_failed', '2', now())`, owed)
	e.Exec(`insert into tasks (forloeb_id, kind, subject, opened_at, closed_at) values ($1, 'mail_held', '1', now(), now())`, owed)
	e.Exec(`update listed set open = true, deadline = now() - interval '3 days' where forloeb_id = $1`, owed)
	v = vitals(t, e)
	require.Equal(t, map[forloeb.MailState]int{forloeb.MailPlanned: 1, forloeb.MailFailed: 1, forloeb.MailUncertain: 1}, v.Mails)
	require.Equal(t, 1, v.Held)
	require.Equal(t, 1, v.Overdue)
	require.Equal(t, map[forloeb.TaskKind]int{"mail_failed": 2}, v.Tasks)
	require.InDelta(t, (3 * time.Hour).Seconds(), v.OldestUnsent.Seconds(), 10)
	require.Equal(t, 2, v.Unsettled, "also one whose mail ought to have gone")
}

// vitals reads them as both roles do, and holds one against the other.
func vitals(t *testing.T, e *storetest.Env) forloeb.Vitals {
	t.Helper()
	api, err := e.Front.Vitals(t.Context())
	require.NoError(t, err)
	worker, err := e.Worker.Vitals(t.Context())
	require.NoError(t, err)
	for _, age := range [][2]time.Duration{
		{api.OldestUnrelayed, worker.OldestUnrelayed}, {api.OldestUnsent, worker.OldestUnsent}, {api.OldestUnsettled, worker.OldestUnsettled},
	} {
		require.InDelta(t, age[0].Seconds(), age[1].Seconds(), 5)
	}
	worker.OldestUnrelayed, worker.OldestUnsent, worker.OldestUnsettled = api.OldestUnrelayed, api.OldestUnsent, api.OldestUnsettled
	require.Equal(t, api, worker)
	return api
}
