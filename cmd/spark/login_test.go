package main

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"example.dk/spark/internal/config"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
)

func TestNoLoginServiceIsNoLogin(t *testing.T) {
	provider, err := newLogin(config.Config{OIDC: config.OIDC{RoleClaim: "roles"}})
	require.NoError(t, err)
	require.Nil(t, provider)
}

func TestRolesOfTheLoginService(t *testing.T) {
	roles, err := staffRoles(map[string]string{"SPARK leder": "head", "alle": "reader", "RUC": "provider:ruc"})
	require.NoError(t, err)
	require.Equal(t, map[string]forloeb.Access{"SPARK leder": {Role: forloeb.RoleHead}, "alle": {Role: forloeb.RoleReader}, "RUC": {Role: forloeb.RoleProvider, Provider: forloeb.ProviderRUC}}, roles)

	_, err = staffRoles(map[string]string{"a": "admin", "b": "head", "c": "Reader"})
	require.ErrorContains(t, err, `SPARK_OIDC_ROLES: "admin" is not a role; use head, secretariat, consultant, reader or provider:nfa`)
	require.ErrorContains(t, err, `SPARK_OIDC_ROLES: "Reader" is not a role`)
	_, err = staffRoles(map[string]string{"a": "provider"})
	require.ErrorContains(t, err, `"provider" is not a role`, "which one?")
	_, err = newLogin(config.Config{OIDC: config.OIDC{Roles: map[string]string{"a": "admin"}}})
	require.Error(t, err, "also without a login service")
}

// Everybody of the development's staff can log in with the settings that
// development gives the product: each role, and each consultant by the address
// they are known by.
func TestDevelopmentStaffCanLogIn(t *testing.T) {
	o := stackOptions{Listen: "127.0.0.1:8080"}
	service, err := developmentLogin(o)
	require.NoError(t, err)
	t.Cleanup(service.Stop)
	p, err := newLogin(developmentConfig(o, "127.0.0.1:1025", service))
	require.NoError(t, err)
	stay := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

	roles := map[forloeb.StaffRole]int{}
	var providers []forloeb.ProviderCode
	addresses := map[string]string{}
	for _, u := range developmentStaff() {
		verifier := oauth2.GenerateVerifier()
		address, err := p.Begin(t.Context(), "state", "nonce", verifier)
		require.NoError(t, err)
		at, err := url.Parse(address)
		require.NoError(t, err)
		sent := at.Query()
		sent.Set("user", u.Subject)
		answer, err := stay.PostForm(service.Issuer()+"/authorize", sent)
		require.NoError(t, err)
		answer.Body.Close()
		back, err := url.Parse(answer.Header.Get("Location"))
		require.NoError(t, err)
		require.Equal(t, "http://127.0.0.1:8080/login/svar", back.Scheme+"://"+back.Host+back.Path)
		who, err := p.Finish(t.Context(), back.Query().Get("code"), "nonce", verifier)
		require.NoError(t, err)
		access, known := forloeb.ParseAccess(u.Role)
		require.True(t, known, u.Role)
		require.Equal(t, forloeb.Identity{Issuer: service.Issuer(), Subject: u.Subject, Name: u.Name, Email: u.Email, Role: access.Role, Provider: access.Provider}, who)
		providers = append(providers, access.Provider)
		roles[who.Role]++
		addresses[who.Email] = who.Name
	}
	consultants := store.InventedConsultants()
	require.Equal(t, map[forloeb.StaffRole]int{forloeb.RoleSecretariat: 1, forloeb.RoleHead: 1, forloeb.RoleReader: 1, forloeb.RoleProvider: 2, forloeb.RoleConsultant: len(consultants)}, roles)
	require.Subset(t, providers, []forloeb.ProviderCode{forloeb.ProviderNFA, forloeb.ProviderRUC})
	for _, c := range consultants {
		require.Equal(t, c.Name, addresses[c.Email])
	}
	require.Equal(t, "Karen Lund", addresses["karen.lund@example.dk"])
}
