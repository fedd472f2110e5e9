package forloeb

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// labelled is what a type of code.go must offer for each of its constants.
type labelled interface {
	Label() string
	Valid() bool
}

// labelledTypes turns the text of a constant into its type.
var labelledTypes = map[string]func(string) labelled{
	"Status":       func(s string) labelled { return Status(s) },
	"Side":         func(s string) labelled { return Side(s) },
	"Role":         func(s string) labelled { return Role(s) },
	"StartedBy":    func(s string) labelled { return StartedBy(s) },
	"Answer":       func(s string) labelled { return Answer(s) },
	"Channel":      func(s string) labelled { return Channel(s) },
	"Decision":     func(s string) labelled { return Decision(s) },
	"MeetingState": func(s string) labelled { return MeetingState(s) },
	"MailState":    func(s string) labelled { return MailState(s) },
	"MailKind":     func(s string) labelled { return MailKind(s) },
	"UnitType":     func(s string) labelled { return UnitType(s) },
	"Sector":       func(s string) labelled { return Sector(s) },
	"Employees":    func(s string) labelled { return Employees(s) },
	"Body":         func(s string) labelled { return Body(s) },
}

// wordless are codes that no page shows by a name of their own: they have
// sentences instead.
var wordless = map[string]bool{"ActName": true, "Duty": true, "TaskKind": true}

func TestEveryCodeHasALabel(t *testing.T) {
	seen := map[string]int{}
	for _, c := range constants(t, "codes.go") {
		if wordless[c.typ] {
			continue
		}
		of, ok := labelledTypes[c.typ]
		require.True(t, ok, "%s: give the new type %s labels, or say here that it needs none", c.name, c.typ)
		code := of(c.value)
		require.True(t, code.Valid(), "%s has no label", c.name)
		require.NotEmpty(t, code.Label(), c.name)
		seen[c.typ]++
	}
	for typ := range labelledTypes {
		require.Positive(t, seen[typ], "no constant of %s was found: is the test reading the right file?", typ)
	}
}

type constant struct{ name, typ, value string }

// constants reads the typed string constants of a file of this package.
func constants(t *testing.T, file string) (found []constant) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	require.NoError(t, err)
	for _, decl := range parsed.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		for _, spec := range group.Specs {
			found = append(found, typed(t, spec.(*ast.ValueSpec))...)
		}
	}
	return found
}

func typed(t *testing.T, spec *ast.ValueSpec) (found []constant) {
	t.Helper()
	typ, ok := spec.Type.(*ast.Ident)
	if !ok {
		return nil
	}
	for i, name := range spec.Names {
		text, err := strconv.Unquote(spec.Values[i].(*ast.BasicLit).Value)
		require.NoError(t, err)
		found = append(found, constant{name.Name, typ.Name, text})
	}
	return found
}

func TestUnknownCodesAreShownAndNotValid(t *testing.T) {
	for typ, of := range labelledTypes {
		require.False(t, of("nonsense").Valid(), typ)
		require.False(t, of("").Valid(), typ)
		require.Equal(t, "nonsense", of("nonsense").Label(), typ)
	}
}

func TestListsOfCodesAreComplete(t *testing.T) {
	require.Len(t, Statuses, len(statusLabels))
	require.Len(t, Sectors, len(sectorLabels))
	require.Len(t, UnitTypes, len(unitTypeLabels))
	require.Len(t, EmployeeBands, len(employeesLabels))
	require.Len(t, MailKinds, len(mailLabels))
	require.Len(t, RepRoles, len(roleLabels)-1)
	for _, r := range RepRoles {
		require.True(t, r.ForRep())
	}
	require.False(t, RoleLeader.ForRep())
	require.False(t, Role("").ForRep())
}

func TestWordsOfThePages(t *testing.T) {
	require.Equal(t, "Vi finder en konsulent", AwaitingConsultant.Label())
	require.Equal(t, "Mangler konsulent", AwaitingConsultant.StaffLabel())
	require.Equal(t, "I gang", InProgress.StaffLabel())
	require.Equal(t, "medarbejderrepræsentanten", Rep.Label())
	require.Equal(t, "leder", Leader.Noun())
	require.Equal(t, "AMR", RoleAMR.Short())
	require.Equal(t, "TR", RoleTR.Short())
	require.Equal(t, "anden valgt repræsentant", RoleOtherElected.Short())
	require.Equal(t, "1–19", Employees1To19.Label())
}

func TestStatusOfAForloeb(t *testing.T) {
	waiting := &Forloeb{Status: AwaitingAssessment, Decision: Waitlist}
	require.Equal(t, "På venteliste", waiting.StatusLabel())
	require.Equal(t, "På venteliste", waiting.StaffStatusLabel(day(2027, 4, 1)))

	pool := &Forloeb{Status: AwaitingAssessment}
	require.Equal(t, "Venter på vurdering", pool.StatusLabel())
	require.Equal(t, "Venter på vurdering", pool.StaffStatusLabel(day(2027, 4, 1)))

	held := Meeting{ID: uuid.New(), State: Held, StartsAt: day(2027, 3, 31), EndsAt: day(2027, 3, 31)}
	asleep := &Forloeb{Status: AwaitingEvaluation, Policy: DefaultPolicy, Meetings: []Meeting{held}}
	require.Equal(t, "I arbejder videre selv", asleep.StatusLabel())
	require.Equal(t, "Hviler til 30.6.2027", asleep.StaffStatusLabel(day(2027, 4, 1)))
}
