package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// askPauseForm is why a party needs a pause.
type askPauseForm struct {
	Text string `form:"pause"`
}

// askPausePage is where a party asks for a pause.
//
// States: asking; with errors; asked already; paused until a day.
type askPausePage struct {
	Base
	Links     partyLinks
	Reference string
	Form      askPauseForm
	Asked     bool
	Paused    string // until when; empty when it is not
}

func (*askPausePage) template() string { return "ask-pause" }

func (s *Server) askPausePage(v visitor) *askPausePage {
	page := &askPausePage{Base: s.baseOf(v), Links: v.Links, Reference: v.Forloeb.Reference, Asked: v.Forloeb.AskedPause() != nil}
	if until := pauseEnd(v.Forloeb, v.Now); !until.IsZero() {
		page.Paused = forloeb.Date(until)
	}
	return page
}

// canAskPause: while it could be paused, or has been asked for.
func canAskPause(v visitor) bool {
	err := v.Forloeb.Judge(forloeb.AskPause{Party: v.Party.ID, Text: someReason}, v.actor(), v.Now)
	return err == nil || refusedWith(err, forloeb.RefusePauseAsked, forloeb.RefusePaused) != nil
}

// showAskPause is for those whose forløb can be paused; the others see on their
// own page how it stands.
func (s *Server) showAskPause(c *gin.Context) error {
	v := visitorOf(c)
	if !canAskPause(v) {
		return redirect{v.Links.Status}
	}
	return s.write(c, http.StatusOK, s.askPausePage(v))
}

// sendAskPause gives the secretariat a task with the party's words.
func (s *Server) sendAskPause(c *gin.Context) error {
	v := visitorOf(c)
	var form askPauseForm
	if c.ShouldBind(&form) != nil {
		return errBadForm
	}
	page := s.askPausePage(v)
	page.Form = form
	d := forloeb.AskPause{Party: v.Party.ID, Text: form.Text}
	if mistake, found := d.Mistake(); found {
		page.Errors = []fieldError{{"pause", mistake.Danish()}}
		return s.write(c, http.StatusUnprocessableEntity, page)
	}
	if err := s.spend(c.Request.Context(), spendAnswer); err != nil {
		return again(err, page)
	}
	err := s.record(c.Request.Context(), v.Forloeb.ID, v.actor(), d)
	if r := refusedWith(err, forloeb.RefuseNoPauseText); r != nil {
		page.Errors = []fieldError{{"pause", r.Danish()}}
		return s.write(c, http.StatusUnprocessableEntity, page)
	}
	if err != nil && refusedWith(err, forloeb.RefusePauseAsked, forloeb.RefusePaused) == nil {
		return err
	}
	return seeOther(c, v.Links.Pause()) // which says how it stands
}
