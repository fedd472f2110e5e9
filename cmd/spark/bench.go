package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"example.dk/spark/internal/bench"
	"example.dk/spark/internal/devstack"
)

type benchCommand struct {
	Forloeb int `help:"How many forløb to generate." default:"100000"`
	Times   int `help:"How often each question is asked." default:"100"`
}

// Run measures, tells what came of it, and writes .spark/bench.json. The
// plans of the queries are beside it.
func (c benchCommand) Run(ctx context.Context) error {
	dir := filepath.Join(stateDir, "bench")
	p, err := devstack.StartPostgres(ctx, devstack.PostgresOptions{StateDir: dir, Durable: true, Log: os.Stderr})
	if err != nil {
		return err
	}
	defer p.Stop()
	fmt.Fprintf(os.Stderr, "generating %d forløb\n", c.Forloeb)
	lists, err := bench.MeasureLists(ctx, p, c.Forloeb, c.Times)
	if err != nil {
		return err
	}
	tellLists(lists)
	document, err := json.MarshalIndent(map[string]any{"lists": lists}, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "plans.txt"), []byte(strings.Join(lists.Plans, "\n\n")), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(stateDir, "bench.json"), document, 0o600)
}

func tellLists(l *bench.Lists) {
	fmt.Printf("%d forløb (made in %.0f s); each question: the rows of a page and the counts of the tabs\n\n", l.Forloeb, l.Made)
	fmt.Printf("%-36s %8s %10s %10s %10s\n", "", "found", "median ms", "99 % ms", "× a read")
	for _, a := range l.Answers {
		fmt.Printf("%-36s %8d %10.1f %10.1f %10.1f\n", a.Question, a.Found, a.Median, a.P99, a.Median/l.Baseline.Median)
	}
	fmt.Printf("%-36s %8s %10.1f %10.1f %10.1f\n", "all of them", "", l.All.Median, l.All.P99, l.All.Median/l.Baseline.Median)
	fmt.Printf("%-36s %8s %10.1f %10.1f %10.1f\n", "one read by a key", "", l.Baseline.Median, l.Baseline.P99, 1.0)
}
