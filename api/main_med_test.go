package api

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

func mainMEDExamples() []example {
	at := func(name, municipality string) example {
		return example{"main-med" + name, seenBy(exampleAnna, mainMEDPath, newMainMEDPage(exampleSite, testBaseURL, municipality))}
	}
	return []example{at("", ""), at("-letter", "740")}
}

// The letter tells the chairs of a municipality's HovedMED what both parties
// have agreed to offer, and nothing of any workplace.
func TestE15TheChairsOfTheMainMEDGetALetter(t *testing.T) {
	page := newMainMEDPage(exampleSite, testBaseURL, "751")
	letter := said(document(t, testRenderer(t), page), "letter")
	for _, part := range []string{"formand og næstformand for HovedMED i Aarhus Kommune", "gratis", "KL og Forhandlingsfællesskabet", "TRIO'er", testBaseURL} {
		require.Contains(t, letter, part)
	}
	mail, err := url.Parse(page.MailTo())
	require.NoError(t, err)
	require.Equal(t, "mailto", mail.Scheme)
	require.Empty(t, mail.Opaque, "to nobody yet")
	query, err := url.ParseQuery(mail.RawQuery)
	require.NoError(t, err)
	require.Equal(t, letter, plain(query.Get("body")))
	require.Equal(t, page.Subject, query.Get("subject"))
	require.NotContains(t, mail.RawQuery, "+", "no space in a mail's address")

	d := newDesk(t)
	require.Equal(t, mainMEDPath, d.opens(mailLogPath).Find("[data-test-id=main-med]").AttrOr("href", ""))
	for path, letters := range map[string]int{"": 0, "?kommune=751": 1, "?kommune=999": 0} {
		require.Equal(t, letters, d.opens(mainMEDPath+path).Find("[data-test-id=letter]").Length(), path)
	}
}
