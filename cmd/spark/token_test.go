package main

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func TestTokenCommandRefuses(t *testing.T) {
	env := storetest.New(t)
	dev := tokenDatabase{Postgres: 1} // nobody answers there
	for _, c := range []struct {
		says, database string
		command        createTokenCommand
	}{
		{"--consultant goes with --role consultant", env.URL("spark_api"), createTokenCommand{dev, forloeb.RoleConsultant, "", "", "", time.Hour}},
		{"and only with it", env.URL("spark_api"), createTokenCommand{dev, forloeb.RoleSecretariat, "karen@example.dk", "", "", time.Hour}},
		{"at least a minute", env.URL("spark_api"), createTokenCommand{dev, forloeb.RoleSecretariat, "", "", "", time.Second}},
		{"--provider goes with --role provider", env.URL("spark_api"), createTokenCommand{dev, forloeb.RoleProvider, "", "", "", time.Hour}},
		{"names one: nfa or ruc", env.URL("spark_api"), createTokenCommand{dev, forloeb.RoleProvider, "", "spark", "", time.Hour}},
		{"and only with it", env.URL("spark_api"), createTokenCommand{dev, forloeb.RoleHead, "", "nfa", "", time.Hour}},
		{"there is no such consultant", env.URL("spark_api"), createTokenCommand{dev, forloeb.RoleConsultant, "nobody@example.dk", "", "", time.Hour}},
		{"the database does not answer", "postgres://x@127.0.0.1:1/x?sslmode=disable", createTokenCommand{dev, forloeb.RoleSecretariat, "", "", "", time.Hour}},
		{"SPARK_DATABASE_URL: is not a postgres:// address", "mysql://x@127.0.0.1:1/x", createTokenCommand{dev, forloeb.RoleSecretariat, "", "", "", time.Hour}},
		{"spark dev does not answer on port 1", "", createTokenCommand{dev, forloeb.RoleSecretariat, "", "", "", time.Hour}},
	} {
		t.Setenv("SPARK_DATABASE_URL", c.database)
		require.ErrorContains(t, c.command.Run(t.Context()), c.says)
	}
	t.Setenv("SPARK_DATABASE_URL", env.URL("spark_api"))
	require.ErrorContains(t, revokeTokenCommand{dev, uuid.New()}.Run(t.Context()), "there is no such token")
	require.Zero(t, env.Count(`select count(*) from api_tokens`))
}

func TestTokenCommandMakesAndRevokes(t *testing.T) {
	env := storetest.New(t)
	t.Setenv("SPARK_DATABASE_URL", env.URL("spark_api"))
	var database tokenDatabase
	require.NoError(t, createTokenCommand{database, forloeb.RoleSecretariat, "", "", "for a test", time.Hour}.Run(t.Context()))
	var token struct {
		ID    uuid.UUID
		Label string
	}
	require.NoError(t, env.Connect("spark_api").Get(&token, `select id, label from api_tokens where role = 'secretariat' and revoked_at is null`))
	require.Equal(t, "for a test", token.Label)
	require.NoError(t, createTokenCommand{database, forloeb.RoleProvider, "", "ruc", "", time.Hour}.Run(t.Context()))
	require.Equal(t, 1, env.Count(`select count(*) from api_tokens where role = 'provider' and provider = 'ruc'`))
	require.NoError(t, revokeTokenCommand{database, token.ID}.Run(t.Context()))
	require.ErrorContains(t, revokeTokenCommand{database, token.ID}.Run(t.Context()), "has ended already")
}
