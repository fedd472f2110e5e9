package devstack

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/login"
)

const (
	loginAnswer = "http://127.0.0.1:8080/login/svar"
	loginPage   = "http://127.0.0.1:8080/login"
)

var loginUsers = []LoginUser{
	{Subject: "anna.berg", Name: "Anna Berg", Email: "anna.berg@example.dk", Role: "secretariat", RoleLabel: "Sekretariatet"},
	{Subject: "karen.lund", Name: "Karen Lund", Email: "karen.lund@example.dk", Role: "consultant", RoleLabel: "Konsulent"},
}

func startLogin(t *testing.T) *Login {
	t.Helper()
	l, err := StartLogin(LoginOptions{
		ClientID: "spark", ClientSecret: "hemmelig", RedirectURL: loginAnswer, AfterLogoutURL: loginPage, Users: loginUsers,
	})
	require.NoError(t, err)
	t.Cleanup(l.Stop)
	return l
}

// product is the other side, as spark api sets it up.
func product(l *Login) *login.Provider {
	return login.New(login.Options{
		Issuer: l.Issuer(), ClientID: "spark", ClientSecret: "hemmelig", RedirectURL: loginAnswer, AfterLogoutURL: loginPage,
		RoleClaim: "roles", MFA: login.Requirement{Claim: "amr", Values: []string{"mfa"}},
	})
}

// browser follows redirects while they stay in the login.
type browser struct {
	t      *testing.T
	client *http.Client
}

func newBrowser(t *testing.T, l *Login) browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return browser{t, &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if !strings.HasPrefix(r.URL.String(), l.URL()) {
			return http.ErrUseLastResponse
		}
		return nil
	}}}
}

func (b browser) open(address string) (*http.Response, *goquery.Document) {
	b.t.Helper()
	answer, err := b.client.Get(address)
	require.NoError(b.t, err)
	return b.read(answer)
}

func (b browser) read(answer *http.Response) (*http.Response, *goquery.Document) {
	b.t.Helper()
	defer answer.Body.Close()
	page, err := goquery.NewDocumentFromReader(answer.Body)
	require.NoError(b.t, err)
	return answer, page
}

// pick presses one of the buttons and gives what the product gets.
func (b browser) pick(address, testID string) url.Values {
	b.t.Helper()
	answer, page := b.open(address)
	require.Equal(b.t, http.StatusOK, answer.StatusCode)
	sent := url.Values{}
	page.Find("form input").Each(func(_ int, input *goquery.Selection) {
		sent.Set(input.AttrOr("name", ""), input.AttrOr("value", ""))
	})
	button := page.Find(`form button[data-test-id="` + testID + `"]`)
	require.Equal(b.t, 1, button.Length(), testID)
	sent.Set(button.AttrOr("name", ""), button.AttrOr("value", ""))
	return b.press(answer.Request.URL, page.Find("form").AttrOr("action", ""), sent)
}

func (b browser) press(from *url.URL, action string, sent url.Values) url.Values {
	b.t.Helper()
	answer, err := b.client.PostForm(from.ResolveReference(&url.URL{Path: action}).String(), sent)
	require.NoError(b.t, err)
	answer.Body.Close()
	require.Equal(b.t, http.StatusSeeOther, answer.StatusCode)
	back, err := url.Parse(answer.Header.Get("Location"))
	require.NoError(b.t, err)
	require.Equal(b.t, loginAnswer, back.Scheme+"://"+back.Host+back.Path)
	return back.Query()
}

func TestEverybodyCanBePicked(t *testing.T) {
	l := startLogin(t)
	p := product(l)
	for _, u := range loginUsers {
		verifier := oauth2.GenerateVerifier()
		address, err := p.Begin(t.Context(), "the state", "a nonce", verifier)
		require.NoError(t, err)
		back := newBrowser(t, l).pick(address, "user-"+u.Subject)
		require.Equal(t, "the state", back.Get("state"))
		who, err := p.Finish(t.Context(), back.Get("code"), "a nonce", verifier)
		require.NoError(t, err)
		require.Equal(t, forloeb.Identity{Issuer: l.Issuer(), Subject: u.Subject, Name: u.Name, Email: u.Email, Role: forloeb.StaffRole(u.Role)}, who)

		_, err = p.Finish(t.Context(), back.Get("code"), "a nonce", verifier)
		require.ErrorIs(t, err, forloeb.ErrLoginRefused, "a code is good once")
	}
}

// Everybody gets what they asked for, also where many do at once.
func TestManyLogInAtOnce(t *testing.T) {
	l := startLogin(t)
	p := product(l)
	for i := range 4 {
		for _, u := range loginUsers {
			t.Run(fmt.Sprint(u.Subject, i), func(t *testing.T) {
				t.Parallel()
				verifier := oauth2.GenerateVerifier()
				address, err := p.Begin(t.Context(), "state", "nonce", verifier)
				require.NoError(t, err)
				back := newBrowser(t, l).pick(address, "user-"+u.Subject)
				who, err := p.Finish(t.Context(), back.Get("code"), "nonce", verifier)
				require.NoError(t, err)
				require.Equal(t, u.Subject, who.Subject)
			})
		}
	}
}

func TestTheVerifierMustFit(t *testing.T) {
	l := startLogin(t)
	p := product(l)
	code := func() string {
		address, err := p.Begin(t.Context(), "state", "nonce", "the verifier that was kept in the browser's session")
		require.NoError(t, err)
		return newBrowser(t, l).pick(address, "user-anna.berg").Get("code")
	}
	_, err := p.Finish(t.Context(), code(), "nonce", "another verifier")
	require.ErrorIs(t, err, forloeb.ErrLoginRefused)
	for name, sent := range map[string]url.Values{
		"no verifier":     {"redirect_uri": {loginAnswer}},
		"another address": {"redirect_uri": {loginPage}, "code_verifier": {"the verifier that was kept in the browser's session"}},
		"no address":      {"code_verifier": {"the verifier that was kept in the browser's session"}},
		"no password":     {"redirect_uri": {loginAnswer}, "code_verifier": {"the verifier that was kept in the browser's session"}, "client_secret": {""}},
	} {
		form := url.Values{"grant_type": {"authorization_code"}, "client_id": {"spark"}, "client_secret": {"hemmelig"}, "code": {code()}}
		for field, value := range sent {
			form[field] = value
		}
		answer, err := http.PostForm(l.Issuer()+"/token", form)
		require.NoError(t, err)
		body, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		answer.Body.Close()
		require.GreaterOrEqual(t, answer.StatusCode, 400, name)
		require.NotContains(t, string(body), "id_token", name)
	}
}

func TestNobodyIsPicked(t *testing.T) {
	l := startLogin(t)
	address, err := product(l).Begin(t.Context(), "state", "nonce", "verifier")
	require.NoError(t, err)
	back := newBrowser(t, l).pick(address, "user-nobody")
	require.Equal(t, url.Values{"error": {"access_denied"}, "state": {"state"}}, back)

	u, err := url.Parse(address)
	require.NoError(t, err)
	sent := u.Query()
	sent.Set("user", "somebody.else")
	require.Equal(t, "access_denied", newBrowser(t, l).press(u, u.Path, sent).Get("error"))
}

// What the product must not forget is not forgiven here either, in whichever way it is asked for.
func TestARequestThatIsNotTheProducts(t *testing.T) {
	l := startLogin(t)
	address, err := product(l).Begin(t.Context(), "state", "nonce", "verifier")
	require.NoError(t, err)
	b := newBrowser(t, l)
	for _, row := range []struct{ name, field, value, want string }{
		{"another program", "client_id", "other", ""},
		{"another address", "redirect_uri", "https://example.com/login/svar", ""},
		{"an address below ours", "redirect_uri", loginAnswer + "/x", ""},
		{"no challenge", "code_challenge", "", "invalid_request"},
		{"a plain challenge", "code_challenge_method", "plain", "invalid_request"},
		{"no method", "code_challenge_method", "", "invalid_request"},
		{"no state", "state", "", "invalid_request"},
		{"a token at once", "response_type", "id_token", "unsupported_response_type"},
		{"no openid", "scope", "profile", "invalid_scope"},
	} {
		u, err := url.Parse(address)
		require.NoError(t, err)
		query := u.Query()
		query.Set(row.field, row.value)
		query.Set("user", "anna.berg")
		u.RawQuery = query.Encode()
		shown, page := b.open(u.String())
		posted, err := b.client.PostForm(l.Issuer()+"/authorize", query)
		require.NoError(t, err)
		posted.Body.Close()
		for _, answer := range []*http.Response{shown, posted} {
			if row.want == "" {
				require.Equal(t, http.StatusBadRequest, answer.StatusCode, row.name)
				require.Contains(t, page.Find(`[data-test-id="why"]`).Text(), row.field, row.name)
				continue
			}
			require.Equal(t, http.StatusSeeOther, answer.StatusCode, row.name)
			require.Equal(t, loginAnswer+"?"+url.Values{"error": {row.want}, "state": {query.Get("state")}}.Encode(), answer.Header.Get("Location"), row.name)
		}
	}
}

func TestThePageToPickOn(t *testing.T) {
	l := startLogin(t)
	address, err := product(l).Begin(t.Context(), `"><script>`, "nonce", "verifier")
	require.NoError(t, err)
	answer, page := newBrowser(t, l).open(address)
	require.Equal(t, "da", page.Find("html").AttrOr("lang", ""))
	require.Equal(t, "Udvikling: Vælg, hvem du vil være", page.Find("title").Text())
	require.Equal(t, "Udvikling: Vælg, hvem du vil være", page.Find("main h1").Text())
	require.Equal(t, "Anna Berg Sekretariatet", page.Find(`[data-test-id="user-anna.berg"]`).Text())
	require.Equal(t, len(loginUsers)+1, page.Find("button").Length())
	require.Zero(t, page.Find("script, style, [style]").Length())
	require.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
	require.Contains(t, answer.Header.Get("Content-Security-Policy"), "form-action 'self' http://127.0.0.1:8080;")
	fetch(t, "GET", l.URL()+page.Find("link[rel=stylesheet]").AttrOr("href", ""), http.StatusOK)
}

func TestTheLoginBeginsInTheProduct(t *testing.T) {
	l := startLogin(t)
	answer, _ := newBrowser(t, l).open(l.URL())
	require.Equal(t, loginPage, answer.Header.Get("Location"))
}

func TestLogout(t *testing.T) {
	l := startLogin(t)
	answer, _ := newBrowser(t, l).open(product(l).LogoutAddress(t.Context()))
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	require.Equal(t, loginPage, answer.Header.Get("Location"))

	answer, _ = newBrowser(t, l).open(l.Issuer() + "/logout?client_id=spark&post_logout_redirect_uri=https%3A%2F%2Fexample.com")
	require.Equal(t, http.StatusBadRequest, answer.StatusCode)
}

// Tokens are soon over, the userinfo tells the same as they, and no two runs have the same key.
func TestTokensAndKeys(t *testing.T) {
	l := startLogin(t)
	address, err := product(l).Begin(t.Context(), "state", "nonce", "verifier")
	require.NoError(t, err)
	code := newBrowser(t, l).pick(address, "user-karen.lund").Get("code")
	known, err := oidc.NewProvider(t.Context(), l.Issuer())
	require.NoError(t, err)
	client := oauth2.Config{ClientID: "spark", ClientSecret: "hemmelig", RedirectURL: loginAnswer, Endpoint: known.Endpoint()}
	client.Endpoint.AuthStyle = oauth2.AuthStyleInParams
	tokens, err := client.Exchange(t.Context(), code, oauth2.VerifierOption("verifier"))
	require.NoError(t, err)
	raw, _ := tokens.Extra("id_token").(string)
	token, err := known.Verifier(&oidc.Config{ClientID: "spark"}).Verify(t.Context(), raw)
	require.NoError(t, err)
	require.LessOrEqual(t, token.Expiry.Sub(token.IssuedAt), 2*time.Minute)

	info, err := known.UserInfo(t.Context(), client.TokenSource(t.Context(), tokens))
	require.NoError(t, err)
	var inToken, inInfo map[string]any
	require.NoError(t, token.Claims(&inToken))
	require.NoError(t, info.Claims(&inInfo))
	for _, claim := range []string{"sub", "name", "email", "email_verified", "roles", "amr"} {
		require.NotNil(t, inToken[claim], claim)
		require.Equal(t, inToken[claim], inInfo[claim], claim)
	}

	other, err := oidc.NewProvider(t.Context(), startLogin(t).Issuer())
	require.NoError(t, err)
	_, err = other.Verifier(&oidc.Config{ClientID: "spark", SkipIssuerCheck: true}).Verify(t.Context(), raw)
	require.ErrorContains(t, err, "signature")
}

func TestTheLoginIsOnLoopbackOnly(t *testing.T) {
	_, err := StartLogin(LoginOptions{Addr: "0.0.0.0:0"})
	require.ErrorContains(t, err, "login may listen on loopback only")

	l := startLogin(t)
	_, err = StartLogin(LoginOptions{Addr: strings.TrimPrefix(l.URL(), "http://"), Setting: "SPARK_DEV_LOGIN"})
	require.ErrorContains(t, err, "(login) is taken: stop the program that uses it or set SPARK_DEV_LOGIN")

	request, err := http.NewRequest("GET", l.Issuer()+"/.well-known/openid-configuration", nil)
	require.NoError(t, err)
	request.Host = "login.example.com"
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	answer.Body.Close()
	require.Equal(t, http.StatusForbidden, answer.StatusCode)

	request, err = http.NewRequest("POST", l.Issuer()+"/authorize", strings.NewReader("user=anna.berg"))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	answer, err = http.DefaultClient.Do(request)
	require.NoError(t, err)
	answer.Body.Close()
	require.Equal(t, http.StatusForbidden, answer.StatusCode, "no page elsewhere picks for us")
}
