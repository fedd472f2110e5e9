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

// posts looks after drafts, as the worker does, until the test is over.
func (o *office) posts(t *testing.T) {
	t.Helper()
	mailer, isOne := o.do.Mailer.(activities.DraftMailer)
	require.True(t, isOne)
	d := &activities.Drafts{Store: o.Worker, Mailer: mailer, Log: slog.New(slog.DiscardHandler)}
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { d.Run(ctx) })
	t.Cleanup(func() {
		stop()
		running.Wait()
	})
}

// savesDraft saves one whose link goes to the address.
func (o *office) savesDraft(t *testing.T, email string) uuid.UUID {
	t.Helper()
	id, _, err := o.API.SaveApplicationDraft(t.Context(), forloeb.ApplicationDraft{
		Key: uuid.NewString(), Programme: forloeb.Spark, Form: "one", Typed: "workplace=Tranemoseskolen", Email: email,
		Expires: forloeb.DraftExpires(time.Now()),
	}, email)
	require.NoError(t, err)
	return id
}

func (o *office) draftMail(t *testing.T, id uuid.UUID) (state, said string) {
	t.Helper()
	o.Get(&state, `select state from draft_mails where draft_id = $1`, id)
	o.Get(&said, `select message_id || '@spark.example.dk' from draft_mails where draft_id = $1`, id)
	return state, said
}

func (o *office) becomes(t *testing.T, id uuid.UUID, state string) (said string) {
	t.Helper()
	require.Eventually(t, func() bool {
		now, m := o.draftMail(t, id)
		said = m
		return now == state && o.Count(`select attempts from draft_mails where draft_id = $1`, id) > 0
	}, 20*time.Second, 10*time.Millisecond)
	return said
}

// TestTheLinkToADraftIsMailed: over a real line, once; and again when the
// server asks for patience; what it refuses for good is left.
func TestTheLinkToADraftIsMailed(t *testing.T) {
	t.Parallel()
	o := open(t, mail.DefaultLimits)
	id := o.savesDraft(t, "mette@example.dk")
	o.posts(t)
	said := o.becomes(t, id, "sent")
	require.Len(t, o.server.Accepted(said), 1)
	require.Contains(t, string(o.server.Accepted(said)[0]), "/kladde/")
	require.NotContains(t, string(o.server.Accepted(said)[0]), "Tranemoseskolen")

	require.NoError(t, o.server.Force(smtpfault.Rcpt550))
	refused := o.savesDraft(t, "amir@example.dk")
	o.becomes(t, refused, "failed")
	read, err := o.API.ApplicationDraft(t.Context(), refused)
	require.NoError(t, err)
	require.True(t, read.Undelivered)

	require.NoError(t, o.server.Force(smtpfault.Dot451))
	later := o.savesDraft(t, "karen@example.dk")
	said = o.becomes(t, later, "planned")
	require.Empty(t, o.server.Accepted(said))
	require.NoError(t, o.server.Force(smtpfault.None))
	o.Exec(`update draft_mails set due_at = now() where state = 'planned'`)
	o.becomes(t, later, "sent")
	require.Len(t, o.server.Accepted(said), 1)
}

// TestADraftWhoseTimeIsOverIsDeletedByTheWorker also while nothing is sent.
func TestADraftWhoseTimeIsOverIsDeletedByTheWorker(t *testing.T) {
	t.Parallel()
	o := open(t, mail.DefaultLimits)
	id := o.savesDraft(t, "mette@example.dk")
	o.Exec(`update application_drafts set expires_at = now() where id = $1`, id)
	o.posts(t)
	require.Eventually(t, func() bool { return o.Count(`select count(*) from application_drafts`) == 0 }, 20*time.Second, 10*time.Millisecond)
	require.Zero(t, o.Count(`select count(*) from draft_mails where state <> 'planned'`), "nobody was sent a link to it")
}

// TestTooMuchDoubtAboutADraft: what may have arrived is sent three times, and
// then no more.
func TestTooMuchDoubtAboutADraft(t *testing.T) {
	t.Parallel()
	o := open(t, mail.DefaultLimits)
	id := o.savesDraft(t, "mette@example.dk")
	o.Exec(`update draft_mails set state = 'sending', doubts = 2, attempts = 2 where draft_id = $1`, id)
	o.posts(t)
	require.Eventually(t, func() bool { state, _ := o.draftMail(t, id); return state == "uncertain" }, 20*time.Second, 10*time.Millisecond)
	require.Empty(t, o.server.Attempts())
}
