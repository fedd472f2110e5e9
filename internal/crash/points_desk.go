package crash

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"example.dk/spark/internal/devstack"
)

// Where the login sends a browser back to: the host is nobody's, as that of all
// links here, and the way is the same on whichever process is asked.
const (
	nobody      = "http://127.0.0.1:1"
	loginAnswer = "/login/svar"
)

// Those who log in.
const (
	clerk = "anna.berg"
	head  = "hanne.krogh"
	guest = "poul.holm"  // sees figures
	guide = "karen.lund" // a consultant
)

// sessionOfClerk is how long a login lasts: shorter than it takes to fill in a
// form.
const sessionOfClerk = 2 * time.Second

func startLogin() (*devstack.Login, error) {
	return devstack.StartLogin(devstack.LoginOptions{
		ClientID: "spark", ClientSecret: "hemmelig", RedirectURL: nobody + loginAnswer, AfterLogoutURL: nobody + "/login",
		Users: append(guides(), []devstack.LoginUser{
			{Subject: clerk, Name: "Anna Berg", Email: clerk + "@example.dk", Role: "secretariat", RoleLabel: "Sekretariatet"},
			{Subject: head, Name: "Hanne Krogh", Email: head + "@example.dk", Role: "head", RoleLabel: "Sekretariatets leder"},
			{Subject: guest, Name: "Poul Holm", Email: guest + "@example.dk", Role: "reader", RoleLabel: "Læser tal"},
		}...),
	})
}

// guides are SPARK's own consultants.
func guides() (list []devstack.LoginUser) {
	for _, user := range []string{guide, "anders.hoejgaard", "birgitte.friis", "jens.aakjaer", "rikke.damgaard", "hanne.baekgaard",
		"thomas.skov", "lise.oestergaard", "peter.noerby", "fatima.yilmaz", "soeren.winther", "camilla.juhl"} {
		list = append(list, devstack.LoginUser{Subject: user, Name: user, Email: user + "@example.dk", Role: "consultant", RoleLabel: "Konsulent"})
	}
	return list
}

// loginSettings tell the api of it.
func loginSettings(l *devstack.Login) []string {
	return []string{
		"SPARK_OIDC_ISSUER=" + l.Issuer(), "SPARK_OIDC_CLIENT_ID=" + l.ClientID(), "SPARK_OIDC_CLIENT_SECRET=" + l.ClientSecret(),
		"SPARK_SESSION_IDLE=" + sessionOfClerk.String(), "SPARK_LIMIT_LOGINS=0",
	}
}

// desk is a browser at which somebody has to log in.
type desk struct {
	*browser
	user string
}

func (t *tale) desk(user string) desk {
	b, _ := t.visitors()
	b.http.Jar, _ = cookiejar.New(nil) // without options it never fails
	return desk{b, user}
}

// logsIn goes through the login, and is the answer at its end: 303 for whoever
// may come in.
func (t *tale) logsIn(desk desk) heard {
	begun := desk.get(t.ctx, "/login/start")
	if begun.status != http.StatusSeeOther {
		return begun.notAsked()
	}
	asked, err := url.Parse(begun.location)
	if err != nil {
		return begun.notAsked()
	}
	sent := asked.Query()
	sent.Set("user", desk.user)
	asked.RawQuery = ""
	chosen, err := desk.http.PostForm(asked.String(), sent)
	if err != nil {
		return heard{}
	}
	chosen.Body.Close()
	back := strings.TrimPrefix(chosen.Header.Get("Location"), nobody)
	if !strings.HasPrefix(back, loginAnswer) {
		return begun.notAsked()
	}
	return desk.get(t.ctx, back)
}

// fills opens a page, logs in when that has to be, writes into the form for an
// address and sends it.
func (t *tale) fills(desk desk, page, action string, write func(fields url.Values)) heard {
	shown := desk.get(t.ctx, page)
	if shown.status == http.StatusSeeOther {
		t.logsIn(desk)
		return shown.notAsked()
	}
	fields := shown.form(action)
	if fields == nil {
		return shown.notAsked()
	}
	if write != nil {
		write(fields)
	}
	return t.sends(desk, action, fields)
}

// sends a form, and logs in for the next time when the login has run out.
func (t *tale) sends(desk desk, action string, fields url.Values) heard {
	h := desk.send(t.ctx, action, fields)
	if strings.HasPrefix(h.location, "/login") {
		t.logsIn(desk)
		return h.notAsked()
	}
	return h
}

// stops ends the forløb at the desk: the form takes longer to fill in than the
// login lasts, so what was typed is kept until there is a new one.
func (t *tale) stops() {
	desk, page, kept := t.desk(clerk), "/sekretariat/forloeb/"+t.m.id+"/stop", ""
	t.does(asked{name: "stop", line: "forloeb-stopped  ", acts: 1, ask: func(marker string) heard {
		shown := desk.get(t.ctx, page)
		if shown.status == http.StatusSeeOther { // to the login
			t.logsIn(desk)
			return shown.notAsked()
		}
		fields := shown.form(page)
		if fields == nil {
			return shown.notAsked()
		}
		typed := shown.page().Find("textarea[name=reason]").Text()
		if kept != "" && typed != kept {
			t.step("find what was typed", func() error { return fmt.Errorf("%q is %q after the login", kept, typed) })
		}
		if kept == "" {
			pause(t.ctx, sessionOfClerk)
		}
		fields.Set("reason", marker)
		h := desk.send(t.ctx, page, fields)
		if strings.HasPrefix(h.location, "/login") {
			if strings.Contains(h.location, "gemt=1") {
				kept = marker
			}
			return h.notAsked()
		}
		return h
	}})
	t.until("log out", func() error {
		if desk.send(t.ctx, "/logud", url.Values{}).outcome() == Done {
			return nil
		}
		return fmt.Errorf("still logged in")
	})
}

// comesTwice is closed as a duplicate of another, opened again, and said to be
// none.
func (t *tale) comesTwice() {
	const another = ` from forloeb where id <> $1 and status = 'awaiting_consent' and stopped_at is null and withdrawn_at is null order by id limit 1`
	t.does(asked{name: "duplicate", line: "forloeb-stopped duplicate ", acts: 1, ask: func(string) heard {
		h := t.post("/api/v1/forloeb/"+t.m.id+"/duplicate", map[string]any{"of": t.value(`select reference` + another)})
		if h.status == http.StatusUnprocessableEntity { // that one closed in the same moment
			return h.notAsked()
		}
		return h
	}})
	t.calm("stopped")
	t.secretary("reopen", "forloeb-reopened  ", 1, "reopen", because())
	t.calm("awaiting_consent")
	own := t.desk(head)
	t.comesIn(own)
	t.reaches("let two be two", `select count(*) > 0 from not_alike where '`+t.m.id+`' in (one, other)`, func() heard {
		return t.sends(own, "/sekretariat/forloeb/"+t.m.id+"/ikke-dublet", url.Values{"other": {t.value(`select id::text` + another)}})
	})
}

// hires adds a consultant with the program.
func (t *tale) hires() {
	email := "ny." + t.m.canary + "@example.dk"
	t.reaches("add a consultant", `select count(*) = 1 from consultants where email = '`+email+`'`, func() heard {
		return t.post("/api/v1/consultants", map[string]any{"name": "Ny Konsulent", "email": email, "capacity": 0, "regions": []string{}, "themes": []string{}})
	})
	t.recuses(t.value(`select id::text from consultants where $1::uuid is not null and email = '` + email + `'`))
}

// recuses registers where a consultant is not to have forløb, and ends it.
func (t *tale) recuses(consultant string) {
	inForce := `select count(*) = 1 from recusals r join recusal_reasons w on w.recusal_id = r.id where ended_at is null and r.consultant_id = '` + consultant + `'`
	path := "/api/v1/consultants/" + consultant + "/recusals"
	t.reaches("recuse", inForce, func() heard {
		return t.post(path, map[string]any{"place": "630", "workplace": "Solsikken", "reason": t.m.canary})
	})
	id := t.value(`select id::text from recusals where $1::uuid is not null and consultant_id = '` + consultant + `'`)
	t.reaches("end the recusal", `select count(*) = 1 from recusals where ended_at is not null and id = '`+id+`'`, func() heard {
		return t.post(path+"/"+id+"/end", nil)
	})
}

// reaches asks until something is so, which no forløb's ledger tells of. What
// is answered with done is so at that moment.
func (t *tale) reaches(what, so string, ask func() heard) {
	t.until(what, func() error {
		h := ask()
		switch is := false; {
		case t.db.GetContext(t.ctx, &is, so) == nil && is:
			return nil
		case h.outcome() == Done:
			t.err = fmt.Errorf("%s: answered %d, and not so", what, h.status)
			return nil
		}
		return fmt.Errorf("not done; the last answer was %d: %.300s", h.status, h.body)
	})
}
