package devstack

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// TemporalBinary returns the path of the embedded Temporal server, building it from the checkout's cmd/devserver when
// its source or the Go version has changed. The first time on a machine that takes minutes, so progress gets a line
// now and then, and the caller should have something else running meanwhile.
func TemporalBinary(ctx context.Context, progress func(string)) (string, error) {
	root, err := Checkout()
	if err != nil {
		return "", err
	}
	b := build{
		name:     "devserver",
		source:   filepath.Join(root, "cmd", "devserver"),
		dir:      filepath.Join(root, ".spark", "bin"),
		what:     "Temporal",
		usually:  "about 7 minutes on two cores",
		every:    10 * time.Second,
		progress: progress,
	}
	return b.binary(ctx)
}

// build keeps the binary of a Go module beside the hash of what it was made from.
type build struct {
	name     string
	source   string
	dir      string
	what     string
	usually  string
	every    time.Duration
	progress func(string)
}

func (b build) binary(ctx context.Context) (string, error) {
	hash, err := b.hash(ctx)
	if err != nil {
		return "", err
	}
	target := filepath.Join(b.dir, b.name+"-"+hash)
	if executable(target) {
		return target, nil
	}
	if err := os.MkdirAll(b.dir, 0o755); err != nil {
		return "", fmt.Errorf("the directory for %s's binary cannot be created: %w", b.what, err)
	}
	lock, err := waitLock(ctx, filepath.Join(b.dir, b.name+".lock"), func() {
		b.say("waiting for another process that is building %s", b.what)
	})
	if err != nil {
		return "", fmt.Errorf("%s was not built: %w", b.what, err)
	}
	defer lock.Close()
	if executable(target) { // the one we waited for has made it
		return target, nil
	}
	return target, b.make(ctx, target)
}

func (b build) make(ctx context.Context, target string) error {
	fresh := filepath.Join(b.dir, b.name+".new") // the lock is ours, so the name is too
	defer os.Remove(fresh)
	if err := b.compile(ctx, fresh); err != nil {
		return err
	}
	b.removeOld()
	if err := os.Rename(fresh, target); err != nil {
		return fmt.Errorf("%s's binary cannot be put in place: %w", b.what, err)
	}
	return nil
}

func (b build) compile(ctx context.Context, out string) error {
	cmd := b.goCommand("build", "-buildvcs=false", "-ldflags=-s -w", "-o", out, ".")
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	p, err := startProcess(cmd, syscall.SIGTERM)
	if err != nil {
		return errNoGo(err)
	}
	// The person who waits is already using the product: it goes first.
	_ = syscall.Setpriority(syscall.PRIO_PGRP, p.pid(), 10)
	if err := b.wait(ctx, p); err != nil {
		return err
	}
	if !cmd.ProcessState.Success() {
		return fmt.Errorf("%s could not be built; run go build in %s to see all of it: %s", b.what, b.source, lastLine(output.String()))
	}
	return nil
}

func (b build) wait(ctx context.Context, p *process) error {
	begun := time.Now()
	tick := time.NewTicker(b.every)
	defer tick.Stop()
	for {
		select {
		case <-p.done:
			return nil
		case <-tick.C:
			b.say("building %s, first time only: %s so far, %s", b.what, inWords(time.Since(begun)), b.usually)
		case <-ctx.Done():
			p.killGroup()
			return fmt.Errorf("%s was not built: %w", b.what, ctx.Err())
		}
	}
}

func (b build) removeOld() {
	old, _ := filepath.Glob(filepath.Join(b.dir, b.name+"-*"))
	for _, file := range old {
		_ = os.Remove(file) // a server that runs from it keeps it until it ends
	}
}

// hash changes with everything that goes into the binary.
func (b build) hash(ctx context.Context) (string, error) {
	version := b.goCommand("env", "GOVERSION", "GOOS", "GOARCH")
	out, err := version.Output()
	if err != nil {
		return "", errNoGo(err)
	}
	sum := sha256.New()
	sum.Write(out)
	files, _ := filepath.Glob(filepath.Join(b.source, "*"))
	for _, file := range files { // Glob sorts
		name := filepath.Base(file)
		if strings.HasSuffix(name, "_test.go") || !strings.HasSuffix(name, ".go") && name != "go.mod" && name != "go.sum" {
			continue
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("%s's source cannot be read: %w", b.what, err)
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(content))
		sum.Write(content)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8]), ctx.Err()
}

func (b build) goCommand(args ...string) *exec.Cmd {
	cmd := exec.Command("go", args...)
	cmd.Dir = b.source
	cmd.Env = append(os.Environ(), "GOWORK=off") // the module stands alone whatever workspace surrounds it
	return cmd
}

func (b build) say(format string, args ...any) {
	if b.progress != nil {
		b.progress(fmt.Sprintf(format, args...))
	}
}

func errNoGo(err error) error {
	if errors.Is(err, exec.ErrNotFound) {
		return errors.New("the go command is missing: install Go 1.26 or set TEMPORAL_ADDRESS to a server of your own")
	}
	return fmt.Errorf("the go command failed: %w", err)
}

func executable(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o100 != 0
}

// inWords says a duration as a person would: 1 min 20 s.
func inWords(d time.Duration) string {
	s := int(d.Round(time.Second).Seconds())
	if s < 60 {
		return fmt.Sprintf("%d s", s)
	}
	return fmt.Sprintf("%d min %d s", s/60, s%60)
}
