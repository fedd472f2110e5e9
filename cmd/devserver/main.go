// Command devserver is the real Temporal server and the web UI in one process, on SQLite or on PostgreSQL.
//
// It serves `spark dev`, `spark demo` and the tests, and nothing else: it listens on loopback only, asks nobody who
// they are, and its database may be thrown away at any time. On PostgreSQL, as in production, either may be killed at any
// moment and started again in any order; that is for the crash test. It is a module of its own so that the product does not
// carry the two hundred modules a Temporal server needs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// A server that does not stop in this time is left to the operating system: SQLite's log survives that.
const stopWithin = 10 * time.Second

func main() {
	opts, tied, err := parse(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		os.Exit(2) // the flag package has said what is wrong
	}
	if err := run(opts, tied); err != nil {
		slog.Error("Temporal could not run", "error", err)
		os.Exit(1)
	}
}

func parse(args []string) (options, bool, error) {
	var o options
	var tied bool
	flags := flag.NewFlagSet("devserver", flag.ContinueOnError)
	flags.IntVar(&o.Port, "port", 7233, "port of the frontend on 127.0.0.1")
	flags.IntVar(&o.UIPort, "ui-port", 0, "port of the web UI on 127.0.0.1; 0 for no UI")
	flags.StringVar(&o.Database, "db", "", "file of the SQLite database; created if missing")
	flags.Func("postgres", "URL of a PostgreSQL to use instead, with a role that may create databases", func(s string) (err error) {
		o.Postgres, err = url.Parse(s)
		return err
	})
	flags.StringVar(&o.Namespace, "namespace", "default", "namespace to create")
	flags.BoolVar(&tied, "tied", false, "stop when standard input closes, which it does however the parent dies")
	if err := flags.Parse(args); err != nil {
		return o, tied, err
	}
	if (o.Database == "") == (o.Postgres == nil) {
		err := errors.New("give either --db, the file of the SQLite database, or --postgres")
		fmt.Fprintln(os.Stderr, err)
		return o, tied, err
	}
	return o, tied, nil
}

func run(opts options, tied bool) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if tied {
		ctx = untilClosed(ctx, os.Stdin)
	}

	if err := checkPorts(opts); err != nil {
		return err
	}
	server, err := start(ctx, opts)
	if err != nil && opts.Postgres != nil && ctx.Err() == nil {
		return again(err)
	}
	if err != nil {
		return err
	}
	fmt.Println("ready")

	<-ctx.Done()
	time.AfterFunc(stopWithin, func() { os.Exit(1) })
	return server.stop()
}

// untilClosed gives a context that ends when r does.
func untilClosed(parent context.Context, r io.Reader) context.Context {
	ctx, cancel := context.WithCancel(parent)
	go func() {
		_, _ = io.Copy(io.Discard, r)
		cancel()
	}()
	return ctx
}
