package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
)

type restoredCommand struct {
	Begin beginRestoredCommand `cmd:"" help:"Let mails wait. Before any spark api or spark worker runs on the restored database."`
	Sent  sentRestoredCommand  `cmd:"" help:"Note what the mail server has taken: those mails are not sent again."`
	Show  showRestoredCommand  `cmd:"" help:"Say what waits, and which mails are of things that are lost."`
	End   endRestoredCommand   `cmd:"" help:"Let the mails go that have not left."`
}

// Help tells what --help adds.
func (restoredCommand) Help() string {
	return "For a database that was restored from a backup, with the settings of a spark worker. docs/operations.md has the procedure."
}

type beginRestoredCommand struct{}

// Run lets mails wait.
func (beginRestoredCommand) Run(ctx context.Context) error {
	return onRestored(func(db *store.Store, _ string) error {
		if err := db.BeginRestored(ctx); err != nil {
			return err
		}
		fmt.Fprintln(os.Stdout, "Mails wait.")
		return nil
	})
}

type sentRestoredCommand struct {
	File string `arg:"" help:"Message-IDs, or the mail server's log as it is; - for standard input."`
}

// Run notes the Message-IDs of our own domain in a text.
func (c sentRestoredCommand) Run(ctx context.Context) error {
	return onRestored(func(db *store.Store, domain string) error {
		from := io.ReadCloser(os.Stdin)
		if c.File != "-" {
			var err error
			if from, err = os.Open(c.File); err != nil {
				return err
			}
			defer from.Close()
		}
		ids, err := messageIDs(from, domain)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return fmt.Errorf("no Message-ID of ours is in it: they look like <0123456789abcdef0123456789abcdef@%s>", domain)
		}
		n, err := db.NoteTaken(ctx, ids)
		if err == nil {
			fmt.Fprintf(os.Stdout, "%d Message-IDs are new.\n", n)
		}
		return err
	})
}

// ourMessageID is the part of a Message-ID before the @: a hash or a UUID.
const ourMessageID = `\b([0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12})@`

// messageIDs finds ours wherever they stand in a text.
func messageIDs(text io.Reader, domain string) (ids []string, err error) {
	ours := regexp.MustCompile(ourMessageID + regexp.QuoteMeta(domain) + `\b`)
	lines := bufio.NewScanner(text)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		for _, found := range ours.FindAllStringSubmatch(lines.Text(), -1) {
			ids = append(ids, found[1])
		}
	}
	return ids, lines.Err()
}

type showRestoredCommand struct{}

// Run tells how it stands.
func (showRestoredCommand) Run(ctx context.Context) error {
	return onRestored(func(db *store.Store, domain string) error {
		r, err := db.Restored(ctx)
		if err != nil {
			return err
		}
		if r.Since.IsZero() {
			return forloeb.ErrNotRestored
		}
		fmt.Fprintf(os.Stdout, "Mails wait since %s.\nThe mail server has taken %d mails that are still looked for.\n%d mails are owed: %d of them left before and will not be sent, %d will be.\n",
			r.Since.Format("2006-01-02 15:04:05 MST"), r.Taken, r.Waiting, r.Known, r.Waiting-r.Known)
		if len(r.Unknown) > 0 {
			fmt.Fprintf(os.Stdout, "%d were about something that is lost; the mail server's log says to whom they went:\n", len(r.Unknown))
		}
		for _, id := range r.Unknown {
			fmt.Fprintf(os.Stdout, "<%s@%s>\n", id, domain)
		}
		return nil
	})
}

type endRestoredCommand struct {
	Unreconciled bool `help:"Also when it is not known what the mail server has taken: what left after the point of restore is sent again."`
}

// Run lets mails go.
func (c endRestoredCommand) Run(ctx context.Context) error {
	return onRestored(func(db *store.Store, _ string) error {
		r, err := db.Restored(ctx)
		if err != nil {
			return err
		}
		if !r.Since.IsZero() && !r.Listed && !c.Unreconciled {
			return errors.New("it is not known what the mail server has taken: say it with spark restored sent, or end with --unreconciled and send again what may have left")
		}
		if err := db.EndRestored(ctx); err != nil {
			return err
		}
		fmt.Fprintln(os.Stdout, "Mails leave within a minute.")
		return nil
	})
}

// onRestored does something with the worker's database and the domain that our
// mails come from.
func onRestored(do func(db *store.Store, domain string) error) error {
	c, err := loadConfig("worker")
	if err != nil {
		return err
	}
	from, err := mailSender(c)
	if err != nil {
		return err
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	db, err := store.Open(c.Database.URL.Reveal())
	if err != nil {
		return err
	}
	defer db.Close()
	return do(db, domain)
}
