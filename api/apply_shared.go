package api

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// sharedApplyPath is the form for several workplaces.
const sharedApplyPath = "/ansoegning/faelles"

// showSharedApply is an empty form for several workplaces.
func (s *Server) showSharedApply(c *gin.Context) error {
	page := newSharedApplyPage(spark(), time.Now())
	page.Closed = s.closed(c, spark())
	page.withKey()
	return s.write(c, http.StatusOK, page)
}

// sendSharedApply receives the application, or gives the form back with a
// workplace more or less: both are buttons of the form, so that it works
// without script and keeps what is typed.
func (s *Server) sendSharedApply(c *gin.Context) error {
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	now := time.Now()
	page, err := sharedApplyFrom(c.Request.PostForm, now)
	if err != nil {
		return err
	}
	if toBeSaved(c) {
		return s.askWhereTo(c, sharedFormCode)
	}
	page.Closed = s.closed(c, spark())
	if _, add := c.GetPostForm("add"); add {
		page.add()
		return s.write(c, http.StatusOK, page)
	}
	if index, remove := c.GetPostForm("remove"); remove {
		if i, err := strconv.Atoi(index); err == nil {
			page.remove(i)
		}
		return s.write(c, http.StatusOK, page)
	}
	page.withoutEmpty()
	sub := page.submission().Clean()
	page.explain(page.mistakes(now), sub.Hints())
	page.doubt()
	return s.take(c, sub, page.Form.Key, page)
}

// sharedApplyFrom is the page with what was typed on it.
func sharedApplyFrom(typed url.Values, now time.Time) (*sharedApplyPage, error) {
	page := newSharedApplyPage(spark(), now)
	if fill(&page.Form, typed) != nil || fill(&page.Shared, typed) != nil {
		return nil, errBadForm
	}
	return page.list(sentWorkplaces(typed)), nil
}

// ownForm is what a workplace of a shared forløb can apply with by itself: what
// it is and who answers for it, without what others wrote.
func ownForm(v visitor) applicationForm {
	place, before := v.place(), v.Forloeb.Submission()
	own := forloeb.Submission{
		Workplace: place.Name, Municipality: place.Municipality, Sector: place.Sector, Employees: place.Employees, Themes: before.Themes,
	}
	for _, p := range v.Forloeb.Of(place.ID) {
		if c := p.Contact; p.Side == forloeb.Leader {
			own.Leader = c
		} else {
			own.Rep = forloeb.Representative{Name: c.Name, Role: p.Role, Email: c.Email, Phone: c.Phone}
		}
	}
	return formOf(own)
}

// sharedFormOf is an earlier application, to apply again. Who took part is
// written anew: they are asked anew.
func sharedFormOf(s forloeb.Submission) sharedForm {
	f := sharedForm{Type: string(s.Type), Focus: s.Focus}
	if s.Quorum > 0 {
		f.Quorum = strconv.Itoa(s.Quorum)
	}
	return f
}
