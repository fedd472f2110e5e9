package api

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// showWithdraw is the first of two steps: it lists what will happen.
func (s *Server) showWithdraw(c *gin.Context) error {
	v := visitorOf(c)
	if v.Forloeb.Status.Closed() || !v.Forloeb.WithdrawnAt.IsZero() || v.place().Out() {
		return s.withdrawn(c, v)
	}
	return s.write(c, http.StatusOK, s.withdrawPage(v))
}

// withdrawn is what the second step leads to. Somebody who comes here after
// another end sees that on their own page.
func (s *Server) withdrawn(c *gin.Context, v visitor) error {
	if w := v.place(); w.OutReason == forloeb.OutLeft {
		page := s.withdrawPage(v)
		page.DoneAt = w.LeftAt
		return s.write(c, http.StatusOK, page)
	}
	if v.Forloeb.WithdrawnAt.IsZero() {
		return redirect{v.Links.Status}
	}
	page := s.withdrawPage(v)
	page.DoneAt = v.Forloeb.WithdrawnAt
	page.EraseAt = v.Forloeb.EraseAtFrom(v.Forloeb.WithdrawnAt)
	page.ReopenUntil = v.Forloeb.ReopenUntilFrom(v.Forloeb.WithdrawnAt)
	return s.write(c, http.StatusOK, page)
}

// sendWithdrawal is the second step.
func (s *Server) sendWithdrawal(c *gin.Context) error {
	v := visitorOf(c)
	reason := c.PostForm("reason")
	if err := s.spend(c.Request.Context(), spendAnswer); err != nil {
		page := s.withdrawPage(v)
		page.Reason = reason
		return again(err, page)
	}
	err := s.record(c.Request.Context(), v.Forloeb.ID, v.actor(), v.withdrawal(reason))
	if err != nil && refusedWith(err, forloeb.RefuseClosed, forloeb.RefuseWorkplaceOut) == nil { // a second click finds it done
		return err
	}
	return seeOther(c, v.Links.Withdraw())
}

// withdrawal is what a party's no after all means: that of one whose workplace
// was asked to join others takes that workplace out.
func (v visitor) withdrawal(reason string) forloeb.Deed {
	if v.Forloeb.Applies(v.Party) {
		return forloeb.Withdraw{Party: v.Party.ID, Reason: reason}
	}
	return forloeb.LeaveWorkplace{Workplace: v.Party.WorkplaceID, Party: v.Party.ID, Reason: reason}
}

func (s *Server) withdrawPage(v visitor) *withdrawPage {
	page := &withdrawPage{
		Base: s.baseOf(v), Links: v.Links, Reference: v.Forloeb.Reference, Started: v.Forloeb.Consultant() != nil, Other: v.other(),
		Consultant: cardOf(v.Forloeb.Consultant()), EvaluationAhead: v.Forloeb.HeldCount() > 0 && v.Forloeb.Status != forloeb.Evaluating,
		EraseAt: v.Forloeb.EraseAtFrom(v.Now),
	}
	if !v.Forloeb.Applies(v.Party) {
		page.Workplace = v.place().Name
	}
	for _, m := range v.Forloeb.Meetings {
		if m.State == forloeb.Booked && m.StartsAt.After(v.Now) {
			page.Meetings = append(page.Meetings, m.StartsAt)
		}
	}
	return page
}

// showLeft is where a party says that they have left the workplace.
func (s *Server) showLeft(c *gin.Context) error {
	v := visitorOf(c)
	return s.write(c, http.StatusOK, &leftPage{Base: s.baseOf(v), Links: v.Links, Reference: v.Forloeb.Reference, Done: !v.Party.LeftAt.IsZero()})
}

// sendLeave notes it. The secretariat finds who takes over; the forløb goes on.
func (s *Server) sendLeave(c *gin.Context) error {
	v := visitorOf(c)
	var form leftForm
	if c.ShouldBind(&form) != nil {
		return errBadForm
	}
	page := &leftPage{Base: s.baseOf(v), Links: v.Links, Reference: v.Forloeb.Reference, Form: form}
	if form.Email != "" && !forloeb.ValidEmail(forloeb.NormaliseEmail(form.Email)) {
		page.Errors = []fieldError{{"email", (&forloeb.Refusal{Code: forloeb.RefuseBadAddress}).Danish()}}
		return s.write(c, http.StatusUnprocessableEntity, page)
	}
	if err := s.spend(c.Request.Context(), spendAnswer); err != nil {
		return again(err, page)
	}
	successor := strings.TrimSpace(forloeb.CleanLine(form.Name) + " " + forloeb.NormaliseEmail(form.Email))
	err := s.record(c.Request.Context(), v.Forloeb.ID, v.actor(), forloeb.LeaveParty{Party: v.Party.ID, Successor: successor})
	if err != nil && refusedWith(err, forloeb.RefusePartyLeft) == nil {
		return err
	}
	return seeOther(c, v.Links.Left())
}

// showContact is where a party corrects their own mail or telephone.
func (s *Server) showContact(c *gin.Context) error {
	v := visitorOf(c)
	return s.write(c, http.StatusOK, s.contactPage(v))
}

func (s *Server) contactPage(v visitor) *contactPage {
	return &contactPage{
		Base: s.baseOf(v), Links: v.Links, Reference: v.Forloeb.Reference,
		Form: contactForm{Email: v.Party.Contact.Email, Phone: v.Party.Contact.Phone},
	}
}

// sendContact writes it. A new address is a new link, so this one shows
// its last page now.
func (s *Server) sendContact(c *gin.Context) error {
	v := visitorOf(c)
	page := s.contactPage(v)
	if c.ShouldBind(&page.Form) != nil {
		return errBadForm
	}
	if !forloeb.ValidPhone(page.Form.Phone) {
		page.Errors = []fieldError{{"phone", forloeb.Mistake{Field: "phone", Code: forloeb.MistakeBadPhone}.Danish()}}
		return s.write(c, http.StatusUnprocessableEntity, page)
	}
	if err := s.spend(c.Request.Context(), spendAnswer); err != nil {
		return again(err, page)
	}
	err := s.record(c.Request.Context(), v.Forloeb.ID, v.actor(), forloeb.CorrectAddress{Party: v.Party.ID, Email: page.Form.Email, Phone: &page.Form.Phone})
	if r := refusedWith(err, forloeb.RefuseBadAddress, forloeb.RefuseSameAddress); r != nil {
		page.Errors = []fieldError{{"email", r.Danish()}}
		return s.write(c, http.StatusUnprocessableEntity, page)
	}
	if err != nil {
		return err
	}
	page.Done, page.NewLink = true, forloeb.NormaliseEmail(page.Form.Email) != v.Party.Contact.Email
	return s.write(c, http.StatusOK, page)
}
