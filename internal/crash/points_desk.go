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
	clerk       = "anna.berg"
)

// sessionOfClerk is how long a login lasts: shorter than it takes to fill in a
// form.
const sessionOfClerk = 2 * time.Second

func startLogin() (*devstack.Login, error) {
	return devstack.StartLogin(devstack.LoginOptions{
		ClientID: "spark", ClientSecret: "hemmelig", RedirectURL: nobody + loginAnswer, AfterLogoutURL: nobody + "/login",
		Users: []devstack.LoginUser{{Subject: clerk, Name: "Anna Berg", Email: clerk + "@example.dk", Role: "secretariat", RoleLabel: "Sekretariatet"}},
	})
}

// loginSettings tell the api of it.
func loginSettings(l *devstack.Login) []string {
	return []string{
		"SPARK_OIDC_ISSUER=" + l.Issuer(), "SPARK_OIDC_CLIENT_ID=" + l.ClientID(), "SPARK_OIDC_CLIENT_SECRET=" + l.ClientSecret(),
		"SPARK_SESSION_IDLE=" + sessionOfClerk.String(), "SPARK_LIMIT_LOGINS=0",
	}
}

// desk is a member of the secretariat at a browser, who has to log in.
func (t *tale) desk() *browser {
	b, _ := t.visitors()
	b.http.Jar, _ = cookiejar.New(nil) // without options it never fails
	return b
}

// logsIn goes through the login; false when it has to be tried again.
func (t *tale) logsIn(desk *browser) bool {
	begun := desk.get(t.ctx, "/login/start")
	if begun.status != http.StatusSeeOther {
		return false
	}
	asked, err := url.Parse(begun.location)
	if err != nil {
		return false
	}
	sent := asked.Query()
	sent.Set("user", clerk)
	asked.RawQuery = ""
	chosen, err := desk.http.PostForm(asked.String(), sent)
	if err != nil {
		return false
	}
	chosen.Body.Close()
	back := strings.TrimPrefix(chosen.Header.Get("Location"), nobody)
	return strings.HasPrefix(back, loginAnswer) && desk.get(t.ctx, back).status == http.StatusSeeOther
}

// stops ends the forløb at the desk: the form takes longer to fill in than the
// login lasts, so what was typed is kept until there is a new one.
func (t *tale) stops() {
	desk, page, kept := t.desk(), "/sekretariat/forloeb/"+t.m.id+"/stop", ""
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
	t.step("log out", func() error {
		for end := time.Now().Add(patient); time.Now().Before(end); pause(t.ctx, 100*time.Millisecond) {
			if desk.send(t.ctx, "/logud", url.Values{}).outcome() == Done {
				return nil
			}
		}
		return fmt.Errorf("still logged in")
	})
}

// hires adds a consultant with the program.
func (t *tale) hires() {
	t.step("add a consultant", func() error {
		email := "ny." + t.m.canary + "@example.dk"
		for end := time.Now().Add(patient); time.Now().Before(end); pause(t.ctx, 100*time.Millisecond) {
			h := t.post("/api/v1/consultants", map[string]any{"name": "Ny Konsulent", "email": email, "capacity": 0, "regions": []string{}, "themes": []string{}})
			if t.value(`select count(*)::text from consultants where email = '`+email+`' and $1::uuid is not null`) == "1" {
				return nil
			}
			if h.outcome() == Done {
				return fmt.Errorf("answered %d, and not there", h.status)
			}
		}
		return fmt.Errorf("not added")
	})
}
