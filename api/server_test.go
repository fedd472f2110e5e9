package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func nothing(*gin.Context) error { return nil }

// echo is a page of the tests: what goes in comes out.
func echo(c *gin.Context) error {
	body, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return err
	}
	c.String(http.StatusOK, "%s", body)
	return nil
}

func TestEveryRouteHasAPolicy(t *testing.T) {
	w := newSite(t, &fakeStore{})
	known := []string{"public", "token", "staff page", "staff case", "party link", "applicant receipt", "draft link", "guest link", "consultant link", "development"}
	require.Len(t, w.engine.Routes(), len(w.policies))
	listed := map[string]bool{}
	for key, p := range w.policies {
		require.Contains(t, known, p.name, key)
		require.NotNil(t, p.check, key)
		staff := []string{"token", "staff page", "staff case"}
		require.Equal(t, slices.Contains(staff, p.name), len(p.roles) > 0, key)
		method, path, _ := strings.Cut(key, " ")
		listed[method+" "+ginPath(path)] = true
	}
	for _, r := range w.engine.Routes() {
		require.True(t, listed[r.Method+" "+r.Path], r.Path)
	}
}

func TestARouteWithoutAPolicyIsRefused(t *testing.T) {
	w := newSite(t, &fakeStore{})
	require.ErrorContains(t, w.register([]route{pageAt(http.MethodGet, "/open", policy{}, nothing)}), "no policy")
}

func TestDevelopmentRoutesExistInDevelopmentAlone(t *testing.T) {
	w := newSite(t, &fakeStore{}, pageAt(http.MethodGet, "/dev/test", development, echo))
	w.get("/dev/test", "").message(http.StatusNotFound, "Siden findes ikke")
	w.config.Development = true
	require.NoError(t, w.register([]route{pageAt(http.MethodGet, "/dev/test", development, echo)}))
	require.Equal(t, http.StatusOK, w.get("/dev/test", "").StatusCode)
}

func TestAddressesWithoutTheirLastSlash(t *testing.T) {
	w := newSite(t, &fakeStore{})
	for _, folder := range []string{"/sekretariat", "/konsulent"} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			a := w.send(request{method: method, path: folder})
			require.Equal(t, http.StatusPermanentRedirect, a.StatusCode)
			require.Equal(t, folder+"/", a.Header.Get("Location"))
		}
		w.send(request{method: http.MethodPost, path: folder}).message(http.StatusMethodNotAllowed, "")
	}
	w.get("/dev", "").message(http.StatusNotFound, "Siden findes ikke")
}

// every is a request to every route of the list.
func every(w *site) (all []request) {
	for key := range w.policies {
		method, path, _ := strings.Cut(key, " ")
		path = regexp.MustCompile(`\{\w+\}|:\w+`).ReplaceAllString(path, "1")
		all = append(all, request{method: method, path: path})
	}
	return all
}

func TestStaffRoutesNeedAToken(t *testing.T) {
	w := newSite(t, &fakeStore{})
	for key, p := range w.policies {
		if p.name != "token" {
			continue
		}
		method, path, _ := strings.Cut(key, " ")
		path = strings.NewReplacer("{id}", "1", "{party}", "1").Replace(path)
		without := w.send(request{method: method, path: path})
		without.problem(http.StatusUnauthorized, "unauthenticated")
		require.Equal(t, `Bearer realm="spark"`, without.Header.Get("WWW-Authenticate"))
		unknown := w.send(request{method: method, path: path, token: "spark_unknown"})
		unknown.problem(http.StatusUnauthorized, "unauthenticated")
		require.Equal(t, `Bearer realm="spark", error="invalid_token"`, unknown.Header.Get("WWW-Authenticate"))
		if !slices.Contains(p.roles, forloeb.RoleConsultant) {
			w.send(request{method: method, path: path, token: consultantToken}).problem(http.StatusForbidden, "forbidden")
		}
	}
}

func TestABasicPasswordIsNoToken(t *testing.T) {
	w := newSite(t, &fakeStore{})
	w.send(request{method: http.MethodGet, path: "/api/v1/tasks", header: map[string]string{"Authorization": "Basic " + secretaryToken}}).
		problem(http.StatusUnauthorized, "unauthenticated")
}

func TestWhenTokensCannotBeLookedUpNobodyComesIn(t *testing.T) {
	w := newSite(t, &fakeStore{fails: context.DeadlineExceeded})
	w.get("/api/v1/tasks", secretaryToken).problem(http.StatusServiceUnavailable, "unavailable")
}

func TestHeadersOnEveryAnswer(t *testing.T) {
	w := newSite(t, &fakeStore{},
		pageAt(http.MethodGet, "/panics", public, func(*gin.Context) error { panic("boom") }),
		pageAt(http.MethodGet, "/fails", public, func(*gin.Context) error { return errors.New("boom") }),
		pageAt(http.MethodGet, "/elsewhere", public, func(*gin.Context) error { return redirect{"/"} }),
		pageAt(http.MethodPost, "/form", public, echo))
	requests := append(every(w),
		request{method: http.MethodGet, path: "/nowhere"},
		request{method: http.MethodGet, path: "/api/v1/nowhere"},
		request{method: http.MethodDelete, path: "/panics"},
		request{method: http.MethodPost, path: "/form", body: strings.Repeat("x", maxBody+1)},
		request{method: http.MethodPost, path: "/form", header: map[string]string{"Sec-Fetch-Site": "cross-site"}},
		request{method: http.MethodGet, path: "/api/v1/tasks", token: secretaryToken})
	for _, r := range requests {
		a := w.send(r)
		where := r.method + " " + r.path
		for name, value := range map[string]string{
			"Referrer-Policy":              "no-referrer",
			"X-Content-Type-Options":       "nosniff",
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
			"Cache-Control":                "no-store",
			"Strict-Transport-Security":    "max-age=31536000; includeSubDomains",
		} {
			require.Equal(t, value, a.Header.Get(name), where)
		}
		require.Contains(t, a.Header.Get("Content-Security-Policy"), "default-src 'none'", where)
		require.Contains(t, a.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'", where)
		require.Empty(t, a.Header.Get("Server"), where)
		requireSafeCookies(t, r.path, a)
	}
}

// requireSafeCookies: the login alone sets cookies, and no script, no other
// site and no other host can use them.
func requireSafeCookies(t *testing.T, path string, a answer) {
	t.Helper()
	if !strings.HasPrefix(path, LoginPath) {
		require.Empty(t, a.Cookies(), path)
	}
	for _, c := range a.Cookies() {
		require.True(t, strings.HasPrefix(c.Name, "__Host-"), "%s: %s", path, c.Raw)
		require.True(t, c.Secure && c.HttpOnly && c.SameSite == http.SameSiteLaxMode && c.Path == "/" && c.Domain == "", "%s: %s", path, c.Raw)
	}
}

func TestUnknownAddresses(t *testing.T) {
	w := newSite(t, &fakeStore{})
	for _, path := range []string{"/api/v1/nothing", "/api/", "/api", "/api/v2/forloeb", "/api/v1/forloeb/"} {
		w.get(path, secretaryToken).problem(http.StatusNotFound, "not_found")
	}
	for _, path := range []string{"/nothing", "/wp-login.php", "/static/none.css", "/docs", "/schemas", "/openapi.yaml", "/healthz", "/metrics"} {
		w.get(path, "").message(http.StatusNotFound, "Siden findes ikke")
	}
}

func TestWrongMethods(t *testing.T) {
	w := newSite(t, &fakeStore{}, pageAt(http.MethodPost, "/form", public, echo))
	a := w.send(request{method: http.MethodDelete, path: "/api/v1/programmes"})
	a.problem(http.StatusMethodNotAllowed, "method_not_allowed")
	require.Equal(t, "GET", a.Header.Get("Allow"))
	w.send(request{method: "BREW", path: "/api/v1/programmes"}).problem(http.StatusMethodNotAllowed, "method_not_allowed")
	a = w.send(request{method: http.MethodGet, path: "/form"})
	a.message(http.StatusMethodNotAllowed, "Siden findes ikke")
	require.Equal(t, "POST", a.Header.Get("Allow"))
}

// Complaint K2.
func TestHeadIsGetWithoutABody(t *testing.T) {
	w := newSite(t, &fakeStore{})
	get, head := w.get("/api/v1/programmes", ""), w.send(request{method: http.MethodHead, path: "/api/v1/programmes"})
	require.Equal(t, http.StatusOK, head.StatusCode)
	require.NotEmpty(t, get.text)
	require.Empty(t, head.text)
	require.Equal(t, get.Header.Get("Content-Type"), head.Header.Get("Content-Type"))
}

func TestLongBodies(t *testing.T) {
	w := newSite(t, &fakeStore{}, pageAt(http.MethodPost, "/form", public, echo))
	long := strings.Repeat("x", maxBody+1)
	chunked := func() io.Reader { return io.MultiReader(strings.NewReader(long)) } // no length is told
	apply := request{method: http.MethodPost, path: "/api/v1/applications", header: map[string]string{"Idempotency-Key": "a-key-of-mine"}}

	apply.body = long
	w.send(apply).problem(http.StatusRequestEntityTooLarge, "too_large")
	apply.body = chunked()
	w.send(apply).problem(http.StatusRequestEntityTooLarge, "too_large")
	w.send(request{method: http.MethodPost, path: "/form", body: long}).message(http.StatusRequestEntityTooLarge, "Teksten er for lang")
	w.send(request{method: http.MethodPost, path: "/form", body: chunked()}).message(http.StatusRequestEntityTooLarge, "Teksten er for lang")

	short := w.send(request{method: http.MethodPost, path: "/form", body: long[:maxBody]})
	require.Equal(t, http.StatusOK, short.StatusCode)
	require.Len(t, short.text, maxBody)
	require.Zero(t, w.store.(*fakeStore).calls)
}

func TestFormsFromOtherSitesAreRefused(t *testing.T) {
	touched := 0
	touch := pageAt(http.MethodPost, "/form", public, func(c *gin.Context) error { touched++; return echo(c) })
	w := newSite(t, &fakeStore{}, touch, pageAt(http.MethodGet, "/form", public, echo))
	for _, header := range []map[string]string{
		{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"},
	} {
		w.send(request{method: http.MethodPost, path: "/form", header: header}).message(http.StatusForbidden, "Det blev ikke sendt")
	}
	require.Zero(t, touched)
	for _, header := range []map[string]string{{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}} {
		require.Equal(t, http.StatusOK, w.send(request{method: http.MethodPost, path: "/form", header: header}).StatusCode)
	}
	require.Equal(t, http.StatusOK, w.send(request{method: http.MethodGet, path: "/form", header: map[string]string{"Sec-Fetch-Site": "cross-site"}}).StatusCode)
}

func TestNobodyIsTrustedToSayWhereARequestComesFrom(t *testing.T) {
	address := pageAt(http.MethodGet, "/address", public, func(c *gin.Context) error { c.String(http.StatusOK, "%s", c.ClientIP()); return nil })
	spoofed := request{method: http.MethodGet, path: "/address", header: map[string]string{"X-Forwarded-For": "203.0.113.7", "X-Real-IP": "203.0.113.7"}}
	require.Equal(t, "127.0.0.1", newSite(t, &fakeStore{}, address).send(spoofed).text)

	behind := newSite(t, &fakeStore{}, address)
	behind.config.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	var err error
	behind.engine, err = behind.newEngine()
	require.NoError(t, err)
	require.NoError(t, behind.register([]route{address}))
	require.Equal(t, "203.0.113.7", behind.send(spoofed).text)
}

func TestTheAccessLogNamesTheRouteAlone(t *testing.T) {
	w := newSite(t, &fakeStore{}, pageAt(http.MethodGet, "/samtykke-test/{token}", public, echo))
	w.get("/samtykke-test/hemmelig?q=navnet", "")
	w.get("/nowhere/hemmelig?q=navnet", "")
	w.send(request{method: "HEMMELIG", path: "/nowhere"})
	logged := w.logged.String()
	require.Contains(t, logged, `"route":"/samtykke-test/:token"`)
	require.Contains(t, logged, `"route":"none"`)
	require.Contains(t, logged, `"status":404`)
	require.NotContains(t, strings.ToLower(logged), "hemmelig")
	require.NotContains(t, logged, "navnet")
}

func TestAssets(t *testing.T) {
	w := newSite(t, &fakeStore{})
	for name := range w.assets.files {
		a := w.get("/static/"+name, "")
		require.Equal(t, http.StatusOK, a.StatusCode)
		require.Contains(t, a.Header.Get("Cache-Control"), "immutable")
		require.Equal(t, "nosniff", a.Header.Get("X-Content-Type-Options"))
	}
}

func TestLimitsOnTime(t *testing.T) {
	server := newSite(t, &fakeStore{}).HTTPServer("127.0.0.1:0")
	require.NotZero(t, server.ReadHeaderTimeout)
	require.NotZero(t, server.ReadTimeout)
	require.NotZero(t, server.WriteTimeout)
	require.NotZero(t, server.IdleTimeout)
	require.NotZero(t, server.MaxHeaderBytes)
}
