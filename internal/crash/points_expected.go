package crash

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"example.dk/spark/internal/forloeb"
)

// This file knows what the scenario has to pass: every point that has a name in
// the source, and every kind of deed. A new one that no tale tells of is found
// by the run in which nobody dies.

// deedKinds are what can be done to a forløb, each as it may be done; a test
// holds that none is missing.
var deedKinds = slices.Concat([]forloeb.Deed{
	forloeb.ChangeApplication{}, forloeb.CorrectAddress{}, forloeb.ReplaceParty{}, forloeb.LeaveParty{}, forloeb.AskLink{}, forloeb.AskText{},
	forloeb.Assign{}, forloeb.Assign{Auto: true}, forloeb.Release{}, forloeb.Accept{}, forloeb.Decline{Reason: forloeb.DeclineOther}, forloeb.BookMeeting{}, forloeb.RecordMeeting{}, forloeb.MoveMeeting{},
	forloeb.CancelMeeting{}, forloeb.RegisterMeeting{Held: true}, forloeb.RegisterMeeting{}, forloeb.AskOtherTime{}, forloeb.GrantExtra{},
	forloeb.FinishMeetings{}, forloeb.WritePrepTask{Text: "tekst"}, forloeb.Withdraw{}, forloeb.Stop{}, forloeb.CloseDuplicate{}, forloeb.Reopen{}, forloeb.AskReopen{},
	forloeb.AnswerEvaluation{}, forloeb.RefuseEvaluation{}, forloeb.CloseTask{}, forloeb.SettleMail{Action: forloeb.ReleaseMail},
	forloeb.NoteAnswer{}, forloeb.ExtendDeadline{}, forloeb.PauseForloeb{}, forloeb.ResumeForloeb{}, forloeb.AskPause{}, forloeb.AddGuest{}, forloeb.RemoveGuest{}, forloeb.RemoveGuest{Self: true}, forloeb.ContestAnswer{}, forloeb.BeginShared{}, forloeb.TakeWorkplaceIn{}, forloeb.LeaveWorkplace{}, forloeb.ListContact{On: true}, forloeb.ListContact{},
}, each(func(a forloeb.Answer) forloeb.Deed { return forloeb.AnswerConsent{Answer: a} }, forloeb.Yes, forloeb.No, forloeb.Fix, forloeb.NotMe),
	each(func(d forloeb.Decision) forloeb.Deed { return forloeb.Decide{Decision: d} }, forloeb.Approve, forloeb.Waitlist, forloeb.Reject),
	each(func(k forloeb.PlanKind) forloeb.Deed { return forloeb.WritePlan{Kind: k, Text: "tekst"} }, forloeb.PlanKinds...))

func each[T any](make func(T) forloeb.Deed, all ...T) (list []forloeb.Deed) {
	for _, one := range all {
		list = append(list, make(one))
	}
	return list
}

// kindOf is a deed as the ledger names it.
func kindOf(d forloeb.Deed) string {
	line := d.Line()
	return "deed: " + string(line.Name) + " " + line.Detail
}

// neverPassed are points that the scenario does not pass, and why.
var neverPassed = map[string]string{
	"commit: capacity-freed":           "is written with whatever freed the consultant",
	"commit: step to awaiting_consent": "is where a forløb begins; opened again, it is a step from a closed one",
	"commit: letter shown":             "writes nothing",
	"commit: round shown":              "writes nothing",
}

// builtNames are the names that are put together when a point is hit, by the
// expression in the source.
var builtNames = map[string][]string{
	"step(c)":                         append(texts("step to ", forloeb.Statuses), "step settled"),
	"string(deeds[0].Line().Name)":    texts("", forloeb.ActNames),
	"string(act.Name)":                texts("", forloeb.ActNames),
	"string(letter.Mail.Kind)":        texts("", forloeb.MailKinds),
	`"mail " + string(o.State)`:       {"mail sent"},       // the mail server of this scenario takes everything: that of the crash run does not
	`"draft mail " + string(o.State)`: {"draft mail sent"}, // the same
	"name":                            nil,                 // a route's: the answer to a deed, which has a commit of its own
}

func texts[T ~string](before string, all []T) (list []string) {
	for _, one := range all {
		list = append(list, before+string(one))
	}
	return list
}

// writers are the functions that commit, and which argument says what. Those
// that hand it on call it what.
var writers = map[string]int{"tx": 1, "statement": 2, "onTask": 1}

// expected are all that the scenario has to pass.
func expected(root string) ([]string, error) {
	all := map[string]bool{}
	for _, d := range deedKinds {
		all[kindOf(d)] = true
	}
	for _, dir := range []string{"activities", "api", "internal/store", "workflows"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			return pointsIn(path, all)
		})
		if err != nil {
			return nil, err
		}
	}
	return slices.Sorted(maps.Keys(all)), nil
}

// pointsIn adds the points of a file.
func pointsIn(path string, all map[string]bool) (err error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		return err
	}
	for _, d := range file.Decls {
		function, is := d.(*ast.FuncDecl)
		if !is {
			continue
		}
		ast.Inspect(function, func(n ast.Node) bool {
			if call, is := n.(*ast.CallExpr); is && err == nil {
				err = pointsOf(call, function.Name.Name, all)
			}
			return err == nil
		})
	}
	return err
}

// pointsOf adds those that a call in a function hits.
func pointsOf(call *ast.CallExpr, within string, all map[string]bool) (err error) {
	at, what := hits(call)
	if at == nil {
		return nil
	}
	names, known := builtNames[types.ExprString(what)]
	if literal, is := what.(*ast.BasicLit); is {
		name, err := strconv.Unquote(literal.Value)
		if err != nil {
			return err
		}
		names, known = []string{name}, true
	}
	if _, handsOn := writers[within]; handsOn && types.ExprString(what) == "what" {
		known = true
	}
	if !known {
		return fmt.Errorf("nobody knows which points %s names in %s", types.ExprString(what), within)
	}
	for _, name := range names {
		for _, at := range at {
			all[at+": "+name] = true
		}
	}
	return nil
}

// hits is where a call hits points, and the expression that says of what; nil
// when it hits none.
func hits(call *ast.CallExpr) (at []string, what ast.Expr) {
	function := strings.TrimPrefix(types.ExprString(call.Fun), "s.")
	if function == "crashpoint.Hit" {
		place, _ := strconv.Unquote(types.ExprString(call.Args[0]))
		return []string{place}, call.Args[1]
	}
	if n, commits := writers[function]; commits {
		return []string{"before commit", "after commit"}, call.Args[n]
	}
	return nil, nil
}

// notPassed are those of what is wanted that the scenario has not passed.
func (l *lane) notPassed(want []string, points []*Point) ([]string, error) {
	passed := map[string]bool{}
	for _, p := range points {
		passed[p.Name] = true
	}
	var acts []struct{ Name, Detail string }
	if err := l.db.SelectContext(l.ctx, &acts, `select distinct name, detail from acts`); err != nil {
		return nil, err
	}
	for _, a := range acts {
		passed["deed: "+a.Name+" "+a.Detail] = true
	}
	return slices.DeleteFunc(want, func(name string) bool { return passed[name] || excused(name) }), nil
}

// excused reports whether a point need not be passed.
func excused(name string) bool {
	_, is := neverPassed[strings.TrimPrefix(strings.TrimPrefix(name, "before "), "after ")]
	return is
}
