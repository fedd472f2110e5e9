package api

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// message says what went wrong to a person.
func (s *Server) message(c *gin.Context, err error) *messagePage {
	var (
		ready   *messagePage
		door    *failure
		refusal *forloeb.Refusal
		many    tooMany
	)
	switch {
	case errors.As(err, &ready):
		return ready
	case errors.As(err, &many):
		return many.message(wayAgain(c))
	case errors.As(err, &door):
		return door.page()
	case errors.As(err, &refusal):
		return refusalMessage(c, refusal)
	}
	return ourFault(s.report(c.Request.Context(), err))
}

// Error lets a page's handler return a message as its answer.
func (p *messagePage) Error() string { return p.Heading }

// refusalMessage leads a party back to their own page, and anybody else to the
// front.
func refusalMessage(c *gin.Context, r *forloeb.Refusal) *messagePage {
	links, anew := visitorOf(c).Links, applyPath(forloeb.Spark)
	if f := visitorOf(c).Forloeb; f != nil {
		anew = applyPath(f.Programme)
	}
	switch r.Code {
	case forloeb.RefuseNotFound, forloeb.RefuseNotAParty:
		if principal(c.Request.Context()).Role != "" {
			return notYours()
		}
		return pageNotFound()
	case forloeb.RefuseDeadlinePassed:
		return deadlinePassed(r.Date, links.AskReopen(), anew)
	case forloeb.RefuseAlreadyAnswered:
		return alreadyAnswered(r.Answer, r.Date, links.Status)
	case forloeb.RefuseLinkReplaced:
		return replacedLink(c.Request.URL.Path + newLinkPath)
	case forloeb.RefuseCatchingUp:
		return catchingUp(home(c))
	}
	why := because(r)
	if k := caseOf(c); k.Forloeb != nil {
		why = k.say(why)
	}
	m := illegalStep(why, home(c))
	if k := caseOf(c); r.Code == forloeb.RefuseNeedsExtraMeetings && k.Forloeb != nil {
		m.Ways = append([]wayOn{{Label: extraAct.label, Address: extraAct.address(k)}}, m.Ways...)
	}
	m.Status = refusalStatus(r.Code)
	if r.Code == forloeb.RefuseEvaluationClosed {
		m.Status = http.StatusGone
	}
	return m
}

// because is the reason alone: the heading has said that it cannot be done.
func because(r *forloeb.Refusal) string {
	_, reason, found := strings.Cut(r.Danish(), "Det kan ikke lade sig gøre nu: ")
	if !found {
		return r.Danish()
	}
	return forloeb.Capital(reason)
}

// home is the page that a visitor came from: a party's link, or the front.
func home(c *gin.Context) string {
	if v := visitorOf(c); v.Home != "" {
		return v.Home
	}
	if k := caseOf(c); k.Forloeb != nil {
		return k.Home()
	}
	return "/"
}

func wrongMethod() *messagePage {
	m := pageNotFound()
	m.Status = http.StatusMethodNotAllowed
	return m
}

// notForPeople is for what only a page's own script asks for.
func notForPeople() *messagePage {
	m := pageNotFound()
	m.Status = http.StatusNotAcceptable
	return m
}

// fromElsewhere is for a form that another site sent.
func fromElsewhere() *messagePage {
	return &messagePage{
		Status: http.StatusForbidden, Heading: "Det blev ikke sendt",
		Paragraphs: []string{"Det kom ikke fra vores egen side. Åbn siden igen, og send derfra."},
		Ways:       []wayOn{toFront},
	}
}

func unreadable() *messagePage {
	return &messagePage{
		Status: http.StatusBadRequest, Heading: "Vi kunne ikke læse det",
		Paragraphs: []string{"Det blev ikke sendt. Åbn siden igen, og prøv en gang til."},
		Ways:       []wayOn{toFront},
	}
}

// viewExpired is for the short link to an application's text.
func viewExpired(status string) *messagePage {
	return &messagePage{
		Status: http.StatusGone, Heading: "Linket virker ikke mere",
		Paragraphs: []string{"Det virkede i en time. Du kan få et nyt fra din egen side."},
		Ways:       []wayOn{{Label: "Se din side", Address: status}},
	}
}
