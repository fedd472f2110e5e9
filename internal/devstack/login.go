package devstack

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"github.com/oauth2-proxy/mockoidc"
)

// tokenLife is long enough for the product to read a token, which it does at once.
const tokenLife = time.Minute

// LoginOptions say where the login listens, whom it knows and whom it serves. The address must be on loopback; an
// empty one means a free port.
type LoginOptions struct {
	Addr, Setting          string // the setting is named in the error when the port is taken
	ClientID, ClientSecret string
	RedirectURL            string // the only one that a code is sent to; without a query
	AfterLogoutURL         string // where the product's own login is
	Users                  []LoginUser
}

// Login is an OpenID Connect provider that asks for no password: whoever is at this machine picks who to be. Its
// keys last for as long as it runs.
type Login struct {
	options LoginOptions
	server  *http.Server

	mu       sync.Mutex // the provider's sessions are not for many at once
	provider *mockoidc.MockOIDC
}

// StartLogin listens and returns at once.
func StartLogin(o LoginOptions) (*Login, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	provider, err := mockoidc.NewServer(key)
	if err != nil {
		return nil, err
	}
	if _, err := provider.Keypair.KeyID(); err != nil { // which it keeps, and would race to
		return nil, err
	}
	listener, err := listenLoopback("login", o.Setting, o.Addr)
	if err != nil {
		return nil, err
	}
	l := &Login{options: o, provider: provider}
	l.server = &http.Server{Addr: listener.Addr().String(), Handler: l.handler(), ReadHeaderTimeout: 10 * time.Second}
	provider.Server = l.server // where it finds its own address
	provider.ClientID, provider.ClientSecret = o.ClientID, o.ClientSecret
	provider.AccessTTL, provider.RefreshTTL = tokenLife, tokenLife
	go func() { _ = l.server.Serve(listener) }()
	return l, nil
}

// URL is where a person begins; the product's login sends them back here.
func (l *Login) URL() string { return l.provider.Addr() }

// Issuer is what the product must be told about the login.
func (l *Login) Issuer() string { return l.provider.Issuer() }

// ClientID is the product's name here.
func (l *Login) ClientID() string { return l.options.ClientID }

// ClientSecret is the product's password here.
func (l *Login) ClientSecret() string { return l.options.ClientSecret }

// Stop ends it; tokens and keys are gone with it.
func (l *Login) Stop() { _ = l.server.Close() }

// endSession is where the product sends those who log out.
const endSession = mockoidc.IssuerBase + "/logout"

func (l *Login) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", l.begin)
	mux.HandleFunc("GET /pages.css", styles)
	mux.HandleFunc("GET "+mockoidc.DiscoveryEndpoint, l.discovery)
	mux.HandleFunc("GET "+mockoidc.JWKSEndpoint, l.provider.JWKS)
	mux.HandleFunc("GET "+mockoidc.AuthorizationEndpoint, l.choose)
	mux.HandleFunc("POST "+mockoidc.AuthorizationEndpoint, l.chosen)
	mux.HandleFunc("POST "+mockoidc.TokenEndpoint, l.token)
	mux.HandleFunc("GET "+mockoidc.UserinfoEndpoint, l.userinfo)
	mux.HandleFunc("GET "+endSession, l.logout)
	return onlyLoopback(secure(http.NewCrossOriginProtection().Handler(mux)))
}

// begin is for whoever comes here first: a login begins in the product.
func (l *Login) begin(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, l.options.AfterLogoutURL, http.StatusSeeOther)
}

// discovery says only what is true: mockoidc's own names ways that it does not take, and no logout.
func (l *Login) discovery(w http.ResponseWriter, _ *http.Request) {
	answerJSON(w, http.StatusOK, map[string]any{
		"issuer":                                l.provider.Issuer(),
		"authorization_endpoint":                l.provider.AuthorizationEndpoint(),
		"token_endpoint":                        l.provider.TokenEndpoint(),
		"userinfo_endpoint":                     l.provider.UserinfoEndpoint(),
		"jwks_uri":                              l.provider.JWKSEndpoint(),
		"end_session_endpoint":                  l.provider.Addr() + endSession,
		"response_types_supported":              mockoidc.ResponseTypesSupported,
		"subject_types_supported":               mockoidc.SubjectTypesSupported,
		"id_token_signing_alg_values_supported": mockoidc.IDTokenSigningAlgValuesSupported,
		"token_endpoint_auth_methods_supported": []string{"client_secret_post"},
		"code_challenge_methods_supported":      []string{mockoidc.CodeChallengeMethodS256},
	})
}

// token is mockoidc's, which takes a code once and holds it against the challenge, but not against the address that
// the code was sent to.
func (l *Login) token(w http.ResponseWriter, r *http.Request) {
	if r.PostFormValue("redirect_uri") != l.options.RedirectURL {
		answerJSON(w, http.StatusBadRequest, map[string]string{"error": mockoidc.InvalidGrant})
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.provider.Token(w, r)
}

func (l *Login) userinfo(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.provider.Userinfo(w, r)
}

// logout has nothing to end: who to be is picked at every login.
func (l *Login) logout(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("client_id") != l.options.ClientID || r.FormValue("post_logout_redirect_uri") != l.options.AfterLogoutURL {
		l.refuse(w, "client_id eller post_logout_redirect_uri er en anden end SPARKs.")
		return
	}
	http.Redirect(w, r, l.options.AfterLogoutURL, http.StatusSeeOther)
}

func answerJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
