// Package login is our side of the staff's login: it asks one OpenID Connect
// provider who somebody is. Whether they have access is for others to say.
//
// Errors are forloeb.ErrLoginAway, forloeb.ErrLoginRefused and
// forloeb.ErrNoMFA with a reason in our own words: they hold no token, code,
// name or address, and may be logged.
package login

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"

	"example.dk/spark/internal/forloeb"
)

// Options say which provider to ask and how its words are read.
type Options struct {
	Issuer         string // exactly as the provider writes it in its tokens
	ClientID       string
	ClientSecret   string
	RedirectURL    string   // where the provider sends the browser with a code
	AfterLogoutURL string   // where it sends the browser after a logout; may be empty
	Scopes         []string // asked for beside openid, profile and email

	RoleClaim string                    // "roles", or the way into an object: "realm_access.roles"
	Roles     map[string]forloeb.Access // by the provider's names; empty: each access has its own word
	MFA       Requirement               // zero: that the provider asks for it is not checked
}

// Requirement is what a token must say: that a claim has, or holds, one of
// some values.
type Requirement struct {
	Claim  string
	Values []string
}

// Provider is the service that knows the staff. It may be used by many at once.
type Provider struct {
	options Options
	client  *http.Client

	discovery singleflight.Group
	service   atomic.Pointer[service] // nil until the provider has answered
}

// New does not ask the provider anything yet, so that the program starts also
// while the provider is down.
func New(o Options) *Provider {
	if len(o.Roles) == 0 {
		o.Roles = map[string]forloeb.Access{}
		for _, a := range forloeb.Accesses() {
			o.Roles[a.String()] = a
		}
	}
	return &Provider{options: o, client: newClient()}
}

// Begin is the address to send a browser to. State comes back with the code;
// nonce and verifier are for Finish, and the browser must be the same.
func (p *Provider) Begin(ctx context.Context, state, nonce, verifier string) (string, error) {
	s, err := p.discovered(ctx)
	if err != nil {
		return "", err
	}
	extra := []oauth2.AuthCodeOption{oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)}
	if p.options.MFA.Claim == "acr" { // a provider may be asked for it
		extra = append(extra, oauth2.SetAuthURLParam("acr_values", strings.Join(p.options.MFA.Values, " ")))
	}
	return s.oauth.AuthCodeURL(state, extra...), nil
}

// Finish trades a code for who it is. A person of whose roles we know none has
// no Role.
func (p *Provider) Finish(ctx context.Context, code, nonce, verifier string) (forloeb.Identity, error) {
	if code == "" || nonce == "" || verifier == "" {
		return forloeb.Identity{}, refused("no login was begun")
	}
	s, err := p.discovered(ctx)
	if err != nil {
		return forloeb.Identity{}, err
	}
	a, err := s.exchange(p.with(ctx), code, nonce, verifier)
	if err != nil {
		return forloeb.Identity{}, err
	}
	if !p.options.MFA.metBy(a.claims) {
		return forloeb.Identity{}, forloeb.ErrNoMFA
	}
	if err := s.complete(p.with(ctx), &a, p.options.RoleClaim); err != nil {
		return forloeb.Identity{}, err
	}
	access := a.claims.access(p.options.RoleClaim, p.options.Roles)
	return forloeb.Identity{
		Issuer: a.issuer, Subject: a.subject,
		Name: a.claims.name(), Email: a.claims.email(), Role: access.Role, Provider: access.Provider,
	}, nil
}

// LogoutAddress is where a browser is sent to log out of the provider too, or
// "" when the provider has no such place or does not answer.
func (p *Provider) LogoutAddress(ctx context.Context) string {
	s, err := p.discovered(ctx)
	if err != nil || s.logout == nil {
		return ""
	}
	address := *s.logout
	query := address.Query()
	query.Set("client_id", p.options.ClientID)
	if p.options.AfterLogoutURL != "" {
		query.Set("post_logout_redirect_uri", p.options.AfterLogoutURL)
	}
	address.RawQuery = query.Encode()
	return address.String()
}

// with lets the libraries use our own HTTP client.
func (p *Provider) with(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, p.client)
}
