package login

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"example.dk/spark/internal/forloeb"
)

const wellKnown = "/.well-known/openid-configuration"

// What a provider may do instead of answering. Nobody is told that they were
// refused, and the next login asks again.
func TestTheProviderIsAway(t *testing.T) {
	for _, row := range []struct {
		name, path  string
		status      int
		contentType string
		body        string
		says        string
	}{
		{"description: down", wellKnown, 503, "text/html", "anna.berg@example.dk", "status is 503"},
		{"description: not there", wellKnown, 404, "text/html", "<h1>anna.berg@example.dk</h1>", "description"},
		{"description: rubbish", wellKnown, 200, "text/html", "<h1>anna.berg@example.dk</h1>", "description"},
		{"description: nothing", wellKnown, 200, "application/json", "", "description"},
		{"description: another issuer", wellKnown, 200, "application/json", `{"issuer":"https://login.example.com"}`, "another address"},
		{"tokens: down", "/token", 500, "text/html", "anna.berg@example.dk", "status is 500"},
		{"tokens: too many", "/token", 429, "application/json", `{"error":"slow_down"}`, "status is 429"},
		{"tokens: rubbish", "/token", 200, "text/html", "<h1>anna.berg@example.dk</h1>", "tokens cannot be read"},
		{"tokens: none", "/token", 200, "application/json", `{}`, "tokens cannot be read"},
		{"tokens: no ID token", "/token", 200, "application/json", `{"access_token":"a","token_type":"Bearer"}`, "no ID token"},
		{"tokens: an ID token that is no text", "/token", 200, "application/json", `{"access_token":"a","id_token":7}`, "no ID token"},
		{"keys: down", "/keys", 502, "text/html", "", "keys cannot be fetched"},
		{"keys: not there", "/keys", 404, "text/html", "", "keys cannot be fetched"},
		{"keys: rubbish", "/keys", 200, "text/html", "<h1></h1>", "keys cannot be fetched"},
	} {
		t.Run(row.name, func(t *testing.T) {
			f := newFake(t)
			a := f.begin(New(f.options()))
			f.answers(row.path, row.status, row.contentType, row.body)
			p := New(f.options())
			who, err := p.Finish(t.Context(), a.code, a.nonce, a.verifier)
			require.ErrorIs(t, err, forloeb.ErrLoginAway)
			require.ErrorContains(t, err, row.says)
			require.Empty(t, who)
			requireDiscreet(t, err, a)

			f.with(func() { delete(f.pages, row.path) })
			_, err = f.login(p)
			require.NoError(t, err, "it is back")
		})
	}
}

// A description that is right, but lies elsewhere or never seems to end.
func TestAnAnswerThatIsNotTaken(t *testing.T) {
	f := newFake(t)
	f.pages[wellKnown] = func(w http.ResponseWriter, r *http.Request) {
		f.pages[wellKnown] = nil
		http.Redirect(w, r, wellKnown, http.StatusFound)
	}
	_, err := New(f.options()).Begin(t.Context(), "state", "nonce", "verifier")
	require.ErrorIs(t, err, forloeb.ErrLoginAway)

	f.describe["more"] = strings.Repeat("x", maxAnswer)
	_, err = New(f.options()).Begin(t.Context(), "state", "nonce", "verifier")
	require.ErrorIs(t, err, forloeb.ErrLoginAway)
}

// The description says where our password goes: not out in the open.
func TestAnAddressThatIsNotEncrypted(t *testing.T) {
	for _, row := range []struct {
		name, endpoint string
		address        any
	}{
		{"authorization", "authorization_endpoint", "http://login.example.dk/authorize"},
		{"token", "token_endpoint", "http://login.example.dk/token"},
		{"keys", "jwks_uri", "http://login.example.dk/keys"},
		{"userinfo", "userinfo_endpoint", "http://login.example.dk/userinfo"},
		{"logout", "end_session_endpoint", "javascript:alert(1)"},
		{"token missing", "token_endpoint", nil},
		{"token relative", "token_endpoint", "/token"},
	} {
		t.Run(row.name, func(t *testing.T) {
			f := newFake(t)
			f.describe[row.endpoint] = row.address
			_, err := New(f.options()).Begin(t.Context(), "state", "nonce", "verifier")
			require.ErrorIs(t, err, forloeb.ErrLoginAway)
			require.ErrorContains(t, err, "encrypted")
		})
	}
	require.True(t, encrypted("https://login.example.dk/token"))
}

func TestNobodyAnswers(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	p := New(Options{Issuer: gone.URL, ClientID: clientID})
	_, err := p.Begin(t.Context(), "state", "nonce", "verifier")
	require.ErrorIs(t, err, forloeb.ErrLoginAway)
	require.ErrorContains(t, err, "no connection")
	_, err = p.Finish(t.Context(), "code", "nonce", "verifier")
	require.ErrorIs(t, err, forloeb.ErrLoginAway)
	requireDiscreet(t, err, attempt{})
	require.Empty(t, p.LogoutAddress(t.Context()))
}

func TestACertificateThatIsNotTrusted(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of our leaving
	server.StartTLS()
	t.Cleanup(server.Close)
	_, err := New(Options{Issuer: server.URL}).Begin(t.Context(), "state", "nonce", "verifier")
	require.ErrorIs(t, err, forloeb.ErrLoginAway)
	require.ErrorContains(t, err, "certificate")
}

// A provider that never answers keeps nobody longer than they want to wait,
// and nobody longer than our own patience.
func TestAnAnswerThatNeverComes(t *testing.T) {
	over := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-over }))
	t.Cleanup(silent.Close)
	t.Cleanup(func() { close(over) })

	impatient, cancel := context.WithCancel(t.Context())
	cancel()
	p := New(Options{Issuer: silent.URL})
	p.client.Timeout = 0
	_, err := p.Begin(impatient, "state", "nonce", "verifier")
	require.ErrorIs(t, err, forloeb.ErrLoginAway)
	require.ErrorContains(t, err, noAnswerInTime)

	p = New(Options{Issuer: silent.URL})
	p.client.Timeout = 10 * time.Millisecond
	_, err = p.Begin(t.Context(), "state", "nonce", "verifier")
	require.ErrorIs(t, err, forloeb.ErrLoginAway)
	require.ErrorContains(t, err, noAnswerInTime)
}

// Many who come at once ask the provider about itself once, and later ones not
// at all.
func TestItIsAskedAboutItselfOnce(t *testing.T) {
	f := newFake(t)
	p := New(f.options())
	require.Zero(t, f.seen[wellKnown], "not before it is needed")
	var all errgroup.Group
	for range 20 {
		all.Go(func() error {
			_, err := p.Begin(t.Context(), "state", "nonce", "verifier")
			return err
		})
	}
	require.NoError(t, all.Wait())
	_, err := f.login(p)
	require.NoError(t, err)
	require.Equal(t, 1, f.seen[wellKnown])
}

// A provider changes its keys from time to time: the new one is fetched, the
// old one forgotten.
func TestTheProviderChangesItsKeys(t *testing.T) {
	f := newFake(t)
	p := New(f.options())
	_, err := f.login(p)
	require.NoError(t, err)
	_, err = f.login(p)
	require.NoError(t, err)
	require.Equal(t, 1, f.seen["/keys"], "known keys are not fetched again")

	f.with(func() {
		f.keys = []map[string]any{rsaJWK("second", rotated)}
		f.sign = signed(jwt.SigningMethodRS256, "second", rotated)
	})
	_, err = f.login(p)
	require.NoError(t, err)

	f.with(func() { f.sign = signed(jwt.SigningMethodRS256, "first", theirs) })
	_, err = f.login(p)
	require.ErrorIs(t, err, forloeb.ErrLoginRefused)
}

// A provider that wants our password in the form gets it there.
func TestThePasswordInTheForm(t *testing.T) {
	f := newFake(t)
	f.describe["token_endpoint_auth_methods_supported"] = []string{"client_secret_post"}
	f.pages["/token"] = func(w http.ResponseWriter, r *http.Request) {
		if r.PostFormValue("client_id") == clientID && r.PostFormValue("client_secret") == clientSecret {
			r.SetBasicAuth(clientID, "hemmelig+%26+lang")
		}
		f.token(w, r)
	}
	_, err := f.login(New(f.options()))
	require.NoError(t, err)
	require.Equal(t, 1, f.seen["/token"])
}
