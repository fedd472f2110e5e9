// Command crash runs the whole product, breaks every part of it for a while
// and tells what was lost: `make crash MINUTES=30 SEED=1`.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"example.dk/spark/internal/crash"
	"example.dk/spark/internal/devstack"
)

func main() {
	minutes := flag.Float64("minutes", 3, "how long everything is broken")
	seed := flag.Uint64("seed", uint64(time.Now().Unix()), "of what clients do and what is broken")
	clients := flag.Int("clients", 8, "how many use it at the same time")
	binary := flag.String("binary", "bin/spark", "the product")
	planted := flag.String("planted", "", "the name of a bug to put into the product first, which must be found; list names them")
	dir := flag.String("dir", ".spark", "where crash.json and the run's own files go")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if *planted == "list" {
		for _, p := range crash.Plants {
			fmt.Println(p.Name)
		}
		return
	}
	if err := run(ctx, *minutes, *seed, *clients, *binary, *dir, *planted); err != nil {
		fmt.Fprintln(os.Stderr, "crash:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, minutes float64, seed uint64, clients int, binary, dir, planted string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	var bug *crash.Plant
	if planted != "" {
		if bug, err = crash.Named(planted); err != nil {
			return err
		}
		if binary, err = build(bug); err != nil {
			return err
		}
		defer os.RemoveAll(filepath.Dir(binary))
	}
	temporal, err := devstack.TemporalBinary(ctx, func(line string) { fmt.Println(line) })
	if err != nil {
		return err
	}
	result, err := crash.Run(ctx, crash.Options{
		For: time.Duration(minutes * float64(time.Minute)), Seed: seed, Dir: filepath.Join(dir, "crash"), Binary: binary, Temporal: temporal,
		Clients: clients, Progress: os.Stdout,
	})
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(result, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "crash.json"), append(text, '\n'), 0o644); err != nil {
		return err
	}
	fmt.Println(string(text))
	if bug != nil {
		return found(bug, result.Violations)
	}
	for _, v := range result.Violations {
		fmt.Printf("\n%s: %s (forløb %s)\n%s", v.Rule, v.What, v.Forloeb, v.Story)
	}
	if n := len(result.Violations); n > 0 {
		return errors.New(fmt.Sprint(n, " violations"))
	}
	return nil
}

// build makes the product with a bug in it.
func build(bug *crash.Plant) (string, error) {
	dir, err := os.MkdirTemp("", "spark-planted-")
	if err != nil {
		return "", err
	}
	root, err := os.Getwd()
	if err != nil {
		return "", err
	}
	binary := filepath.Join(dir, "spark")
	return binary, bug.Build(root, dir, binary)
}

// found is nil when the bug was found by a rule that should.
func found(bug *crash.Plant, violations []crash.Violation) error {
	for _, v := range violations {
		if bug.FoundBy(v) {
			fmt.Printf("found %q by %s: %s\n", bug.Name, v.Rule, v.What)
			return nil
		}
	}
	return fmt.Errorf("the bug %q was not found", bug.Name)
}
