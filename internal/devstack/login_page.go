package devstack

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/oauth2-proxy/mockoidc"
)

// asked is what the product asks for when it sends a browser here, by the names that a request has it by. The page
// carries it on to the choice.
type asked map[string]string

func askedBy(r *http.Request) asked {
	a := asked{}
	for _, name := range []string{"client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge", "code_challenge_method"} {
		a[name] = r.FormValue(name)
	}
	return a
}

// wrong is an error code of RFC 6749, section 4.1.2.1, or "". A challenge is not optional here: the product must
// send one.
func (a asked) wrong() string {
	switch {
	case a["response_type"] != "code":
		return "unsupported_response_type"
	case !slices.Contains(strings.Fields(a["scope"]), "openid"):
		return "invalid_scope"
	case a["code_challenge_method"] != mockoidc.CodeChallengeMethodS256 || len(a["code_challenge"]) != 43 || a["state"] == "":
		return "invalid_request"
	}
	return ""
}

// asking reads what is asked for, and answers when it cannot be had. Whoever is not the product gets a page: a browser
// is not sent anywhere for them.
func (l *Login) asking(w http.ResponseWriter, r *http.Request) (asked, bool) {
	a := askedBy(r)
	wrong := a.wrong()
	switch {
	case a["client_id"] != l.options.ClientID:
		l.refuse(w, "client_id er en anden end SPARKs.")
	case a["redirect_uri"] != l.options.RedirectURL:
		l.refuse(w, "redirect_uri er en anden end SPARKs.")
	case wrong != "":
		l.sendBack(w, r, a, "error", wrong)
	default:
		return a, true
	}
	return nil, false
}

type chooseData struct {
	Users  []LoginUser
	Action string
	Asked  asked
}

// choose shows the page to pick a user on.
func (l *Login) choose(w http.ResponseWriter, r *http.Request) {
	a, ok := l.asking(w, r)
	if !ok {
		return
	}
	// A browser holds the redirect after a form against the form's policy, too.
	w.Header().Set("Content-Security-Policy", strings.Replace(pagePolicy, "form-action 'self'", "form-action 'self' "+origin(l.options.RedirectURL), 1))
	render(w, http.StatusOK, "choose", chooseData{l.options.Users, mockoidc.AuthorizationEndpoint, a})
}

// chosen sends a code for the picked user back to the product.
func (l *Login) chosen(w http.ResponseWriter, r *http.Request) {
	a, ok := l.asking(w, r)
	if !ok {
		return
	}
	i := slices.IndexFunc(l.options.Users, func(u LoginUser) bool { return u.Subject == r.PostFormValue("user") })
	if i < 0 { // the button that picks nobody
		l.sendBack(w, r, a, "error", "access_denied")
		return
	}
	code, err := l.code(a, l.options.Users[i])
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	l.sendBack(w, r, a, "code", code)
}

// code begins a session in mockoidc, which gives an ID token only where openid is the first scope.
func (l *Login) code(a asked, u LoginUser) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	session, err := l.provider.SessionStore.NewSession("openid", a["nonce"], u, a["code_challenge"], a["code_challenge_method"])
	if err != nil {
		return "", err
	}
	return session.SessionID, nil
}

func (l *Login) sendBack(w http.ResponseWriter, r *http.Request, a asked, name, value string) {
	query := url.Values{name: {value}, "state": {a["state"]}}
	http.Redirect(w, r, l.options.RedirectURL+"?"+query.Encode(), http.StatusSeeOther)
}

type refusedData struct{ Why, Product string }

func (l *Login) refuse(w http.ResponseWriter, why string) {
	render(w, http.StatusBadRequest, "refused", refusedData{why, l.options.AfterLogoutURL})
}

// origin is the scheme and host of an address.
func origin(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
