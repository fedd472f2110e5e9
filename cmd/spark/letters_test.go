package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/config"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// Staff read a mail in its words, never with the link that is its recipient's
// alone; and one that cannot be written any more is told apart from a failure.
func TestStaffReadMailsWithoutTheirLinks(t *testing.T) {
	e := storetest.New(t)
	shown := newLetters(e.API, config.Contact{Phone: "00 00 00 00", Hours: "hverdage kl. 9.00–15.00", Mail: "sekretariat@example.dk"})
	id := e.Apply()
	e.Settle(id)
	for _, m := range e.Read(id).Mails {
		subject, text, err := shown.Preview(t.Context(), m.ID)
		require.NoError(t, err)
		require.Contains(t, subject, "SPARK "+e.Read(id).Reference)
		require.Contains(t, text, "[personligt link]")
		require.NotContains(t, text, "/samtykke/")
	}
	erased := e.Read(id).Mails[0]
	e.Exec(`delete from party_contacts where party_id = $1`, erased.Recipient)
	_, _, err := shown.Preview(t.Context(), erased.ID)
	require.ErrorIs(t, err, forloeb.ErrLetterGone)
	_, _, err = shown.Preview(t.Context(), 1<<40)
	require.ErrorIs(t, err, store.ErrNotFound)
	require.NotErrorIs(t, err, forloeb.ErrLetterGone)
}
