package workflows

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// example is a block of docs/changing-workflows.md: a whole file of this
// package, as the document changes it.
func example(t *testing.T, name string) string {
	t.Helper()
	document, err := os.ReadFile("../docs/changing-workflows.md")
	require.NoError(t, err)
	begin := "```go\n// workflows/sleep.go, " + name + "\n"
	require.Equal(t, 1, strings.Count(string(document), begin))
	_, block, _ := strings.Cut(string(document), begin)
	block, _, found := strings.Cut(block, "```")
	require.True(t, found)
	requireAdded(t, block)
	return block
}

// requireAdded checks that the example is today's file with lines added: the
// document follows the code.
func requireAdded(t *testing.T, changed string) {
	t.Helper()
	today, err := os.ReadFile("sleep.go")
	require.NoError(t, err)
	rest := strings.Split(changed, "\n")
	for line := range strings.Lines(string(today)) {
		line = strings.TrimSuffix(line, "\n")
		for len(rest) > 0 && rest[0] != line {
			rest = rest[1:]
		}
		require.NotEmpty(t, rest, "docs/changing-workflows.md has not got this line of sleep.go, or not in its place: %s", line)
		rest = rest[1:]
	}
}

func TestTheWrongExampleIsNoticed(t *testing.T) {
	t.Parallel()
	output, err := replayWith(t, "sleep.go", example(t, "wrong"))
	require.Error(t, err)
	require.Contains(t, output, "TMPRL1100")
	require.Contains(t, output, "happy-2.json")
}

func TestTheRightExampleReplays(t *testing.T) {
	t.Parallel()
	output, err := replayWith(t, "sleep.go", example(t, "right"))
	require.NoError(t, err, output)
}
