package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func textSaying(version int, words string) forloeb.MailText {
	return forloeb.MailText{Programme: forloeb.Spark, Kind: forloeb.MailConsentRequest, Version: version, Sentences: map[string]string{"thanks": words}}
}

// Every version stays, with who saved it; two at once are one and a conflict.
func TestVersionsOfAMailsText(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ctx, karen := t.Context(), signsIn(t, e, login(forloeb.RoleSecretariat))
	texts, err := e.API.MailTexts(ctx, forloeb.Spark)
	require.NoError(t, err)
	require.Empty(t, texts)

	require.NoError(t, e.Front.SaveMailText(ctx, textSaying(0, "Tak."), karen.Actor()))
	require.NoError(t, e.Front.SaveMailText(ctx, textSaying(1, "Mange tak."), storetest.Secretary))
	ours := textSaying(2, "")
	ours.Sentences = nil
	require.NoError(t, e.Front.SaveMailText(ctx, ours, karen.Actor()))
	elsewhere := textSaying(0, "Tak for det.")
	elsewhere.Programme = forloeb.Regional
	require.NoError(t, e.Front.SaveMailText(ctx, elsewhere, karen.Actor()))
	for _, seen := range []int{-1, 0, 1, 2, 4} {
		require.ErrorIs(t, e.Front.SaveMailText(ctx, textSaying(seen, "For sent."), karen.Actor()), forloeb.ErrMailTextChanged, seen)
	}

	list, err := e.API.MailTextVersions(ctx, forloeb.Spark, forloeb.MailConsentRequest)
	require.NoError(t, err)
	require.Len(t, list, 3)
	for i, want := range []struct {
		by    string
		words map[string]string
	}{{karen.Name, map[string]string{}}, {"", map[string]string{"thanks": "Mange tak."}}, {karen.Name, map[string]string{"thanks": "Tak."}}} {
		require.Equal(t, 3-i, list[i].Version)
		require.Equal(t, want.by, list[i].By)
		require.Equal(t, want.words, list[i].Sentences)
		require.False(t, list[i].At.IsZero())
	}
	texts, err = e.API.MailTexts(ctx, forloeb.Spark)
	require.NoError(t, err)
	require.Len(t, texts, 1)
	require.Equal(t, 3, texts[forloeb.MailConsentRequest].Version)
	texts, err = e.API.MailTexts(ctx, forloeb.Regional)
	require.NoError(t, err)
	require.Equal(t, elsewhere.Sentences, texts[forloeb.MailConsentRequest].Sentences)

	at := make([]error, 8)
	atOnce(len(at), func(i int) { at[i] = e.Front.SaveMailText(ctx, textSaying(3, "Først."), karen.Actor()) })
	saved := 0
	for _, err := range at {
		if err == nil {
			saved++
			continue
		}
		require.ErrorIs(t, err, forloeb.ErrMailTextChanged)
	}
	require.Equal(t, 1, saved)
}

// A mail is written in the words in force when somebody begins to send it, and
// stays so, whatever is saved before it arrives.
func TestAMailIsPinnedToItsWords(t *testing.T) {
	t.Parallel()
	l := begin(t)
	mail := owed(l, forloeb.MailConsentRequest, forloeb.Rep)
	r := trial{l, mail}
	version := func(id int64) int {
		t.Helper()
		letter, err := l.API.Letter(t.Context(), id)
		require.NoError(t, err)
		return letter.Text.Version
	}
	require.Zero(t, version(mail))
	require.NoError(t, l.API.SaveMailText(t.Context(), textSaying(0, "Tak."), storetest.Secretary))
	require.Equal(t, 1, version(mail), "nobody has begun")

	first := r.claim()
	require.Equal(t, map[string]string{"thanks": "Tak."}, first.Text.Sentences)
	require.NoError(t, l.API.SaveMailText(t.Context(), textSaying(1, "Mange tak."), storetest.Secretary))
	r.settle(first, forloeb.MailPlanned)
	again := r.claim()
	require.Equal(t, first.Text, again.Text, "a retry is the same message")
	require.Equal(t, first.MessageID, again.MessageID)
	r.settle(again, forloeb.MailSent)
	require.Equal(t, 1, version(mail), "as it was sent")

	other := trial{l, l.mailID(forloeb.MailConsentRequest, forloeb.Leader)}
	require.Equal(t, 2, other.claim().Text.Version)
}

// One that was begun in the words that came with the program stays in them.
func TestAMailInOurOwnWordsStaysInThem(t *testing.T) {
	t.Parallel()
	l := begin(t)
	r := trial{l, owed(l, forloeb.MailConsentRequest, forloeb.Rep)}
	first := r.claim()
	require.Zero(t, first.Text)
	require.NoError(t, l.API.SaveMailText(t.Context(), textSaying(0, "Tak."), storetest.Secretary))
	r.settle(first, forloeb.MailPlanned)
	require.Zero(t, r.claim().Text)
}
