package main

import (
	"context"
	"io"
	"os"

	"example.dk/spark/internal/devstack"
)

type testenvCommand struct {
	Summary bool     `help:"The command prints go test -json: show what fails and how many tests ran."`
	Command []string `arg:"" help:"The command, after --."`
}

// Run runs a command beside servers of its own and ends as it does.
func (c testenvCommand) Run(ctx context.Context) error {
	if _, err := devstack.Chromium(ctx, os.Stderr); err != nil {
		return err
	}
	var out io.Writer = os.Stdout
	summary := newTestSummary(os.Stdout)
	if c.Summary {
		out = summary
	}
	code, err := devstack.RunWith(ctx, devstack.WithOptions{
		Stdin: os.Stdin, Stdout: out, Stderr: os.Stderr, Log: os.Stderr,
	}, c.Command)
	if c.Summary {
		summary.print()
	}
	switch {
	case err != nil:
		return err
	case code != 0:
		return exitCode(code)
	case c.Summary && summary.passed == 0:
		return errNoTests
	}
	return nil
}

type cleanCommand struct{}

// Run removes .spark and what lies outside it.
func (cleanCommand) Run(ctx context.Context) error { return devstack.Clean(ctx, stateDir) }

// stateDir is where development keeps its state, below the checkout.
const stateDir = ".spark"
