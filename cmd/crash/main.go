// Command crash runs the whole product, breaks every part of it for a while
// and tells what was lost: `make crash MINUTES=30 SEED=1`. Or it breaks
// nothing, and lets very many do the same at the same moment: `make race`.
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

// settings are the command's flags.
type settings struct {
	minutes              float64
	seed                 uint64
	clients              int
	binary, dir, planted string
	races                crash.RaceOptions
	points, first        bool
	lanes, most          int
}

func main() {
	var s settings
	flag.Float64Var(&s.minutes, "minutes", 3, "how long everything is broken")
	flag.Uint64Var(&s.seed, "seed", uint64(time.Now().Unix()), "of what clients do and what is broken")
	flag.IntVar(&s.clients, "clients", 8, "how many use it at the same time")
	flag.StringVar(&s.binary, "binary", "bin/spark", "the product")
	flag.StringVar(&s.planted, "planted", "", "the name of a bug to put into the product first, which must be found; all for one after the other, list for their names")
	flag.StringVar(&s.dir, "dir", ".spark", "where crash.json and the run's own files go")
	flag.IntVar(&s.races.Pairs, "pairs", 0, "break nothing: let the two parties of so many forløb say yes at the same moment")
	flag.IntVar(&s.races.Clicks, "clicks", 0, fmt.Sprintf("break nothing: send so many forms %d times each at the same moment", crash.Times))
	flag.BoolVar(&s.races.Rested, "rested", false, "in a race, the workers begin when everybody has answered")
	flag.BoolVar(&s.points, "points", false, "let one process die at each point that it passes, instead")
	flag.BoolVar(&s.first, "first", false, "with --points: at the first hit of each alone")
	flag.IntVar(&s.lanes, "lanes", 4, "with --points: stacks beside each other")
	flag.IntVar(&s.most, "most", 12, "with --points: hits of a point to die at; of more, the first half and a spread of the others")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "crash:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, s settings) (err error) {
	if s.dir, err = filepath.Abs(s.dir); err != nil {
		return err
	}
	if s.races.Pairs > 0 || s.races.Clicks > 0 {
		return s.race(ctx)
	}
	if s.points {
		return s.dies(ctx)
	}
	switch s.planted {
	case "":
		return s.breaks(ctx)
	case "list":
		for _, p := range crash.Plants {
			fmt.Println(p.Name)
		}
		return nil
	case "all":
		return s.proves(ctx, crash.Plants)
	}
	bug, err := crash.Named(s.planted)
	if err != nil {
		return err
	}
	return s.proves(ctx, []crash.Plant{*bug})
}

// breaks runs the product as it is.
func (s settings) breaks(ctx context.Context) error {
	result, err := s.once(ctx)
	if err != nil {
		return err
	}
	if err := s.writes("crash.json", result); err != nil {
		return err
	}
	fmt.Println(result.Verdict())
	if n := len(result.Violations); n > 0 {
		return fmt.Errorf("%d violations; again with SEED=%d", n, s.seed)
	}
	return nil
}

// once is one run.
func (s settings) once(ctx context.Context) (*crash.Result, error) {
	temporal, err := devstack.TemporalBinary(ctx, func(line string) { fmt.Println(line) })
	if err != nil {
		return nil, err
	}
	return crash.Run(ctx, crash.Options{
		For: time.Duration(s.minutes * float64(time.Minute)), Seed: s.seed, Day: crash.Day, Dir: filepath.Join(s.dir, "crash"), Binary: s.binary, Temporal: temporal,
		Clients: s.clients, Progress: os.Stdout,
	})
}

// writes puts the result where programs find it.
func (s settings) writes(name string, result any) error {
	text, err := json.MarshalIndent(result, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.dir, name), append(text, '\n'), 0o644)
}

// proves runs the product with a bug in it, one after the other: each must be
// found, by the rule that should.
func (s settings) proves(ctx context.Context, bugs []crash.Plant) error {
	var proof crash.Proof
	for i := range bugs {
		result, err := s.with(ctx, &bugs[i])
		if err != nil {
			return err
		}
		fmt.Println(proof.Adds(&bugs[i], result))
		if err := s.writes("crash.json", proof); err != nil {
			return err
		}
	}
	if n := len(proof.Missed); n > 0 {
		return errors.New(fmt.Sprint(n, " planted bugs were not found"))
	}
	return nil
}

// with is one run with a bug in the product.
func (s settings) with(ctx context.Context, bug *crash.Plant) (result *crash.Result, err error) {
	err = s.plant(bug, func(planted settings) error {
		result, err = planted.once(ctx)
		return err
	})
	return result, err
}

// plant builds the product with a bug in it, for as long as it is run.
func (s settings) plant(bug *crash.Plant, run func(settings) error) error {
	fmt.Printf("\nplanted: %s\n", bug.Name)
	dir, err := os.MkdirTemp("", "spark-planted-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	s.binary = filepath.Join(dir, "spark")
	if err := bug.Build(root, dir, s.binary); err != nil {
		return err
	}
	return run(s)
}
