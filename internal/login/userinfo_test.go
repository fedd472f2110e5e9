package login

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// tellsLater is a provider that keeps all but the person's number for its
// userinfo endpoint, as the specification lets it.
func tellsLater(t *testing.T, userinfo string) *fake {
	f := newFake(t)
	f.describe["userinfo_endpoint"] = f.url + "/userinfo"
	f.pages["/userinfo"] = func(w http.ResponseWriter, r *http.Request) {
		require.Equal(t, "Bearer access", r.Header.Get("Authorization"))
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(userinfo))
	}
	claiming("name", nil, "email", nil, "roles", nil)(f, nil, nil)
	return f
}

func TestWhatTheTokenLeavesOut(t *testing.T) {
	f := tellsLater(t, `{"sub":"anna","name":"Anna Berg","email":"anna.berg@example.dk","roles":["head"],"iss":"x","amr":["hwk"]}`)
	who, err := f.login(New(f.options()))
	require.NoError(t, err)
	require.Equal(t, forloeb.Identity{Issuer: f.url, Subject: "anna", Name: "Anna Berg", Email: "anna.berg@example.dk", Role: forloeb.RoleHead}, who)
}

func TestATokenThatSaysItAllStands(t *testing.T) {
	f := tellsLater(t, `{"sub":"anna","name":"Another","roles":["head"]}`)
	f.claims = f.person
	who, err := f.login(New(f.options()))
	require.NoError(t, err)
	require.Equal(t, forloeb.RoleSecretariat, who.Role)
	require.Zero(t, f.seen["/userinfo"])
}

func TestTheTokenStandsBesideTheUserinfo(t *testing.T) {
	f := tellsLater(t, `{"sub":"anna","name":"Anna Berg","email":"anna.berg@example.dk","email_verified":false,"roles":["head"]}`)
	claiming("name", nil, "email", nil)(f, nil, nil)
	who, err := f.login(New(f.options()))
	require.NoError(t, err)
	require.Equal(t, forloeb.RoleSecretariat, who.Role, "the token's")
	require.Empty(t, who.Email, "it is not verified")
}

func TestUserinfoOfSomebodyElse(t *testing.T) {
	f := tellsLater(t, `{"sub":"henrik","name":"Henrik Lind","roles":["head"]}`)
	_, err := f.login(New(f.options()))
	require.ErrorIs(t, err, forloeb.ErrLoginRefused)
	require.ErrorContains(t, err, "somebody else")
}

// A second factor is proved by the signed token alone.
func TestUserinfoIsNoProofOfASecondFactor(t *testing.T) {
	f := tellsLater(t, `{"sub":"anna","name":"Anna Berg","email":"anna.berg@example.dk","roles":["head"],"amr":["mfa"]}`)
	claiming("name", nil, "amr", nil)(f, nil, nil)
	o := f.options()
	o.MFA = Requirement{"amr", []string{"mfa"}}
	_, err := f.login(New(o))
	require.ErrorIs(t, err, forloeb.ErrNoMFA)
}

func TestUserinfoIsAway(t *testing.T) {
	for name, status := range map[string]int{"down": 500, "not for us": 403, "rubbish": 200} {
		t.Run(name, func(t *testing.T) {
			f := tellsLater(t, "")
			f.answers("/userinfo", status, "application/json", "anna.berg@example.dk")
			_, err := f.login(New(f.options()))
			require.ErrorIs(t, err, forloeb.ErrLoginAway, "without its roles, Anna would be told that she has none")
			requireDiscreet(t, err, attempt{})
		})
	}
}
