package api

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// policy says who may come through a route. Every route has one.
type policy struct {
	name  string
	check func(s *Server, c *gin.Context) error
	roles []forloeb.StaffRole
}

// public is for everybody.
var public = policy{name: "public", check: func(*Server, *gin.Context) error { return nil }}

// development is for nobody, except in development, where routes with this
// policy exist.
var development = policy{name: "development", check: func(_ *Server, c *gin.Context) error {
	c.Request = c.Request.WithContext(forloeb.As(c.Request.Context(), forloeb.House))
	return nil
}}

// Roles of the staff.
var (
	secretariat = token(forloeb.RoleSecretariat, forloeb.RoleHead)
	whoRuns     = token(forloeb.RoleSecretariat, forloeb.RoleHead, forloeb.RoleProvider)                         // a provider its own forløb
	everyStaff  = token(forloeb.RoleSecretariat, forloeb.RoleHead, forloeb.RoleProvider, forloeb.RoleConsultant) // consultants their own forløb
	consultants = token(forloeb.RoleConsultant)                                                                  // their own forløb
	figures     = token(forloeb.RoleSecretariat, forloeb.RoleHead, forloeb.RoleReader)
)

// token is for those with a token of one of the roles.
func token(roles ...forloeb.StaffRole) policy {
	return policy{name: "token", roles: roles, check: func(s *Server, c *gin.Context) error {
		by, err := s.bearer(c)
		if err != nil {
			return err
		}
		if !slices.Contains(roles, by.Role) {
			return errForbidden
		}
		c.Request = c.Request.WithContext(remembering(c, forloeb.AskedBy(c.Request.Context(), by)))
		return nil
	}}
}

// principal is who asks, where staff does.
func principal(ctx context.Context) forloeb.Principal { return forloeb.Asker(ctx) }

// actor is who acts, where staff does.
func actor(ctx context.Context) forloeb.Actor { return principal(ctx).Actor() }

// bearer finds whose token came along.
func (s *Server) bearer(c *gin.Context) (forloeb.Principal, error) {
	token := bearerToken(c)
	if token == "" {
		return forloeb.Principal{}, errUnauthenticated
	}
	who, err := s.store.Token(c.Request.Context(), token)
	var refusal *forloeb.Refusal
	switch {
	case errors.As(err, &refusal):
		return forloeb.Principal{}, cmp.Or(s.spend(c.Request.Context(), spendToken), error(errUnauthenticated))
	case err != nil:
		return forloeb.Principal{}, err
	}
	return who, nil
}

func bearerToken(c *gin.Context) string {
	scheme, token, _ := strings.Cut(c.GetHeader("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// challenge says how to log in, and whether what came was a token at all
// (RFC 6750, section 3).
func challenge(c *gin.Context) string {
	if bearerToken(c) == "" {
		return `Bearer realm="spark"`
	}
	return `Bearer realm="spark", error="invalid_token"`
}

// visitor is who came by a link.
type visitor struct {
	Forloeb *forloeb.Forloeb
	Party   *forloeb.Party // nil on a receipt
	Now     time.Time      // the forløb's clock
	Links   partyLinks
	Home    string // the page of the link
	Old     bool   // the link has been replaced; only what asks for a new one takes it
}

const visitorKey = "visitor"

func visitorOf(c *gin.Context) visitor {
	v, _ := c.Value(visitorKey).(visitor)
	return v
}

// partyLink is for a party with a link of the purpose.
func partyLink(p link.Purpose) policy {
	return policy{name: "party link", check: func(s *Server, c *gin.Context) error {
		v, err := s.party(c, p)
		if err == nil && !v.Party.Current() {
			return noLongerContact()
		}
		if err == nil && v.Old {
			err = replacedLink(v.Home + newLinkPath)
		}
		return err
	}}
}

// oldLink takes also a link that has been replaced: it asks for the new one.
func oldLink(p link.Purpose) policy {
	return policy{name: "party link", check: func(s *Server, c *gin.Context) error {
		_, err := s.party(c, p)
		return err
	}}
}

// party opens a party's link and remembers whose it is.
func (s *Server) party(c *gin.Context, p link.Purpose) (v visitor, err error) {
	token := c.Param("token")
	opened, err := s.links.Open(p, token)
	if err != nil {
		return v, errUnknownLink
	}
	c.Request = c.Request.WithContext(forloeb.As(c.Request.Context(), forloeb.PartyViewer(opened.ID)))
	if v.Forloeb, v.Now, err = s.behind(c.Request.Context(), opened.ID, s.store.Party); err != nil {
		return v, err
	}
	v.Party = v.Forloeb.Party(opened.ID)
	v.Links, v.Home = s.linksOf(v.Party), p.Path(token)
	switch verdict := opened.Verify(v.Party.LinkVersion, v.Now); {
	case verdict == link.Invalid:
		return v, errUnknownLink
	case v.Party.Contact.Email == "":
		return v, errErased
	case verdict == link.Expired:
		return v, viewExpired(v.Links.Status)
	default:
		v.Old = verdict == link.Replaced || !v.Party.Current()
	}
	v.Forloeb = v.Forloeb.SeenBy(v.Party)
	v.Party = v.Forloeb.Party(opened.ID)
	c.Set(visitorKey, v)
	return v, nil
}

// behind finds the forløb that a link leads to. To the person, one that is not
// there is an unknown link.
func (s *Server) behind(ctx context.Context, id uuid.UUID, find func(context.Context, uuid.UUID) (*forloeb.Forloeb, error)) (*forloeb.Forloeb, time.Time, error) {
	f, err := find(ctx, id)
	var refusal *forloeb.Refusal
	if errors.As(err, &refusal) {
		return nil, time.Time{}, errUnknownLink
	}
	if err != nil {
		return nil, time.Time{}, err
	}
	now, err := s.store.Now(ctx, f.ID)
	return f, now, err
}

// linksOf are the addresses of a party's pages.
func (s *Server) linksOf(p *forloeb.Party) partyLinks {
	address := func(purpose link.Purpose) string { return purpose.Path(s.links.Token(purpose, p.ID, p.LinkVersion)) }
	return partyLinks{
		Consent: address(link.Consent), Status: address(link.Status), Evaluation: address(link.Evaluation), Meeting: address(link.Meeting),
	}
}

// receiptVersion is the only version of receipts: they end by themselves.
const receiptVersion = 1

// receiptLink is for the sender of an application, for a day.
var receiptLink = policy{name: "applicant receipt", check: func(s *Server, c *gin.Context) error {
	token := c.Param("token")
	opened, err := s.links.Open(link.Receipt, token)
	if err != nil {
		return errUnknownLink
	}
	v := visitor{Home: link.Receipt.Path(token)}
	c.Request = c.Request.WithContext(forloeb.As(c.Request.Context(), forloeb.ForloebViewer(opened.ID)))
	if v.Forloeb, v.Now, err = s.behind(c.Request.Context(), opened.ID, s.store.Forloeb); err != nil {
		return err
	}
	switch opened.Verify(receiptVersion, v.Now) {
	case link.Expired:
		return errReceiptExpired
	case link.Valid:
		c.Set(visitorKey, v)
		return nil
	}
	return errUnknownLink
}}

// receiptAddress is the receipt of an application that was just sent. It is
// the same each time.
func (s *Server) receiptAddress(f *forloeb.Forloeb) string {
	return link.Receipt.Path(s.links.TokenUntil(link.Receipt, f.ID, receiptVersion, f.CreatedAt.Add(link.ReceiptLife)))
}
