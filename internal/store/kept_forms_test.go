package store_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

func TestAFormIsKeptForAWhile(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ctx := t.Context()
	karen := signsIn(t, e, login(forloeb.RoleSecretariat)).ID
	form := forloeb.KeptForm{Staff: karen, Path: "/sekretariat/forloeb/26-4817/stop", Sealed: []byte{0, 1, 0xff}}
	id, other := uuid.New(), uuid.New()
	require.NoError(t, e.API.KeepForm(ctx, id, form, time.Hour))
	kept, err := e.API.KeptForm(ctx, id)
	require.NoError(t, err)
	require.Equal(t, form, kept)
	gone := func(id uuid.UUID) {
		t.Helper()
		_, err := e.API.KeptForm(ctx, id)
		require.ErrorIs(t, err, store.ErrNotFound)
	}
	gone(other)

	e.Exec(`update kept_forms set expires_at = now()`)
	gone(id)
	require.NoError(t, e.API.KeepForm(ctx, other, form, time.Hour))
	require.Equal(t, 1, e.Count(`select count(*) from kept_forms`), "the other's time is over")
	require.NoError(t, e.API.DropKeptForm(ctx, other))
	gone(other)
	require.NoError(t, e.API.DropKeptForm(ctx, other))
	require.Zero(t, e.Count(`select count(*) from kept_forms`))
}

func TestAKeptFormIsNoArchive(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	karen := signsIn(t, e, login(forloeb.RoleSecretariat)).ID
	keep := func(staff uuid.UUID, size int) error {
		return e.API.KeepForm(t.Context(), uuid.New(), forloeb.KeptForm{Staff: staff, Path: "/", Sealed: bytes.Repeat([]byte{1}, size)}, time.Hour)
	}
	require.NoError(t, keep(karen, 128<<10))
	require.ErrorContains(t, keep(karen, 128<<10+1), "kept_form_is_no_archive")
	require.Error(t, keep(uuid.New(), 1), "it belongs to somebody")
}
