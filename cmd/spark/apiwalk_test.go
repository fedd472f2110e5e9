package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/devstack"
)

// The walk in docs/api.md is run as it is written: its blocks one after the
// other in one bash, on a product of its own. Only the addresses that it
// begins with are replaced.
func TestTheWalkThroughTheAPI(t *testing.T) {
	steps := readWalk(t)
	r := newRunning(t)
	r.server()
	binary, err := product()
	require.NoError(t, err)
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "bin"), 0o755))
	require.NoError(t, os.Symlink(binary, filepath.Join(dir, "bin", "spark")))

	bash := exec.CommandContext(within(t, 2*patience), "bash", "-euo", "pipefail")
	bash.Dir, bash.Env = dir, append(os.Environ(), "TMPDIR="+dir, "SPARK_DATABASE_URL="+r.postgres.URL(devstack.RoleAPI, devstack.Database))
	bash.Stdin = strings.NewReader(walkScript(t, steps, map[string]string{"SPARK": r.config.HTTP.BaseURL, "MAILS": r.mail.URL()}))
	var said, complained bytes.Buffer
	bash.Stdout, bash.Stderr = &said, &complained
	err = bash.Run()
	printed := strings.Split(said.String(), stepMark)[1:]
	for i, output := range printed {
		if i < len(printed)-1 || err == nil {
			require.NoError(t, steps[i].fits(output), "line %d of docs/api.md", steps[i].line)
		}
	}
	require.NoError(t, err, "line %d of docs/api.md:\n%s\n%s", steps[len(printed)-1].line, complained.String(), printed[len(printed)-1])
	require.Len(t, printed, len(steps))
}

// walkStep is one block of commands, and what it is to print.
type walkStep struct {
	line     int // of its beginning
	commands string
	expected []string // lines in order, of which others may stand between
}

const walkFile = "../../docs/api.md"

// readWalk takes the blocks that stand after the mark: sh is run, the text
// after it is what it prints.
func readWalk(t *testing.T) (steps []walkStep) {
	t.Helper()
	content, err := os.ReadFile(walkFile)
	require.NoError(t, err)
	before, walk, found := strings.Cut(string(content), "<!-- walk:")
	require.True(t, found)
	begins := strings.Count(before, "\n") + 1
	fence := regexp.MustCompile("(?s)\n```([a-z]*)\n(.*?)\n```\n")
	expectations := 0
	for _, at := range fence.FindAllStringSubmatchIndex(walk, -1) {
		kind, text := walk[at[2]:at[3]], walk[at[4]:at[5]]
		switch kind {
		case "sh":
			steps = append(steps, walkStep{line: begins + strings.Count(walk[:at[4]], "\n"), commands: text})
		case "text":
			steps[len(steps)-1].expected = strings.Split(text, "\n")
			expectations++
		default:
			t.Fatalf("a block of %q is neither run nor compared", kind)
		}
	}
	require.Greater(t, expectations, 10)
	return steps
}

const stepMark = "\x00step\n"

// walkScript is all blocks, each after a mark that tells its output from the
// earlier one's, with the first assignment of some variables replaced.
func walkScript(t *testing.T, steps []walkStep, values map[string]string) string {
	t.Helper()
	var all strings.Builder
	for _, s := range steps {
		fmt.Fprintf(&all, "printf '\\0step\\n'\n%s\n", s.commands)
	}
	text := all.String()
	for name, value := range values {
		assignment := regexp.MustCompile(`(?m)^` + name + `=\S+$`).FindString(text)
		require.NotEmpty(t, assignment, name)
		text = strings.Replace(text, assignment, name+"="+value, 1)
	}
	return text
}

// fits checks that the expected lines were printed, in order.
func (s walkStep) fits(output string) error {
	lines := strings.Split(strings.TrimSuffix(output, "\n"), "\n")
	next := 0
	for _, expected := range s.expected {
		parts := strings.Split(expected, "…")
		for i, part := range parts {
			parts[i] = regexp.QuoteMeta(part)
		}
		pattern := regexp.MustCompile("^" + strings.Join(parts, ".*") + "$")
		for next < len(lines) && !pattern.MatchString(lines[next]) {
			next++
		}
		if next == len(lines) {
			return fmt.Errorf("%q was not printed, or too early, in:\n%s", expected, output)
		}
		next++
	}
	return nil
}

func TestAWalkThatGoesAstrayIsFound(t *testing.T) {
	s := walkStep{expected: []string{"201", "Meeting … of 4", "…"}}
	require.NoError(t, s.fits("201\nsomething\nMeeting 1 of 4\nmore\n"))
	for _, output := range []string{"", "201\n", "Meeting 1 of 4\n201\n", "2011\nMeeting 1 of 4\nmore\n", "201\nMeeting 1 of 4\n"} {
		require.Error(t, s.fits(output), output)
	}
}
