package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

var _ scs.CtxStore = store.Sessions{}

// manager is set up as the api sets up its own.
func manager(s *store.Store) *scs.SessionManager {
	m := scs.New()
	m.Store = s.Sessions()
	m.HashTokenInStore = true
	m.Lifetime = time.Hour
	return m
}

func loaded(t *testing.T, m *scs.SessionManager, token string) context.Context {
	t.Helper()
	ctx, err := m.Load(t.Context(), token)
	require.NoError(t, err)
	return ctx
}

func committed(t *testing.T, m *scs.SessionManager, ctx context.Context) (token string) {
	t.Helper()
	token, _, err := m.Commit(ctx)
	require.NoError(t, err)
	return token
}

func TestASessionLastsAcrossProcesses(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	here, there := manager(e.API), manager(e.OpenHouse())
	ctx := loaded(t, here, "")
	here.Put(ctx, "who", "Karen Lund")
	token := committed(t, here, ctx)
	require.Zero(t, e.Count(`select count(*) from sessions where token = $1`, token), "only its hash is kept")

	ctx = loaded(t, there, token)
	require.Equal(t, "Karen Lund", there.GetString(ctx, "who"))
	there.Put(ctx, "who", "Karen Friis")
	require.Equal(t, token, committed(t, there, ctx))
	ctx = loaded(t, here, token)
	require.Equal(t, "Karen Friis", here.GetString(ctx, "who"))
	require.Equal(t, 1, e.Count(`select count(*) from sessions`))

	require.NoError(t, here.RenewToken(ctx))
	renewed := committed(t, here, ctx)
	require.NotEqual(t, token, renewed)
	require.Empty(t, there.GetString(loaded(t, there, token), "who"), "the old token is dead")
	ctx = loaded(t, there, renewed)
	require.Equal(t, "Karen Friis", there.GetString(ctx, "who"))

	e.Exec(`update sessions set expires_at = now()`)
	require.Empty(t, here.GetString(loaded(t, here, renewed), "who"), "its time is over")
	e.Exec(`update sessions set expires_at = now() + interval '1 hour'`)
	require.NoError(t, there.Destroy(ctx))
	require.Empty(t, here.GetString(loaded(t, here, renewed), "who"))
	require.Zero(t, e.Count(`select count(*) from sessions`))
}

func TestSessionsWithoutAContext(t *testing.T) {
	t.Parallel()
	s := storetest.New(t).API.Sessions()
	_, found, err := s.Find("token")
	require.NoError(t, err)
	require.False(t, found)
	require.NoError(t, s.Delete("token"))
	require.NoError(t, s.Commit("token", []byte{0, 1}, time.Now().Add(time.Hour)))
	data, found, err := s.Find("token")
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, []byte{0, 1}, data)
	require.NoError(t, s.Delete("token"))
	_, found, err = s.Find("token")
	require.NoError(t, err)
	require.False(t, found)
}

func TestSessionsThatAreOverGoAFewAtATime(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	s := e.API.Sessions()
	e.Exec(`insert into sessions select 'old ' || n, '', now() - make_interval(mins => n) from generate_series(1, 25) n`)
	e.Exec(`insert into sessions values ('other', '', now() + interval '1 hour')`)
	left := func(want int) {
		t.Helper()
		require.NoError(t, s.CommitCtx(t.Context(), "token", []byte("Karen"), time.Now().Add(time.Hour)))
		require.Equal(t, want, e.Count(`select count(*) from sessions where expires_at < now()`))
	}
	left(15)
	require.Zero(t, e.Count(`select count(*) from sessions where token = 'old 25'`), "the oldest first")
	left(5)
	left(0)
	require.Equal(t, 2, e.Count(`select count(*) from sessions`))

	e.Exec(`update sessions set expires_at = now() - interval '1 minute'`)
	left(0)
	require.Equal(t, 1, e.Count(`select count(*) from sessions where token = 'token'`), "one that is written again lives")
}

func TestManyCommitsAtOnce(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	e.Exec(`insert into sessions select n::text, '', now() - interval '1 hour' from generate_series(0, 199) n`)
	errs := make([]error, 40)
	atOnce(len(errs), func(i int) {
		token := []string{"0", "1", "2", "3"}[i%4]
		errs[i] = e.API.Sessions().CommitCtx(context.Background(), token, []byte(token), time.Now().Add(time.Hour))
	})
	for _, err := range errs {
		require.NoError(t, err)
	}
	require.Equal(t, 4, e.Count(`select count(*) from sessions where expires_at > now()`))
	require.Equal(t, 4, e.Count(`select count(*) from sessions where expires_at > now() and convert_from(data, 'UTF8') = token`))
}
