package login

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"example.dk/spark/internal/forloeb"
)

const (
	clientID     = "spark"
	clientSecret = "hemmelig & lang"
)

// Keys are slow to make, and no row depends on which.
var (
	theirs  = rsaKey()
	rotated = rsaKey()
	strange = rsaKey()
	curve   = ecKey()
	edwards = ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
)

func rsaKey() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
}

func ecKey() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return key
}

// fake is a provider that says whatever a test wants it to. What nothing is
// said about it does as it should.
type fake struct {
	t   *testing.T
	url string

	mu       sync.Mutex
	pages    map[string]http.HandlerFunc // instead of its own, by path
	describe map[string]any              // laid over its description of itself
	keys     []map[string]any            // published
	codes    map[string]url.Values       // unused ones, with what was asked for
	claims   func(asked url.Values) jwt.MapClaims
	sign     func(jwt.MapClaims) string
	seen     map[string]int // requests, by path
}

func newFake(t *testing.T) *fake {
	f := &fake{
		t: t, pages: map[string]http.HandlerFunc{}, describe: map[string]any{}, codes: map[string]url.Values{}, seen: map[string]int{},
		keys: []map[string]any{rsaJWK("first", theirs)}, sign: signed(jwt.SigningMethodRS256, "first", theirs),
	}
	f.claims = f.person
	server := httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(server.Close)
	f.url = server.URL
	return f
}

// person is Anna, who logs in as she should.
func (f *fake) person(asked url.Values) jwt.MapClaims {
	now := time.Now().Unix()
	return jwt.MapClaims{
		"iss": f.url, "sub": "anna", "aud": clientID, "exp": now + 300, "iat": now, "nonce": asked.Get("nonce"),
		"name": "Anna Berg", "email": "anna.berg@example.dk", "roles": []string{"secretariat"}, "amr": []string{"pwd", "mfa"},
	}
}

func signed(method jwt.SigningMethod, id string, key any) func(jwt.MapClaims) string {
	return func(claims jwt.MapClaims) string {
		token := jwt.NewWithClaims(method, claims)
		token.Header["kid"] = id
		raw, err := token.SignedString(key)
		if err != nil {
			panic(err)
		}
		return raw
	}
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seen[r.URL.Path]++
	if page := f.pages[r.URL.Path]; page != nil {
		page(w, r)
		return
	}
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		description := map[string]any{
			"issuer": f.url, "authorization_endpoint": f.url + "/authorize", "token_endpoint": f.url + "/token",
			"jwks_uri": f.url + "/keys", "end_session_endpoint": f.url + "/logout?tenant=1",
		}
		for name, value := range f.describe {
			description[name] = value
		}
		respond(w, http.StatusOK, description)
	case "/keys":
		respond(w, http.StatusOK, map[string]any{"keys": f.keys})
	case "/token":
		f.token(w, r)
	default:
		http.NotFound(w, r)
	}
}

func rsaJWK(id string, key *rsa.PrivateKey) map[string]any {
	return map[string]any{"kid": id, "kty": "RSA", "n": b64(key.N), "e": b64(big.NewInt(int64(key.E)))}
}

func b64(n *big.Int) string { return base64.RawURLEncoding.EncodeToString(n.Bytes()) }

// token gives a token for a code, once, to us, with the verifier.
func (f *fake) token(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	code := r.PostFormValue("code")
	asked, unused := f.codes[code]
	delete(f.codes, code)
	switch {
	case id != clientID || secret != url.QueryEscape(clientSecret):
		respond(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client", "error_description": code})
	case !unused || r.PostFormValue("redirect_uri") != asked.Get("redirect_uri"),
		oauth2.S256ChallengeFromVerifier(r.PostFormValue("code_verifier")) != asked.Get("code_challenge"):
		respond(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant", "error_description": code + " anna.berg@example.dk"})
	default:
		respond(w, http.StatusOK, map[string]any{
			"access_token": "access", "token_type": "Bearer", "expires_in": 300, "id_token": f.sign(f.claims(asked)),
		})
	}
}

func respond(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// answers makes the fake answer one path with something else.
func (f *fake) answers(path string, status int, contentType, body string) {
	f.with(func() {
		f.pages[path] = func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
	})
}

func (f *fake) with(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}

func (f *fake) options() Options {
	return Options{
		Issuer: f.url, ClientID: clientID, ClientSecret: clientSecret, RoleClaim: "roles",
		RedirectURL: "https://spark.example.dk/login/svar", AfterLogoutURL: "https://spark.example.dk/login",
	}
}

// attempt is what a browser brings back, and the product has kept.
type attempt struct{ code, nonce, verifier string }

// begin asks for a login and gives what comes back from it.
func (f *fake) begin(p *Provider) attempt {
	f.t.Helper()
	verifier := oauth2.GenerateVerifier()
	address, err := p.Begin(f.t.Context(), "state", "nonce-"+verifier, verifier)
	require.NoError(f.t, err)
	u, err := url.Parse(address)
	require.NoError(f.t, err)
	code := rand.Text()
	f.with(func() { f.codes[code] = u.Query() })
	return attempt{code, "nonce-" + verifier, verifier}
}

func (f *fake) login(p *Provider) (forloeb.Identity, error) {
	f.t.Helper()
	a := f.begin(p)
	return p.Finish(f.t.Context(), a.code, a.nonce, a.verifier)
}
