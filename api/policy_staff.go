package api

import (
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// Pages of the staff, by who may see them. Those of one forløb find it first:
// one that is not theirs is not there.
var (
	staffPage       = loggedIn("staff page", forloeb.StaffRoles...)
	secretariatPage = loggedIn("staff page", forloeb.RoleSecretariat, forloeb.RoleHead)
	headPage        = loggedIn("staff page", forloeb.RoleHead)
	consultantPage  = loggedIn("staff page", forloeb.RoleConsultant)
	providerPage    = loggedIn("staff page", forloeb.RoleProvider)
	figuresPolicy   = loggedIn("staff page", forloeb.RoleReader, forloeb.RoleSecretariat, forloeb.RoleHead)

	secretariatCase = oneForloeb(secretariatArea, forloeb.RoleSecretariat, forloeb.RoleHead)
	consultantCase  = oneForloeb(consultantArea, forloeb.RoleConsultant)
	providerCase    = oneForloeb(providerArea, forloeb.RoleProvider)
)

// Where the staff's pages lie.
const (
	secretariatArea = "/sekretariat"
	consultantArea  = "/konsulent"
	providerArea    = "/udbyder"
)

// caseAreas are the areas with pages of one forløb.
var caseAreas = []struct {
	path   string
	policy policy
}{{secretariatArea, secretariatCase}, {consultantArea, consultantCase}, {providerArea, providerCase}}

// staffArea is where somebody's pages lie.
func staffArea(who forloeb.Principal) string {
	switch who.Role {
	case forloeb.RoleConsultant:
		return consultantArea
	case forloeb.RoleProvider:
		return providerArea
	}
	return secretariatArea
}

// loggedIn is for members of staff with one of the roles.
func loggedIn(name string, roles ...forloeb.StaffRole) policy {
	return policy{name: name, roles: roles, check: func(s *Server, c *gin.Context) error {
		who, ctx, err := s.session(c)
		if err != nil {
			return err
		}
		c.Request = c.Request.WithContext(forloeb.AskedBy(c.Request.Context(), who))
		if !slices.Contains(roles, who.Role) {
			return errWrongRole
		}
		if byItself(c) {
			return nil
		}
		return s.used(ctx)
	}}
}

// staffCase is one forløb, as a member of staff came to it.
type staffCase struct {
	*forloeb.Forloeb
	By   forloeb.Principal
	Now  time.Time // on the forløb's clock
	Area string    // secretariatArea, consultantArea or providerArea

	Whom       *forloeb.Party     // whom the address names; nil where it names nobody
	Place      *forloeb.Workplace // a workplace of a shared forløb, where it is about one
	Which      *forloeb.Meeting   // which meeting it names; nil where it names none
	Comer      *forloeb.Guest     // which mødedeltager it names; nil where it names none
	Diary      forloeb.Diary      // the consultant's, on pages about times
	Candidates []candidate        // for the forløb, the best first; where one is chosen
	Earlier    []forloeb.Earlier  // other forløb at the workplace, to those who run forløb
	Alike      []forloeb.Alike    // open forløb that may be about the same, to the secretariat

	Handlings map[int64]forloeb.Handling // of its open tasks, on its own page
	Notes     []forloeb.Note             // that the reader may read, on its own page
}

// Home is the address of the forløb's page.
func (k staffCase) Home() string { return k.Area + "/forloeb/" + k.ID.String() }

// runs reports whether these are the pages of those who run forløb, with
// every mail and task; a consultant has less.
func (k staffCase) runs() bool { return k.Area != consultantArea }

// say puts the programme's word for a consultant into a sentence of ours.
func (k staffCase) say(sentence string) string { return k.Words().Say(sentence) }

const caseKey = "case"

// caseOf is the forløb that the policy has found.
func caseOf(c *gin.Context) staffCase {
	k, _ := c.Value(caseKey).(staffCase)
	return k
}

// oneForloeb is for members of staff with one of the roles, at the address of
// a forløb {id} that they may see.
func oneForloeb(area string, roles ...forloeb.StaffRole) policy {
	inside := loggedIn("staff case", roles...)
	return policy{name: inside.name, roles: roles, check: func(s *Server, c *gin.Context) error {
		if err := inside.check(s, c); err != nil {
			return err
		}
		ctx := c.Request.Context()
		f, err := s.find(ctx, c.Param("id"))
		if err != nil {
			return err
		}
		now, err := s.store.Now(ctx, f.ID)
		c.Set(caseKey, staffCase{Forloeb: f, By: principal(ctx), Now: now, Area: area})
		return err
	}}
}
