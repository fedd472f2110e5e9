package main

import (
	"context"
	"fmt"
	"os"

	"example.dk/spark/internal/store"
)

type migrateCommand struct{}

// Help tells what --help adds.
func (migrateCommand) Help() string {
	return "SPARK_DATABASE_URL names the database, as the role that owns the tables."
}

// Run brings the schema up to date; two at once wait for each other.
func (migrateCommand) Run(ctx context.Context) error {
	c, err := loadConfig("migrate")
	if err != nil {
		return err
	}
	if err := store.Migrate(ctx, c.Database.URL.Reveal()); err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, "The schema is up to date.")
	return nil
}
