package crash

import (
	"context"
	"net/http"
)

// paired and clicked are the forløb of the two races.
const (
	paired  = `(select forloeb_id as id from application_texts where revision = 1 and situation like '` + pairedWord + `%')`
	clicked = `(select forloeb_id as id from application_texts where revision = 1 and situation like '` + clickedWord + `%')`
)

// stuckRules find forløb that wait for what has happened already.
var stuckRules = []rule{
	{"I4 a pair that agreed goes on", `select id, 'awaits consent' what from forloeb where status = 'awaiting_consent' and id in ` + paired},
	{"I4 every fact is acted on", `select id, format('version %s, seen %s', version, seen_version) what from forloeb where seen_version < version`},
	{"I4 every act is relayed", `select forloeb_id, name what from acts where relayed_at is null`},
	{"I4 every mail has left", `select forloeb_id, format('%s is %s', kind, state) what from mails where state not in ('sent', 'cancelled') and not held`},
}

// doubledRules find forløb of which something is there twice. Days are long in
// this run, so nothing is said to anybody twice.
var doubledRules = []rule{
	{"I1 one form, one forløb", `
		select min(forloeb_id::text)::uuid, format('%s forløb of %s', count(*), situation) what
		from application_texts where revision = 1 group by situation having count(*) > 1`},
	{"I3 one yes of each", `
		select p.forloeb_id, format('%s consents', count(*)) what
		from consents c join parties p on p.id = c.party_id join ` + paired + ` r on r.id = p.forloeb_id group by 1 having count(*) > 2`},
	{"I3 one act of each answer", `
		select forloeb_id, format('%s acts', count(*)) what from acts where name = 'consent-answered' group by 1 having count(*) > 2`},
	{"I3 consent is left once", `
		select forloeb_id, format('%s times', count(*)) what from forloeb_events where "from" = 'awaiting_consent' group by 1 having count(*) > 1`},
	{"I3 one mail of each kind to each", `
		select forloeb_id, format('%s × %s', count(*), kind) what from mails where state <> 'cancelled' group by forloeb_id, kind, recipient having count(*) > 1`},
}

// lostRules find forløb of which something is missing.
var lostRules = []rule{
	{"I2 every yes is stored", `
		select p.forloeb_id, format('the %s has none', p.side) what from parties p join ` + paired + ` r on r.id = p.forloeb_id
		where not exists (select from consents c join signatures s on s.party_id = c.party_id join party_contacts n on n.party_id = c.party_id and n.name = s.signature
			where c.party_id = p.id and c.answer = 'yes')`},
	{"I3 every answer is an act", `
		select r.id, format('%s acts', count(a.*)) what from ` + paired + ` r left join acts a on a.forloeb_id = r.id and a.name = 'consent-answered'
		group by 1 having count(a.*) < 2`},
	{"I4 both hear that both agreed", `
		select p.forloeb_id, format('the %s has no %s', p.side, kind) what
		from parties p join ` + paired + ` r on r.id = p.forloeb_id, unnest(array['answer_yes', 'both_agreed']) kind
		where not exists (select from mails m where m.recipient = p.id and m.kind = kind.kind and m.state = 'sent')`},
	{"I4 both are asked", `
		select p.forloeb_id, format('the %s is not', p.side) what from parties p join ` + clicked + ` r on r.id = p.forloeb_id
		where not exists (select from mails m where m.recipient = p.id and m.kind = 'consent_request' and m.state = 'sent')`},
}

// checks compares what everybody was told with what is stored and mailed.
func (r *race) checks(ctx context.Context) error {
	temporal, err := r.stack.asks()
	if err != nil {
		return err
	}
	defer temporal.Close()
	c := &checker{db: r.stack.db, history: r.stack.history, taken: r.stack.takings(), takings: r.stack.takings, dir: r.options.Dir, temporal: temporal}
	if r.result.Stuck, err = c.count(func() error { return c.hold(stuckRules) }); err != nil {
		return err
	}
	if r.result.Doubled, err = c.count(c.doubled); err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return c.hold(lostRules) }, func() error { return c.hold(rules) }, c.mails, c.logs, c.processes,
		func() error { return r.told(c) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	if err := r.stack.db.Get(&r.result.Rows, `select count(*) from `+clicked+` c`); err != nil {
		return err
	}
	for _, t := range c.taken {
		if t.Accepted {
			r.result.Mails++
		}
	}
	return r.judges(c)
}

// count is how many forløb a search finds something of.
func (c *checker) count(search func() error) (int, error) {
	before := len(c.found)
	err := search()
	forloeb := map[string]bool{}
	for _, v := range c.found[before:] {
		forloeb[v.Forloeb] = true
	}
	return len(forloeb), err
}

// doubled asks the rows, and the mail server's own log: nothing is in doubt in
// this run, so every mail comes once.
func (c *checker) doubled() error {
	if err := c.hold(doubledRules); err != nil {
		return err
	}
	forloeb, err := c.keyed(`select message_id as key, forloeb_id::text as value from mails`)
	if err != nil {
		return err
	}
	copies := map[string]int{}
	for _, t := range c.taken {
		if t.Accepted {
			copies[bare(t.MessageID)]++
		}
	}
	for id, n := range copies {
		if n > 1 && len(forloeb[id]) > 0 {
			c.violates("I6 every mail comes once", forloeb[id][0], "%d times", n)
		}
	}
	return nil
}

// told: every click and every answer was taken, and every click on a form led
// to the forløb that is there.
func (r *race) told(c *checker) error {
	var rows []struct{ ID, Reference, Word string }
	if err := r.stack.db.Select(&rows, `select f.id::text, f.reference, t.situation as word from forloeb f join application_texts t on t.forloeb_id = f.id and t.revision = 1`); err != nil {
		return err
	}
	stored := map[string]int{}
	for i, row := range rows {
		stored[row.Word] = i
	}
	for _, op := range r.clicked {
		i, there := stored[op.Marker]
		if there {
			op.Forloeb = rows[i].ID
		}
		switch {
		case op.Status != http.StatusSeeOther:
			c.violates("I1 every click is answered", op.Forloeb, "by %d", op.Status)
		case !there:
			c.violates("I1 a received application is there", "", "%s was received as %s", op.Marker, op.Answer)
		case op.Answer != rows[i].Reference:
			c.violates("I1 the same form, the same answer", op.Forloeb, "%s was told, %s is there", op.Answer, rows[i].Reference)
		}
	}
	for _, op := range r.answered {
		if op.Status != http.StatusSeeOther {
			c.violates("I2 every yes is thanked for", op.Forloeb, "with %d", op.Status)
		}
	}
	return nil
}

// judges counts what was found, and tells the story of one of each.
func (r *race) judges(c *checker) (err error) {
	r.result.Broken, r.result.Violations = map[string]int{}, []Violation{}
	for _, v := range c.found {
		if r.result.Broken[v.Rule]++; r.result.Broken[v.Rule] > 1 {
			continue
		}
		if v.Forloeb != "" {
			if v.Story, err = c.story(v.Forloeb); err != nil {
				return err
			}
		}
		r.result.Violations = append(r.result.Violations, v)
	}
	return nil
}
