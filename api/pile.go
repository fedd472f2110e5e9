package api

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// The morning page may show only what the reader has taken.
const (
	shows    = "vis"
	showsOwn = "mine"
)

// takenFrom names, in a form, whom a task is taken over from.
const takenFrom = "overtag"

// pileRoutes are what can be said about a task beside settling it, in both
// areas with tasks.
func (s *Server) pileRoutes() (routes []route) {
	for _, area := range caseAreas {
		if area.path == consultantArea {
			continue
		}
		task := area.path + "/forloeb/{id}/opgaver/{task}"
		routes = append(routes,
			pageAt(http.MethodPost, task+"/luk", area.policy, s.closeCaseTask),
			pageAt(http.MethodPost, task+"/tag", area.policy, s.takeTask),
			pageAt(http.MethodPost, task+"/giv-fra", area.policy, s.giveUpTask),
			pageAt(http.MethodGet, task+"/senere", area.policy, s.showPutOff),
			pageAt(http.MethodPost, task+"/senere", area.policy, s.putOffTask),
			pageAt(http.MethodPost, task+"/vis-igen", area.policy, s.showTaskAgain))
	}
	return routes
}

// holdOf says who has a task, and what can be done about that.
func holdOf(k staffCase, t forloeb.Task, h forloeb.Handling) taskHold {
	home := taskAddress(k, t.ID)
	if h.PutOff.Hides(k.Now) {
		return taskHold{Words: putOffWords(h.PutOff), Show: home + "/vis-igen"}
	}
	hold := taskHold{Later: home + "/senere", Take: home + "/tag", Button: "Jeg tager den"}
	if !h.Claim.Taken() {
		return hold
	}
	name := shortName(h.Claim.Name)
	since := " siden " + clockOrDay(h.Claim.At, k.Now) + "."
	if h.Claim.By == k.By.ID {
		hold.Words, hold.Take, hold.GiveUp = "Du har den"+since, "", home+"/giv-fra"
		return hold
	}
	hold.Words, hold.Button, hold.From = name+" har den"+since, "Overtag den fra "+name, h.Claim.By.String()
	return hold
}

func putOffWords(p forloeb.PutOff) string {
	words := "Udskudt til " + forloeb.Date(p.Until)
	if p.Name != "" {
		words += " af " + shortName(p.Name)
	}
	return words + "."
}

// shortName is what colleagues call somebody.
func shortName(name string) string {
	first, _, _ := strings.Cut(name, " ")
	return first
}

// clockOrDay leaves the day out when it is today.
func clockOrDay(t, now time.Time) string {
	if forloeb.Date(t) == forloeb.Date(now) {
		return forloeb.Clock(t)
	}
	return forloeb.DateTime(t)
}

func (s *Server) takeTask(c *gin.Context) error {
	return s.onCaseTask(c, doneTaken, func(k staffCase, task int64) error {
		from, _ := uuid.Parse(c.PostForm(takenFrom)) // from nobody in particular
		return s.store.ClaimTask(c.Request.Context(), task, k.By.ID, from)
	})
}

func (s *Server) giveUpTask(c *gin.Context) error {
	return s.onCaseTask(c, doneGiven, func(k staffCase, task int64) error {
		return s.store.GiveUpTask(c.Request.Context(), task, k.By.ID)
	})
}

func (s *Server) showTaskAgain(c *gin.Context) error {
	return s.onCaseTask(c, doneShown, func(_ staffCase, task int64) error {
		return s.store.ShowTask(c.Request.Context(), task)
	})
}

// onCaseTask does something about one of the forløb's tasks and leads back to
// it. Whoever comes too late is told so there.
func (s *Server) onCaseTask(c *gin.Context, done string, do func(staffCase, int64) error) error {
	k := caseOf(c)
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	id, err := strconv.ParseInt(c.Param("task"), 10, 64)
	if err != nil || !taskIn(k, id) {
		return errNoRoute
	}
	if err := do(k, id); err != nil {
		if done = firstWas(err); done == "" {
			return err
		}
	}
	return seeOther(c, backFrom(c, k, done)+"#"+taskAnchor(id))
}

func taskAnchor(id int64) string { return "opgave-" + strconv.FormatInt(id, 10) }

// firstWas is the code of what the page says then; "" when err is something
// else.
func firstWas(err error) string {
	switch {
	case refusedWith(err, forloeb.RefuseTaskTaken) != nil:
		return lateTaken
	case refusedWith(err, forloeb.RefuseTaskClosed) != nil:
		return lateClosed
	}
	return ""
}

// openTask is the open task that the address names.
func openTask(c *gin.Context, k staffCase) (forloeb.Task, error) {
	id, err := strconv.ParseInt(c.Param("task"), 10, 64)
	if err != nil || !taskIn(k, id) {
		return forloeb.Task{}, errNoRoute
	}
	i := slices.IndexFunc(k.Tasks, func(t forloeb.Task) bool { return t.ID == id })
	if !k.Tasks[i].Open() {
		return forloeb.Task{}, redirect{backFrom(c, k, lateClosed)}
	}
	return k.Tasks[i], nil
}

// showPutOff asks until when.
func (s *Server) showPutOff(c *gin.Context) error {
	k := caseOf(c)
	t, err := openTask(c, k)
	if err != nil {
		return err
	}
	typed := s.typed(c)
	page := putOffPage(k, t, asking{typed: typed}, c.Query(cameFrom))
	page.Restored = typed != nil
	return s.write(c, http.StatusOK, page)
}

// putOffTask puts it off, or shows the form again.
func (s *Server) putOffTask(c *gin.Context) error {
	k := caseOf(c)
	t, err := openTask(c, k)
	if err != nil {
		return err
	}
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	sent := c.Request.PostForm
	until, wrong := readPutOff(k, t, sent)
	if wrong != nil {
		return s.write(c, http.StatusUnprocessableEntity, putOffPage(k, t, asking{wrong: wrong, typed: sent}, c.Query(cameFrom)))
	}
	done := doneLater
	if err := s.store.PutOffTask(c.Request.Context(), t.ID, k.By, until, sent.Get("reason")); err != nil {
		if done = firstWas(err); done == "" {
			return err
		}
	}
	return seeOther(c, backFrom(c, k, done))
}

func readPutOff(k staffCase, t forloeb.Task, sent url.Values) (until time.Time, wrong []fieldError) {
	until, err := forloeb.ParseDate(sent.Get("until"))
	var mistyped *forloeb.Mistyped
	var refused *forloeb.Refusal
	if errors.As(err, &mistyped) {
		wrong = append(wrong, fieldError{"until", mistyped.Danish()})
	} else if errors.As(k.JudgePutOff(t, until, k.Now), &refused) {
		wrong = append(wrong, fieldError{"until", refused.Danish()})
	}
	if m, found := forloeb.NoteMistake(sent.Get("reason")); found && m.Code != forloeb.MistakeMissing {
		wrong = append(wrong, fieldError{"reason", m.Danish()})
	}
	return until, wrong
}

// putOffPage asks until when a task need not be seen. From is where the form
// came from.
func putOffPage(k staffCase, t forloeb.Task, a asking, from string) *actPage {
	day, reason := a.line("until", "Vis den igen", ""), a.text("reason", "Hvorfor?")
	day.Hint, day.Width, day.Autocomplete = "Fx 11-3-2027", "char-11", "off"
	if last := k.PutOffLast(t, k.Now); !last.IsZero() {
		day.Hint += ". Senest " + forloeb.Date(last) + ": Den dag er fristen"
	}
	reason.Optional, reason.Hint = true, "Det bliver et notat i sagen."
	page := &actPage{
		Case: headOf(k), Heading: "Vis opgaven igen senere", Button: "Udskyd opgaven", Action: taskAddress(k, t.ID) + "/senere",
		Form: actForm{Lead: k.TaskSentence(t, k.Now), Fields: []field{day, reason}, Effects: []string{
			"Opgaven er væk fra »I dag« indtil den dag. Så står den der igen.", "Har nogen taget den, er den fri igen. Ingen får en mail."}},
	}
	if from == fromToday {
		page.Action += "?" + cameFrom + "=" + fromToday
	}
	page.Errors = a.wrong
	return page
}
