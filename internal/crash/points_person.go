package crash

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// tale is one forløb of the scenario, told by what its people do. They do it
// as people and programs do: without an answer they look whether it is done,
// and else do it again. Once something cannot be done, nothing more is.
type tale struct {
	*lane
	name    string
	m       *matter
	browser *browser // of the parties
	staff   *browser // of the secretariat, as a program
	done    map[string]int
	err     error
}

// patient is how long people keep trying.
const patient = 3 * time.Minute

// step does something unless an earlier thing went wrong.
func (t *tale) step(what string, do func() error) {
	if t.err != nil {
		return
	}
	if err := do(); err != nil {
		t.err = fmt.Errorf("%s: %s: %w", t.name, what, err)
	}
}

// until does something again and again until it succeeds, for as long as people
// keep trying.
func (t *tale) until(what string, try func() error) {
	t.step(what, func() (err error) {
		for end := time.Now().Add(patient); time.Now().Before(end) && t.ctx.Err() == nil; pause(t.ctx, 100*time.Millisecond) {
			if err = try(); err == nil {
				return nil
			}
		}
		return errors.Join(err, t.ctx.Err())
	})
}

// asked is something that one of them asks for.
type asked struct {
	name string // as the history calls it
	line string // what the ledger holds when it is done: name, detail, side
	acts int    // how many such lines are new then
	ask  func(marker string) heard
}

// does lets one of them ask until it is done.
func (t *tale) does(a asked) {
	t.step(a.name, func() error {
		want, h := t.done[a.line]+a.acts, heard{}
		for end := time.Now().Add(patient); ; pause(t.ctx, 100*time.Millisecond) {
			switch have, err := t.acts(a.line); {
			case err != nil:
				return err
			case have > want:
				return fmt.Errorf("%q is in the ledger %d times, and was to be %d", a.line, have, want)
			case have == want:
				t.done[a.line] = have
				return nil
			case h.outcome() == Done:
				return fmt.Errorf("answered %d, and not in the ledger", h.status)
			}
			h = t.asks(a)
			if err := t.mindsUncertain(); err != nil {
				return err
			}
			switch {
			case t.ctx.Err() != nil:
				return t.ctx.Err()
			case time.Now().After(end):
				return fmt.Errorf("not done; the last answer was %d: %.300s", h.status, h.body)
			}
		}
	})
}

// word is one that is nowhere else, of letters alone: digits might make a civil
// registration number, which no text may hold.
func word() string {
	return strings.Map(func(r rune) rune {
		if r < 'A' {
			return r - '2' + 'a'
		}
		return r - 'A' + 'a'
	}, rand.Text())
}

func (t *tale) asks(a asked) heard {
	marker := "op" + word() + "z"
	act, _, _ := strings.Cut(a.line, " ")
	op := t.history.Asks(Operation{Name: a.name, Forloeb: t.m.id, Marker: marker, Act: act, Acts: a.acts})
	h := a.ask(marker)
	t.history.Hears(op, h.outcome(), h.status, "")
	return h
}

// ledger names an act as the tales do.
const ledger = `a.name || ' ' || a.detail || ' ' || coalesce((select side from parties p where p.id::text = a.ref), '')`

func (t *tale) acts(line string) (n int, err error) {
	err = t.db.GetContext(t.ctx, &n, `select count(*) from acts a where forloeb_id = $1 and actor_kind <> 'system' and `+ledger+` = $2`, t.m.id, line)
	return n, err
}

// calm waits until everything is acted on and every mail has left, and the
// forløb stands where it should.
func (t *tale) calm(status string) {
	t.step("to be "+status, func() error {
		for end := time.Now().Add(patient); ; pause(t.ctx, 60*time.Millisecond) {
			var now struct {
				Status string
				Calm   bool
			}
			if err := t.db.GetContext(t.ctx, &now, `select status, seen_version = version and reopen_to is null and not exists (
				select from mails m where m.forloeb_id = f.id and m.state in ('planned', 'sending') and not m.held) as calm
				from forloeb f where id = $1`, t.m.id); err != nil {
				return err
			}
			switch {
			case now.Calm && now.Status == status:
				return nil
			case time.Now().After(end):
				return fmt.Errorf("it is %s, calm: %t", now.Status, now.Calm)
			}
			if err := t.mindsUncertain(); err != nil {
				return err
			}
		}
	})
}

// mindsUncertain is the secretariat, who sees the task that a mail may or may not
// have arrived, and asks the one who should have it.
func (t *tale) mindsUncertain() error {
	var mails []struct {
		ID        int64
		MessageID string `db:"message_id"`
	}
	err := t.db.SelectContext(t.ctx, &mails, `select m.id, m.message_id from mails m join tasks k on k.forloeb_id = m.forloeb_id
		and k.subject = format('mail:%s:%s', m.id, m.resends) and k.closed_at is null
		where m.forloeb_id = $1 and m.state = 'uncertain'`, t.m.id)
	for _, m := range mails {
		how := "resend"
		if t.arrived(m.MessageID) {
			how = "let-be"
		}
		t.asks(asked{name: how, ask: func(string) heard { return t.post(fmt.Sprintf("/api/v1/mails/%d/%s", m.ID, how), nil) }})
	}
	return err
}

func (t *tale) arrived(id string) bool {
	for _, a := range t.takings() {
		if a.Accepted && bare(a.MessageID) == id {
			return true
		}
	}
	return false
}

// post is the secretariat's program.
func (t *tale) post(path string, body any) heard {
	if body == nil {
		body = struct{}{}
	}
	return t.staff.call(t.ctx, http.MethodPost, path, body)
}

// secretary does something to the forløb with the program.
func (t *tale) secretary(name, line string, acts int, path string, body func(marker string) any) {
	t.does(asked{name: name, line: line, acts: acts, ask: func(marker string) heard {
		return t.post("/api/v1/forloeb/"+t.m.id+"/"+path, body(marker))
	}})
}

// because is a body with a reason, and more fields in pairs.
func because(more ...any) func(string) any {
	return func(marker string) any {
		body := map[string]any{"reason": marker}
		for i := 0; i+1 < len(more); i += 2 {
			body[more[i].(string)] = more[i+1]
		}
		return body
	}
}

// party opens the newest link of one of the two below a path, goes on to a page
// below it, fills in its form and sends it.
func (t *tale) party(side, below, page string, fields url.Values) heard {
	link := t.mails.Link(t.m.address(side), below)
	if link == "" {
		return heard{}.notAsked()
	}
	path, query, _ := strings.Cut(link, "?")
	path += page
	if query != "" {
		query = "?" + query
	}
	shown := t.browser.get(t.ctx, path+query)
	if shown.status != http.StatusOK {
		return shown.notAsked()
	}
	sent := shown.form(path + query)
	if sent == nil {
		return heard{status: http.StatusGone}
	}
	for name, values := range fields {
		sent[name] = values
	}
	return t.browser.send(t.ctx, path+query, sent)
}

// presses is a button on the page below a path, alone in its form.
func (t *tale) presses(side, below, button string) heard {
	link := t.mails.Link(t.m.address(side), below)
	if link == "" {
		return heard{}.notAsked()
	}
	shown := t.browser.get(t.ctx, link)
	if shown.form(link+button) == nil {
		return shown.notAsked()
	}
	return t.browser.send(t.ctx, link+button, url.Values{})
}

// answers is one of the two who answers the application.
func (t *tale) answers(side, answer string) {
	t.does(asked{name: side + " answers", line: "consent-answered " + answer + " " + side, acts: 1, ask: func(marker string) heard {
		fields := url.Values{"answer": {answer}}
		switch answer {
		case "yes":
			fields.Set("signature", marker)
		case "no":
			fields.Set("no_reason", marker)
		case "fix":
			fields.Set("fix_text", marker)
		}
		return t.party(side, "/samtykke/", "", fields)
	}})
}

// denies has a no of one of the two written down that came on the telephone; and
// they say that it is not so.
func (t *tale) denies(side string) {
	party := t.value(`select id::text from parties where forloeb_id = $1 and side = '` + side + `' and replaced_at is null`)
	t.secretary("note the answer", "consent-answered no "+side, 1, "parties/"+party+"/answer", func(marker string) any {
		return map[string]any{"answer": "no", "said": marker}
	})
	t.calm("awaiting_consent")
	t.does(asked{name: "contest the answer", line: "consent-answered contested " + side, acts: 1, ask: func(string) heard {
		return t.presses(side, "/samtykke/", "/passer-ikke")
	}})
}

// evaluates is one of the two who answers the questionnaire.
func (t *tale) evaluates(side string) {
	t.does(asked{name: side + " evaluates", line: "evaluation-answered answered " + side, acts: 1, ask: func(string) heard {
		return t.party(side, "/evaluering/", "", url.Values{"planned": {"yes"}, "ongoing": {"no"}})
	}})
}

// both lets two things happen at once.
func (t *tale) both(one, other func(t *tale)) {
	twin := *t
	twin.done = map[string]int{}
	for line, n := range t.done {
		twin.done[line] = n
	}
	twin.browser, twin.staff = t.visitors()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		other(&twin)
	}()
	one(t)
	<-ended
	for line, n := range twin.done {
		t.done[line] = max(t.done[line], n)
	}
	if t.err == nil {
		t.err = twin.err
	}
}
