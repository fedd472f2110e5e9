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
	database := tokenDatabase{DatabaseURL: env.URL("spark_api")}
	for says, c := range map[string]createTokenCommand{
		"--consultant goes with --role consultant": {database, forloeb.RoleConsultant, "", "", time.Hour},
		"and only with it":                         {database, forloeb.RoleSecretariat, "karen@example.dk", "", time.Hour},
		"at least a minute":                        {database, forloeb.RoleSecretariat, "", "", time.Second},
		"there is no such consultant":              {database, forloeb.RoleConsultant, "nobody@example.dk", "", time.Hour},
		"the database does not answer":             {tokenDatabase{DatabaseURL: "postgres://x@127.0.0.1:1/x?sslmode=disable"}, forloeb.RoleSecretariat, "", "", time.Hour},
		"spark dev does not answer on port 1":      {tokenDatabase{Postgres: 1}, forloeb.RoleSecretariat, "", "", time.Hour},
	} {
		require.ErrorContains(t, c.Run(t.Context()), says)
	}
	require.ErrorContains(t, revokeTokenCommand{database, uuid.New()}.Run(t.Context()), "there is no such token")
	require.Zero(t, env.Count(`select count(*) from api_tokens`))
}

func TestTokenCommandMakesAndRevokes(t *testing.T) {
	env := storetest.New(t)
	database := tokenDatabase{DatabaseURL: env.URL("spark_api")}
	require.NoError(t, createTokenCommand{database, forloeb.RoleSecretariat, "", "for a test", time.Hour}.Run(t.Context()))
	var token struct {
		ID    uuid.UUID
		Label string
	}
	require.NoError(t, env.Connect("spark_api").Get(&token, `select id, label from api_tokens where role = 'secretariat' and revoked_at is null`))
	require.Equal(t, "for a test", token.Label)
	require.NoError(t, revokeTokenCommand{database, token.ID}.Run(t.Context()))
	require.ErrorContains(t, revokeTokenCommand{database, token.ID}.Run(t.Context()), "has ended already")
}
