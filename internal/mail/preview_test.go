package mail

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

var ownLink = regexp.MustCompile(`https://spark\.example\.dk/\S*[^\s.]`)

// The same words, letter for letter, and not one link of ours.
func TestAPreviewIsTheMailWithoutItsLinks(t *testing.T) {
	composed, previews := composer(t), NewPreviewer(config().Phone, config().Hours, config().Contact)
	for _, c := range cases() {
		m, err := composed.Compose(c.letter)
		require.NoError(t, err, c.name)
		subject, text, err := previews.Preview(c.letter)
		require.NoError(t, err, c.name)
		require.Equal(t, m.Subject, subject, c.name)
		require.Equal(t, ownLink.ReplaceAllString(m.Text, hidden), text, c.name)
		require.Equal(t, c.leads != "", strings.Contains(text, hidden), c.name)
		require.NotContains(t, text, ours, c.name)
	}
}

func TestAMailThatCannotBeWrittenHasNoPreview(t *testing.T) {
	erased := letter(forloeb.MailBothAgreed, sample(), leaderID, start)
	erased.Party.Contact = forloeb.Contact{}
	_, _, err := NewPreviewer("1", "2", "3").Preview(erased)
	require.ErrorIs(t, err, errIncomplete)
}
