package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func TestALeaveSaysWhatLiesInItBeforeItIsSaved(t *testing.T) {
	d := newClerk(t)
	id := d.agree(d.env.Apply())
	start := d.ahead(id, 9, 10)
	d.env.Book(id, start)
	d.env.Settle(id)
	page, leaves := consultantsPath+"/"+d.annaID.String(), func() int { return d.env.Count(`select count(*) from leaves`) }
	day := forloeb.ShortDate(start)
	leave := url.Values{"leave_from": {day}, "leave_to": {day}}

	asked := d.sends(page, leave)
	require.Equal(t, http.StatusOK, asked.StatusCode)
	require.Zero(t, leaves(), "not yet")
	require.Contains(t, asked.text, "Det er ikke gemt endnu")
	require.Contains(t, asked.text, "sag "+d.env.Read(id).Reference)
	require.Contains(t, asked.text, casePath(id))
	require.Equal(t, day, sent(asked.document(), "leave_from")[0], "nothing typed is lost")

	leave.Set("sure", "true")
	require.Equal(t, http.StatusSeeOther, d.sends(page, leave).StatusCode)
	require.Equal(t, 1, leaves())
	require.Equal(t, http.StatusSeeOther, d.sends(page, url.Values{"phone": {"70 00 00 01"}}).StatusCode, "what is known is not asked again")
	quiet := forloeb.ShortDate(start.AddDate(0, 0, 40))
	require.Equal(t, http.StatusSeeOther, d.sends(page, url.Values{"leave_from": {day, quiet}, "leave_to": {day, quiet}}).StatusCode, "nothing lies in that one")
	require.Equal(t, 2, leaves())
}

func TestWhoStopsIsSaidToHaveOpenForloeb(t *testing.T) {
	d := newClerk(t)
	id := d.agree(d.env.Apply())
	page, active := consultantsPath+"/"+d.annaID.String(), func() bool {
		return d.env.Count(`select count(*) from consultants where active and id = $1`, d.annaID) == 1
	}
	asked := d.sends(page, url.Values{"stopped": {"true"}})
	require.Equal(t, http.StatusOK, asked.StatusCode)
	require.True(t, active())
	require.Contains(t, asked.text, "Anna har 1 åbent forløb.")
	require.Contains(t, asked.text, casePath(id))
	require.Equal(t, http.StatusSeeOther, d.sends(page, url.Values{"stopped": {"true"}, "sure": {"true"}}).StatusCode)
	require.False(t, active())
}
