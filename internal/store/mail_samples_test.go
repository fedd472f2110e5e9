package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func TestSamplesOfMails(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ctx, karen := t.Context(), signsIn(t, e, login(forloeb.RoleSecretariat))
	claim := func() *forloeb.SampleLetter {
		t.Helper()
		l, err := e.Worker.ClaimSample(ctx)
		require.NoError(t, err)
		return l
	}
	require.Nil(t, claim())
	text := textSaying(forloeb.UnsavedText, "Tak.")
	require.NoError(t, e.Front.AskSample(ctx, karen.ID, text, "consent_request.writer"))
	first := claim()
	require.Equal(t, text, first.Text)
	require.Equal(t, "consent_request.writer", first.Variant)
	require.Equal(t, karen.Name, first.Name)
	require.NotEmpty(t, first.Email)
	require.NotEmpty(t, first.MessageID)
	require.Equal(t, 1, first.Attempt)
	require.Nil(t, claim(), "it is in hand")

	require.NoError(t, e.Worker.SettleSample(ctx, first.ID, false, 0))
	again := claim()
	require.Equal(t, 2, again.Attempt)
	require.Equal(t, first.MessageID, again.MessageID)
	require.NoError(t, e.Worker.SettleSample(ctx, again.ID, true, time.Second))
	e.Exec(`update mail_samples set due_at = now()`)
	require.Nil(t, claim(), "it is done with")

	for range forloeb.MaxSamples - 1 {
		require.NoError(t, e.Front.AskSample(ctx, karen.ID, text, "x"))
	}
	require.ErrorIs(t, e.Front.AskSample(ctx, karen.ID, text, "x"), forloeb.ErrTooManySamples)
	e.Exec(`update staff set active = false`)
	require.Nil(t, claim(), "whoever may not log in gets none")
	e.Exec(`update mail_samples set asked_at = now() - interval '61 minutes'`)
	require.NoError(t, e.Worker.DropSamples(ctx))
	require.NoError(t, e.Front.AskSample(ctx, karen.ID, text, "x"))
	require.Equal(t, 1, e.Count(`select count(*) from mail_samples`))
}
