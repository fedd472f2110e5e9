package api

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// showEvaluation is the questionnaire, or what became of it.
func (s *Server) showEvaluation(c *gin.Context) error {
	v := visitorOf(c)
	page, err := s.evaluationPage(c, v)
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, page)
}

// sendEvaluation keeps the answers so far, or sends them.
func (s *Server) sendEvaluation(c *gin.Context) error {
	v := visitorOf(c)
	answers := answersOf(c)
	if err := s.spend(c.Request.Context(), spendAnswer); err != nil {
		page, failed := s.evaluationFilled(c, v, answers)
		if failed != nil {
			return failed
		}
		return again(err, page)
	}
	if c.PostForm("act") == "save" {
		return s.saveAnswers(c, v, answers)
	}
	if mistakes := answers.Mistakes(); len(mistakes) > 0 {
		return s.evaluationAgain(c, v, answers, mistakes)
	}
	err := s.record(c.Request.Context(), v.Forloeb.ID, v.actor(), forloeb.AnswerEvaluation{Party: v.Party.ID, Answers: answers})
	if err != nil && refusedWith(err, forloeb.RefuseEvaluationAnswered, forloeb.RefuseEvaluationClosed) == nil {
		return err
	}
	return seeOther(c, v.Links.Evaluation)
}

// answersOf reads the form by the version of the questionnaire that was shown.
func answersOf(c *gin.Context) forloeb.Answers {
	a := forloeb.Answers{Version: forloeb.QuestionnaireVersion, Choices: map[string]string{}}
	if shown, err := strconv.Atoi(c.PostForm("version")); err == nil && forloeb.QuestionnaireOf(forloeb.Spark, shown) != nil {
		a.Version = shown
	}
	for _, q := range forloeb.QuestionnaireOf(forloeb.Spark, a.Version) {
		given := c.PostForm(q.ID)
		switch {
		case len(q.Options) == 0:
			a.Remark = forloeb.CleanText(given)
		case given != "":
			a.Choices[q.ID] = given
		}
	}
	return a
}

// saveAnswers keeps the answers so far. Where nothing more is awaited, the page
// says what became of it.
func (s *Server) saveAnswers(c *gin.Context, v visitor, answers forloeb.Answers) error {
	if _, bad := answers.RemarkMistake(); bad {
		return s.evaluationAgain(c, v, answers, []string{"remark"})
	}
	page, err := s.evaluationPage(c, v)
	if err != nil {
		return err
	}
	if page.State != evaluationOpen {
		return seeOther(c, v.Links.Evaluation)
	}
	kept, err := s.store.SaveDraft(c.Request.Context(), v.Party.ID, answers)
	switch {
	case err != nil:
		return err
	case !kept:
		return seeOther(c, v.Links.Evaluation)
	}
	page.Answers, page.Saved = answers, true
	return s.write(c, http.StatusOK, page)
}

func (s *Server) evaluationAgain(c *gin.Context, v visitor, answers forloeb.Answers, mistakes []string) error {
	page, err := s.evaluationFilled(c, v, answers)
	if err != nil {
		return err
	}
	for _, q := range forloeb.QuestionnaireOf(v.Forloeb.Programme, answers.Version) {
		if slices.Contains(mistakes, q.ID) {
			page.Errors = append(page.Errors, fieldError{q.ID, questionMistake(q, answers)})
		}
	}
	return s.write(c, http.StatusUnprocessableEntity, page)
}

func (s *Server) evaluationFilled(c *gin.Context, v visitor, answers forloeb.Answers) (*evaluationPage, error) {
	page, err := s.evaluationPage(c, v)
	if err == nil {
		page.Answers = answers
	}
	return page, err
}

func questionMistake(q forloeb.Question, a forloeb.Answers) string {
	if len(q.Options) > 0 {
		return "Vælg et svar til »" + strings.TrimSuffix(q.Label(), "?") + "«."
	}
	mistake, _ := a.RemarkMistake()
	return mistake.Danish()
}

// refuseEvaluation stops the reminders.
func (s *Server) refuseEvaluation(c *gin.Context) error {
	v := visitorOf(c)
	if err := s.spend(c.Request.Context(), spendAnswer); err != nil {
		return err
	}
	err := s.record(c.Request.Context(), v.Forloeb.ID, v.actor(), forloeb.RefuseEvaluation{Party: v.Party.ID})
	if err != nil && refusedWith(err, forloeb.RefuseEvaluationAnswered, forloeb.RefuseEvaluationClosed) == nil {
		return err
	}
	return seeOther(c, v.Links.Evaluation)
}

func (s *Server) evaluationPage(c *gin.Context, v visitor) (*evaluationPage, error) {
	i := v.Forloeb.Invitation(v.Party.ID)
	if i == nil {
		return nil, redirect{v.Links.Status}
	}
	page := &evaluationPage{
		Base: s.baseOf(v), Links: v.Links, Reference: v.Forloeb.Reference, State: evaluationOpen, Deadline: v.Forloeb.ClosesFor(i),
		BothAnswered: v.Forloeb.EveryoneEvaluated(), Shared: v.Forloeb.Shared(), EraseAt: v.Forloeb.EraseAt(),
		Answers: forloeb.Answers{Version: forloeb.QuestionnaireVersion},
	}
	_, page.Again = v.Forloeb.Wave(i)
	switch {
	case !i.AnsweredAt.IsZero() && v.Now.Sub(i.AnsweredAt) < justNow:
		page.State = evaluationThanks
	case !i.AnsweredAt.IsZero():
		page.State = evaluationAnswered
	case !i.RefusedAt.IsZero():
		page.State = evaluationRefused
	case !v.Forloeb.Answerable(i, v.Now):
		page.State = evaluationClosed
		if v.Forloeb.Status.Closed() {
			page.Deadline = v.Forloeb.StatusSince
		}
	}
	if page.State != evaluationOpen {
		return page, nil
	}
	draft, err := s.store.Draft(c.Request.Context(), v.Party.ID)
	if draft.Version != 0 { // what is begun is finished as it was begun
		page.Answers = draft
	}
	return page, err
}
