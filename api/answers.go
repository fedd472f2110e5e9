package api

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// A page's handler ends in one of three ways: a page, a redirect after
// something was written, or an error. Two kinds of error are answers in
// themselves: a message page, and a redirect.

// redirect ends a handler by sending the reader elsewhere.
type redirect struct{ to string }

func (r redirect) Error() string { return "redirect" }

// seeOther ends a POST, so that reloading is harmless.
func seeOther(c *gin.Context, to string) error {
	c.Redirect(http.StatusSeeOther, to)
	return nil
}

// seeOtherUnless leads on when what was asked for has been done, and writes
// nothing when it has not.
func seeOtherUnless(err error, c *gin.Context, to string) error {
	if err != nil {
		return err
	}
	return seeOther(c, to)
}

// write writes a page.
func (s *Server) write(c *gin.Context, status int, p pageData) error {
	b := p.base()
	if f := visitorOf(c).Forloeb; f != nil {
		b.Programme = f.Programme
	}
	if b.Frame = frameOf(c); b.Frame != nil {
		who := principal(c.Request.Context())
		b.JustDone = bureauOf(who).say(doneWords[c.Query(doneParameter)])
		b.TooLate = lateWords[c.Query(doneParameter)]
		b.Programme = programmeOf(who)
	}
	return s.render.page(c, status, p)
}

// justNow is how long a page says "thank you" for what was just sent.
const justNow = 10 * time.Minute

// clockMoved reports whether a forløb's clock has been wound on.
func clockMoved(now time.Time) bool { return time.Until(now) > time.Minute }
