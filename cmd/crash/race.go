package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"example.dk/spark/internal/crash"
	"example.dk/spark/internal/devstack"
)

// race lets very many do the same at the same moment. A bug that is planted
// must be found.
func (s settings) race(ctx context.Context) error {
	if s.planted == "" {
		result, err := s.raceOnce(ctx)
		if err != nil {
			return err
		}
		if n := len(result.Violations); n > 0 {
			return fmt.Errorf("%d rules are broken", n)
		}
		return nil
	}
	bug, err := crash.Named(s.planted)
	if err != nil {
		return err
	}
	return s.plant(bug, func(planted settings) error {
		result, err := planted.raceOnce(ctx)
		if err != nil {
			return err
		}
		if !result.Finds(bug) {
			return fmt.Errorf("the bug %q was not found", bug.Name)
		}
		fmt.Printf("found %q\n", bug.Name)
		return nil
	})
}

// raceOnce is one run, with its figures in a file and its verdict on the
// screen.
func (s settings) raceOnce(ctx context.Context) (*crash.RaceResult, error) {
	o := s.races
	var err error
	if o.Temporal, err = devstack.TemporalBinary(ctx, func(line string) { fmt.Println(line) }); err != nil {
		return nil, err
	}
	o.Dir, o.Binary, o.Progress = filepath.Join(s.dir, "race"), s.binary, os.Stdout
	result, err := crash.Race(ctx, o)
	if err != nil {
		return nil, err
	}
	fmt.Println(result.Verdict())
	return result, s.writes("race.json", result)
}
