package api

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// showConsent asks a party for their answer. It changes nothing and notes
// nothing: mail scanners open every link, and some run its scripts.
func (s *Server) showConsent(c *gin.Context) error {
	v := visitorOf(c)
	if over := s.consentOver(v); over != nil {
		return over
	}
	return s.write(c, http.StatusOK, s.consentPage(v))
}

// sendAnswer takes the answer. One of four must be chosen; none is chosen
// beforehand, so that a robot that sends the form says nothing.
func (s *Server) sendAnswer(c *gin.Context) error {
	v := visitorOf(c)
	var form consentForm
	if c.ShouldBind(&form) != nil {
		return errBadForm
	}
	answer := forloeb.Answer(form.Answer)
	if !answer.Valid() {
		return s.consentAgain(c, v, form, fieldError{"answer", "Vælg et svar."})
	}
	if err := s.spend(c.Request.Context(), spendAnswer); err != nil {
		return again(err, s.consentFilled(v, form))
	}
	err := s.record(c.Request.Context(), v.Forloeb.ID, v.actor(), forloeb.AnswerConsent{
		Party: v.Party.ID, Revision: form.Revision, Answer: answer, Channel: forloeb.ByLink,
		Signature: form.Signature, Device: s.deviceOf(c, v.Forloeb.ID), Remark: remarkOf(answer, form),
	})
	if err != nil {
		return s.consentRefused(c, v, form, err)
	}
	if answer == forloeb.NotMe { // the link is dead now; this is its last page
		page := s.consentPage(v)
		page.Answered = string(forloeb.NotMe)
		return s.write(c, http.StatusOK, page)
	}
	return seeOther(c, v.Links.Consent)
}

// deviceOf stands for the browser that a party answers with, and only within
// the forløb: nobody can follow it from one to another.
func (s *Server) deviceOf(c *gin.Context, id uuid.UUID) string {
	return s.links.Pseudonym("device\x00" + id.String() + "\x00" + c.ClientIP() + "\x00" + c.Request.UserAgent())
}

// contest voids an answer that was noted on the telephone; the form is there to
// answer instead. Whoever presses twice is shown the same.
func (s *Server) contest(c *gin.Context) error {
	v := visitorOf(c)
	if v.Forloeb.Contested(v.Party) {
		return seeOther(c, v.Links.Consent)
	}
	if err := s.spend(c.Request.Context(), spendAnswer); err != nil {
		return again(err, s.consentPage(v))
	}
	if err := s.record(c.Request.Context(), v.Forloeb.ID, v.actor(), forloeb.ContestAnswer{Party: v.Party.ID}); err != nil {
		return err
	}
	return seeOther(c, v.Links.Consent)
}

func remarkOf(a forloeb.Answer, form consentForm) string {
	if a == forloeb.Fix {
		return form.FixText
	}
	return form.NoReason
}

// consentRefused shows the form again with what was typed where that helps,
// and else why the answer could not be taken.
func (s *Server) consentRefused(c *gin.Context, v visitor, form consentForm, err error) error {
	r := refusedWith(err, forloeb.RefuseNoSignature, forloeb.RefuseNoRemark, forloeb.RefuseAlreadyAnswered,
		forloeb.RefuseDeadlinePassed, forloeb.RefuseRevisionChanged)
	if r == nil {
		return err
	}
	switch r.Code {
	case forloeb.RefuseNoSignature:
		return s.consentAgain(c, v, form, fieldError{"signature", r.Danish()})
	case forloeb.RefuseNoRemark:
		return s.consentAgain(c, v, form, fieldError{"fix_text", r.Danish()})
	case forloeb.RefuseAlreadyAnswered:
		if r.Answer == forloeb.Answer(form.Answer) { // the same again: show the first
			return seeOther(c, v.Links.Consent)
		}
		return alreadyAnswered(r.Answer, r.Date, v.Links.Status)
	case forloeb.RefuseDeadlinePassed:
		return s.deadlinePassed(v, r.Date)
	}
	return s.consentAgain(c, v, form, fieldError{"answer", r.Danish()}) // the text is new: read it first
}

func (s *Server) consentAgain(c *gin.Context, v visitor, form consentForm, wrong fieldError) error {
	page := s.consentFilled(v, form)
	page.Errors = []fieldError{wrong}
	return s.write(c, http.StatusUnprocessableEntity, page)
}

// consentFilled is the form with what was typed, about the text as it is now.
func (s *Server) consentFilled(v visitor, form consentForm) *consentPage {
	page := s.consentPage(v)
	page.Form = form
	page.Form.Revision = v.Forloeb.Application.Revision
	return page
}

// consentOver is what to show instead of the form when nothing can be
// answered any more; nil while it can, or when the answer is to be shown.
func (s *Server) consentOver(v visitor) error {
	closes := v.Forloeb.ConsentCloses()
	switch {
	case v.Party.Consent == nil && v.Party.FixAskedAt.IsZero() && v.Forloeb.AskedForFix():
		return redirect{v.Links.Status} // there is nothing to answer until the text is mended
	case v.Party.Consent != nil && !v.Forloeb.Status.Closed():
		return nil
	case v.Forloeb.Status == forloeb.Lapsed:
		return s.deadlinePassed(v, v.Forloeb.LapsedAt())
	case v.Forloeb.Status.Closed():
		return redirect{v.Links.Status}
	case v.Forloeb.Status == forloeb.AwaitingConsent && !closes.IsZero() && v.Now.After(closes):
		return s.deadlinePassed(v, closes)
	}
	return nil
}

func (s *Server) deadlinePassed(v visitor, deadline time.Time) error {
	reopen := ""
	if until := v.Forloeb.ReopenUntil(); v.Now.Before(until) {
		reopen = v.Links.AskReopen()
	}
	return deadlinePassed(deadline, reopen, applyPath(v.Forloeb.Programme))
}

func (s *Server) consentPage(v visitor) *consentPage {
	programme, _ := forloeb.ProgrammeByCode(v.Forloeb.Programme)
	page := &consentPage{
		Base: s.baseOf(v), Links: v.Links, Writer: writerOf(v), Name: v.Party.Contact.Name, Other: v.other(),
		Role: v.Party.Role.Label(), Deadline: deadlineOf(v), Application: freezeFor(v.Forloeb, v.place()),
		Form: consentForm{Revision: v.Forloeb.Application.Revision}, Waiting: s.waitingBox(v),
	}
	for _, d := range programme.Declarations {
		page.Declarations = append(page.Declarations, d.Text)
	}
	if v.Forloeb.Edited() {
		page.ChangedAt = v.Forloeb.Application.At
	}
	page.Running = v.Forloeb.Status != forloeb.AwaitingConsent
	if v.Forloeb.Contested(v.Party) {
		page.Contested = v.Party.ContestedAt
	}
	switch c := v.Party.Consent; {
	case c != nil && v.Forloeb.Contestable(v.Party, v.Now):
		page.Noted = notedAnswer{c.Answer.Label(), c.At, v.Forloeb.ContestUntil(v.Party)}
	case c != nil:
		page.Answered, page.AnsweredAt, page.ByPhone = string(c.Answer), c.At, c.Channel == forloeb.ByPhone
	case !v.Party.FixAskedAt.IsZero():
		page.Answered, page.AnsweredAt = string(forloeb.Fix), v.Party.FixAskedAt
	}
	return page
}

// deadlineOf is the promise of the mail, or, before the mail has gone, what
// it will be.
func deadlineOf(v visitor) time.Time {
	if d := v.Forloeb.ConsentDeadline(v.Party); !d.IsZero() {
		return d
	}
	return v.Forloeb.ConsentDeadlineFrom(v.Now)
}

func writerOf(v visitor) writer {
	other := v.Forloeb.Other(v.Party)
	switch {
	case !v.Forloeb.Applies(v.Party):
		return writtenForAll
	case v.Party.ReplacesParty != uuid.Nil && v.Forloeb.Status != forloeb.AwaitingConsent:
		return writtenBefore
	case v.Forloeb.Started(v.Party):
		return writtenByMe
	case other != nil && v.Forloeb.Started(other):
		return writtenByOther
	}
	return writtenByHelper // or by somebody who has been replaced
}
