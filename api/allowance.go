package api

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
)

// Limits are how much one network may do in an hour. Zero is any number.
type Limits struct {
	Applications int // sent, and as many saved
	Links        int // mails with a link that a party asks for
	Answers      int // of parties, on their own pages
	Logins       int // steps of logging in: a login takes two
	Tokens       int // requests with a token that is not one
	Together     int // how many times as much all networks may do; anybody may still apply
}

// costly is what is counted, because it writes, mails or asks another service.
type costly string

// The words are those of the table of allowances.
const (
	spendApplication costly = "application"
	spendLink        costly = "link"
	spendAnswer      costly = "answer"
	spendLogin       costly = "login"
	spendToken       costly = "token"
	spendDraft       costly = "draft"
)

// of is how much of it one network may do in an hour, and all of them.
// Applications are never refused because others apply: past a number of them
// it is the mails to strangers that wait.
func (l Limits) of(what costly) (each, together int) {
	switch what {
	case spendApplication:
		return l.Applications, 0
	case spendDraft: // its mail goes to whatever address was typed; it is the form that is given back
		each = l.Applications
	case spendLink:
		each = l.Links
	case spendAnswer:
		each = l.Answers
	case spendLogin:
		each = l.Logins
	case spendToken:
		each = l.Tokens
	}
	return each, each * l.Together
}

// countWithin is how long counting may take before people go on uncounted.
const countWithin = 250 * time.Millisecond

// spend counts what somebody is about to do, and answers tooMany when it is
// more than their network may. A limit that cannot be counted stops nobody: it
// guards against what is rare, and must not itself be what fails.
func (s *Server) spend(ctx context.Context, what costly) error {
	each, together := s.config.Limits.of(what)
	if each == 0 {
		return nil
	}
	within, cancel := context.WithTimeout(ctx, countWithin)
	defer cancel()
	wait, err := s.store.Spend(within, string(what), s.links.Pseudonym(networkOf(ctx)), each, together)
	switch {
	case err != nil:
		s.log.Warn("a limit could not be counted", "what", what, "class", class(err))
		return nil
	case wait > 0:
		return tooMany{wait: wait}
	}
	return nil
}

type networkKey struct{}

// located notes the network that a request comes from.
func located(c *gin.Context) {
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), networkKey{}, networkAt(c.ClientIP())))
	c.Next()
}

func networkOf(ctx context.Context) string {
	of, _ := ctx.Value(networkKey{}).(string)
	return of
}

// networkAt is who shares an allowance: an IPv4 address, behind which there may
// be a whole town hall, or the 64 bits of IPv6 that one household or office
// is given to draw addresses from.
func networkAt(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return "unknown"
	}
	if a = a.Unmap(); a.Is4() {
		return a.String()
	}
	p, _ := a.WithZone("").Prefix(64) // of an IPv6 address there is one
	return p.String()
}

// tooMany tells somebody to wait.
type tooMany struct {
	wait time.Duration
	form pageData // what they sent, to be sent again; nil when there was nothing to fill in
}

func (tooMany) Error() string { return errTooMany.detail }

func (tooMany) Unwrap() error { return errTooMany }

// retryAfter is the header's value: whole seconds.
func (t tooMany) retryAfter() string {
	return strconv.Itoa(int((t.wait + time.Second - 1) / time.Second))
}

// minutes is how long to wait, in words that follow »vent«.
func (t tooMany) minutes() string {
	if n := int((t.wait + time.Minute - 1) / time.Minute); n > 1 {
		return strconv.Itoa(n) + " minutter"
	}
	return "et minut"
}

// again lets who must wait keep the form they sent.
func again(err error, form pageData) error {
	var many tooMany
	if !errors.As(err, &many) {
		return err
	}
	many.form = form
	return many
}

// filledIn is the form with what to do about it.
func (t tooMany) filledIn() pageData {
	t.form.base().Wait = "Der er kommet mange henvendelser på kort tid. Vent " + t.minutes() + ", og send så igen. Det, du har skrevet, er her stadig."
	return t.form
}

// message is for what was not a form.
func (t tooMany) message(again wayOn) *messagePage {
	return &messagePage{
		Status: errTooMany.status, Heading: "Vent lidt, og prøv igen", Call: true,
		Paragraphs: []string{"Der er kommet mange henvendelser på kort tid, så det blev ikke gjort. Vent " + t.minutes() + ", og prøv igen."},
		Ways:       []wayOn{again},
	}
}

// wayAgain is the button that was pressed, or the way to the login.
func wayAgain(c *gin.Context) wayOn {
	if c.Request.Method == http.MethodPost {
		return wayOn{Label: "Prøv igen", Address: c.Request.URL.Path, Act: true}
	}
	return wayOn{Label: "Til login", Address: LoginPath + "?til=" + url.QueryEscape(localPath(c.Query("til")))}
}

// errTooMany is the same for programs.
var errTooMany = &failure{
	code: "too_many_requests", status: http.StatusTooManyRequests,
	detail: "There have been too many requests of this kind from this network. Try again after the number of seconds in the Retry-After header.",
	page:   pageNotFound,
}
