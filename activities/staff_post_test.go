package activities_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/activities"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/mail"
	"example.dk/spark/internal/smtpfault"
)

// mailsStaff runs two posts at once, as two workers do, at an instant of the
// office's day, until stop.
func (o *office) mailsStaff(t *testing.T, now time.Time) (stop func()) {
	t.Helper()
	mailer, isOne := o.do.Mailer.(activities.StaffMailer)
	require.True(t, isOne)
	ctx, end := context.WithCancel(context.Background())
	var running sync.WaitGroup
	for range 2 {
		p := &activities.StaffPost{Store: o.Worker, Mailer: mailer, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }}
		running.Go(func() { p.Run(ctx) })
	}
	stop = sync.OnceFunc(func() { end(); running.Wait() })
	t.Cleanup(stop)
	return stop
}

// workingDay is a working day at ten, whatever day it is.
func workingDay() time.Time {
	return forloeb.OnWorkingDayAt(time.Now(), 10)
}

// The digest goes over a real line, once, whoever of the workers sends it, also
// when they are started anew; a server that is away is asked again.
func TestADigestIsMailedOnce(t *testing.T) {
	t.Parallel()
	o := open(t, mail.DefaultLimits)
	who, err := o.API.SignIn(t.Context(), forloeb.Identity{Issuer: "test", Subject: uuid.NewString(), Name: "Anna Berg", Email: "anna.berg@example.dk", Role: forloeb.RoleHead})
	require.NoError(t, err)
	require.NoError(t, o.API.SetDigest(t.Context(), who.ID, true))
	id := o.Apply()
	o.Settle(id)
	o.Answer(id, forloeb.Leader, forloeb.Fix)
	o.Settle(id)
	require.NoError(t, o.server.Force(smtpfault.Dot451))
	stop := o.mailsStaff(t, workingDay())
	becomes := func(state string) (said string) {
		require.Eventually(t, func() bool {
			return o.Count(`select count(*) from staff_mails where state = $1 and attempts > 0`, state) == 1
		}, 30*time.Second, 10*time.Millisecond)
		o.Get(&said, `select message_id || '@spark.example.dk' from staff_mails`)
		return said
	}
	said := becomes("planned")
	require.Empty(t, o.server.Accepted(said))
	require.NoError(t, o.server.Force(smtpfault.None))
	o.Exec(`update staff_mails set due_at = now()`)
	require.Equal(t, said, becomes("sent"))
	stop()
	require.Len(t, o.server.Accepted(said), 1)
	text := string(o.server.Accepted(said)[0])
	require.Contains(t, text, "/sekretariat/indstillinger")
	f := o.Read(id)
	require.NotContains(t, text, f.Workplaces[0].Name)
	require.NotContains(t, text, f.Parties[0].Contact.Name)

	later, err := o.API.SignIn(t.Context(), forloeb.Identity{Issuer: "test", Subject: uuid.NewString(), Name: "Bo Holm", Email: "bo.holm@example.dk", Role: forloeb.RoleHead})
	require.NoError(t, err)
	require.NoError(t, o.API.SetDigest(t.Context(), later.ID, true))
	stop = o.mailsStaff(t, workingDay().Add(time.Hour)) // started anew, later that day
	require.Eventually(t, func() bool {
		return o.Count(`select count(*) from staff_mails where staff_id = $1 and state = 'sent'`, later.ID) == 1
	}, 30*time.Second, 10*time.Millisecond)
	stop()
	require.Equal(t, 2, o.Count(`select count(*) from staff_mails`), "one each")
	require.Len(t, o.server.Accepted(said), 1)
}

// On a Sunday nobody is written to, and what may have arrived three times is left.
func TestADigestThatIsNotSent(t *testing.T) {
	t.Parallel()
	o := open(t, mail.DefaultLimits)
	who, err := o.API.SignIn(t.Context(), forloeb.Identity{Issuer: "test", Subject: uuid.NewString(), Name: "Anna Berg", Email: "anna.berg@example.dk", Role: forloeb.RoleHead})
	require.NoError(t, err)
	require.NoError(t, o.API.SetDigest(t.Context(), who.ID, true))
	id := o.Apply()
	o.Settle(id)
	o.Answer(id, forloeb.Leader, forloeb.Fix)
	o.Settle(id)
	o.Exec(`insert into staff_mails (staff_id, kind, day, state, doubts, attempts) values ($1, 'digest', '2026-11-29', 'sending', 2, 2)`, who.ID)
	o.mailsStaff(t, at(2026, 11, 29, 9, 0))
	require.Eventually(t, func() bool { return o.Count(`select count(*) from staff_mails where state = 'uncertain'`) == 1 }, 20*time.Second, 10*time.Millisecond)
	require.Equal(t, 1, o.Count(`select count(*) from staff_mails`), "none is planned on a Sunday")
	require.Empty(t, o.server.Attempts())
}
