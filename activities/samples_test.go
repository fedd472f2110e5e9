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

// A sample is sent over a real line, once; again when the server asks for
// patience; and what it refuses for good is left.
func TestASampleIsSent(t *testing.T) {
	t.Parallel()
	o := open(t, mail.DefaultLimits)
	staff := uuid.New()
	o.Exec(`insert into staff (id, issuer, subject, name, email, role) values ($1, 'test', 'anna', 'Anna Berg', 'anna@example.dk', 'secretariat')`, staff)
	mailer, isOne := o.do.Mailer.(activities.SampleMailer)
	require.True(t, isOne)
	ask := func() (said string) {
		t.Helper()
		text := forloeb.MailText{Programme: forloeb.Spark, Kind: forloeb.MailApproved, Sentences: map[string]string{"opening": "Hurra."}}
		require.NoError(t, o.API.AskSample(t.Context(), staff, text, "approved"))
		o.Get(&said, `select message_id || '@spark.example.dk' from mail_samples order by id desc limit 1`)
		return said
	}
	eventually := func(so string, n int) {
		t.Helper()
		require.Eventually(t, func() bool { return o.Count(`select count(*) from mail_samples where `+so) == n }, 20*time.Second, 10*time.Millisecond)
	}
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	s := &activities.Samples{Store: o.Worker, Mailer: mailer, Log: slog.New(slog.DiscardHandler)}
	running.Go(func() { s.Run(ctx) })
	t.Cleanup(func() {
		stop()
		running.Wait()
	})
	said := ask()
	eventually(`done`, 1)
	require.Len(t, o.server.Accepted(said), 1)
	require.Contains(t, string(o.server.Accepted(said)[0]), "Hurra.")

	require.NoError(t, o.server.Force(smtpfault.Rcpt550))
	said = ask()
	eventually(`done`, 2)
	require.Empty(t, o.server.Accepted(said))

	require.NoError(t, o.server.Force(smtpfault.Dot451))
	said = ask()
	eventually(`not done and attempts = 1 and due_at < now() + interval '1 minute'`, 1)
	require.Empty(t, o.server.Accepted(said))
	require.NoError(t, o.server.Force(smtpfault.None))
	o.Exec(`update mail_samples set due_at = now() where not done`)
	eventually(`done`, 3)
	require.Len(t, o.server.Accepted(said), 1)
}
