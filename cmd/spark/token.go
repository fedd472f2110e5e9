package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
)

type tokenCommand struct {
	Create createTokenCommand `cmd:"" help:"Make a token and show it: it is never shown again."`
	Revoke revokeTokenCommand `cmd:"" help:"End a token at once."`
}

// tokenDatabase is where tokens are kept: the product's database, or that of
// the spark dev that runs on this machine.
type tokenDatabase struct {
	Postgres int `env:"SPARK_DEV_POSTGRES" default:"5433" help:"PostgreSQL's port under spark dev."`
}

// Help tells what --help adds.
func (tokenDatabase) Help() string {
	return "SPARK_DATABASE_URL names the database; without it, it is the one of spark dev on this machine."
}

// open connects, and says in words when nobody answers.
func (d tokenDatabase) open(ctx context.Context) (*store.Store, error) {
	c, err := loadConfig("token")
	if err != nil {
		return nil, err
	}
	url := c.Database.URL.Reveal()
	if url == "" {
		url = fmt.Sprintf("postgres://%s@%s/%s?sslmode=disable", devstack.RoleAPI,
			net.JoinHostPort("127.0.0.1", strconv.Itoa(d.Postgres)), devstack.Database)
	}
	db, err := store.Open(url)
	if err != nil {
		return nil, err
	}
	if db.Ping(ctx) == nil {
		return db, nil
	}
	db.Close()
	if c.Database.URL == "" {
		return nil, fmt.Errorf("spark dev does not answer on port %d: start it with make run, or set SPARK_DATABASE_URL or SPARK_DEV_POSTGRES", d.Postgres)
	}
	return nil, errors.New("the database does not answer: check SPARK_DATABASE_URL")
}

type createTokenCommand struct {
	tokenDatabase
	Role       forloeb.StaffRole `required:"" enum:"secretariat,head,consultant,reader,provider" help:"What it may do: secretariat, head, consultant, reader or provider."`
	Consultant string            `help:"Whose it is, by mail address or id; for the role consultant."`
	Provider   string            `help:"Which provider's it is, such as nfa; for the role provider."`
	Label      string            `default:"spark token create" help:"What it is for; shown in lists and logs."`
	TTL        time.Duration     `name:"ttl" default:"2160h" help:"How long it lasts, such as 24h."`
}

// Run makes the token. Only its secret goes to standard output, so that a
// script can use it.
func (c createTokenCommand) Run(ctx context.Context) error {
	if (c.Role == forloeb.RoleConsultant) != (c.Consultant != "") {
		return errors.New("--consultant goes with --role consultant, and only with it")
	}
	access := forloeb.Access{Role: c.Role, Provider: forloeb.ProviderCode(c.Provider)}
	if !access.Valid() {
		return errors.New("--provider goes with --role provider, and only with it, and names one: nfa or ruc")
	}
	if c.TTL < time.Minute {
		return errors.New("--ttl must be at least a minute")
	}
	db, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	consultant := uuid.Nil
	if c.Consultant != "" {
		if consultant, err = findConsultant(ctx, db, c.Consultant); err != nil {
			return err
		}
	}
	secret, err := db.CreateTokenFor(ctx, forloeb.Principal{Role: access.Role, Provider: access.Provider, Consultant: consultant, Name: c.Label}, c.TTL)
	if err != nil {
		return errors.New("the token could not be written: has the database this version's schema? spark migrate brings it up to date")
	}
	who, err := db.Token(ctx, secret)
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, secret)
	fmt.Fprintf(os.Stderr, "Shown once. It ends %s; end it before with: spark token revoke %s\n",
		who.Until.In(forloeb.Copenhagen).Format(time.DateTime), who.ID)
	return nil
}

// findConsultant finds one by mail address or id.
func findConsultant(ctx context.Context, db *store.Store, who string) (uuid.UUID, error) {
	list, err := db.Consultants(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	for _, c := range list {
		if c.ID.String() == who || forloeb.SameMailbox(c.Email, who) {
			return c.ID, nil
		}
	}
	return uuid.Nil, errors.New("there is no such consultant: give a mail address or an id from GET /api/v1/consultants")
}

type revokeTokenCommand struct {
	tokenDatabase
	Token uuid.UUID `arg:"" help:"The token's id, as create showed it."`
}

// Run ends the token.
func (c revokeTokenCommand) Run(ctx context.Context) error {
	db, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.RevokeToken(ctx, c.Token); errors.Is(err, store.ErrNotFound) {
		return errors.New("there is no such token, or it has ended already")
	} else if err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "The token has ended.")
	return nil
}
