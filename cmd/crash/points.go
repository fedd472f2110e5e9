package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"example.dk/spark/internal/crash"
	"example.dk/spark/internal/devstack"
)

// dies lets a process die at every point that it passes.
func (s settings) dies(ctx context.Context) error {
	temporal, err := devstack.TemporalBinary(ctx, func(line string) { fmt.Println(line) })
	if err != nil {
		return err
	}
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	result, err := crash.Points(ctx, crash.PointOptions{
		Root: root, Dir: filepath.Join(s.dir, "crashpoints"), Temporal: temporal, Lanes: s.lanes, Most: s.most, First: s.first, Progress: os.Stdout,
	})
	if err != nil {
		return err
	}
	if err := s.writes("crashpoints.json", result); err != nil {
		return err
	}
	fmt.Println(result.Verdict())
	if n := len(result.Violations); n > 0 {
		return fmt.Errorf("%d violations", n)
	}
	return nil
}
