package forloeb

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEveryMailSaysWhenItIsSent(t *testing.T) {
	require.Len(t, mailWhen, len(MailKinds))
	for _, kind := range MailKinds {
		require.Regexp(t, `^(\p{Ll}|I ).+\.$`, kind.When(), kind)
	}
}

func TestWhatASentenceOfAMailMaySay(t *testing.T) {
	receipt := MailSentence{Name: "opening", Words: "Du svarede {svar} i telefonen {tidspunkt}."}
	plain := MailSentence{Name: "closing", Words: "Ring til os."}
	require.Equal(t, []string{"svar", "tidspunkt"}, receipt.Slots())
	require.Empty(t, plain.Slots())
	for _, fits := range []struct {
		sentence MailSentence
		words    string
	}{
		{receipt, receipt.Words},
		{receipt, "{tidspunkt} noterede vi {svar}.\r\nSvaret var {svar}."},
		{plain, "Ring på 33 70 12 34, eller skriv til spark@example.dk. Det koster < 5 kr. & er \"gratis\"."},
		{plain, strings.Repeat("å", LongestSentence)},
	} {
		require.Empty(t, fits.sentence.Wrong(fits.words), fits.words)
		require.True(t, fits.sentence.Fits(fits.words))
	}
	for _, bad := range []struct {
		sentence   MailSentence
		words, why string
	}{
		{plain, " \u200b\n", "Skriv en sætning. Den kan ikke være tom."},
		{plain, strings.Repeat("å", LongestSentence+2), "Sætningen er 2 tegn for lang."},
		{plain, "Spørg 010203-1234.", "Det ligner et CPR-nummer. Skriv det uden."},
		{plain, "Spørg 010203\n1234.", "Det ligner et CPR-nummer. Skriv det uden."},
		{plain, "Se https://et-andet-sted.example.dk", "Skriv ikke adresser på nettet. Mailens eget link står der allerede."},
		{plain, "Se WWW.example.dk", "Skriv ikke adresser på nettet. Mailens eget link står der allerede."},
		{receipt, "Du svarede {svar}.", "{tidspunkt} skal stå i mailen."},
		{receipt, "Du svarede { svar } {tidspunkt}.", "{svar} skal stå i mailen."},
		{receipt, receipt.Words + " {navn}", "Mailen kender ikke {navn}. Skriv det uden { og }."},
		{plain, "{{.Link}}", "Mailen kender ikke {.Link}. Skriv det uden { og }."},
		{receipt, receipt.Words + " {", "{ og } kan kun stå om det, mailen selv udfylder."},
		{plain, "}}", "{ og } kan kun stå om det, mailen selv udfylder."},
	} {
		require.Equal(t, bad.why, bad.sentence.Wrong(bad.words), bad.words)
		require.False(t, bad.sentence.Fits(bad.words))
	}
}

func TestVersionsOfAMailThatSayTheSame(t *testing.T) {
	said := func(pairs ...string) (m MailText) {
		for i := 0; i < len(pairs); i += 2 {
			if m.Sentences == nil {
				m.Sentences = map[string]string{}
			}
			m.Sentences[pairs[i]] = pairs[i+1]
		}
		return m
	}
	require.True(t, said().Same(said()))
	require.True(t, said("a", "x").Same(said("a", "x")))
	require.False(t, said("a", "x").Same(said("a", "y")))
	require.False(t, said("a", "x").Same(said("b", "x")))
	require.False(t, said("a", "x").Same(said()))
}
