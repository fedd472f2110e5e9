package mail

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// The tests in this file are named after the lines of the source documents:
// docs/programme.md has a row for each.

// Whoever did not fill in the form reads in the first mail that it is free,
// for municipal workplaces, and who stands behind it.
func TestB10TheFirstMailSaysWhatSparkIs(t *testing.T) {
	for _, f := range []*forloeb.Forloeb{firstMail(), helpedBy()} {
		m, err := composer(t).Compose(letter(forloeb.MailConsentRequest, f, repID, start, ordinal(1001)))
		require.NoError(t, err)
		for _, part := range []string{m.Text, page(t, m).Text()} {
			for _, words := range []string{"gratis", "kommunale arbejdspladser", "KL og Forhandlingsfællesskabet"} {
				require.Contains(t, part, words)
			}
		}
	}
}

// A subject, and a meeting in a calendar that colleagues read, tells neither
// which workplace it is nor what is hard there.
func TestC11SubjectsAndCalendarsTellNothing(t *testing.T) {
	programme, _ := forloeb.ProgrammeByCode(forloeb.Spark)
	for _, c := range cases() {
		m := compose(t, c)
		shown := strings.ToLower(m.Subject + "\n" + strings.ReplaceAll(string(m.Calendar), "\r\n ", ""))
		require.NotContains(t, shown, strings.ToLower(canaryWorkplace), c.name)
		require.NotContains(t, shown, strings.ToLower(canaryText), c.name)
		for _, theme := range programme.Themes {
			require.NotContains(t, shown, strings.ToLower(theme.Label), c.name)
			require.NotContains(t, shown, theme.Short, c.name)
		}
	}
}

// The documents know two addresses, both of the past: links begin with the
// one that is set.
func TestC18TheAddressIsASetting(t *testing.T) {
	settings := config()
	settings.BaseURL = "https://et-andet-sted.example.dk/spark"
	elsewhere, err := NewComposer(settings)
	require.NoError(t, err)
	m, err := elsewhere.Compose(letter(forloeb.MailConsentRequest, firstMail(), repID, start, ordinal(1001)))
	require.NoError(t, err)
	require.Contains(t, m.Text, "\n"+settings.BaseURL+toConsent)
	require.NotContains(t, m.Text+m.HTML, ours)
}

// Whoever is asked to join reads at once that it costs nothing.
func TestE12TheOtherKindsAreFreeToo(t *testing.T) {
	for _, f := range []*forloeb.Forloeb{joining(), network()} {
		m := compose(t, mailCase{"free", letter(forloeb.MailWorkplaceInvited, f, joiningRepID, clock("2026-11-26 11:05"), ordinal(1001)), toConsent})
		require.Contains(t, m.Text, "gratis")
		require.Contains(t, m.HTML, "gratis")
	}
}
