package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"example.dk/spark/workflows"
)

type releaseCommand struct {
	Show    showReleases   `cmd:"" default:"1" help:"List the releases that Temporal knows, and which gets the work."`
	Check   checkRelease   `cmd:"" help:"Replay what is running with this program's code, before any worker of it does."`
	Ramp    rampRelease    `cmd:"" help:"Give a share of the forløb to a release, to try it out."`
	Current currentRelease `cmd:"" help:"Give every forløb to a release; also the way back to the one before."`
}

// Help tells what --help adds.
func (releaseCommand) Help() string {
	return "Releases are told apart by SPARK_RELEASE of spark worker. Run it with the workers' TEMPORAL_* settings; docs/operations.md has the whole procedure."
}

// temporally does something with Temporal alone.
func temporally(do func(p *workflows.Process) error) error {
	s, err := loadSettings("release")
	if err != nil {
		return err
	}
	p, err := workflows.Connect(s.temporal, s.log)
	if err != nil {
		return err
	}
	defer p.Close()
	return do(p)
}

type showReleases struct{}

// Run lists the releases.
func (showReleases) Run(ctx context.Context) error {
	return temporally(func(p *workflows.Process) error { return tellReleases(ctx, os.Stdout, p) })
}

func tellReleases(ctx context.Context, to io.Writer, p *workflows.Process) error {
	list, err := p.Releases(ctx)
	if err != nil {
		return fmt.Errorf("the releases cannot be listed: %w", err)
	}
	table := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "RELEASE\tGETS\tWORKERS")
	for _, r := range list {
		workers := "none"
		if r.Polls {
			workers = "running"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", r.Name, gets(r), workers)
	}
	return table.Flush()
}

// gets says what work a release gets.
func gets(r workflows.Release) string {
	switch {
	case r.Current:
		return "the work"
	case r.Percent > 0:
		return fmt.Sprintf("%g %%", r.Percent)
	case r.Draining:
		return "nothing new"
	}
	return "nothing"
}

type rampRelease struct {
	Release string  `arg:"" help:"Its SPARK_RELEASE."`
	Percent float32 `arg:"" help:"Of the forløb, 0 to 100; 0 takes them back."`
}

// Run gives a share of the forløb to a release.
func (r rampRelease) Run(ctx context.Context) error {
	if r.Percent < 0 || r.Percent > 100 {
		return errors.New("the share must be between 0 and 100")
	}
	return temporally(func(p *workflows.Process) error {
		if err := p.Ramp(ctx, r.Release, r.Percent); err != nil {
			return fmt.Errorf("release %s gets nothing: %w", r.Release, err)
		}
		return tellReleases(ctx, os.Stdout, p)
	})
}

type currentRelease struct {
	Release string `arg:"" help:"Its SPARK_RELEASE, or unversioned for workers without one."`
}

// Run gives every forløb to a release.
func (c currentRelease) Run(ctx context.Context) error {
	return temporally(func(p *workflows.Process) error {
		if err := p.MakeCurrent(ctx, c.Release); err != nil {
			return fmt.Errorf("release %s is not current: %w", c.Release, err)
		}
		return tellReleases(ctx, os.Stdout, p)
	})
}

type checkRelease struct {
	Most int `default:"1000" help:"How many forløb to replay at most."`
}

// Run replays what is running.
func (c checkRelease) Run(ctx context.Context) error {
	return temporally(func(p *workflows.Process) error {
		checked, broken, err := p.ReplayRunning(ctx, c.Most)
		if err != nil {
			return fmt.Errorf("what is running cannot be replayed: %w", err)
		}
		for _, id := range broken {
			fmt.Println("forløb that this program cannot go on with:", id)
		}
		fmt.Printf("%d replayed, %d of them in vain\n", checked, len(broken))
		if len(broken) > 0 {
			return exitCode(1)
		}
		return nil
	})
}
