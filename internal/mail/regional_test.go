package mail

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// productID names the program that made the entry, in a line nobody reads.
const productID = "-//SPARK//Forloeb//DA"

// No mail of the regional programme names SPARK, and its parties get an
// expert.
func TestC23RegionalMailsAreInTheProgrammesOwnName(t *testing.T) {
	for _, c := range cases() {
		if c.letter.Forloeb.Shared() {
			continue // the programme has none
		}
		m, err := composer(t).Compose(regionalLetter(c.letter))
		require.NoError(t, err, c.name)
		require.Regexp(t, `^Ekspertrådgivning om psykisk arbejdsmiljø( 26-4817)?: `, m.Subject, c.name)
		require.Equal(t, "Ekspertrådgivning om psykisk arbejdsmiljø", m.From.Name, c.name)
		require.Equal(t, "spark@example.dk", m.From.Address, "from the address that is set")
		for _, part := range []string{m.Subject, m.From.Name, m.ReplyTo.Name, m.Text, strings.Replace(string(m.Calendar), productID, "", 1)} {
			require.NotContains(t, part, "SPARK", c.name)
			if c.letter.Party != nil {
				require.NotContains(t, part, "onsulent", c.name)
			}
		}
	}
}

func TestC23WhoAgreedIsToldToWhoeverDidNotFillInTheForm(t *testing.T) {
	for _, c := range cases() {
		if c.name != "consent_request.other" {
			continue
		}
		m, err := composer(t).Compose(regionalLetter(c.letter))
		require.NoError(t, err)
		for _, part := range []string{m.Text, m.HTML} {
			require.Contains(t, part, "gratis")
			require.Contains(t, part, "Forhandlingsfællesskabet og Danske Regioner")
			require.Contains(t, part, "Sekretariatet for ekspertrådgivningen")
		}
	}
}
