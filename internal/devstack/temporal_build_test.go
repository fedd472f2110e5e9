package devstack

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// smallBuild is a module that takes a moment where Temporal takes minutes.
func smallBuild(t *testing.T, lines *progressLines) build {
	t.Helper()
	source := t.TempDir()
	write(t, filepath.Join(source, "go.mod"), "module example.dk/small\n\ngo 1.26\n")
	write(t, filepath.Join(source, "main.go"), "package main\n\nfunc main() { println(1) }\n")
	return build{
		name: "small", source: source, dir: filepath.Join(t.TempDir(), "bin"),
		what: "Small", usually: "about a second", every: time.Millisecond, progress: lines.add,
	}
}

type progressLines struct {
	mu    sync.Mutex
	lines []string
}

func (p *progressLines) add(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lines = append(p.lines, line)
}

func write(t *testing.T, file, content string) {
	t.Helper()
	require.NoError(t, os.WriteFile(file, []byte(content), 0o644))
}

func binaries(t *testing.T, b build) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(b.dir, "small-*"))
	require.NoError(t, err)
	return files
}

func TestBuildOnceAndAgainWhenTheSourceChanges(t *testing.T) {
	var lines progressLines
	b := smallBuild(t, &lines)
	paths := make([]string, 3)
	var all sync.WaitGroup
	for i := range paths {
		all.Go(func() {
			var err error
			paths[i], err = b.binary(context.Background())
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	require.FileExists(t, paths[0])
	require.Equal(t, []string{paths[0], paths[0]}, paths[1:])
	require.Contains(t, strings.Join(lines.lines, "\n"), "building Small, first time only: 0 s so far, about a second")
	made := modified(t, paths[0])

	write(t, filepath.Join(b.source, "main_test.go"), "package main\n") // not part of the binary
	again, err := b.binary(context.Background())
	require.NoError(t, err)
	require.Equal(t, paths[0], again)
	require.Equal(t, made, modified(t, again))

	write(t, filepath.Join(b.source, "main.go"), "package main\n\nfunc main() { println(2) }\n")
	other, err := b.binary(context.Background())
	require.NoError(t, err)
	require.Equal(t, []string{other}, binaries(t, b), "the old one is removed")
	require.NotEqual(t, paths[0], other)
}

func modified(t *testing.T, file string) time.Time {
	t.Helper()
	info, err := os.Stat(file)
	require.NoError(t, err)
	return info.ModTime()
}

func TestBuildThatFailsLeavesNothing(t *testing.T) {
	b := smallBuild(t, &progressLines{})
	write(t, filepath.Join(b.source, "main.go"), "package main\n\nfunc main() { nonsense }\n")
	_, err := b.binary(context.Background())
	require.ErrorContains(t, err, "undefined: nonsense")
	require.Empty(t, binaries(t, b))
	require.NoFileExists(t, filepath.Join(b.dir, "small.new"))
}

func TestBuildGivesUpWhenAsked(t *testing.T) {
	b := smallBuild(t, &progressLines{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := b.binary(ctx)
	require.ErrorIs(t, err, context.Canceled)
}

func TestBuildWithoutGo(t *testing.T) {
	b := smallBuild(t, &progressLines{})
	t.Setenv("PATH", t.TempDir())
	_, err := b.binary(context.Background())
	require.ErrorContains(t, err, "install Go")
}

func TestTimeInWords(t *testing.T) {
	require.Equal(t, "45 s", inWords(45*time.Second))
	require.Equal(t, "1 min 20 s", inWords(80*time.Second))
}
