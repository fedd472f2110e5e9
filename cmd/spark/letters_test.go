package main

import (
	"strings"
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

// The page of a mail's text shows the mail itself, with the sentences that the
// secretariat has saved; and a mail that is owed is written in them.
func TestStaffSeeTheMailsInTheirOwnWords(t *testing.T) {
	e := storetest.New(t)
	shown := newLetters(e.API, config.Contact{Phone: "00 00 00 00", Hours: "hverdage kl. 9.00–15.00", Mail: "sekretariat@example.dk"})
	require.Contains(t, shown.Kinds(forloeb.Spark), forloeb.MailJointStarted)
	require.NotContains(t, shown.Kinds(forloeb.Regional), forloeb.MailJointStarted)
	require.NotEmpty(t, shown.Sentences(forloeb.Spark, forloeb.MailConsentRequest))
	text := forloeb.MailText{Programme: forloeb.Spark, Kind: forloeb.MailConsentRequest, Sentences: map[string]string{"explanation": "Der sker intet endnu."}}
	unsaved := text
	unsaved.Version = forloeb.UnsavedText
	samples, err := shown.Samples(unsaved)
	require.NoError(t, err)
	require.Contains(t, samples[1].Text, "Der sker intet endnu. Svar senest")

	id := e.Apply()
	require.NoError(t, e.API.SaveMailText(t.Context(), text, storetest.Secretary))
	require.NoError(t, e.Step(t.Context(), id))
	said := 0
	for _, m := range e.Read(id).Mails {
		_, words, err := shown.Preview(t.Context(), m.ID)
		require.NoError(t, err)
		if strings.Contains(words, "Der sker intet endnu. Svar senest") {
			said++
		}
	}
	require.Equal(t, 1, said)
}
