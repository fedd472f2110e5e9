package api

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// networkList lets a party of a network look at its list. Whoever does not take
// part gets the page that is not there.
func (s *Server) networkList(ctx context.Context, v visitor) (*forloeb.Forloeb, error) {
	if !v.inNetwork() {
		return nil, errNoRoute
	}
	return s.store.Forloeb(ctx, v.Forloeb.ID) // whole: the visitor's copy holds nobody of the others
}

// inNetwork reports whether the visitor takes part in a network.
func (v visitor) inNetwork() bool { return v.Forloeb.InNetwork(v.Party) }

func (s *Server) showNetwork(c *gin.Context) error {
	v := visitorOf(c)
	f, err := s.networkList(c.Request.Context(), v)
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, s.networkPage(v, f))
}

func (s *Server) networkPage(v visitor, f *forloeb.Forloeb) *networkPage {
	return &networkPage{
		Base: s.baseOf(v), Links: v.Links, Reference: f.Reference, Mail: v.Party.Contact.Email,
		Listed: !v.Party.ListedAt.IsZero(), Closed: f.Status.Closed(), People: networkPeople(f),
	}
}

func networkPeople(f *forloeb.Forloeb) (list []networkPerson) {
	for _, p := range f.Listed() {
		list = append(list, networkPerson{Name: p.Contact.Name, Workplace: f.PlaceOf(p).Name, Email: p.Contact.Email})
	}
	return list
}

// sendListing puts the party on the list, or takes them off it.
func (s *Server) sendListing(c *gin.Context) error {
	v := visitorOf(c)
	f, err := s.networkList(c.Request.Context(), v)
	if err != nil {
		return err
	}
	if err := s.spend(c.Request.Context(), spendAnswer); err != nil {
		return again(err, s.networkPage(v, f))
	}
	on := c.PostForm("listed") == "ja"
	if on == !v.Party.ListedAt.IsZero() { // a second click
		return seeOther(c, v.Links.Network())
	}
	if err := s.record(c.Request.Context(), f.ID, v.actor(), forloeb.ListContact{Party: v.Party.ID, On: on}); err != nil {
		return err
	}
	return seeOther(c, v.Links.Network())
}
