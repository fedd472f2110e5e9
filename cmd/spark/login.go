package main

import (
	"errors"
	"fmt"

	"example.dk/spark/api"
	"example.dk/spark/internal/config"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/login"
)

// newLogin is the staff's login, or nil where no login service is set: then
// nobody can log in.
func newLogin(c config.Config) (*login.Provider, error) {
	roles, err := staffRoles(c.OIDC.Roles)
	if err != nil || c.OIDC.Issuer == "" {
		return nil, err
	}
	return login.New(login.Options{
		Issuer: c.OIDC.Issuer, ClientID: c.OIDC.ClientID, ClientSecret: c.OIDC.ClientSecret.Reveal(),
		RedirectURL: c.HTTP.BaseURL + api.LoginAnswerPath, AfterLogoutURL: c.HTTP.BaseURL + api.LoginPath,
		Scopes: c.OIDC.Scopes, RoleClaim: c.OIDC.RoleClaim, Roles: roles,
		MFA: login.Requirement{Claim: c.OIDC.MFA.Name, Values: c.OIDC.MFA.Values},
	}), nil
}

// staffRoles judges the roles that a setting names. The error has a line for
// every mistake.
func staffRoles(named map[string]string) (map[string]forloeb.Access, error) {
	roles := map[string]forloeb.Access{}
	var mistakes []error
	for name, word := range named {
		access, known := forloeb.ParseAccess(word)
		if !known {
			mistakes = append(mistakes, fmt.Errorf("SPARK_OIDC_ROLES: %q is not a role; use head, secretariat, consultant, reader or provider:nfa", word))
		}
		roles[name] = access
	}
	return roles, errors.Join(mistakes...)
}
