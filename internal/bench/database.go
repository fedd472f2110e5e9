package bench

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/jmoiron/sqlx"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
)

//go:embed generate.sql
var generateSQL string

// database makes a database with so many invented forløb. What an earlier run
// left is made anew: the schema may be another one.
func database(ctx context.Context, p *devstack.Postgres, n int) (*store.Store, error) {
	name := fmt.Sprintf("bench_%d", n)
	server, err := sqlx.Open("postgres", p.URL(devstack.RoleOwner, devstack.Database))
	if err != nil {
		return nil, err
	}
	defer server.Close()
	for _, query := range []string{"drop database if exists " + name + " with (force)", "create database " + name} {
		if _, err := server.ExecContext(ctx, query); err != nil {
			return nil, err
		}
	}
	owner := p.URL(devstack.RoleOwner, name)
	if err := store.Migrate(ctx, owner); err != nil {
		return nil, err
	}
	api, err := store.Open(p.URL(devstack.RoleAPI, name))
	if err != nil {
		return nil, err
	}
	if err := seed(ctx, owner, n); err != nil {
		return nil, fmt.Errorf("generating %d forløb: %w", n, err)
	}
	return api, nil
}

func seed(ctx context.Context, owner string, n int) error {
	s, err := store.Open(owner)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.SeedDevelopment(ctx); err != nil {
		return err
	}
	db, err := sqlx.Open("postgres", owner)
	if err != nil {
		return err
	}
	defer db.Close()
	return generate(ctx, db, n)
}

func generate(ctx context.Context, db *sqlx.DB, n int) error {
	one, err := db.Connx(ctx) // the temporary tables are the connection's
	if err != nil {
		return err
	}
	defer one.Close()
	var codes []string
	for _, m := range forloeb.Municipalities() {
		codes = append(codes, m.Code)
	}
	policy, err := json.Marshal(forloeb.DefaultPolicy)
	if err != nil {
		return err
	}
	if _, err := one.ExecContext(ctx, `create temporary table asked as select $1::int as n, array(select jsonb_array_elements_text($2::jsonb)) as municipalities, $3::jsonb as policy`,
		n, list(codes), string(policy)); err != nil {
		return err
	}
	for _, query := range []string{generateSQL, `vacuum analyze`} {
		if _, err := one.ExecContext(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

func list(codes []string) string {
	document, _ := json.Marshal(codes) // of strings
	return string(document)
}
