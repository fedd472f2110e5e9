package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// agreesWith answers yes as a party, with a browser.
func (d *desk) agreesWith(id uuid.UUID, side forloeb.Side, browser string) {
	d.t.Helper()
	p := d.env.Party(id, side)
	form := url.Values{"answer": {"yes"}, "signature": {p.Contact.Name}, "revision": {"1"}}
	a := d.send(request{method: http.MethodPost, path: d.linksOf(p).Consent, body: form.Encode(),
		header: map[string]string{"Content-Type": "application/x-www-form-urlencoded", "User-Agent": browser}})
	require.Equal(d.t, http.StatusSeeOther, a.StatusCode)
}

// Two yeses from one browser within minutes are worth a look. What stands for
// the browser says nothing about it, and is another one in another forløb.
func TestTwoAnswersFromOneBrowserAreAFlag(t *testing.T) {
	d := newDesk(t)
	flags := func(rep string) (n int, device string) {
		id := d.env.Apply()
		d.env.Settle(id)
		d.agreesWith(id, forloeb.Leader, "Firefox")
		d.agreesWith(id, forloeb.Rep, rep)
		d.env.Settle(id)
		f := d.env.Read(id)
		for _, task := range f.Tasks {
			if task.Kind == forloeb.TaskSameDevice && task.Open() {
				n++
			}
		}
		return n, f.Parties[0].Consent.Device
	}
	n, one := flags("Firefox")
	require.Equal(t, 1, n)
	n, other := flags("Chrome")
	require.Zero(t, n)
	require.NotEqual(t, one, other)
	require.NotContains(t, one, "Firefox")
	require.Contains(t, plain(d.opens("/sekretariat/").Text()), "kom fra samme browser som det andet")
}
