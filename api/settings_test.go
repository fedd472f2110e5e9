package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// Everybody with work to do turns their own mail in the morning on and off; a
// reader has none.
func TestTheMailInTheMorningIsOnesOwnChoice(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	nfa := d.loggedInWith(forloeb.Access{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA}, "nfa@example.dk")
	anna := d.loggedIn(forloeb.RoleConsultant, d.addressOf(true))
	for area, who := range map[string]jar{secretariatArea: d.sec, providerArea: nfa, consultantArea: anna} {
		page := area + settingsPath
		shown := d.browse(who, page)
		require.Equal(t, http.StatusOK, shown.StatusCode, shown.text)
		require.NotContains(t, shown.text, "checked", "it is off until somebody turns it on")
		require.Contains(t, shown.text, `href="`+page+`"`, "the way there is in the head of every page")
		a := d.submit(who, page, url.Values{"digest": {"true"}})
		require.Equal(t, withDone(page, doneDigestOn), a.Header.Get("Location"), a.text)
		require.Contains(t, d.browse(who, page).text, "checked")
	}
	require.Equal(t, 3, d.env.Count(`select count(*) from staff where digest`))
	a := d.submit(d.sec, secretariatArea+settingsPath, nil)
	require.Equal(t, withDone(secretariatArea+settingsPath, doneDigestOff), a.Header.Get("Location"))
	require.Contains(t, d.browse(d.sec, a.Header.Get("Location")).text, doneWords[doneDigestOff])
	require.Equal(t, 2, d.env.Count(`select count(*) from staff where digest`))
	require.NotContains(t, d.browse(d.loggedIn(forloeb.RoleReader, "reader@example.dk"), "/sekretariat/tal").text, settingsPath)
}
