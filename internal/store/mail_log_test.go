package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func TestTheMailLog(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	e.Consultant("Karen Lund", 1)
	id := waiting(e)
	log := func(f forloeb.MailFilter) (kinds []forloeb.MailKind) {
		t.Helper()
		page, err := e.API.MailLog(t.Context(), f)
		require.NoError(t, err)
		require.Empty(t, page.Next)
		for _, r := range page.Rows {
			kinds = append(kinds, r.Kind)
		}
		return kinds
	}
	all, err := e.API.MailLog(t.Context(), forloeb.MailFilter{})
	require.NoError(t, err)
	require.Equal(t, e.Count(`select count(*) from mails`), len(all.Rows))
	sides := map[forloeb.MailKind]forloeb.Side{}
	for i, r := range all.Rows {
		require.Equal(t, id, r.ForloebID)
		require.Equal(t, e.Read(id).Reference, r.Reference)
		require.True(t, i == 0 || !r.At().After(all.Rows[i-1].At()), "the newest first")
		require.Equal(t, r.SentAt, r.At())
		sides[r.Kind] = r.Side
	}
	require.Empty(t, sides[forloeb.MailConsultantNew], "to the consultant")
	require.Contains(t, []forloeb.Side{forloeb.Leader, forloeb.Rep}, sides[forloeb.MailConsentRequest])

	now := time.Now()
	set := func(kind forloeb.MailKind, what string, arg ...any) {
		t.Helper()
		e.Exec(`update mails set `+what+` where kind = '`+string(kind)+`'`, arg...)
	}
	set(forloeb.MailConsultantNew, `state = 'failed', code = '550', sent_at = null, planned_at = $1`, now.Add(time.Hour))
	set(forloeb.MailConsentRequest, `sent_at = $1, planned_at = $1`, now.AddDate(0, 0, -8))
	require.Equal(t, []forloeb.MailKind{forloeb.MailConsultantNew}, log(forloeb.MailFilter{States: []forloeb.MailState{forloeb.MailFailed, forloeb.MailUncertain}}))
	require.Empty(t, log(forloeb.MailFilter{States: []forloeb.MailState{forloeb.MailPlanned}}))
	require.NotContains(t, log(forloeb.MailFilter{Since: now.AddDate(0, 0, -7)}), forloeb.MailConsentRequest)
	order := log(forloeb.MailFilter{Since: now.AddDate(0, 0, -30)})
	require.Equal(t, forloeb.MailConsultantNew, order[0], "one that never was sent stands where it was owed")
	require.Equal(t, forloeb.MailConsentRequest, order[len(order)-1])
	failed, err := e.API.MailLog(t.Context(), forloeb.MailFilter{States: []forloeb.MailState{forloeb.MailFailed}})
	require.NoError(t, err)
	require.Equal(t, "550", failed.Rows[0].Code)
}

func TestPagesOfTheMailLog(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := e.Apply()
	e.Exec(`insert into mails (forloeb_id, kind, recipient, ordinal, state, message_id, planned_at, sent_at)
		select $1, 'link_again', (select min(p.id::text)::uuid from parties p where p.forloeb_id = $1), n, 'sent', n::text,
			now() - make_interval(mins => n / 20), now() - make_interval(mins => n / 20) from generate_series(1, 120) n`, id)
	seen := map[int64]bool{}
	last, cursor := time.Now().Add(time.Hour), ""
	for range 3 {
		page, err := e.API.MailLog(t.Context(), forloeb.MailFilter{Cursor: cursor})
		require.NoError(t, err)
		for _, r := range page.Rows {
			require.False(t, seen[r.ID], "many were sent in the same moment")
			require.False(t, r.At().After(last))
			seen[r.ID], last = true, r.At()
		}
		cursor = page.Next
	}
	require.Empty(t, cursor)
	require.Len(t, seen, 120)
}
