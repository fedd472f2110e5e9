package mail

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// Every variant of every mail can be sent as a sample, to whoever asked for it
// alone, and with links that open nothing.
func TestSamplesAreMailsToWhoeverAskedForThem(t *testing.T) {
	const dead = ours + "/samtykke/proeve"
	c := composer(t)
	for _, p := range forloeb.Programmes {
		for _, kind := range forloeb.MailKinds {
			for _, s := range samplesOf(p.Code, kind) {
				m, err := c.ComposeSample(forloeb.SampleLetter{
					MessageID: "a1", Date: start, Name: "Anna\r\nBcc: x@example.dk", Email: "anna@example.dk", Variant: s.name,
					Text: forloeb.MailText{Programme: p.Code, Kind: kind, Version: forloeb.UnsavedText},
				})
				require.NoError(t, err, s.name)
				require.Equal(t, "a1@spark.example.dk", m.ID)
				require.Equal(t, start, m.Date)
				require.Equal(t, "anna@example.dk", m.To.Address)
				require.NotContains(t, m.To.Name, "\n")
				require.True(t, strings.HasPrefix(m.Subject, "Prøve: "+p.Name), m.Subject)
				require.Empty(t, m.Calendar)
				require.Equal(t, strings.Count(m.Text, ours), strings.Count(m.Text, dead), s.name)
				require.Equal(t, strings.Count(m.HTML, ours), strings.Count(m.HTML, dead), s.name)
			}
		}
	}
	_, err := keys.Open("consent", "proeve")
	require.Error(t, err)
	for _, l := range []forloeb.SampleLetter{
		{Email: "anna@example.dk", Variant: "weather", Text: forloeb.MailText{Programme: forloeb.Spark, Kind: forloeb.MailApproved}},
		{Email: "anna", Variant: "approved", Text: forloeb.MailText{Programme: forloeb.Spark, Kind: forloeb.MailApproved}},
	} {
		_, err := c.ComposeSample(l)
		require.ErrorIs(t, err, errIncomplete)
	}
}
