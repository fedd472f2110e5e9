package main

import (
	"context"
	"fmt"
	"os"

	"example.dk/spark/internal/store"
)

type migrateCommand struct {
	DatabaseURL string `env:"SPARK_DATABASE_URL" required:"" help:"The database, as the role that owns the tables."`
}

// Run brings the schema up to date; two at once wait for each other.
func (m migrateCommand) Run(ctx context.Context) error {
	if err := store.Migrate(ctx, m.DatabaseURL); err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, "The schema is up to date.")
	return nil
}
