package api

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// Where the login provider sends a browser back to: with a code, and after a
// logout. It must know both.
const (
	LoginAnswerPath = "/login/svar"
	LoginPath       = "/login"
)

const (
	loginStartPath = LoginPath + "/start"
	logoutPath     = "/logud"
)

// loginLife is how long somebody may take at the provider's pages.
const loginLife = 10 * time.Minute

// loginState is what must come back from the provider, and where to go then.
// It stays in the browser that began: an answer brought by another one is
// worth nothing.
type loginState struct {
	State    string `json:"s"`
	Nonce    string `json:"n"`
	Verifier string `json:"v"`
	To       string `json:"t"`
}

// showLogin is the one button.
func (s *Server) showLogin(c *gin.Context) error {
	to := localPath(c.Query("til"))
	if _, _, err := s.session(c); err == nil {
		return redirect{to}
	}
	return s.write(c, http.StatusOK, &loginPage{
		Start: loginStartPath + "?til=" + url.QueryEscape(to), Kept: c.Query("gemt") != "",
		Idle: int(s.config.Session.Idle / time.Minute), Closed: s.login == nil,
		TimedOut: c.Query("udloebet") != "", LoggedOut: c.Query("farvel") != "", Provider: s.providerLogout(c),
	})
}

// providerLogout is where to log out of the provider too, for somebody who
// has just logged out here.
func (s *Server) providerLogout(c *gin.Context) string {
	if s.login == nil || c.Query("farvel") == "" {
		return ""
	}
	return s.login.LogoutAddress(c.Request.Context())
}

// startLogin sends the browser to the provider.
func (s *Server) startLogin(c *gin.Context) error {
	if s.login == nil {
		return redirect{LoginPath}
	}
	if err := s.spend(c.Request.Context(), spendLogin); err != nil {
		return err
	}
	state := loginState{State: rand.Text(), Nonce: rand.Text(), Verifier: rand.Text() + rand.Text(), To: localPath(c.Query("til"))}
	address, err := s.login.Begin(c.Request.Context(), state.State, state.Nonce, state.Verifier)
	if err != nil {
		return s.loginFailed(c, err)
	}
	text, err := json.Marshal(state)
	if err != nil {
		return err
	}
	s.setCookie(c, loginCookie, base64.RawURLEncoding.EncodeToString(text), loginLife)
	return seeOther(c, address)
}

// finishLogin is where the provider sends the browser back to.
func (s *Server) finishLogin(c *gin.Context) error {
	state, ok := s.stateOfLogin(c)
	s.setCookie(c, loginCookie, "", 0)
	if s.login == nil || !ok || subtle.ConstantTimeCompare([]byte(state.State), []byte(c.Query("state"))) == 0 || c.Query("code") == "" {
		return loginRefused()
	}
	ctx := c.Request.Context()
	if err := s.spend(ctx, spendLogin); err != nil {
		return err
	}
	identity, err := s.login.Finish(ctx, c.Query("code"), state.Nonce, state.Verifier)
	if err != nil {
		return s.loginFailed(c, err)
	}
	who, err := s.store.SignIn(ctx, identity)
	if err != nil {
		return s.loginFailed(c, err)
	}
	if err := s.beginSession(c, who); err != nil {
		return err
	}
	s.log.Info("logged in", "staff", who.ID, "role", who.Role)
	return seeOther(c, s.afterLogin(who.Principal, state.To))
}

// afterLogin is the page that was asked for, or the one to begin at.
func (s *Server) afterLogin(who forloeb.Principal, to string) string {
	if to == "/" {
		return homeOf(who)
	}
	return to
}

// loginFailed tells why nobody was logged in.
func (s *Server) loginFailed(c *gin.Context, err error) error {
	for expected, page := range map[error]func() *messagePage{
		forloeb.ErrNoAccess: noAccess, forloeb.ErrNoMFA: noSecondFactor,
		forloeb.ErrLoginRefused: loginRefused, forloeb.ErrLoginAway: loginAway,
	} {
		if errors.Is(err, expected) {
			s.log.Warn("a login failed", "why", err.Error()) // our own words and codes
			return page()
		}
	}
	return err
}

func (s *Server) stateOfLogin(c *gin.Context) (state loginState, ok bool) {
	cookie, err := c.Request.Cookie(s.cookie(loginCookie))
	if err != nil {
		return state, false
	}
	text, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil || json.Unmarshal(text, &state) != nil {
		return state, false
	}
	state.To = localPath(state.To)
	return state, state.State != ""
}

// logout ends the session here. Ending the provider's own is the next page's
// offer: a form may not lead to another site.
func (s *Server) logout(c *gin.Context) error {
	if err := s.endSession(c); err != nil {
		return err
	}
	return seeOther(c, LoginPath+"?farvel=1")
}

// Cookies beside the session's.
const (
	loginCookie = "spark-login"
	keptCookie  = "spark-kept"
)

func (s *Server) https() bool { return strings.HasPrefix(s.config.BaseURL, "https:") }

func (s *Server) cookie(name string) string { return cookieName(name, s.https()) }

// setCookie sets a cookie for a while, or removes it after no time.
func (s *Server) setCookie(c *gin.Context, name, value string, life time.Duration) {
	age := int(life / time.Second)
	if life == 0 {
		age = -1
	}
	http.SetCookie(c.Writer, &http.Cookie{
		Name: s.cookie(name), Value: value, Path: "/", MaxAge: age,
		Secure: s.https(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// localPath is a path of ours, or the front: nobody is sent elsewhere by an
// address that a stranger wrote.
func localPath(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return "/"
	}
	return to
}

// homeOf is where a member of staff begins.
func homeOf(who forloeb.Principal) string {
	if who.Role == forloeb.RoleReader {
		return secretariatArea + "/tal"
	}
	return staffArea(who) + "/"
}
