package arch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "example.dk/spark"

// everything stands for all packages of ours: the wiring.
const everything = "*"

// mayImport is the picture of the program (design, section 3): what a package, with the packages below it, may
// import of ours. Itself and its own parts need no line; a package without one is refused, so that a new one is
// thought about.
var mayImport = map[string][]string{
	"internal/forloeb":     {},
	"internal/config":      {},
	"internal/arch":        {},
	"internal/browsertest": {},
	"internal/smtpfault":   {},
	"internal/sheet":       {},
	"internal/trace":       {},
	"migrations":           {},
	"internal/link":        {"internal/forloeb"},
	"activities":           {"internal/crashpoint", "internal/forloeb", "internal/trace"},
	"internal/store":       {"internal/crashpoint", "internal/forloeb", "internal/trace", "migrations"},
	"internal/mail":        {"internal/forloeb", "internal/link"},
	"internal/login":       {"internal/forloeb"},
	"internal/metrics":     {"internal/forloeb"},
	"internal/devstack":    {"internal/config"},
	"workflows":            {"internal/crashpoint", "internal/forloeb", "internal/trace", "activities"},
	"api":                  {"internal/crashpoint", "internal/forloeb", "internal/link", "internal/sheet", "internal/trace"},
	"internal/crashpoint":  {},
	"internal/doctor":      {"internal/forloeb"},
	"internal/bench":       {"internal/devstack", "internal/forloeb", "internal/store"},
	"internal/crash":       {"internal/devstack", "internal/forloeb", "internal/link", "internal/smtpfault", "internal/store", "workflows"},
	"cmd/crash":            {"internal/crash", "internal/devstack"},
	"cmd/spark":            {everything},
}

// faulty lists what breaks the product on purpose: everything does not mean it, so that only tests import it and
// whatever names it in the table.
var faulty = []string{"internal/smtpfault", "internal/crash"}

// onlyImports lists packages that take nothing from outside but the standard library and what is named.
var onlyImports = map[string][]string{
	"internal/forloeb": {"github.com/rickar/cal/v2", "github.com/google/uuid"},
	"internal/link":    {"github.com/google/uuid"},
	"internal/config":  {},
}

// onlyImportedBy lists libraries that are hidden from the rest: by whom they may be imported.
var onlyImportedBy = map[string][]string{
	"go.temporal.io":               {"workflows", "activities", "internal/devstack", "internal/crash", "internal/metrics", "cmd/spark"},
	"go.opentelemetry.io":          {"internal/trace", "cmd/spark"},
	"github.com/prometheus":        {"internal/metrics", "cmd/spark"},
	"github.com/gin-gonic/gin":     {"api", "internal/devstack", "cmd/spark"},
	"github.com/lib/pq":            {"internal/store", "internal/devstack", "cmd/spark"},
	"github.com/jmoiron/sqlx":      {"internal/store", "internal/devstack", "internal/crash", "internal/bench", "cmd/spark"},
	"github.com/wneessen/go-mail":  {"internal/mail"},
	"github.com/coreos/go-oidc":    {"internal/login"},
	"golang.org/x/oauth2":          {"internal/login"},
	"github.com/xuri/excelize/v2":  {"internal/sheet"},
	"github.com/oauth2-proxy":      {"internal/devstack"},
	"github.com/golang-jwt/jwt":    {"internal/devstack"},
	"github.com/stretchr/testify":  {},
	"pgregory.net/rapid":           {},
	"github.com/chromedp/chromedp": {},

	"github.com/santhosh-tekuri/jsonschema/v6": {},
}

// goPackage is what `go list -json` tells about one package.
type goPackage struct {
	ImportPath   string
	Imports      []string // of the package, without its tests
	TestImports  []string
	XTestImports []string
}

func TestImports(t *testing.T) {
	packages := listPackages(t)
	require.NotEmpty(t, packages)
	require.Empty(t, violations(packages), "forbidden imports; the picture is in the design's section on layout")
}

// listPackages runs the go command at the module's root.
func listPackages(t *testing.T) []goPackage {
	t.Helper()
	command := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	command.Dir = filepath.Join("..", "..")
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	require.NoError(t, err, stderr.String())

	var packages []goPackage
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else {
			require.NoError(t, err)
		}
		packages = append(packages, p)
	}
}

// violations returns one sentence for every import that the tables forbid.
func violations(packages []goPackage) []string {
	var found []string
	for _, p := range packages {
		name, _ := ours(p.ImportPath)
		if rule(name) == "" {
			found = append(found, fmt.Sprintf("%s is not in the table; add it to mayImport", name))
		}
		for _, imported := range p.Imports {
			if why := forbidden(name, imported); why != "" {
				found = append(found, fmt.Sprintf("%s imports %s: %s", name, imported, why))
			}
		}
	}
	slices.Sort(found)
	return found
}

// forbidden says why a package may not import another, or "". What tests import is their own affair.
func forbidden(name, imported string) string {
	local, isOurs := ours(imported)
	switch {
	case isTestHelper(name):
		return forbiddenToHelper(name, local, isOurs)
	case isOurs && isTestHelper(local):
		return "only tests import test helpers"
	case isOurs:
		return forbiddenLocally(name, local)
	}
	return forbiddenOutside(name, imported)
}

// forbiddenToHelper: a helper serves the tests of the package it lies in; it may see what that one sees, start
// the development stack, and use the tests' libraries.
func forbiddenToHelper(name, local string, isOurs bool) string {
	if !isOurs || isTestHelper(local) || rule(local) == "internal/devstack" || rule(local) == "internal/forloeb" {
		return ""
	}
	return forbiddenLocally(name, local)
}

func forbiddenLocally(name, local string) string {
	from, to := rule(name), rule(local)
	all := slices.Contains(mayImport[from], everything) && !slices.Contains(faulty, to)
	if from == to || slices.Contains(mayImport[from], to) || all {
		return ""
	}
	return "the table forbids it"
}

func forbiddenOutside(name, imported string) string {
	if !strings.Contains(strings.SplitN(imported, "/", 2)[0], ".") {
		return "" // the standard library
	}
	within := func(root string) bool { return isBelow(imported, root) }
	if allowed, limited := onlyImports[rule(name)]; limited && !slices.ContainsFunc(allowed, within) {
		return "the package keeps to the standard library"
	}
	for library, users := range onlyImportedBy {
		if within(library) && !slices.Contains(users, rule(name)) {
			return "the library is hidden from this package"
		}
	}
	return ""
}

// ours returns a package's path inside the module.
func ours(importPath string) (string, bool) { return strings.CutPrefix(importPath, module+"/") }

// rule finds the line of the table for a package: its own or that of a folder above.
func rule(name string) string {
	for dir := name; dir != "." && dir != "/" && dir != ""; dir = path.Dir(dir) {
		if _, found := mayImport[dir]; found {
			return dir
		}
	}
	return ""
}

func isBelow(importPath, root string) bool {
	return importPath == root || strings.HasPrefix(importPath, root+"/")
}

// isTestHelper: forloebtest, storetest, mailtest …
func isTestHelper(name string) bool { return strings.HasSuffix(name, "test") }

func TestThePlantedViolationIsFound(t *testing.T) {
	for _, c := range []struct{ name, imported, want string }{
		{"api", "example.dk/spark/internal/store", "api imports example.dk/spark/internal/store: the table forbids it"},
		{"api", "example.dk/spark/workflows", "the table forbids it"},
		{"workflows", "example.dk/spark/internal/store", "the table forbids it"},
		{"workflows", "example.dk/spark/internal/mail", "the table forbids it"},
		{"activities", "example.dk/spark/internal/link", "the table forbids it"},
		{"internal/store", "example.dk/spark/api", "the table forbids it"},
		{"internal/mail/ics", "example.dk/spark/internal/store", "the table forbids it"},
		{"internal/forloeb", "example.dk/spark/internal/link", "the table forbids it"},
		{"internal/devstack", "example.dk/spark/internal/store", "the table forbids it"},
		{"internal/devstack/postgres", "example.dk/spark/migrations", "the table forbids it"},
		{"internal/config", "example.dk/spark/internal/forloeb", "the table forbids it"},
		{"migrations", "example.dk/spark/internal/forloeb", "the table forbids it"},
		{"internal/new", "fmt", "internal/new is not in the table"},
		{"cmd/other", "fmt", "cmd/other is not in the table"},
		{"internal/forloeb", "github.com/google/go-cmp", "keeps to the standard library"},
		{"internal/forloeb", "github.com/rickar/cal/v20", "keeps to the standard library"},
		{"internal/config", "github.com/alecthomas/kong", "keeps to the standard library"},
		{"api", "go.temporal.io/sdk/client", "hidden"},
		{"internal/store", "go.temporal.io/sdk/activity", "hidden"},
		{"workflows", "github.com/jmoiron/sqlx", "hidden"},
		{"api", "github.com/stretchr/testify/require", "hidden"},
		{"api", "example.dk/spark/internal/login", "the table forbids it"},
		{"internal/login", "example.dk/spark/internal/store", "the table forbids it"},
		{"internal/mail", "example.dk/spark/internal/smtpfault", "the table forbids it"},
		{"cmd/spark", "example.dk/spark/internal/smtpfault", "the table forbids it"},
		{"api", "github.com/coreos/go-oidc/v3/oidc", "hidden"},
		{"internal/devstack", "golang.org/x/oauth2", "hidden"},
		{"cmd/spark", "example.dk/spark/internal/store/storetest", "only tests import test helpers"},
		{"internal/forloeb", "example.dk/spark/internal/forloeb/forloebtest", "only tests import test helpers"},
		{"internal/store/storetest", "example.dk/spark/api", "the table forbids it"},
	} {
		found := violations([]goPackage{{ImportPath: module + "/" + c.name, Imports: []string{c.imported}}})
		require.Len(t, found, 1, "%s imports %s", c.name, c.imported)
		require.Contains(t, found[0], c.want)
	}
}

func TestWhatIsAllowedIsNotReported(t *testing.T) {
	for _, c := range []struct{ name, imported string }{
		{"api", "example.dk/spark/internal/forloeb"},
		{"api", "example.dk/spark/api/assets"},
		{"api", "net/http"},
		{"api", "github.com/gin-gonic/gin"},
		{"workflows", "example.dk/spark/activities"},
		{"internal/forloeb", "github.com/rickar/cal/v2/dk"},
		{"internal/forloeb", "time/tzdata"},
		{"internal/devstack/postgres", "example.dk/spark/internal/config"},
		{"internal/devstack", "example.dk/spark/internal/devstack/postgres"},
		{"cmd/spark", "example.dk/spark/api"},
		{"cmd/spark", "example.dk/spark/internal/devstack"},
		{"internal/store/storetest", "example.dk/spark/internal/store"},
		{"internal/store/storetest", "example.dk/spark/internal/devstack"},
		{"internal/store/storetest", "example.dk/spark/internal/forloeb/forloebtest"},
		{"internal/mail/mailtest", "github.com/stretchr/testify/require"},
	} {
		found := violations([]goPackage{{ImportPath: module + "/" + c.name, Imports: []string{c.imported}}})
		require.Empty(t, found, "%s imports %s", c.name, c.imported)
	}
	tests := goPackage{ImportPath: module + "/api", TestImports: []string{module + "/internal/store/storetest", "pgregory.net/rapid"},
		XTestImports: []string{module + "/workflows"}}
	require.Empty(t, violations([]goPackage{tests}), "tests import what they need")
}

// TestWorkflowsDoNotCallTheCalendar: dates are computed by an activity and recorded, so that a new holiday cannot
// change what a sleeping forløb does when it is replayed (design, section 2, rule 6).
func TestWorkflowsDoNotCallTheCalendar(t *testing.T) {
	calendar := exportedFunctions(t, filepath.Join("..", "forloeb", "calendar.go"))
	require.Contains(t, calendar, "AddWorkingDays")
	files, err := filepath.Glob(filepath.Join("..", "..", "workflows", "*.go"))
	require.NoError(t, err)
	for _, file := range files {
		if !strings.HasSuffix(file, "_test.go") {
			require.Empty(t, calls(t, file, nil, calendar), "%s computes dates; let Look do it", file)
		}
	}
}

func TestAPlantedCalendarCallIsFound(t *testing.T) {
	source := `package workflows
import f "example.dk/spark/internal/forloeb"
var due, other = f.AddMonths(start, 3), other.AddMonths(start, 3)`
	require.Equal(t, []string{"AddMonths"}, calls(t, "planted.go", source, []string{"AddMonths"}))
}

func exportedFunctions(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	var names []string
	for _, declaration := range parsed.Decls {
		if function, ok := declaration.(*ast.FuncDecl); ok && function.Recv == nil && function.Name.IsExported() {
			names = append(names, function.Name.Name)
		}
	}
	return names
}

// calls returns which of the domain's functions a file uses, under whatever name it imports the domain.
func calls(t *testing.T, file string, source any, functions []string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, source, parser.SkipObjectResolution)
	require.NoError(t, err)
	domain := importName(parsed, module+"/internal/forloeb")
	var used []string
	ast.Inspect(parsed, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if name, ok := selector.X.(*ast.Ident); ok && name.Name == domain && slices.Contains(functions, selector.Sel.Name) {
			used = append(used, selector.Sel.Name)
		}
		return true
	})
	return used
}

func importName(file *ast.File, importPath string) string {
	for _, spec := range file.Imports {
		if spec.Path.Value == `"`+importPath+`"` && spec.Name != nil {
			return spec.Name.Name
		}
	}
	return path.Base(importPath)
}
