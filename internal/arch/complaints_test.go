package arch

import (
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	aComplaint = regexp.MustCompile(`(?m)^\| (K[0-9]+) \|(.*)\|$`)
	complaint  = regexp.MustCompile(`\bK[0-9]+\b`)
)

// TestEveryComplaintHasATest holds docs/complaints.md and the tests to each
// other: the tests that a complaint names say so, and no others do.
func TestEveryComplaintHasATest(t *testing.T) {
	root := filepath.Join("..", "..")
	page, err := os.ReadFile(filepath.Join(root, "docs", "complaints.md"))
	require.NoError(t, err)
	require.Empty(t, faultsOfComplaints(string(page), complaintsOfTests(t, root)))
}

func TestFaultsOfTheComplaintsAreFound(t *testing.T) {
	page := "| K1 | a | b | c | `TestA`, `TestB` |\n| K3 | a | b | c | – |\n"
	require.Equal(t, []string{
		"K1: TestB does not say that it is about it", "row 2 is K3", "K3 has no test", "TestC is about K2, which does not name it",
	}, faultsOfComplaints(page, map[string][]string{"TestA": {"K1"}, "TestC": {"K2"}}))
}

func faultsOfComplaints(page string, said map[string][]string) (faults []string) {
	say := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	named := map[string][]string{}
	for i, row := range aComplaint.FindAllStringSubmatch(page, -1) {
		if row[1] != fmt.Sprintf("K%d", i+1) {
			say("row %d is %s", i+1, row[1])
		}
		cells := strings.Split(row[2], " | ")
		tests := quoted.FindAllStringSubmatch(cells[len(cells)-1], -1)
		if len(tests) == 0 {
			say("%s has no test", row[1])
		}
		for _, test := range tests {
			named[test[1]] = append(named[test[1]], row[1])
			if !slices.Contains(said[test[1]], row[1]) {
				say("%s: %s does not say that it is about it", row[1], test[1])
			}
		}
	}
	for test, complaints := range said {
		for _, k := range complaints {
			if !slices.Contains(named[test], k) {
				say("%s is about %s, which does not name it", test, k)
			}
		}
	}
	return faults
}

// complaintsOfTests are the complaints that each test's comment names.
func complaintsOfTests(t *testing.T, root string) map[string][]string {
	said := map[string][]string{}
	eachTest(t, root, func(f *ast.FuncDecl) {
		if strings.Contains(f.Doc.Text(), "Complaint K") {
			said[f.Name.Name] = complaint.FindAllString(f.Doc.Text(), -1)
		}
	})
	return said
}
