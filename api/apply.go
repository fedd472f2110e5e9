package api

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// showFront is the way in.
func (s *Server) showFront(c *gin.Context) error {
	page := &frontPage{Closed: s.closed(c, spark()), Regional: s.closed(c, regional()) == nil}
	for _, t := range spark().OpenThemes(time.Now()) {
		page.Themes = append(page.Themes, t.Label)
	}
	return s.write(c, http.StatusOK, page)
}

func spark() forloeb.Programme {
	p, _ := forloeb.ProgrammeByCode(forloeb.Spark)
	return p
}

// showApply is an empty form with a key of its own, so that the same form
// sent twice is one application.
func (s *Server) showApply(c *gin.Context) error {
	page := newApplyPage(spark(), time.Now())
	page.Closed = s.closed(c, spark())
	return s.write(c, http.StatusOK, page.withKey())
}

// withKey gives the form the key it is sent with.
func (p *applyPage) withKey() *applyPage {
	p.Form.Key = uuid.NewString()
	return p
}

// sendApplication receives the application and leads to its receipt.
func (s *Server) sendApplication(c *gin.Context) error {
	var form applicationForm
	if c.ShouldBind(&form) != nil {
		return errBadForm
	}
	if toBeSaved(c) {
		return s.askWhereTo(c, individualForm)
	}
	now := time.Now()
	sub := form.submission(forloeb.Spark, forloeb.Individual).Clean()
	page := newApplyPage(spark(), now)
	page.Form, page.Closed = form, s.closed(c, spark())
	page.explain(sub.Check(now), sub.Hints())
	page.doubt()
	return s.take(c, sub, form.Key, page)
}

// doubt asks for a form once more that no page of ours has made, or that a
// robot has filled in.
func (p *applyPage) doubt() {
	if _, err := uuid.Parse(p.Form.Key); len(p.Errors) == 0 && (err != nil || p.Form.Trap != "") {
		p.withKey().Errors = []fieldError{{"declared", "Vi kunne ikke tage imod formularen. Send den igen, eller ring til os."}}
		p.Form.Trap = ""
	}
}

// take receives what was sent with a form, unless there is something wrong
// with it, and leads to its receipt.
func (s *Server) take(c *gin.Context, sub forloeb.Submission, key string, page pageData) error {
	if len(page.base().Errors) > 0 {
		return s.write(c, http.StatusUnprocessableEntity, page)
	}
	if err := s.spend(c.Request.Context(), spendApplication); err != nil {
		return again(err, page)
	}
	created, err := s.create(c.Request.Context(), sub, key, forloeb.Actor{Kind: forloeb.ActorApplicant})
	if r := refusedWith(err, forloeb.RefuseIntakeClosed, forloeb.RefuseProgrammeClosed); r != nil {
		return s.sentTooLate(c, r, page)
	}
	reused := refusedWith(err, forloeb.RefuseKeyReused) != nil
	if err != nil && !reused {
		return err
	}
	s.process.Now(c.Request.Context(), created.Acts...)
	f, err := s.received(c.Request.Context(), created)
	switch {
	case err != nil:
		return err
	case reused:
		return alreadySent(s.receiptAddress(f), sub.Programme)
	}
	return seeOther(c, s.receiptAddress(f))
}

// showReceipt tells that the application has arrived, and that both must
// still answer.
func (s *Server) showReceipt(c *gin.Context) error {
	return s.write(c, http.StatusOK, receiptPageOf(visitorOf(c)))
}

// sendAddress lets whoever sent the form mend an address until that party
// has answered.
func (s *Server) sendAddress(c *gin.Context) error {
	v := visitorOf(c)
	f := v.Forloeb
	var err error
	party := sideOf(f, forloeb.Side(c.Param("side")))
	if party == nil {
		return errUnknownLink
	}
	email := c.PostForm(string(party.Side) + "_email")
	if forloeb.NormaliseEmail(email) != forloeb.NormaliseEmail(party.Contact.Email) {
		if err := s.spend(c.Request.Context(), spendLink); err != nil {
			return again(err, receiptWith(v, party, email))
		}
		err = s.record(c.Request.Context(), f.ID, forloeb.Actor{Kind: forloeb.ActorApplicant}, forloeb.CorrectAddress{Party: party.ID, Email: email})
	}
	if r := refusedWith(err, forloeb.RefuseBadAddress, forloeb.RefuseSameAddress); r != nil {
		return s.addressRefused(c, v, party, email, r)
	}
	if err != nil {
		return err
	}
	return seeOther(c, v.Home)
}

func (s *Server) addressRefused(c *gin.Context, v visitor, party *forloeb.Party, email string, r *forloeb.Refusal) error {
	page := receiptWith(v, party, email)
	page.Errors = []fieldError{{string(party.Side) + "_email", r.Danish()}}
	return s.write(c, http.StatusUnprocessableEntity, page)
}

// receiptWith is the receipt with a correction that was typed and not made.
func receiptWith(v visitor, party *forloeb.Party, typed string) *receiptPage {
	page := receiptPageOf(v)
	for i := range page.Parties {
		if page.Parties[i].ID == string(party.Side)+"_email" {
			page.Parties[i].Refused, page.Parties[i].Typed = true, typed
		}
	}
	return page
}

// sideOf is one of those who apply.
func sideOf(f *forloeb.Forloeb, side forloeb.Side) *forloeb.Party {
	for _, p := range f.Applicants() {
		if p.Side == side {
			return p
		}
	}
	return nil
}

func receiptPageOf(v visitor) *receiptPage {
	f := v.Forloeb
	page := &receiptPage{Reference: f.Reference, Deadline: f.ConsentDeadlineFrom(f.CreatedAt), Slow: slow(f, v.Now)}
	if closes := f.ConsentCloses(); !closes.IsZero() {
		page.Deadline = closes
	}
	for _, p := range f.Applicants() {
		page.Parties = append(page.Parties, receiptPartyOf(v.Home, f, p))
	}
	if f.Policy.Assignment == forloeb.ByProvider {
		page.Provider = f.Provider.Label()
	}
	if f.Shared() {
		page.Places = receiptPlaces(f)
	}
	return page
}

// receiptPlaces are the workplaces that are asked when those who apply have
// agreed.
func receiptPlaces(f *forloeb.Forloeb) (list []receiptPlace) {
	for _, w := range f.Participants() {
		place := receiptPlace{Name: w.Name}
		for _, p := range f.Of(w.ID) {
			place.To = append(place.To, p.Contact.Name+", "+p.Contact.Email)
		}
		list = append(list, place)
	}
	return list
}

// slow reports whether a mail ought to have gone by now.
func slow(f *forloeb.Forloeb, now time.Time) bool {
	for _, p := range f.Pending() {
		if f.AskedAt(p).IsZero() && now.Sub(f.CreatedAt) > time.Minute {
			return true
		}
	}
	return false
}

func receiptPartyOf(home string, f *forloeb.Forloeb, p *forloeb.Party) receiptParty {
	r := receiptParty{ID: string(p.Side) + "_email", Role: p.Side.Label(), Name: p.Contact.Name, Email: p.Contact.Email}
	if p.Consent == nil && f.Status == forloeb.AwaitingConsent && p.Corrections < forloeb.MaxCorrections {
		r.Correct = home + "/" + string(p.Side)
	}
	r.HeldUntil, r.HeldForMany = f.HeldUntil(p), f.HeldForMany(p)
	return r
}

// alreadySent is for a form that was sent, changed and sent again: it is one
// application, and changing it is done elsewhere.
func alreadySent(receipt string, p forloeb.ProgrammeCode) *messagePage {
	return &messagePage{
		Base: Base{Programme: p}, Status: http.StatusConflict, Heading: "Ansøgningen er allerede sendt",
		Paragraphs: []string{
			"Det, du har ændret siden, er ikke sendt. Adresser kan du rette på kvitteringen.",
			"Skal teksten laves om, så vælg »Noget skal rettes først« fra linket i mailen. Er det en helt ny ansøgning, så begynd på en ny.",
		},
		Ways: []wayOn{{Label: "Se kvitteringen", Address: receipt}, {Label: "Begynd på en ny ansøgning", Address: applyPath(p)}},
	}
}

// noLongerContact is for a link whose holder is not a party any more.
func noLongerContact() *messagePage {
	return &messagePage{
		Status: http.StatusGone, Heading: "Linket virker ikke mere", Call: true,
		Paragraphs: []string{"En anden er kontaktperson nu, eller sagen er lukket."},
	}
}
