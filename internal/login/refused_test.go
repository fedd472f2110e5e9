package login

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// claiming changes Anna's claims; nil removes one.
func claiming(pairs ...any) func(*fake, *Options, *attempt) {
	return func(f *fake, _ *Options, _ *attempt) {
		f.claims = func(asked url.Values) jwt.MapClaims {
			claims := f.person(asked)
			for i := 0; i < len(pairs); i += 2 {
				claims[pairs[i].(string)] = pairs[i+1]
				if pairs[i+1] == nil {
					delete(claims, pairs[i].(string))
				}
			}
			return claims
		}
	}
}

func signing(method jwt.SigningMethod, id string, key any) func(*fake, *Options, *attempt) {
	return func(f *fake, _ *Options, _ *attempt) { f.sign = signed(method, id, key) }
}

// publishing adds a key to the provider's, as JSON Web Key.
func publishing(id string, key map[string]any) func(*fake, *Options, *attempt) {
	return func(f *fake, _ *Options, _ *attempt) {
		key["kid"] = id
		f.keys = append(f.keys, key)
	}
}

func bringing(change func(*attempt)) func(*fake, *Options, *attempt) {
	return func(_ *fake, _ *Options, a *attempt) { change(a) }
}

func requiring(claim string, values ...string) func(*fake, *Options, *attempt) {
	return func(_ *fake, o *Options, _ *attempt) { o.MFA = Requirement{claim, values} }
}

func both(changes ...func(*fake, *Options, *attempt)) func(*fake, *Options, *attempt) {
	return func(f *fake, o *Options, a *attempt) {
		for _, change := range changes {
			change(f, o, a)
		}
	}
}

func in(d time.Duration) int64 { return time.Now().Add(d).Unix() }

// publicKey is what everybody has, and a naive program takes for a secret.
func publicKey() []byte {
	der, err := x509.MarshalPKIXPublicKey(&theirs.PublicKey)
	if err != nil {
		panic(err)
	}
	return der
}

// unsigned has a signature of nothing, under any name of no algorithm.
func unsigned(algorithm string) func(*fake, *Options, *attempt) {
	return func(f *fake, _ *Options, _ *attempt) {
		f.sign = func(claims jwt.MapClaims) string {
			body, err := json.Marshal(claims)
			require.NoError(f.t, err)
			part := base64.RawURLEncoding.EncodeToString
			return part([]byte(`{"alg":"`+algorithm+`","kid":"first"}`)) + "." + part(body) + "."
		}
	}
}

// tampered has another's claims under a signature that was good.
func tampered(f *fake, _ *Options, _ *attempt) {
	sign := f.sign
	f.sign = func(claims jwt.MapClaims) string {
		good := sign(claims)
		claims["sub"] = "henrik"
		other := sign(claims)
		return other[:len(other)-342] + good[len(good)-342:] // an RS256 signature of 2048 bits
	}
}

// Everything that must not let anybody in. Each row changes one thing about a
// login that would succeed, as TestALogin shows.
func TestNobodyGetsIn(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(*fake, *Options, *attempt)
		want   error
		says   string
	}{
		{"unsigned: none", unsigned("none"), forloeb.ErrLoginRefused, "not signed"},
		{"unsigned: None", unsigned("None"), forloeb.ErrLoginRefused, "not signed"},
		{"unsigned, though it says RS256", unsigned("RS256"), forloeb.ErrLoginRefused, "not signed"},
		{"HS256 with the public key", signing(jwt.SigningMethodHS256, "first", publicKey()), forloeb.ErrLoginRefused, "not as we ask"},
		{"HS256 with our password", signing(jwt.SigningMethodHS256, "first", []byte(clientSecret)), forloeb.ErrLoginRefused, "not as we ask"},
		{"HS512 with our password", signing(jwt.SigningMethodHS512, "", []byte(clientSecret)), forloeb.ErrLoginRefused, "not as we ask"},
		{"another key under a known id", signing(jwt.SigningMethodRS256, "first", strange), forloeb.ErrLoginRefused, "not signed"},
		{"another key under its own id", signing(jwt.SigningMethodRS256, "strange", strange), forloeb.ErrLoginRefused, "not signed"},
		{"another key without an id", signing(jwt.SigningMethodRS256, "", strange), forloeb.ErrLoginRefused, "not signed"},
		{"another kind of key under a known id", signing(jwt.SigningMethodES256, "first", curve), forloeb.ErrLoginRefused, "not signed"},
		{"HS256 with a key that is published", both(publishing("shared", map[string]any{"kty": "oct", "k": base64.RawURLEncoding.EncodeToString(publicKey())}),
			signing(jwt.SigningMethodHS256, "shared", publicKey())), forloeb.ErrLoginRefused, "not as we ask"},
		{"an algorithm beyond ours", both(publishing("edwards", map[string]any{"kty": "OKP", "crv": "Ed25519",
			"x": base64.RawURLEncoding.EncodeToString(edwards.Public().(ed25519.PublicKey))}),
			signing(jwt.SigningMethodEdDSA, "edwards", edwards)), forloeb.ErrLoginRefused, "not as we ask"},
		{"claims exchanged", tampered, forloeb.ErrLoginRefused, "not signed"},
		{"not a token", func(f *fake, _ *Options, _ *attempt) {
			f.sign = func(jwt.MapClaims) string { return "anna.berg@example.dk" }
		},
			forloeb.ErrLoginRefused, "not signed"},

		{"another issuer", claiming("iss", "https://login.example.com"), forloeb.ErrLoginRefused, "another provider"},
		{"the issuer with a slash", func(f *fake, o *Options, a *attempt) { claiming("iss", f.url+"/")(f, o, a) }, forloeb.ErrLoginRefused, "another provider"},
		{"no issuer", claiming("iss", nil), forloeb.ErrLoginRefused, "another provider"},
		{"another audience", claiming("aud", "other"), forloeb.ErrLoginRefused, "another program"},
		{"other audiences", claiming("aud", []string{"other", "third"}), forloeb.ErrLoginRefused, "another program"},
		{"no audience", claiming("aud", nil), forloeb.ErrLoginRefused, "another program"},
		{"two audiences and nobody named", claiming("aud", []string{clientID, "other"}), forloeb.ErrLoginRefused, "another program's"},
		{"two audiences and the other named", claiming("aud", []string{clientID, "other"}, "azp", "other"), forloeb.ErrLoginRefused, "another program's"},
		{"our audience and another named", claiming("azp", "other"), forloeb.ErrLoginRefused, "another program's"},
		{"expired", claiming("exp", in(-time.Second)), forloeb.ErrLoginRefused, "expired"},
		{"without an end", claiming("exp", nil), forloeb.ErrLoginRefused, "expired"},
		{"not valid yet", claiming("nbf", in(6*time.Minute)), forloeb.ErrLoginRefused, "not valid yet"},
		{"issued in a time to come", claiming("iat", in(6*time.Minute)), forloeb.ErrLoginRefused, "a time to come"},
		{"issued at no time", claiming("iat", nil), forloeb.ErrLoginRefused, "a time to come"},
		{"another nonce", claiming("nonce", "other"), forloeb.ErrLoginRefused, "another login"},
		{"no nonce in the token", claiming("nonce", nil), forloeb.ErrLoginRefused, "another login"},
		{"about nobody", claiming("sub", ""), forloeb.ErrLoginRefused, "nobody"},

		{"another's nonce", bringing(func(a *attempt) { a.nonce = "exchanged" }), forloeb.ErrLoginRefused, "another login"},
		{"no nonce kept", both(claiming("nonce", ""), bringing(func(a *attempt) { a.nonce = "" })), forloeb.ErrLoginRefused, "no login was begun"},
		{"another's verifier", bringing(func(a *attempt) { a.verifier = "exchanged" }), forloeb.ErrLoginRefused, "invalid_grant"},
		{"no verifier kept", bringing(func(a *attempt) { a.verifier = "" }), forloeb.ErrLoginRefused, "no login was begun"},
		{"an invented code", bringing(func(a *attempt) { a.code = "invented" }), forloeb.ErrLoginRefused, "invalid_grant"},
		{"no code", bringing(func(a *attempt) { a.code = "" }), forloeb.ErrLoginRefused, "no login was begun"},
		{"another address of ours", func(_ *fake, o *Options, _ *attempt) { o.RedirectURL = "https://spark.example.dk/other" },
			forloeb.ErrLoginRefused, "invalid_grant"},
		{"our password is wrong", func(_ *fake, o *Options, _ *attempt) { o.ClientSecret = "other" }, forloeb.ErrLoginRefused, "invalid_client"},

		{"no amr", both(requiring("amr", "mfa"), claiming("amr", nil)), forloeb.ErrNoMFA, ""},
		{"amr without mfa", both(requiring("amr", "mfa"), claiming("amr", []string{"pwd"})), forloeb.ErrNoMFA, ""},
		{"amr is part of a word", both(requiring("amr", "mfa"), claiming("amr", "nomfa")), forloeb.ErrNoMFA, ""},
		{"amr is no text", both(requiring("amr", "mfa"), claiming("amr", true)), forloeb.ErrNoMFA, ""},
		{"another acr", both(requiring("acr", "urn:high", "urn:substantial"), claiming("acr", "urn:low")), forloeb.ErrNoMFA, ""},
		{"a claim that nobody has", requiring("amr"), forloeb.ErrNoMFA, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			f := newFake(t)
			a := f.begin(New(f.options()))
			o := f.options()
			row.change(f, &o, &a)
			who, err := New(o).Finish(t.Context(), a.code, a.nonce, a.verifier)
			require.ErrorIs(t, err, row.want)
			require.ErrorContains(t, err, row.says)
			require.Empty(t, who)
			requireDiscreet(t, err, a)
		})
	}
}

// requireDiscreet: an error may be logged.
func requireDiscreet(t *testing.T, err error, a attempt) {
	t.Helper()
	for _, secret := range []string{a.code, a.nonce, a.verifier, clientSecret, "anna", "Anna", "@", "http", "eyJ"} {
		if secret != "" {
			require.NotContains(t, err.Error(), secret)
		}
	}
}

func TestACodeIsGoodOnce(t *testing.T) {
	f := newFake(t)
	p := New(f.options())
	a := f.begin(p)
	_, err := p.Finish(t.Context(), a.code, a.nonce, a.verifier)
	require.NoError(t, err)
	_, err = p.Finish(t.Context(), a.code, a.nonce, a.verifier)
	require.ErrorIs(t, err, forloeb.ErrLoginRefused)
	require.ErrorContains(t, err, "invalid_grant")
	require.Equal(t, 2, f.seen["/token"], "a code is sent once an attempt")
}

// An error code that the standard does not know is not repeated.
func TestAnErrorOfItsOwnIsNotRepeated(t *testing.T) {
	f := newFake(t)
	a := f.begin(New(f.options()))
	f.answers("/token", http.StatusBadRequest, "application/json", `{"error":"anna.berg@example.dk"}`)
	_, err := New(f.options()).Finish(t.Context(), a.code, a.nonce, a.verifier)
	require.ErrorIs(t, err, forloeb.ErrLoginRefused)
	requireDiscreet(t, err, a)
}
