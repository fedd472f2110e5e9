package login

import (
	"net/url"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func TestALogin(t *testing.T) {
	f := newFake(t)
	who, err := f.login(New(f.options()))
	require.NoError(t, err)
	require.Equal(t, forloeb.Identity{
		Issuer: f.url, Subject: "anna", Name: "Anna Berg", Email: "anna.berg@example.dk", Role: forloeb.RoleSecretariat,
	}, who)
}

func TestWhatTheBrowserIsSentWith(t *testing.T) {
	const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" // with its challenge from RFC 7636, appendix B
	f := newFake(t)
	o := f.options()
	o.Scopes = []string{"groups"}
	o.MFA = Requirement{"acr", []string{"urn:high", "urn:substantial"}}
	address, err := New(o).Begin(t.Context(), "state", "nonce", verifier)
	require.NoError(t, err)
	u, err := url.Parse(address)
	require.NoError(t, err)
	require.Equal(t, f.url+"/authorize", u.Scheme+"://"+u.Host+u.Path)
	require.Equal(t, url.Values{
		"response_type": {"code"}, "client_id": {clientID}, "redirect_uri": {o.RedirectURL}, "scope": {"openid profile email groups"},
		"state": {"state"}, "nonce": {"nonce"}, "acr_values": {"urn:high urn:substantial"},
		"code_challenge": {"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}, "code_challenge_method": {"S256"},
	}, u.Query())
	require.NotContains(t, address, verifier)
}

// What a login is read from, in all the ways that providers say it.
func TestWhatIsRead(t *testing.T) {
	own := map[string]forloeb.Access{
		"SPARK Sekretariat": {Role: forloeb.RoleSecretariat}, "b9d4-leder": {Role: forloeb.RoleHead}, "alle": {Role: forloeb.RoleReader},
		"NFA": {Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA}, "NFA-vikar": {Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA},
	}
	for _, row := range []struct {
		name   string
		change func(*fake, *Options, *attempt)
		want   func(*forloeb.Identity)
	}{
		{"a role as text", claiming("roles", "consultant"), role(forloeb.RoleConsultant)},
		{"several roles", claiming("roles", []string{"reader", "consultant", "secretariat"}), role(forloeb.RoleSecretariat)},
		{"all roles", claiming("roles", []string{"reader", "head", "secretariat", "consultant"}), role(forloeb.RoleHead)},
		{"two roles, the lesser last", claiming("roles", []string{"consultant", "reader"}), role(forloeb.RoleConsultant)},
		{"an unknown role", claiming("roles", []string{"admin"}), role("")},
		{"an unknown role beside a known", claiming("roles", []any{"admin", 7, "reader"}), role(forloeb.RoleReader)},
		{"a provider", claiming("roles", []string{"consultant", "provider:nfa"}), provider(forloeb.ProviderNFA)},
		{"a provider by another name", both(named(own), claiming("roles", []string{"NFA", "NFA-vikar"})), provider(forloeb.ProviderNFA)},
		{"a provider without its name", claiming("roles", "provider"), role("")},
		{"a provider that there is none of", claiming("roles", "provider:spark"), role("")},
		{"two providers", claiming("roles", []string{"provider:nfa", "provider:ruc", "consultant"}), role("")},
		{"two providers and the head", claiming("roles", []string{"provider:nfa", "provider:ruc", "head"}), role(forloeb.RoleHead)},
		{"another case", claiming("roles", "Secretariat"), role("")},
		{"no role", claiming("roles", nil), role("")},
		{"no text", claiming("roles", map[string]any{"secretariat": true}), role("")},
		{"nested", both(rolesIn("realm_access.roles"), claiming("realm_access", map[string]any{"roles": []string{"head"}})), role(forloeb.RoleHead)},
		{"deeply nested", both(rolesIn("resource_access.spark.dk.roles"),
			claiming("resource_access", map[string]any{"spark.dk": map[string]any{"roles": "head"}})), role(forloeb.RoleHead)},
		{"nested in text", both(rolesIn("realm_access.roles"), claiming("realm_access", "roles")), role("")},
		{"a name that begins alike", both(rolesIn("realm_access"), claiming("realm", map[string]any{"access": "head"})), role("")},
		{"named by an address", both(rolesIn("https://spark.example.dk/roles"), claiming("https://spark.example.dk/roles", "head")), role(forloeb.RoleHead)},
		{"names of their own", both(named(own), claiming("roles", []string{"alle", "SPARK Sekretariat"})), role(forloeb.RoleSecretariat)},
		{"our names where they have their own", both(named(own), claiming("roles", "head")), role("")},

		{"mfa in a list", requiring("amr", "mfa"), nobodyElse},
		{"mfa as text", both(requiring("amr", "mfa"), claiming("amr", "mfa")), nobodyElse},
		{"acr is one of two", both(requiring("acr", "urn:substantial", "urn:high"), claiming("acr", "urn:high")), nobodyElse},
		{"mfa nested", both(requiring("login.level", "2"), claiming("login", map[string]any{"level": "2"})), nobodyElse},

		{"ES256", both(publishing("curve", map[string]any{"kty": "EC", "crv": "P-256", "x": b64(curve.X), "y": b64(curve.Y)}), signing(jwt.SigningMethodES256, "curve", curve)), nobodyElse},
		{"PS256", signing(jwt.SigningMethodPS256, "first", theirs), nobodyElse},
		{"RS512", signing(jwt.SigningMethodRS512, "first", theirs), nobodyElse},
		{"a key without an id", signing(jwt.SigningMethodRS256, "", theirs), nobodyElse},
		{"two audiences and we are named", claiming("aud", []string{"other", clientID}, "azp", clientID), nobodyElse},
		{"their clock is a little ahead", claiming("iat", in(4*time.Minute), "nbf", in(4*time.Minute)), nobodyElse},

		{"another address, the same person", claiming("email", "anna@example.dk"), func(i *forloeb.Identity) { i.Email = "anna@example.dk" }},
		{"another name, the same person", claiming("name", "Anna Holm"), func(i *forloeb.Identity) { i.Name = "Anna Holm" }},
		{"a name in two parts", claiming("name", nil, "given_name", "Anna", "family_name", "Berg"), nobodyElse},
		{"a user name alone", claiming("name", nil, "preferred_username", "aberg"), func(i *forloeb.Identity) { i.Name = "aberg" }},
		{"a verified address", claiming("email_verified", true), nobodyElse},
		{"an address verified in words", claiming("email_verified", "true"), nobodyElse},
		{"an address that is not verified", claiming("email_verified", false), func(i *forloeb.Identity) { i.Email = "" }},
		{"an address that is not verified, in words", claiming("email_verified", "false"), func(i *forloeb.Identity) { i.Email = "" }},
	} {
		t.Run(row.name, func(t *testing.T) {
			f := newFake(t)
			a := f.begin(New(f.options()))
			o := f.options()
			row.change(f, &o, &a)
			want := forloeb.Identity{Issuer: f.url, Subject: "anna", Name: "Anna Berg", Email: "anna.berg@example.dk", Role: forloeb.RoleSecretariat}
			row.want(&want)
			who, err := New(o).Finish(t.Context(), a.code, a.nonce, a.verifier)
			require.NoError(t, err)
			require.Equal(t, want, who)
		})
	}
}

func role(r forloeb.StaffRole) func(*forloeb.Identity) {
	return func(i *forloeb.Identity) { i.Role = r }
}

func provider(p forloeb.ProviderCode) func(*forloeb.Identity) {
	return func(i *forloeb.Identity) { i.Role, i.Provider = forloeb.RoleProvider, p }
}

func nobodyElse(*forloeb.Identity) {}

func rolesIn(way string) func(*fake, *Options, *attempt) {
	return func(_ *fake, o *Options, _ *attempt) { o.RoleClaim = way }
}

func named(names map[string]forloeb.Access) func(*fake, *Options, *attempt) {
	return func(_ *fake, o *Options, _ *attempt) { o.Roles = names }
}

func TestLogout(t *testing.T) {
	f := newFake(t)
	u, err := url.Parse(New(f.options()).LogoutAddress(t.Context()))
	require.NoError(t, err)
	require.Equal(t, f.url+"/logout", u.Scheme+"://"+u.Host+u.Path)
	require.Equal(t, url.Values{"tenant": {"1"}, "client_id": {clientID}, "post_logout_redirect_uri": {"https://spark.example.dk/login"}}, u.Query())

	o := f.options()
	o.AfterLogoutURL = ""
	require.NotContains(t, New(o).LogoutAddress(t.Context()), "post_logout_redirect_uri")

	f.describe["end_session_endpoint"] = nil
	require.Empty(t, New(f.options()).LogoutAddress(t.Context()), "the provider has no such place")
}

func TestEveryRoleHasItsPlace(t *testing.T) {
	require.ElementsMatch(t, forloeb.StaffRoles, byPower)
}
