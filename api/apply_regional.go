package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// regionalApplyPath is the form of the regional programme.
const regionalApplyPath = "/ansoegning/regional"

func regional() forloeb.Programme {
	p, _ := forloeb.ProgrammeByCode(forloeb.Regional)
	return p
}

// applyPath is the form by which one workplace applies to a programme.
func applyPath(p forloeb.ProgrammeCode) string {
	if p == forloeb.Regional {
		return regionalApplyPath
	}
	return "/ansoegning"
}

// showRegionalApply is an empty form while the programme takes applications;
// else it says that it does not, and where to turn.
func (s *Server) showRegionalApply(c *gin.Context) error {
	page := newRegionalApplyPage(regional(), s.now())
	page.Closed = s.closed(c, regional())
	page.Shut = page.Closed != nil
	page.withKey()
	return s.write(c, http.StatusOK, page)
}

// sendRegionalApply receives the application, unless the programme is not for
// what it is wanted for. From there one comes back to the form as it was sent.
func (s *Server) sendRegionalApply(c *gin.Context) error {
	page := newRegionalApplyPage(regional(), s.now())
	if c.ShouldBind(&page.Form) != nil {
		return errBadForm
	}
	if toBeSaved(c) {
		return s.askWhereTo(c, regionalFormCode)
	}
	sent := c.Request.PostForm
	page.answer(sent)
	page.Closed = s.closed(c, regional())
	if _, back := c.GetPostForm("back"); back {
		return s.write(c, http.StatusOK, page)
	}
	if len(page.yes()) > 0 {
		return s.write(c, http.StatusUnprocessableEntity, page.refused(sent))
	}
	sub := page.submission().Clean()
	page.explain(sub.Check(s.now()), sub.Hints())
	page.doubt()
	return s.take(c, sub, page.Form.Key, page)
}

// showRegionalAgain is the form, filled in with a closed application. What the
// programme is not for is asked anew.
func (s *Server) showRegionalAgain(c *gin.Context, v visitor) error {
	page := newRegionalApplyPage(regional(), v.Now)
	page.Form, page.Prefilled, page.Closed = formOf(v.Forloeb.Submission()), true, s.closed(c, regional())
	page.Shut = page.Closed != nil
	page.withKey()
	return s.write(c, http.StatusOK, page)
}
