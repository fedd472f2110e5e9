package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// A link leads to the same page as often as it is opened; once it has answered,
// it says so and takes no other answer.
//
// Complaint K5.
func TestALinkShowsWhatItAnswered(t *testing.T) {
	o := withConsultants(t)
	id := o.env.Apply()
	o.env.Settle(id)
	p := o.env.Party(id, forloeb.Rep)
	address := o.consentOf(p)
	for range 3 {
		require.Equal(t, "Vil du være med til at søge?", parsed(t, o.get(address, "")).Find("h1").Text())
	}
	yes := url.Values{"answer": {"yes"}, "signature": {p.Contact.Name}, "revision": {"1"}}
	require.Equal(t, http.StatusSeeOther, o.fills(address, yes).StatusCode)
	before := o.acts()
	for range 3 {
		page := parsed(t, o.get(address, ""))
		require.Equal(t, "Du har svaret ja", page.Find("h1").Text())
		require.Contains(t, part(page, "answer-yes"), "Dit ja er modtaget")
	}
	again := o.fills(address, url.Values{"answer": {"no"}, "revision": {"1"}})
	require.Equal(t, "Du har allerede svaret", parsed(t, again).Find("h1").Text())
	require.Equal(t, before, o.acts())
}
