package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// More requests in an hour than the setting says, and those beyond it wait for
// the secretariat: the applications are there, and nothing of them is lost.
func TestRequestsBeyondAnHoursNumberAreHeld(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	e.Worker.RequestsAnHour = 4
	apply := func() *life {
		l := &life{Env: e, t: t, id: e.Apply(func(s *forloeb.Submission) {
			s.Leader.Email, s.Rep.Email = uuid.NewString()+"@example.dk", uuid.NewString()+"@example.dk"
		})}
		l.Settle(l.id)
		return l
	}
	for range 2 {
		require.Empty(t, apply().tasks())
	}
	l := apply()
	require.Equal(t, []string{"mail_held", "mail_held"}, l.tasks())
	f := l.Read(l.id)
	require.Equal(t, forloeb.AwaitingConsent, f.Status)
	require.Equal(t, forloeb.WaitConsentHeld, f.Written.Waiting)
	require.True(t, f.ConsentCloses().IsZero(), "no clock runs")
	for _, m := range f.Mails {
		require.True(t, m.Held)
		require.Equal(t, forloeb.CodeManyApplications, m.Code)
	}

	release := forloeb.SettleMail{Mail: l.mailID(forloeb.MailConsentRequest, forloeb.Rep), Action: forloeb.ReleaseMail}
	l.do(storetest.Secretary, release)
	require.Equal(t, []string{"mail_held"}, l.tasks())
	require.Equal(t, 1, e.Count(`select count(*) from mails where forloeb_id = $1 and state = 'sent' and code = ''`, l.id))

	e.Exec(`update mails set real_at = real_at - interval '1 hour'`)
	require.Empty(t, apply().tasks(), "an hour later there is room again")
}

// Those that wait together are told with what each address may still get; the
// morning page leaves their tasks out.
func TestHeldRequestsAreReleasedTogether(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	e.Worker.RequestsAnHour = 2
	for range 5 {
		id := e.Apply(func(s *forloeb.Submission) {
			s.Leader.Email, s.Rep.Email = uuid.NewString()+"@example.dk", "Offer@example.dk"
		})
		e.Settle(id)
	}
	ctx := forloeb.AskedBy(t.Context(), forloeb.Principal{Role: forloeb.RoleSecretariat, ID: uuid.New()})
	held := func() (fits, stays int) {
		t.Helper()
		list, err := e.Front.HeldForMany(ctx)
		require.NoError(t, err)
		for i, m := range list {
			require.True(t, i == 0 || m.Mail > list[i-1].Mail)
			require.Equal(t, e.Read(m.Forloeb).Reference, m.Reference)
			require.NotEmpty(t, m.Workplace)
			require.False(t, m.Since.IsZero())
			if m.Fits {
				fits++
			} else {
				require.Equal(t, forloeb.Rep, m.Side, "the address that got too many")
				stays++
			}
		}
		return fits, stays
	}
	fits, stays := held()
	require.Equal(t, 4+2, fits, "four leaders, and two more to the address that got one")
	require.Equal(t, 2, stays)
	tasks := func(noHeld bool) int {
		t.Helper()
		page, err := e.Front.Tasks(ctx, forloeb.TaskFilter{Which: forloeb.TasksWaiting, NoHeld: noHeld})
		require.NoError(t, err)
		return len(page.Rows)
	}
	require.Equal(t, 8, tasks(false))
	require.Zero(t, tasks(true))

	list, err := e.Front.HeldForMany(ctx)
	require.NoError(t, err)
	for _, m := range list {
		if m.Fits {
			e.Do(m.Forloeb, storetest.Secretary, forloeb.SettleMail{Mail: m.Mail, Action: forloeb.ReleaseMail})
			e.Settle(m.Forloeb)
		}
	}
	fits, stays = held()
	require.Zero(t, fits)
	require.Equal(t, 2, stays, "what an address may get still holds")
	e.Exec(`update mails set code = '' where held`)
	fits, stays = held()
	require.Zero(t, fits+stays, "those are held for their address, one by one")
	require.Equal(t, 2, tasks(true))
}
