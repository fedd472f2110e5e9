// Command spark is the whole product in one binary: the pages and the API,
// the worker, and what operators and developers need beside them. It is the
// only place where the parts are put together.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

type commands struct {
	Dev      devCommand      `cmd:"" help:"Run everything on this machine: PostgreSQL, Temporal, mail catcher, pages, worker."`
	API      apiCommand      `cmd:"" name:"api" help:"Run the pages and the JSON API. Any number may run."`
	Worker   workerCommand   `cmd:"" help:"Run a worker that moves forløb on. Any number may run."`
	Migrate  migrateCommand  `cmd:"" help:"Bring the database's schema up to this version."`
	Doctor   doctorCommand   `cmd:"" help:"Examine a running installation and say what to do; --fix mends what is safe."`
	Release  releaseCommand  `cmd:"" help:"Say which release of the workers gets the work, and change it."`
	Restored restoredCommand `cmd:"" help:"After a restore from a backup: let mails wait until it is known which have left."`
	Token    tokenCommand    `cmd:"" help:"Make and revoke tokens for the JSON API."`
	Demo     demoCommand     `cmd:"" help:"Play a forløb from application to evaluation, and others that end otherwise, in about two minutes."`
	Bench    benchCommand    `cmd:"" help:"Measure how fast it is, against a database made for it, and as ratios to a baseline in the same run."`
	Ready    readyCommand    `cmd:"" hidden:"" help:"Ask the api or worker that runs here whether it is ready; for health checks."`
	Testenv  testenvCommand  `cmd:"" hidden:"" help:"Run a command beside a PostgreSQL and a Temporal of its own."`
	Clean    cleanCommand    `cmd:"" hidden:"" help:"Remove everything that development keeps on this machine."`
}

// exitCode is an error that carries the exit code of a child.
type exitCode int

func (e exitCode) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:]))
}

func run(ctx context.Context, args []string) int {
	parser := kong.Must(&commands{},
		kong.Name("spark"),
		kong.Description("SPARK's case system. Settings are environment variables:\n\n"+settingsHelp()),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.UsageOnError(),
	)
	if len(args) > 0 && args[0] == "help" {
		args = append(args[1:], "--help")
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		parser.FatalIfErrorf(err)
	}
	err = parsed.Run()
	var code exitCode
	switch {
	case err == nil:
		return 0
	case errors.As(err, &code):
		return int(code)
	}
	fmt.Fprintln(os.Stderr, "spark:", err)
	return 1
}
