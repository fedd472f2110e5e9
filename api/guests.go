package api

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// A party writes others from the workplace on as mødedeltagere, and a guest takes
// themselves off by the link that stands in every mail to them. The link does that
// and nothing else: it shows who wrote them on, and nothing of the forløb.

// guestForm is whom a party writes on.
type guestForm struct {
	Name  string `form:"name"`
	Email string `form:"email"`
}

// guestLine is one who is on.
type guestLine struct {
	Name, Email string
	Remove      string // where they are taken off
}

// guestsPage is where a party sees who else hears of the meetings.
//
// States: nobody; some; as many as there can be; with errors; when nobody can be
// written on (Closed).
type guestsPage struct {
	Base
	Links     partyLinks
	Reference string
	List      []guestLine
	Form      guestForm
	Full      bool
	Closed    bool
	Most      string
}

func (*guestsPage) template() string { return "guests" }

// guestPage is a guest's own.
//
// States: on; off.
type guestPage struct {
	Base
	Reference string
	By        string // who wrote them on, with what they are
	Mail      string
	Action    string
	Off       bool
}

func (*guestPage) template() string { return "guest" }

// addsGuest is somebody whom the visitor might write on.
func (v visitor) addsGuest(form guestForm) forloeb.AddGuest {
	return forloeb.AddGuest{Workplace: v.Party.WorkplaceID, Guest: uuid.New(), Party: v.Party.ID, Name: form.Name, Email: form.Email}
}

// mayAddGuest is why nobody can be written on; nil when somebody can.
func (v visitor) mayAddGuest() error {
	return v.Forloeb.Judge(v.addsGuest(guestForm{Name: "NN", Email: someAddress}), v.actor(), v.Now)
}

func (s *Server) guestsPage(v visitor) *guestsPage {
	page := &guestsPage{Base: s.baseOf(v), Links: v.Links, Reference: v.Forloeb.Reference, Most: forloeb.CountWord(forloeb.MaxGuests)}
	for _, g := range v.Forloeb.GuestsOf(v.Party.WorkplaceID) {
		page.List = append(page.List, guestLine{Name: g.Name, Email: g.Email, Remove: v.Links.Guests() + "/" + g.ID.String()})
	}
	err := v.mayAddGuest()
	page.Full = refusedWith(err, forloeb.RefuseTooManyGuests) != nil
	page.Closed = err != nil && !page.Full && refusedWith(err, forloeb.RefuseGuestsEver) == nil
	return page
}

func (s *Server) showGuests(c *gin.Context) error {
	return s.write(c, http.StatusOK, s.guestsPage(visitorOf(c)))
}

// sendGuest writes somebody on. What is wrong stands at its field, with what was
// typed.
func (s *Server) sendGuest(c *gin.Context) error {
	v := visitorOf(c)
	var form guestForm
	if c.ShouldBind(&form) != nil {
		return errBadForm
	}
	page := s.guestsPage(v)
	page.Form = form
	if err := s.spend(c.Request.Context(), spendAnswer); err != nil {
		return again(err, page)
	}
	err := s.record(c.Request.Context(), v.Forloeb.ID, v.actor(), v.addsGuest(form))
	var refusal *forloeb.Refusal
	if errors.As(err, &refusal) && guestField(refusal) != "" {
		page.Errors = []fieldError{{guestField(refusal), v.Forloeb.Words().Say(refusal.Danish())}}
		return s.write(c, http.StatusUnprocessableEntity, page)
	}
	if err != nil {
		return err
	}
	return seeOther(c, v.Links.Guests())
}

// guestField is the field that a refusal to write somebody on is about; "" when it
// is about the forløb.
func guestField(r *forloeb.Refusal) string {
	if r.Code == forloeb.RefuseTooManyGuests || r.Code == forloeb.RefuseGuestsEver {
		return "name"
	}
	return fieldOf(r)
}

// removeGuest takes one off. A second click finds it done.
func (s *Server) removeGuest(c *gin.Context) error {
	v := visitorOf(c)
	id, err := uuid.Parse(c.Param("guest"))
	if err != nil || v.Forloeb.Guest(id) == nil {
		return errNoRoute
	}
	if err := s.spend(c.Request.Context(), spendAnswer); err != nil {
		return err
	}
	err = s.record(c.Request.Context(), v.Forloeb.ID, v.actor(), forloeb.RemoveGuest{Guest: id, Party: v.Party.ID})
	if err != nil && refusedWith(err, forloeb.RefuseGuestOff) == nil {
		return err
	}
	return seeOther(c, v.Links.Guests())
}

const guestKey = "guest"

// guestOf is who came by a guest's link; the policy has found them.
func guestOf(c *gin.Context) (visitor, *forloeb.Guest) {
	g, _ := c.Value(guestKey).(*forloeb.Guest)
	return visitorOf(c), g
}

// guestLink is for a guest.
var guestLink = policy{name: "guest link", check: func(s *Server, c *gin.Context) error {
	token := c.Param("token")
	opened, err := s.links.Open(link.Guest, token)
	if err != nil {
		return errUnknownLink
	}
	c.Request = c.Request.WithContext(forloeb.As(c.Request.Context(), forloeb.GuestViewer(opened.ID)))
	v := visitor{Home: link.Guest.Path(token)}
	if v.Forloeb, v.Now, err = s.behind(c.Request.Context(), opened.ID, s.store.ByGuest); err != nil {
		return err
	}
	g := v.Forloeb.Guest(opened.ID)
	switch {
	case opened.Verify(link.OnlyVersion, v.Now) != link.Valid:
		return errUnknownLink
	case g.Email == "":
		return errErased
	}
	v.Forloeb = v.Forloeb.SeenByGuest(g)
	c.Set(visitorKey, v)
	c.Set(guestKey, g)
	return nil
}}

// showGuest asks. It changes nothing, however often it is opened: mail programs
// open links before people do.
func (s *Server) showGuest(c *gin.Context) error {
	v, g := guestOf(c)
	return s.write(c, http.StatusOK, &guestPage{
		Base: s.baseOf(v), Reference: v.Forloeb.Reference, By: guestBy(v.Forloeb, g), Mail: g.Email, Action: v.Home, Off: !g.On(),
	})
}

// sendGuestOff takes the guest off.
func (s *Server) sendGuestOff(c *gin.Context) error {
	v, g := guestOf(c)
	if err := s.spend(c.Request.Context(), spendAnswer); err != nil {
		return err
	}
	by := forloeb.Actor{Kind: forloeb.ActorGuest, ID: g.ID.String()}
	err := s.record(c.Request.Context(), v.Forloeb.ID, by, forloeb.RemoveGuest{Guest: g.ID, Self: true})
	if err != nil && refusedWith(err, forloeb.RefuseGuestOff) == nil {
		return err
	}
	return seeOther(c, v.Home) // which says how it stands
}

// guestBy is who wrote a guest on: "Mette Holm (leder)".
func guestBy(f *forloeb.Forloeb, g *forloeb.Guest) string {
	if p := f.Party(g.By); p != nil && p.Contact.Name != "" {
		return withRole(p.Contact.Name, p.Side.Noun())
	}
	return f.Words().Office
}
