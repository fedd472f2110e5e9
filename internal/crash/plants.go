package crash

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Plant is a bug that others have made, put into a build of the product that
// only the harness runs: it must find each. The bugs are not in the product's
// source, behind a tag or otherwise: they are told as what is replaced by
// what, and the build fails when that is not there any more.
type Plant struct {
	Name    string
	Finds   []string // the beginnings of the rules that may find it: any other violation is none of its
	changes []change
}

type change struct{ file, old, new string }

// Plants are the bugs.
var Plants = []Plant{
	{"two consents at once without a lock", []string{"I2", "I3", "I4 both agreed", "I4 every fact"}, []change{
		{"internal/store/load.go", "from forloeb f where id = $1 for update`, id)", "from forloeb f where id = $1`, id)"},
		{"internal/store/record.go", "values ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''))`,", "values ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, '')) on conflict do nothing`,"},
	}},
	{"an uncertain questionnaire is sent again", []string{"I7"}, []change{
		{"internal/forloeb/letter.go", "if k == MailEvaluationRequest {", "if k == \"\" {"},
	}},
	{"a Message-ID for every attempt", []string{"I5"}, []change{
		{"internal/mail/composer.go", "ID: c.messageID(d.MessageID),", `ID: c.messageID(d.MessageID + fmt.Sprint(d.Now.UnixNano())),`},
	}},
	{"a fact without its act", []string{"I3 the ledger has no gaps"}, []change{
		{"internal/store/record.go", "	err := insertAct(w.ctx, w.tx, &a)", "	if w.version%5 == 0 {\n\t\treturn a, nil\n\t}\n\terr := insertAct(w.ctx, w.tx, &a)"},
	}},
	{"opening a link is a yes", []string{"I2 nobody answers but a person"}, []change{
		{"api/consent.go", "	return s.write(c, http.StatusOK, s.consentPage(v))\n}\n\n// sendAnswer", `	_ = s.record(c.Request.Context(), v.Forloeb.ID, v.actor(), forloeb.AnswerConsent{
		Party: v.Party.ID, Revision: v.Forloeb.Application.Revision, Answer: forloeb.Yes, Channel: forloeb.ByLink, Signature: v.Party.Contact.Name,
	})
	return s.write(c, http.StatusOK, s.consentPage(v))
}

// sendAnswer`},
	}},
	{"an answer before it is committed", []string{"I1 ", "I2 what was answered"}, []change{
		{"internal/store/wall.go", "p.db.BeginTxx(ctx, nil)", "p.db.BeginTxx(context.WithoutCancel(ctx), nil)"},
		{"internal/store/wall.go", "	defer tx.Rollback() // after a commit this does nothing\n", ""},
		{"internal/store/wall.go", "	if err := f(tx); err != nil {\n\t\treturn err", "	if err := f(tx); err != nil {\n\t\t_ = tx.Rollback()\n\t\treturn err"},
		{"internal/store/transaction.go", "		if err := tx.Commit(); err != nil {\n\t\t\treturn fmt.Errorf(\"commit: %w\", err)\n\t\t}\n", "		go func() { time.Sleep(50 * time.Millisecond); _ = fmt.Sprint(tx.Commit()) }()\n"},
		{"internal/store/transaction.go", "	\"sync\"\n", "	\"sync\"\n\t\"time\"\n"},
	}},
	{"the relay's sweep is lost", []string{"I4"}, []change{
		{"workflows/relay.go", "	sweepEvery     = 2 * time.Second", "	sweepEvery     = 24 * time.Hour"},
	}},
	{"the key of an application is ignored", []string{"I1 "}, []change{
		{"internal/store/create.go", "if n, err := res.RowsAffected(); n == 1 || err != nil {", "if _, err := res.RowsAffected(); err == nil || err != nil {"},
	}},
	{"a consultant sees every forløb", []string{"I11 nobody"}, []change{
		{"api/v1_forloeb.go", "if by.Kind == forloeb.ActorConsultant && (c == nil || c.ID.String() != by.ID) {", "if by.Kind == \"\" && c == nil {"},
	}},
	{"the questionnaire comes a week early", []string{"I7"}, []change{
		{"internal/forloeb/own_calendar.go", "return c.after(t, 30*n, ", "return c.after(t, 30*n-7, "},
	}},
	{"a link in the log", []string{"I11 no log"}, []change{
		{"api/consent.go", "	v := visitorOf(c)\n	if over := s.consentOver(v); over != nil {", "	v := visitorOf(c)\n	slog.Error(\"opened\", \"path\", c.Request.URL.Path)\n	if over := s.consentOver(v); over != nil {"},
		{"api/consent.go", "import (\n", "import (\n\t\"log/slog\"\n"},
	}},
	{"a meeting is booked twice", []string{"I3"}, []change{
		{"internal/store/record.go", "		return w.book(d)\n", "		if err := w.book(d); err != nil {\n\t\t\treturn err\n\t\t}\n\t\td.Meeting[0]++\n\t\treturn w.book(d)\n"},
	}},
}

// FoundBy reports whether a violation is what the bug does.
func (p *Plant) FoundBy(v Violation) bool {
	return slices.ContainsFunc(p.Finds, func(rule string) bool { return strings.HasPrefix(v.Rule, rule) })
}

// Named finds a plant by its name.
func Named(name string) (*Plant, error) {
	for i := range Plants {
		if Plants[i].Name == name {
			return &Plants[i], nil
		}
	}
	return nil, fmt.Errorf("no bug is called %q", name)
}

// fit is the source with the bug in it: the files that change, by path.
func (p *Plant) fit(root string) (texts map[string]string, err error) {
	if texts, err = fit(root, p.changes); err != nil {
		return nil, fmt.Errorf("the bug %q no longer fits: %w", p.Name, err)
	}
	return texts, nil
}

func fit(root string, changes []change) (texts map[string]string, err error) {
	texts = map[string]string{}
	for _, c := range changes {
		path := filepath.Join(root, c.file)
		if texts[path] == "" {
			text, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			texts[path] = string(text)
		}
		if n := strings.Count(texts[path], c.old); n != 1 {
			return nil, fmt.Errorf("%s has its place %d times", c.file, n)
		}
		texts[path] = strings.Replace(texts[path], c.old, c.new, 1)
	}
	return texts, nil
}

// Build builds the product at root with the bug in it.
func (p *Plant) Build(root, dir, binary string) error {
	texts, err := p.fit(root)
	if err != nil {
		return err
	}
	if err := build(root, dir, binary, texts); err != nil {
		return fmt.Errorf("the bug %q does not build: %w", p.Name, err)
	}
	return nil
}

// build builds the product with other texts in the place of some files.
func build(root, dir, binary string, texts map[string]string, flags ...string) error {
	overlay := map[string]map[string]string{"Replace": {}}
	for path, text := range texts {
		planted := filepath.Join(dir, strings.ReplaceAll(strings.TrimPrefix(path, root), "/", "_"))
		if err := os.WriteFile(planted, []byte(text), 0o600); err != nil {
			return err
		}
		overlay["Replace"][path] = planted
	}
	list, err := json.Marshal(overlay)
	if err != nil {
		return err
	}
	file := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, list, 0o600); err != nil {
		return err
	}
	build := exec.Command("go", append(append([]string{"build", "-overlay", file, "-o", binary}, flags...), "./cmd/spark")...)
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}
