package login

import (
	"context"
	"errors"
	"net"
	"net/url"
	"slices"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// service is what a provider has told about itself. It is asked once; its keys
// are fetched again when a token names one that is new.
type service struct {
	issuer   string
	provider *oidc.Provider
	keys     oidc.KeySet
	oauth    oauth2.Config
	logout   *url.URL // nil when the provider has no such place
}

// description is the part of OpenID Connect Discovery 1.0, section 3, that
// go-oidc does not give.
type description struct {
	Authorization string   `json:"authorization_endpoint"`
	Token         string   `json:"token_endpoint"`
	Keys          string   `json:"jwks_uri"`
	Userinfo      string   `json:"userinfo_endpoint"`
	EndSession    string   `json:"end_session_endpoint"`
	TokenAuth     []string `json:"token_endpoint_auth_methods_supported"`
}

// discovered asks the provider about itself until it has answered once. Those
// who come at the same time share the question, and none waits longer than
// its own ctx.
func (p *Provider) discovered(ctx context.Context) (*service, error) {
	if s := p.service.Load(); s != nil {
		return s, nil
	}
	answer := p.discovery.DoChan("", func() (any, error) { return p.discover() })
	select {
	case <-ctx.Done():
		return nil, away(noAnswerInTime)
	case a := <-answer:
		if a.Err != nil {
			return nil, a.Err
		}
		return a.Val.(*service), nil
	}
}

func (p *Provider) discover() (*service, error) {
	ctx := p.with(context.Background()) // the client has its own time limit
	provider, err := oidc.NewProvider(ctx, p.options.Issuer)
	if _, ok := errors.AsType[*oidc.IssuerMismatchError](err); ok {
		return nil, away("it calls itself by another address than the issuer we were given")
	}
	var d description
	if err == nil {
		err = provider.Claims(&d)
	}
	if err != nil {
		return nil, failureOf(err, away("its description of itself cannot be read"))
	}
	if !d.sound() {
		return nil, away("its description of itself lacks an encrypted address")
	}
	s := &service{issuer: p.options.Issuer, provider: provider, keys: oidc.NewRemoteKeySet(ctx, d.Keys)}
	s.oauth = oauth2.Config{
		ClientID: p.options.ClientID, ClientSecret: p.options.ClientSecret, RedirectURL: p.options.RedirectURL,
		Endpoint: oauth2.Endpoint{AuthURL: d.Authorization, TokenURL: d.Token, AuthStyle: d.authStyle()},
		Scopes:   append([]string{oidc.ScopeOpenID, oidc.ScopeProfile, oidc.ScopeEmail}, p.options.Scopes...),
	}
	if d.EndSession != "" {
		s.logout, _ = url.Parse(d.EndSession) // sound has
	}
	p.service.Store(s)
	return s, nil
}

// sound tells whether every address is there, and encrypted.
func (d description) sound() bool {
	for _, address := range []string{d.Authorization, d.Token, d.Keys} {
		if !encrypted(address) {
			return false
		}
	}
	return (d.Userinfo == "" || encrypted(d.Userinfo)) && (d.EndSession == "" || encrypted(d.EndSession))
}

// encrypted takes also what does not leave this machine.
func encrypted(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	here := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	return u.Scheme == "https" || u.Scheme == "http" && here
}

// authStyle is how the provider wants our password. To try one way after the
// other, as oauth2 does by itself, would use the code twice.
func (d description) authStyle() oauth2.AuthStyle {
	if len(d.TokenAuth) == 0 || slices.Contains(d.TokenAuth, "client_secret_basic") { // the default
		return oauth2.AuthStyleInHeader
	}
	return oauth2.AuthStyleInParams
}
