package crash

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	sdk "go.temporal.io/sdk/client"

	"example.dk/spark/workflows"
)

// Violation is something that must not be.
type Violation struct {
	Rule    string `json:"rule"`
	Forloeb string `json:"forloeb,omitempty"`
	What    string `json:"what"`
	Story   string `json:"-"` // the forløb's whole story
}

// checker compares what the clients were told with what is stored, and the
// mails that were taken with those that were owed.
type checker struct {
	db       *sqlx.DB // as the owner
	history  *History
	taken    []taking
	takings  func() []taking // as of now: time goes on, and a date may send a mail while the rest is looked at
	dir      string          // of the processes' logs
	temporal sdk.Client
	found    []Violation
}

// taking is a mail as the mail server took it, or what became of the attempt.
type taking struct {
	MessageID, To, Fault string
	Accepted, Ambiguous  bool
	At, AcceptedAt       time.Time
}

func (c *checker) violates(rule, forloeb, format string, args ...any) {
	c.found = append(c.found, Violation{Rule: rule, Forloeb: forloeb, What: fmt.Sprintf(format, args...)})
}

// check runs when everything is at rest.
func (c *checker) check() ([]Violation, error) {
	for _, step := range []func() error{func() error { return c.hold(rules) }, c.applications, c.markers, c.people, c.ledger, c.secrets, c.logs, c.mails, c.processes} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	for i := range c.found {
		if v := &c.found[i]; v.Forloeb != "" {
			var err error
			if v.Story, err = c.story(v.Forloeb); err != nil {
				return nil, err
			}
		}
	}
	return c.found, nil
}

// reach: a run in which nothing came far proves nothing. Everything that
// clients often ask for was done to somebody.
func (c *checker) reach() {
	done := map[string]bool{}
	for _, op := range c.history.Operations {
		if op.Outcome == Done {
			done[op.Name] = true
		}
	}
	for _, d := range deeds {
		late := strings.HasSuffix(d.name, " evaluates")
		if d.weight >= common && !d.rare && !done[d.name] && !(late && c.history.span() < short) {
			c.violates("the run comes far enough", "", "nobody's %q was done", d.name)
		}
	}
}

// hold asks the rows for what breaks each of the rules.
func (c *checker) hold(list []rule) error {
	for _, r := range list {
		var rows []struct {
			ID   string `db:"id"`
			What string `db:"what"`
		}
		if err := c.db.Select(&rows, `select id::text, what from (`+r.sql+`) broken(id, what)`); err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		for _, row := range rows {
			c.violates(r.name, row.ID, "%s", row.What)
		}
	}
	return nil
}

// applications: what was received is there (I1), once for each key.
func (c *checker) applications() error {
	stored, err := c.keyed(`select t.situation as key, f.reference as value from forloeb f join application_texts t on t.forloeb_id = f.id and t.revision = 1`)
	if err != nil {
		return err
	}
	for _, op := range c.history.Operations {
		if op.Name != "apply" {
			continue
		}
		have := stored[op.Marker]
		switch {
		case len(have) > 1:
			c.violates("I1 one application, one forløb", "", "%d forløb of %s", len(have), op.Marker)
		case op.Outcome == Done && len(have) == 0:
			c.violates("I1 a received application is there", "", "%s was received as %s", op.Marker, op.Answer)
		case op.Outcome == Done && have[0] != op.Answer:
			c.violates("I1 the same key, the same answer", "", "%s was answered %s and is %s", op.Marker, op.Answer, have[0])
		}
	}
	return nil
}

// markers: what was answered is stored, once, and what was refused is not (I2,
// I3, I8).
func (c *checker) markers() error {
	stored, err := c.keyed(`
		select text as key, kind as value from remarks
		union all select distinct signature, party_id::text from signatures -- a yes that stands is carried over to the next revision
		union all select place, 'place' from meeting_places
		union all select reason, 'assignment' from assignments`)
	if err != nil {
		return err
	}
	marked := map[string]bool{}
	for _, d := range deeds {
		marked[d.name] = d.marked
	}
	for _, op := range c.history.Operations {
		if !marked[op.Name] {
			continue
		}
		switch n := len(stored[op.Marker]); {
		case n > 1:
			c.violates("I3 nothing is stored twice", op.Forloeb, "%s (%s) is there %d times", op.Name, op.Marker, n)
		case op.Outcome == Refused && n > 0:
			c.violates("I8 what was refused is not stored", op.Forloeb, "%s (%s) was answered %d and is there", op.Name, op.Marker, op.Status)
		case op.Outcome == Done && n == 0 && !c.answeredBefore(op):
			c.violates("I2 what was answered is stored", op.Forloeb, "%s (%s) was answered %d and is not there", op.Name, op.Marker, op.Status)
		}
	}
	return nil
}

// people: every yes was given by somebody who wrote their name (I2).
func (c *checker) people() error {
	written := map[string]bool{}
	for _, op := range c.history.Operations {
		written[op.Marker] = true
	}
	var rows []struct{ Forloeb, Signature string }
	if err := c.db.Select(&rows, `select p.forloeb_id::text as forloeb, s.signature from signatures s join parties p on p.id = s.party_id`); err != nil {
		return err
	}
	for _, row := range rows {
		if !written[row.Signature] {
			c.violates("I2 nobody answers but a person", row.Forloeb, "a yes is signed %s", row.Signature)
		}
	}
	return nil
}

// logs: no process writes who it is about, or a link (I11), or that a forløb
// asks again and again for what it has.
func (c *checker) logs() error {
	files, err := filepath.Glob(filepath.Join(c.dir, "*.log"))
	if err != nil {
		return err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if found := secret.Find(text); found != nil {
			c.violates("I11 no log tells who", "", "%s has %.40q", filepath.Base(file), found)
		}
		if bytes.Contains(text, []byte(workflows.Braked)) {
			c.violates("no process spins", "", "%s says that one was braked", filepath.Base(file))
		}
	}
	return nil
}

// secret is a word of an application, or a link with its token.
var secret = regexp.MustCompile(`kanarie[0-9a-z]{8,}|/(samtykke|status|evaluering|moede|kladde)/[\w.~-]{20,}`)

// answeredBefore reports whether an answer of a party may have been the second
// of two that say the same: it is thanked for, and stored once.
func (c *checker) answeredBefore(op *Operation) bool {
	return strings.HasSuffix(op.Name, " answers") && slices.ContainsFunc(c.history.Operations, func(o *Operation) bool {
		return o != op && o.Name == op.Name && o.Forloeb == op.Forloeb && o.Outcome != Refused
	})
}

// ledger: every act of people has somebody who asked for it (I3).
func (c *checker) ledger() error {
	asked := map[string]int{}
	for _, op := range c.history.Operations {
		if op.Outcome != Refused {
			asked[op.Forloeb+" "+op.Act] += op.Acts
		}
	}
	var rows []struct {
		Forloeb, Name string
		N             int
	}
	if err := c.db.Select(&rows, `select forloeb_id::text as forloeb, name, count(*) as n from acts where actor_kind <> 'system' group by 1, 2`); err != nil {
		return err
	}
	for _, row := range rows {
		if !slices.ContainsFunc(deeds, func(d deed) bool { return d.act == row.Name }) {
			continue
		}
		if most := asked[row.Forloeb+" "+row.Name]; row.N > most {
			c.violates("I3 every act has its cause", row.Forloeb, "%d × %s, asked for %d times at most", row.N, row.Name, most)
		}
	}
	return nil
}

func deedCalled(name string) *deed {
	for i := range deeds {
		if deeds[i].name == name {
			return &deeds[i]
		}
	}
	return nil
}

// acts is how many acts one request may write.
func (d *deed) acts() int {
	if d.name == "series" || d.name == "record" {
		return 2
	}
	return 1
}

// secrets: nobody sees a forløb that is not theirs (I11).
func (c *checker) secrets() error {
	for _, op := range c.history.Operations {
		switch {
		case (op.Name == "read" || op.Name == "look at another's" || op.Name == "tamper with a link") && op.Answer != "":
			c.violates("I11 nobody sees another's", op.Forloeb, "%s showed %s", op.Name, op.Answer)
		case op.Name == "look at another's" && op.Outcome == Done, op.Name == "tamper with a link" && op.Outcome == Done:
			c.violates("I11 nobody sees another's", op.Forloeb, "%s was answered %d", op.Name, op.Status)
		}
	}
	return nil
}

// keyed reads pairs.
func (c *checker) keyed(query string) (map[string][]string, error) {
	var rows []struct{ Key, Value string }
	if err := c.db.Select(&rows, query); err != nil {
		return nil, err
	}
	all := map[string][]string{}
	for _, r := range rows {
		all[r.Key] = append(all[r.Key], r.Value)
	}
	return all, nil
}
