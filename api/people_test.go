package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// fills sends a form as a browser does.
func (w *site) fills(path string, form url.Values) answer {
	w.t.Helper()
	return w.send(request{method: http.MethodPost, path: path, body: form.Encode(),
		header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}})
}

func TestAPartysOwnTelephone(t *testing.T) {
	o := newOffice(t)
	id := o.env.Apply()
	o.env.Settle(id)
	rep := o.env.Party(id, forloeb.Rep)
	address := link.Status.Path(o.links.Token(link.Status, rep.ID, rep.LinkVersion)) + contactPath
	writes := func(phone string) answer {
		return o.fills(address, url.Values{"email": {rep.Contact.Email}, "phone": {phone}})
	}

	require.Equal(t, http.StatusOK, writes(" 70 00 00\u00a009 ").StatusCode)
	require.Equal(t, "70 00 00 09", o.env.Party(id, forloeb.Rep).Contact.Phone)

	before := o.acts()
	refused := writes("1234")
	require.Equal(t, http.StatusUnprocessableEntity, refused.StatusCode)
	require.Contains(t, refused.text, "Skriv et telefonnummer med otte cifre, eller lad feltet stå tomt.")
	require.Contains(t, refused.text, `value="1234"`)
	require.Equal(t, before, o.acts())
	require.Equal(t, "70 00 00 09", o.env.Party(id, forloeb.Rep).Contact.Phone)

	require.Equal(t, http.StatusOK, writes("").StatusCode)
	got := o.env.Party(id, forloeb.Rep)
	require.Empty(t, got.Contact.Phone)
	require.Equal(t, rep.Contact.Email, got.Contact.Email)
	require.Equal(t, rep.LinkVersion, got.LinkVersion, "the link stays with the address")
}

// Complaint K21.
func TestACorrectionOnTheReceipt(t *testing.T) {
	o := newOffice(t)
	id := o.env.Apply()
	o.env.Settle(id)
	leader, rep := o.env.Party(id, forloeb.Leader), o.env.Party(id, forloeb.Rep)
	home := o.receiptAddress(o.env.Read(id))

	shown := o.get(home, "").text
	require.NotContains(t, shown, `no-print" open`, "folded until something is wrong")
	require.Contains(t, shown, `value="`+rep.Contact.Email+`"`)

	for _, wrong := range []string{"", leader.Contact.Email} {
		refused := o.fills(home+"/rep", url.Values{"rep_email": {wrong}})
		require.Equal(t, http.StatusUnprocessableEntity, refused.StatusCode)
		require.Regexp(t, `(?s)receipt-rep_email.*no-print" open`, refused.text)
		require.NotRegexp(t, `(?s)no-print" open.*receipt-rep_email`, refused.text, "the other's stays folded")
	}

	corrected := o.fills(home+"/rep", url.Values{"rep_email": {"amir.to@example.dk"}})
	require.Equal(t, http.StatusSeeOther, corrected.StatusCode)
	require.NotContains(t, o.get(home, "").text, `no-print" open`)
	require.Equal(t, "amir.to@example.dk", o.env.Party(id, forloeb.Rep).Contact.Email)
}
