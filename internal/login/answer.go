package login

import (
	"context"
	"crypto/subtle"
	"errors"
	"slices"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// algorithms that a token may be signed with, whatever the provider offers:
// none is no signature, and HS256 and its like are keyed with what is no
// secret of the provider's alone.
var algorithms = []string{
	oidc.RS256, oidc.RS384, oidc.RS512,
	oidc.PS256, oidc.PS384, oidc.PS512,
	oidc.ES256, oidc.ES384, oidc.ES512,
}

// clockSkew is how far the provider's clock may be ahead of ours. go-oidc
// allows the same for nbf.
const clockSkew = 5 * time.Minute

// answer is what the provider has said of a person, and that it was it that
// said so, to us, just now, has been checked.
type answer struct {
	issuer, subject string
	claims          claims
	tokens          *oauth2.Token
}

// exchange trades a code for the answer it stands for.
func (s *service) exchange(ctx context.Context, code, nonce, verifier string) (answer, error) {
	tokens, err := s.oauth.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if told, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return answer{}, refused(spoken(told.ErrorCode))
	}
	if err != nil {
		return answer{}, failureOf(err, away("its tokens cannot be read"))
	}
	raw, ok := tokens.Extra("id_token").(string)
	if !ok {
		return answer{}, away("it gave no ID token")
	}
	token, err := s.verify(ctx, raw, nonce)
	if err != nil {
		return answer{}, err
	}
	a := answer{issuer: token.Issuer, subject: token.Subject, tokens: tokens}
	if err := token.Claims(&a.claims); err != nil {
		return answer{}, refused("the token's claims cannot be read")
	}
	return a, s.addressed(token, a.claims)
}

// spoken repeats an error code of RFC 6749, section 5.2. Anything else might
// say more than it should.
func spoken(code string) string {
	known := []string{"invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope"}
	if slices.Contains(known, code) {
		return code
	}
	return "the code was not taken"
}

// verify holds a token against OpenID Connect Core 1.0, section 3.1.3.7.
func (s *service) verify(ctx context.Context, raw, nonce string) (*oidc.IDToken, error) {
	keys := &watchedKeys{KeySet: s.keys}
	verifier := oidc.NewVerifier(s.issuer, keys, &oidc.Config{ClientID: s.oauth.ClientID, SupportedSigningAlgs: algorithms})
	token, err := verifier.Verify(ctx, raw)
	if err != nil {
		return nil, keys.failure(err)
	}
	switch {
	case token.IssuedAt.IsZero() || token.IssuedAt.After(time.Now().Add(clockSkew)):
		return nil, refused("the token is from a time to come, or from none")
	case token.Subject == "":
		return nil, refused("the token is about nobody")
	case subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(nonce)) != 1:
		return nil, refused("the token is of another login")
	}
	return token, nil
}

// addressed finds whom a token was made for. Where it is for several, it must
// say so; where it says so, it must be us.
func (s *service) addressed(token *oidc.IDToken, c claims) error {
	party, said := c["azp"]
	if said && party != s.oauth.ClientID || !said && len(token.Audience) > 1 {
		return refused("the token is another program's")
	}
	return nil
}

// watchedKeys remembers what came of one signature, which the verifier only
// tells as text.
type watchedKeys struct {
	oidc.KeySet
	away, signed bool
}

// VerifySignature implements oidc.KeySet.
func (k *watchedKeys) VerifySignature(ctx context.Context, token string) ([]byte, error) {
	payload, err := k.KeySet.VerifySignature(ctx, token)
	k.signed = err == nil
	k.away = errors.Unwrap(err) != nil // go-oidc wraps why it could not fetch the keys, and nothing else
	return payload, err
}

func (k *watchedKeys) failure(err error) error {
	_, expired := errors.AsType[*oidc.TokenExpiredError](err)
	switch {
	case k.away:
		return away("its keys cannot be fetched")
	case expired:
		return refused("the token has expired")
	case k.signed:
		return refused("the token is by another provider, for another program, or not valid yet")
	}
	return refused("the token is not signed by the provider, or not as we ask")
}

// complete asks for what the token left out: a provider may keep what belongs
// to the scopes for its userinfo endpoint (OpenID Connect Core 1.0, section
// 5.4). What the token says stands.
func (s *service) complete(ctx context.Context, a *answer, roleClaim string) error {
	if s.provider.UserInfoEndpoint() == "" || a.claims.has("name") && a.claims.has("email") && a.claims.has(roleClaim) {
		return nil
	}
	info, err := s.provider.UserInfo(ctx, oauth2.StaticTokenSource(a.tokens))
	if err != nil {
		return failureOf(err, away("its userinfo cannot be read"))
	}
	if info.Subject != a.subject {
		return refused("the userinfo is about somebody else")
	}
	var more claims
	if err := info.Claims(&more); err != nil {
		return away("its userinfo cannot be read")
	}
	for name, value := range more {
		if _, said := a.claims[name]; !said {
			a.claims[name] = value
		}
	}
	return nil
}
