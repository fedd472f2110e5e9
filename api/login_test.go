package api

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// jar is a browser's cookies, as far as the tests need them.
type jar map[string]string

func (j jar) header() map[string]string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(j)) {
		all = append(all, name+"="+j[name])
	}
	return map[string]string{"Cookie": strings.Join(all, "; ")}
}

func (j jar) take(a answer) answer {
	for _, c := range a.Cookies() {
		if j[c.Name] = c.Value; c.MaxAge < 0 || c.Value == "" {
			delete(j, c.Name)
		}
	}
	return a
}

// browse opens a page; who is asked why they open a closed forløb says so.
func (w *site) browse(j jar, path string) answer {
	w.t.Helper()
	a := w.knock(j, path)
	if asks := a.Header.Get("Location"); strings.Contains(asks, purposePath) {
		w.submit(j, asks, url.Values{"purpose": {string(forloeb.PurposeQuality)}})
		return w.knock(j, path)
	}
	return a
}

// knock opens a page and answers no question.
func (w *site) knock(j jar, path string) answer {
	w.t.Helper()
	return j.take(w.send(request{method: http.MethodGet, path: path, header: j.header()}))
}

func (w *site) submit(j jar, path string, form url.Values) answer {
	w.t.Helper()
	header := j.header()
	header["Content-Type"], header["Origin"] = "application/x-www-form-urlencoded", testBaseURL
	header["Sec-Fetch-Site"] = "same-origin"
	return j.take(w.send(request{method: http.MethodPost, path: path, header: header, body: form.Encode()}))
}

// loginSite is a site with one of each role, and a page of each policy.
func loginSite(t *testing.T) (*site, *fakeStore) {
	store := &fakeStore{staff: map[uuid.UUID]forloeb.StaffMember{}}
	for _, who := range []forloeb.Principal{exampleAnna, exampleHead, exampleReader, exampleKarenWho, exampleNina} {
		store.staff[who.ID] = forloeb.StaffMember{Principal: who, Active: true}
	}
	who := func(c *gin.Context) error {
		c.String(http.StatusOK, "%s", principal(c.Request.Context()).Name)
		return nil
	}
	var w *site
	w = newSite(t, store,
		pageAt(http.MethodGet, "/t/staff", staffPage, who),
		pageAt(http.MethodGet, "/t/form/{x}", secretariatPage, func(c *gin.Context) error {
			c.String(http.StatusOK, "%s", w.typed(c).Encode())
			return nil
		}),
		pageAt(http.MethodPost, "/t/form/{x}", secretariatPage, func(c *gin.Context) error {
			if err := store.fails; err != nil {
				return err
			}
			return seeOther(c, "/t/staff")
		}),
		pageAt(http.MethodPost, "/t/button", secretariatPage, who))
	return w, store
}

// logIn logs somebody in as a browser does.
func (w *site) logIn(j jar, who forloeb.Principal, to string) answer {
	w.t.Helper()
	began := w.browse(j, loginStartPath+"?til="+url.QueryEscape(to))
	require.Equal(w.t, http.StatusSeeOther, began.StatusCode, began.text)
	address, err := url.Parse(began.Header.Get("Location"))
	require.NoError(w.t, err)
	return w.browse(j, LoginAnswerPath+"?"+url.Values{"state": {address.Query().Get("state")}, "code": {who.ID.String()}}.Encode())
}

const sessionCookie = "__Host-spark"

// Complaint K25.
func TestStaffLogInAndOut(t *testing.T) {
	w, _ := loginSite(t)
	j := jar{}
	asked := w.browse(j, "/t/staff?a=1")
	require.Equal(t, http.StatusSeeOther, asked.StatusCode)
	require.Equal(t, "/login?til=%2Ft%2Fstaff%3Fa%3D1", asked.Header.Get("Location"))
	page := w.browse(j, "/login?til=%2Ft%2Fstaff%3Fa%3D1")
	require.Contains(t, page.text, "Log ind som medarbejder")
	require.Contains(t, page.text, `href="/login/start?til=%2Ft%2Fstaff%3Fa%3D1"`)
	require.Empty(t, page.Cookies(), "a visit leaves nothing")

	back := w.logIn(j, exampleAnna, "/t/staff?a=1")
	require.Equal(t, "/t/staff?a=1", back.Header.Get("Location"))
	require.Len(t, j, 1, "the login's own cookie is gone")
	cookie := back.Cookies()[len(back.Cookies())-1]
	require.Equal(t, sessionCookie, cookie.Name)
	require.True(t, cookie.Secure && cookie.HttpOnly && cookie.SameSite == http.SameSiteLaxMode && cookie.Path == "/" && cookie.Domain == "")
	require.Equal(t, "Anna Berg", w.browse(j, "/t/staff").text)
	require.Equal(t, "/sekretariat/", w.browse(j, "/login?til=/sekretariat/").Header.Get("Location"), "nobody logs in twice")

	stolen := maps.Clone(j)
	out := w.submit(j, "/logud", nil)
	require.Equal(t, "/login?farvel=1", out.Header.Get("Location"))
	require.Empty(t, j)
	require.Equal(t, http.StatusSeeOther, w.browse(stolen, "/t/staff").StatusCode, "the session is over, not only the cookie")
	require.Contains(t, w.browse(j, "/login?farvel=1").text, "https://login.example.dk/logout")
	require.NotContains(t, w.logged.String(), "Anna")
}

func TestALoginBeginsANewSession(t *testing.T) {
	w, _ := loginSite(t)
	j := jar{}
	w.logIn(j, exampleAnna, "/")
	before := maps.Clone(j)
	w.logIn(j, exampleHead, "/")
	require.NotEqual(t, before[sessionCookie], j[sessionCookie])
	require.Equal(t, http.StatusSeeOther, w.browse(before, "/t/staff").StatusCode)
	require.Equal(t, "Henrik Lind", w.browse(j, "/t/staff").text)

	planted := jar{sessionCookie: "chosen-by-somebody-else"}
	w.logIn(planted, exampleAnna, "/")
	require.NotEqual(t, "chosen-by-somebody-else", planted[sessionCookie])
}

func TestEachRoleBeginsAtItsOwnPage(t *testing.T) {
	w, _ := loginSite(t)
	for who, home := range map[*forloeb.Principal]string{
		&exampleAnna: "/sekretariat/", &exampleHead: "/sekretariat/", &exampleReader: "/sekretariat/tal", &exampleKarenWho: "/konsulent/",
	} {
		require.Equal(t, home, w.logIn(jar{}, *who, "").Header.Get("Location"))
	}
}

func TestALoginLeadsNowhereElse(t *testing.T) {
	w, _ := loginSite(t)
	for _, to := range []string{"https://evil.example.dk/", "//evil.example.dk/", `/\evil.example.dk`, "javascript:alert(1)", "evil", "/\t/evil.example.dk"} {
		require.Equal(t, "/sekretariat/", w.logIn(jar{}, exampleAnna, to).Header.Get("Location"), to)
	}
}

func TestALoginThatFails(t *testing.T) {
	w, _ := loginSite(t)
	j := jar{}
	began := w.browse(j, loginStartPath)
	address, err := url.Parse(began.Header.Get("Location"))
	require.NoError(t, err)
	state := address.Query().Get("state")
	answered := func(j jar, state, code string) answer {
		return w.browse(maps.Clone(j), LoginAnswerPath+"?"+url.Values{"state": {state}, "code": {code}}.Encode())
	}
	id := exampleAnna.ID.String()
	answered(j, "another", id).message(http.StatusForbidden, "Du blev ikke logget ind")
	answered(j, "", id).message(http.StatusForbidden, "Du blev ikke logget ind")
	answered(jar{}, state, id).message(http.StatusForbidden, "Du blev ikke logget ind")
	answered(jar{"__Host-spark-login": "rubbish"}, state, id).message(http.StatusForbidden, "Du blev ikke logget ind")
	answered(j, state, "").message(http.StatusForbidden, "Du blev ikke logget ind")
	answered(j, state, "nobody").message(http.StatusForbidden, "Du har ikke adgang")
	for failure, heading := range map[error]string{
		forloeb.ErrLoginRefused: "Du blev ikke logget ind", forloeb.ErrNoMFA: "Der mangler et trin i dit login",
	} {
		w.login.fails = failure
		answered(j, state, id).message(http.StatusForbidden, heading)
	}
	w.login.fails = forloeb.ErrLoginAway
	answered(j, state, id).message(http.StatusServiceUnavailable, "Vi kan ikke logge dig ind lige nu")
	w.browse(jar{}, loginStartPath).message(http.StatusServiceUnavailable, "Vi kan ikke logge dig ind lige nu")
	w.login.fails = context.DeadlineExceeded
	answered(j, state, id).message(http.StatusServiceUnavailable, "Det virker ikke lige nu")
	w.login.fails = nil
	require.Equal(t, http.StatusSeeOther, answered(j, state, id).StatusCode, "nothing else was wrong")
}

func TestASessionEnds(t *testing.T) {
	for name, end := range map[string]func(w *site, s *fakeStore, later func(time.Duration)){
		"after half an hour without a request": func(_ *site, _ *fakeStore, later func(time.Duration)) { later(31 * time.Minute) },
		"when the person is removed":           func(_ *site, s *fakeStore, _ func(time.Duration)) { delete(s.staff, exampleAnna.ID) },
		"when the person may not log in any more": func(_ *site, s *fakeStore, _ func(time.Duration)) {
			s.staff[exampleAnna.ID] = forloeb.StaffMember{Principal: exampleAnna}
		},
		"when the person's sessions are ended": func(w *site, s *fakeStore, _ func(time.Duration)) {
			s.staff[exampleAnna.ID] = forloeb.StaffMember{Principal: exampleAnna, Active: true, SessionsFrom: w.now().Add(time.Second)}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, store := loginSite(t)
			clock := time.Now()
			w.now = func() time.Time { return clock }
			j := jar{}
			w.logIn(j, exampleAnna, "/")
			require.Equal(t, http.StatusOK, w.browse(j, "/t/staff").StatusCode)
			end(w, store, func(d time.Duration) { clock = clock.Add(d) })
			require.Equal(t, http.StatusSeeOther, w.browse(j, "/t/staff").StatusCode)
		})
	}
}

func TestASessionInUseEndsAfterItsLife(t *testing.T) {
	w, _ := loginSite(t)
	clock := time.Now()
	w.now = func() time.Time { return clock }
	j := jar{}
	w.logIn(j, exampleAnna, "/")
	for end := clock.Add(10 * time.Hour); clock.Before(end); clock = clock.Add(25 * time.Minute) {
		require.Equal(t, http.StatusOK, w.browse(j, "/t/staff").StatusCode, "in use at %s", clock)
	}
	clock = clock.Add(time.Minute)
	require.Equal(t, http.StatusSeeOther, w.browse(j, "/t/staff").StatusCode)
}

func TestARoleIsAskedOfTheStoreEachTime(t *testing.T) {
	w, store := loginSite(t)
	j := jar{}
	w.logIn(j, exampleAnna, "/")
	require.Equal(t, http.StatusOK, w.browse(j, "/t/form/1").StatusCode)
	changed := exampleAnna
	changed.Role = forloeb.RoleReader
	store.staff[exampleAnna.ID] = forloeb.StaffMember{Principal: changed, Active: true}
	w.browse(j, "/t/form/1").message(http.StatusForbidden, "Siden er ikke for din rolle")
}

func TestNobodyComesInWhenTheStoreFails(t *testing.T) {
	w, store := loginSite(t)
	j := jar{}
	w.logIn(j, exampleAnna, "/")
	store.fails = context.DeadlineExceeded
	w.browse(j, "/t/staff").message(http.StatusServiceUnavailable, "Det virker ikke lige nu")
}

func TestWithoutAProviderNobodyLogsIn(t *testing.T) {
	w, _ := loginSite(t)
	w.Server.login = nil
	require.Contains(t, w.browse(jar{}, "/login").text, "Login er ikke sat op")
	require.Equal(t, LoginPath, w.browse(jar{}, loginStartPath).Header.Get("Location"))
	w.browse(jar{}, LoginAnswerPath+"?code=1&state=2").message(http.StatusForbidden, "Du blev ikke logget ind")
}

// What was sent after the login had run out comes back after the next login,
// to the same person, at the same address, for an hour.
func TestTypedTextSurvivesALogin(t *testing.T) {
	w, store := loginSite(t)
	clock := time.Now()
	w.now = func() time.Time { return clock }
	j := jar{}
	w.logIn(j, exampleAnna, "/")
	clock = clock.Add(time.Hour)
	typed := url.Values{"reason": {"Rørlægning & støj på 2. sal"}, "weeks": {"1", "2"}}
	sent := w.submit(j, "/t/form/7", typed)
	require.Equal(t, "/login?gemt=1&til=%2Ft%2Fform%2F7&udloebet=1", sent.Header.Get("Location"))
	require.Len(t, store.kept, 1)
	for _, k := range store.kept {
		require.NotContains(t, string(k.Sealed), "støj")
	}
	require.Contains(t, w.browse(j, sent.Header.Get("Location")).text, "Det, du skrev, er her stadig, når du er logget ind igen.")

	another := maps.Clone(j)
	w.logIn(another, exampleHead, "/t/form/7")
	require.Empty(t, w.browse(another, "/t/form/7").text, "somebody else at the same browser")

	require.Equal(t, "/t/form/7", w.logIn(j, exampleAnna, "/t/form/7").Header.Get("Location"))
	require.Empty(t, w.browse(j, "/t/form/8").text, "another form")
	require.Equal(t, typed.Encode(), w.browse(j, "/t/form/7").text)
	require.Equal(t, typed.Encode(), w.browse(j, "/t/form/7").text, "a reload shows it again")
	stolen := jar{sessionCookie: j[sessionCookie], "__Host-spark-kept": j["__Host-spark-kept"][:37] + strings.Repeat("A", 43)}
	require.Empty(t, w.browse(stolen, "/t/form/7").text, "without the key")
	store.fails = context.DeadlineExceeded
	w.submit(j, "/t/form/7", typed).message(http.StatusServiceUnavailable, "Det virker ikke lige nu")
	store.fails = nil
	require.Equal(t, typed.Encode(), w.browse(j, "/t/form/7").text, "sent, and not carried out")
	w.submit(j, "/t/form/8", typed)
	require.Equal(t, typed.Encode(), w.browse(j, "/t/form/7").text, "another form was sent")
	w.submit(j, "/t/form/7", typed)
	require.Empty(t, store.kept, "sent, and not needed any more")
	require.Len(t, j, 1)
}

func TestNothingIsKeptForStrangers(t *testing.T) {
	w, store := loginSite(t)
	sent := w.submit(jar{}, "/t/form/7", url.Values{"reason": {"x"}})
	require.Equal(t, "/login?til=%2Ft%2Fform%2F7", sent.Header.Get("Location"))
	require.Empty(t, store.kept)

	clock := time.Now()
	w.now = func() time.Time { return clock }
	j := jar{}
	w.logIn(j, exampleAnna, "/")
	clock = clock.Add(time.Hour)
	button := w.submit(j, "/t/button", nil)
	require.Equal(t, "/login?til=%2F&udloebet=1", button.Header.Get("Location"), "a button has no page to come back to")
	require.Empty(t, store.kept)
}

func TestAFormFromAnotherSiteIsNotKept(t *testing.T) {
	w, store := loginSite(t)
	j := jar{}
	w.logIn(j, exampleAnna, "/")
	header := j.header()
	header["Content-Type"], header["Sec-Fetch-Site"] = "application/x-www-form-urlencoded", "cross-site"
	w.send(request{method: http.MethodPost, path: "/t/form/7", header: header, body: "a=1"}).message(http.StatusForbidden, "Det blev ikke sendt")
	w.send(request{method: http.MethodPost, path: "/logud", header: header}).message(http.StatusForbidden, "Det blev ikke sendt")
	require.Empty(t, store.kept)
	require.Equal(t, http.StatusOK, w.browse(j, "/t/staff").StatusCode, "nobody else logs us out")
}
