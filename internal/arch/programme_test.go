package arch

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// toCome is how many lines of the source documents are not built yet, or not all of them. It only ever falls: whoever
// builds one names its test in docs/programme.md and lowers it.
const toCome = 0

// linesOf is how many lines each document was taken apart into.
var linesOf = map[string]int{"A": 29, "B": 14, "C": 35, "D": 11, "E": 16}

// The words of the last cell of a row that has not got a test, or not every one.
const (
	comes  = "»kommer«"
	noRule = "no rule"
)

var (
	aRow       = regexp.MustCompile(`(?m)^\| ([A-Z][0-9]+) \|.*$`)
	quoted     = regexp.MustCompile("`([^`]+)`")
	ofALine    = regexp.MustCompile(`^Test([A-E][0-9]+)[A-Z]`)
	reason     = regexp.MustCompile(`^no rule( of its own)?: \S`)
	whatsToBe  = regexp.MustCompile(`»kommer«(: \S|$)`)
	somewhere  = regexp.MustCompile(`^–$|^` + "`[^`]+`(, `[^`]+`)*$")
	fromSource = regexp.MustCompile(`^[A-E] \d+(–\d+)?(, \d+(–\d+)?)*$`)
)

// row is one line of a source document, as docs/programme.md tells of it.
type row struct {
	line, rule, source, where, proof string
	cells                            int
}

func (r row) toCome() bool { return strings.Contains(r.proof, comes) }

func (r row) tests() (names []string) {
	for _, match := range quoted.FindAllStringSubmatch(r.proof, -1) {
		names = append(names, match[1])
	}
	return names
}

func (r row) files() (paths []string) {
	for _, match := range quoted.FindAllStringSubmatch(r.where, -1) {
		paths = append(paths, match[1])
	}
	return paths
}

func rowsOf(page string) (rows []row) {
	for _, match := range aRow.FindAllStringSubmatch(page, -1) {
		cells := strings.Split(strings.Trim(match[0], "|"), " | ")
		r := row{line: match[1], cells: len(cells)}
		for i, to := range []*string{nil, &r.rule, &r.source, &r.where, &r.proof} {
			if to != nil && i < len(cells) {
				*to = strings.TrimSpace(cells[i])
			}
		}
		rows = append(rows, r)
	}
	return rows
}

// TestEveryRuleOfTheDocuments holds docs/programme.md to the program.
func TestEveryRuleOfTheDocuments(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "programme.md"))
	require.NoError(t, err)
	rows := rowsOf(string(page))
	require.Empty(t, faultsOf(rows, testFunctions(t, filepath.Join("..", "..")), exists))
	var left int
	for _, r := range rows {
		if r.toCome() {
			left++
		}
	}
	require.Equal(t, toCome, left, "rows that say »kommer« in docs/programme.md; lower the number when one is built")
}

func exists(file string) bool {
	_, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(file)))
	return !errors.Is(err, fs.ErrNotExist)
}

// faultsOf returns a sentence for everything in which the rows and the tests are not of one mind.
func faultsOf(rows []row, functions []string, exists func(file string) bool) (faults []string) {
	say := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	seen := map[string]int{}
	named := map[string]bool{}
	for _, r := range rows {
		seen[r.line]++
		for _, what := range malformed(r, exists) {
			say("%s: %s", r.line, what)
		}
		for _, test := range r.tests() {
			named[test] = true
			if match := ofALine.FindStringSubmatch(test); match == nil || match[1] != r.line {
				say("%s: %s is not named after the line", r.line, test)
			}
			if !slices.Contains(functions, test) {
				say("%s: there is no %s", r.line, test)
			}
		}
	}
	for _, line := range allLines() {
		if seen[line] != 1 {
			say("%s has %d rows", line, seen[line])
		}
		delete(seen, line)
	}
	for line := range seen {
		say("%s is no line of the documents", line)
	}
	for _, function := range functions {
		if ofALine.MatchString(function) && !named[function] {
			say("%s is in no row", function)
		}
	}
	return faults
}

// malformed is what is wrong with a row by itself.
func malformed(r row, exists func(file string) bool) (faults []string) {
	check := func(ok bool, what string) {
		if !ok {
			faults = append(faults, what)
		}
	}
	check(r.cells == 5, "a row has five cells")
	check(r.rule != "", "it lacks the rule")
	check(fromSource.MatchString(r.source) && strings.HasPrefix(r.source, r.line[:1]), "it lacks the document and the lines")
	check(somewhere.MatchString(r.where), "it lacks where the rule lives, or –")
	for _, file := range r.files() {
		check(exists(file), "there is no "+file)
	}
	switch proven := len(r.tests()) > 0; {
	case r.toCome():
		check(whatsToBe.MatchString(r.proof), "it does not say what comes")
	case proven:
		check(!strings.Contains(r.proof, noRule), "what has a test is a rule")
		check(r.where != "–", "a rule with a test lives somewhere")
	default:
		check(reason.MatchString(r.proof), "it has no test, no reason and no "+comes)
	}
	return faults
}

func allLines() (lines []string) {
	for _, document := range []string{"A", "B", "C", "D", "E"} {
		for n := 1; n <= linesOf[document]; n++ {
			lines = append(lines, fmt.Sprintf("%s%d", document, n))
		}
	}
	return lines
}

// testFunctions are the names of all test functions of the repository. A name that two packages have is there twice.
func testFunctions(t *testing.T, root string) (names []string) {
	t.Helper()
	eachTest(t, root, func(f *ast.FuncDecl) { names = append(names, f.Name.Name) })
	return names
}

// eachTest looks at every test below a folder.
func eachTest(t *testing.T, root string, look func(*ast.FuncDecl)) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".")):
			return filepath.SkipDir
		case entry.IsDir() || !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, declaration := range parsed.Decls {
			if f, ok := declaration.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
				look(f)
			}
		}
		return nil
	}))
}

// whole is a page with a sound row for every line, and the tests it names.
func whole() (rows []row, functions []string) {
	var page strings.Builder
	for _, line := range allLines() {
		fmt.Fprintf(&page, "| %s | A rule | %s 1–2 | `a.go` | `Test%sHolds` |\n", line, line[:1], line)
		functions = append(functions, "Test"+line+"Holds")
	}
	return rowsOf(page.String()), functions
}

func TestFaultsOfThePageAreFound(t *testing.T) {
	onlyA := func(file string) bool { return file == "a.go" }
	for name, c := range map[string]struct {
		change func(rows []row, functions []string) ([]row, []string)
		fault  string // none when empty
	}{
		"nothing": {func(r []row, f []string) ([]row, []string) { return r, f }, ""},
		"a reason": {func(r []row, f []string) ([]row, []string) {
			r[0].where, r[0].proof = "–", "no rule: narrative"
			return r, f[1:]
		}, ""},
		"to come": {func(r []row, f []string) ([]row, []string) { r[0].proof = "»kommer«: later"; return r, f[1:] }, ""},
		"a test, and more to come": {func(r []row, f []string) ([]row, []string) {
			r[0].proof += "; the rest: »kommer«"
			return r, f
		}, ""},
		"another test":         {func(r []row, f []string) ([]row, []string) { return r, append(f, "TestEverything", "TestCPRNumbers") }, ""},
		"a line is missing":    {func(r []row, f []string) ([]row, []string) { return r[1:], f[1:] }, "A1 has 0 rows"},
		"a line is doubled":    {func(r []row, f []string) ([]row, []string) { return append(r, r[0]), f }, "A1 has 2 rows"},
		"a line too many":      {func(r []row, f []string) ([]row, []string) { r[0].line = "B15"; return r, f }, "B15 is no line of the documents"},
		"a test is missing":    {func(r []row, f []string) ([]row, []string) { return r, f[1:] }, "A1: there is no TestA1Holds"},
		"a test without a row": {func(r []row, f []string) ([]row, []string) { return r, append(f, "TestA24MoreThanThat") }, "TestA24MoreThanThat is in no row"},
		"another line's test":  {func(r []row, f []string) ([]row, []string) { r[0].proof = "`TestA11Holds`"; return r, f }, "A1: TestA11Holds is not named after the line"},
		"nothing to show":      {func(r []row, f []string) ([]row, []string) { r[0].proof = ""; return r, f[1:] }, "A1: it has no test, no reason and no »kommer«"},
		"an empty reason":      {func(r []row, f []string) ([]row, []string) { r[0].proof = "no rule:"; return r, f[1:] }, "A1: it has no test, no reason and no »kommer«"},
		"no source":            {func(r []row, f []string) ([]row, []string) { r[0].source = "B 3"; return r, f }, "A1: it lacks the document and the lines"},
		"no rule":              {func(r []row, f []string) ([]row, []string) { r[0].rule = ""; return r, f }, "A1: it lacks the rule"},
		"a file that is gone":  {func(r []row, f []string) ([]row, []string) { r[0].where = "`gone.go`"; return r, f }, "A1: there is no gone.go"},
		"a cell too few":       {func(r []row, f []string) ([]row, []string) { r[0].cells = 4; return r, f }, "A1: a row has five cells"},
	} {
		t.Run(name, func(t *testing.T) {
			rows, functions := c.change(whole())
			faults := faultsOf(rows, functions, onlyA)
			if c.fault == "" {
				require.Empty(t, faults)
				return
			}
			require.Contains(t, faults, c.fault)
		})
	}
}
