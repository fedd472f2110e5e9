package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/config"
	"example.dk/spark/internal/forloeb"
)

func TestNoLoginServiceIsNoLogin(t *testing.T) {
	provider, err := newLogin(config.Config{OIDC: config.OIDC{RoleClaim: "roles"}})
	require.NoError(t, err)
	require.Nil(t, provider)
}

func TestRolesOfTheLoginService(t *testing.T) {
	roles, err := staffRoles(map[string]string{"SPARK leder": "head", "alle": "reader"})
	require.NoError(t, err)
	require.Equal(t, map[string]forloeb.StaffRole{"SPARK leder": forloeb.RoleHead, "alle": forloeb.RoleReader}, roles)

	_, err = staffRoles(map[string]string{"a": "admin", "b": "head", "c": "Reader"})
	require.ErrorContains(t, err, `SPARK_OIDC_ROLES: "admin" is not a role; use head, secretariat, consultant or reader`)
	require.ErrorContains(t, err, `SPARK_OIDC_ROLES: "Reader" is not a role`)
	_, err = newLogin(config.Config{OIDC: config.OIDC{Roles: map[string]string{"a": "admin"}}})
	require.Error(t, err, "also without a login service")
}
