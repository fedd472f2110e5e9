package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Where a consultant is not to have forløb (habilitet), on a page that those
// who keep the consultants and the consultants themselves have.

const (
	recusalsPath    = "/habilitet"
	ownRecusalsPath = consultantArea + recusalsPath
	endRecusalPath  = "/{recusal}/ophaev"
)

// recusalRoutes are the page where it is registered and the button that ends
// one, in every area.
func (s *Server) recusalRoutes() (routes []route) {
	for _, area := range []struct {
		path   string
		policy policy
	}{{consultantsPath + "/{id}" + recusalsPath, secretariatPage}, {expertsPath + "/{id}" + recusalsPath, providerPage}, {ownRecusalsPath, consultantPage}} {
		routes = append(routes,
			pageAt(http.MethodGet, area.path, area.policy, s.showRecusals),
			pageAt(http.MethodPost, area.path, area.policy, s.sendRecusal),
			pageAt(http.MethodPost, area.path+endRecusalPath, area.policy, s.endRecusal))
	}
	return append(routes,
		get("/api/v1/consultants/{id}/recusals", everyStaff, "list-recusals", "Where a consultant is not to have forløb", s.recusals),
		created("/api/v1/consultants/{id}/recusals", everyStaff, "recuse", "Register where a consultant is not to have forløb", s.recuse),
		post("/api/v1/consultants/{id}/recusals/{recusal}/end", everyStaff, "end-recusal", "Let a consultant have forløb there again", s.endRecusalByToken))
}

// recusing is whose recusals a request is about.
type recusing struct {
	consultant uuid.UUID
	name       string // empty on the consultant's own page
	address    string
	back       string
}

// recusingOf finds the consultant of the address, or the one who is logged in.
func (s *Server) recusingOf(c *gin.Context) (recusing, error) {
	who := principal(c.Request.Context())
	if who.Role == forloeb.RoleConsultant {
		return recusing{consultant: who.Consultant, address: ownRecusalsPath, back: ownCalendarPath}, nil
	}
	row, err := s.consultantRow(c)
	page := bureauOf(who).consultants() + "/" + row.ID.String()
	return recusing{consultant: row.ID, name: row.Name, address: page + recusalsPath, back: page}, err
}

// showRecusals is the page, with what was typed before a new login.
func (s *Server) showRecusals(c *gin.Context) error {
	r, err := s.recusingOf(c)
	if err != nil {
		return err
	}
	page, err := s.recusalsPage(c, r)
	if err != nil {
		return err
	}
	if typed := s.typed(c); typed != nil {
		page.Form, page.Restored = recusalForm{Place: typed.Get("place"), Workplace: typed.Get("workplace"), Reason: typed.Get("reason")}, true
	}
	return s.write(c, http.StatusOK, page)
}

// sendRecusal registers one. Where the consultant has open forløb there, the
// page says so first.
func (s *Server) sendRecusal(c *gin.Context) error {
	of, err := s.recusingOf(c)
	if err != nil {
		return err
	}
	var form recusalForm
	if c.ShouldBind(&form) != nil {
		return errBadForm
	}
	page, err := s.recusalsPage(c, of)
	if err != nil {
		return err
	}
	page.Form = form
	r := form.recusal(of.consultant, principal(c.Request.Context()))
	for _, m := range r.Mistakes() {
		page.Errors = append(page.Errors, fieldError{m.Field, m.Danish()})
	}
	if len(page.Errors) > 0 {
		return s.write(c, http.StatusUnprocessableEntity, page)
	}
	if !form.Sure {
		if page.Open, err = s.recusedFrom(c, r); err != nil {
			return err
		}
		if len(page.Open) > 0 {
			return s.write(c, http.StatusOK, page)
		}
	}
	acts, err := s.store.Recuse(c.Request.Context(), r)
	if refused := refusedWith(err, forloeb.RefuseRecusedAlready); refused != nil {
		page.Errors = []fieldError{{"place", refused.Danish()}}
		return s.write(c, http.StatusUnprocessableEntity, page)
	}
	if err != nil {
		return err
	}
	s.process.Now(c.Request.Context(), acts...)
	return seeOther(c, withDone(of.address, doneRecused))
}

// recusal reads the form.
func (f recusalForm) recusal(consultant uuid.UUID, by forloeb.Principal) forloeb.Recusal {
	return forloeb.Recusal{ID: uuid.New(), Consultant: consultant, Place: f.Place, Workplace: f.Workplace, Reason: f.Reason, By: by.Actor()}.Clean()
}

// recusedFrom are the ways to what the consultant has there.
func (s *Server) recusedFrom(c *gin.Context, r forloeb.Recusal) (list []wayOn, err error) {
	found, err := s.store.RecusedFrom(c.Request.Context(), r)
	for _, f := range found {
		list = append(list, wayOn{Label: f.Reference + ", " + f.Workplace, Address: bureauOf(principal(c.Request.Context())).list() + "/" + f.ID.String()})
	}
	return list, err
}

// endRecusal ends one. One that is ended already is as it should be.
func (s *Server) endRecusal(c *gin.Context) error {
	of, err := s.recusingOf(c)
	if err != nil {
		return err
	}
	id, err := uuid.Parse(c.Param("recusal"))
	if err != nil {
		return errNoRoute
	}
	ctx := c.Request.Context()
	acts, err := s.store.EndRecusal(ctx, of.consultant, id, principal(ctx).Actor())
	if refusedWith(err, forloeb.RefuseNotFound) != nil {
		return seeOther(c, of.address)
	}
	if err != nil {
		return err
	}
	s.process.Now(ctx, acts...)
	return seeOther(c, withDone(of.address, doneRecusalEnded))
}

func (s *Server) recusalsPage(c *gin.Context, of recusing) (*recusalsPage, error) {
	ctx := c.Request.Context()
	list, err := s.store.Recusals(ctx, of.consultant)
	if err != nil {
		return nil, err
	}
	return newRecusalsPage(s.now(), principal(ctx), of, list), nil
}

func newRecusalsPage(now time.Time, who forloeb.Principal, of recusing, list []forloeb.Recusal) *recusalsPage {
	page := &recusalsPage{Back: of.back, Name: of.name, Action: of.address, Places: placeOptions(now), Told: whoReadsReasons(of), Decider: decider(who)}
	for _, r := range list {
		line := recusalLine{Where: r.Where(), Reason: r.Reason, Registered: forloeb.Date(r.At) + " af " + registeredBy(r.By, of.name)}
		if r.MayEnd(who.Actor()) == nil {
			line.End = of.address + "/" + r.ID.String() + "/ophaev"
		}
		page.List = append(page.List, line)
	}
	return page
}

// decider is who decides about what a consultant has already.
func decider(who forloeb.Principal) string {
	switch {
	case who.Role == forloeb.RoleProvider:
		return "I"
	case who.Provider != "":
		return who.Provider.Label()
	}
	return "sekretariatet"
}

// whoReadsReasons is said where a reason is written.
func whoReadsReasons(of recusing) string {
	who := of.name
	if who == "" {
		who = "du"
	}
	return "Kun " + who + " og lederen af SPARKs sekretariat kan se den. Den slettes, når det ophæves. Skriv ikke CPR-numre."
}

// registeredBy is who wrote it down.
func registeredBy(by forloeb.Actor, name string) string {
	switch by.Kind {
	case forloeb.ActorConsultant:
		if name == "" {
			return "dig"
		}
		return name
	case forloeb.ActorProvider:
		return "udbyderen"
	}
	return "sekretariatet"
}

// placeOptions are the regions of today and the year to come, and the
// municipalities.
func placeOptions(now time.Time) []option {
	list := regionOptions(now, nil)
	for _, m := range forloeb.Municipalities() {
		list = append(list, option{Value: m.Code, Label: m.OfficialName})
	}
	return list
}

// ConsultantPath is a consultant.
type ConsultantPath struct {
	ID string `path:"id" doc:"The consultant's id" example:"6f1c9a52-0b52-4f6e-9f4b-0d3a3d8f6c06"`
}

type recusalDocument struct {
	ID           uuid.UUID `json:"id" format:"uuid"`
	Place        string    `json:"place" doc:"A municipality's code, or a region's"`
	Workplace    string    `json:"workplace,omitempty" doc:"Left out: all of the place"`
	Reason       string    `json:"reason,omitempty" doc:"To the consultant and the head alone"`
	RegisteredAt time.Time `json:"registered_at"`
	RegisteredBy string    `json:"registered_by" enum:"consultant,provider,secretariat"`
}

func (s *Server) recusals(ctx context.Context, in *ConsultantPath) (*listOutput[recusalDocument], error) {
	consultant, err := s.ownConsultant(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return s.recusalList(ctx, consultant)
}

func (s *Server) recusalList(ctx context.Context, consultant uuid.UUID) (*listOutput[recusalDocument], error) {
	found, err := s.store.Recusals(ctx, consultant)
	if err != nil {
		return nil, err
	}
	var list []recusalDocument
	for _, r := range found {
		list = append(list, recusalDocument{ID: r.ID, Place: r.Place, Workplace: r.Workplace, Reason: r.Reason, RegisteredAt: local(r.At), RegisteredBy: string(r.By.Kind)})
	}
	return listed(list), nil
}

// ownConsultant finds one whom whoever asks may speak for: a consultant
// themselves, a provider's people their experts.
func (s *Server) ownConsultant(ctx context.Context, id string) (uuid.UUID, error) {
	who := principal(ctx)
	rows, err := s.store.Consultants(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	i := slices.IndexFunc(rows, func(r forloeb.ConsultantRow) bool {
		return r.ID.String() == id && (who.Role != forloeb.RoleConsultant || r.ID == who.Consultant)
	})
	if i < 0 {
		return uuid.Nil, errNoForloeb
	}
	return rows[i].ID, nil
}

type recusalBody struct {
	Place     string `json:"place" doc:"A municipality's code, or a region's; see GET /api/v1/municipalities"`
	Workplace string `json:"workplace,omitempty" doc:"Its name; other ways of writing it count too. Left out: all of the place"`
	Reason    string `json:"reason,omitempty" doc:"Read by the consultant and the head alone"`
	Sure      bool   `json:"sure,omitempty" doc:"The open forløb that the consultant has there are known: without it, having some is refused"`
}

type recuseInput struct {
	ConsultantPath
	Body recusalBody
}

func (s *Server) recuse(ctx context.Context, in *recuseInput) (*listOutput[recusalDocument], error) {
	consultant, err := s.ownConsultant(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	r := recusalForm{Place: in.Body.Place, Workplace: in.Body.Workplace, Reason: in.Body.Reason}.recusal(consultant, principal(ctx))
	if wrong := r.Mistakes(); len(wrong) > 0 {
		return nil, invalid(ruleErrors(wrong)...)
	}
	if !in.Body.Sure {
		if found, err := s.store.RecusedFrom(ctx, r); err != nil || len(found) > 0 {
			return nil, errors.Join(err, &forloeb.Refusal{Code: forloeb.RefuseHasForloebThere, N: len(found)})
		}
	}
	acts, err := s.store.Recuse(ctx, r)
	if err != nil {
		return nil, err
	}
	s.process.Now(ctx, acts...)
	return s.recusalList(ctx, consultant)
}

// RecusalPath is one of a consultant's recusals.
type RecusalPath struct {
	ConsultantPath
	Recusal string `path:"recusal" doc:"The recusal's id" example:"6f1c9a52-0b52-4f6e-9f4b-0d3a3d8f6c07"`
}

func (s *Server) endRecusalByToken(ctx context.Context, in *RecusalPath) (*listOutput[recusalDocument], error) {
	consultant, err := s.ownConsultant(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	id, err := uuid.Parse(in.Recusal)
	if err != nil {
		return nil, errNoForloeb
	}
	acts, err := s.store.EndRecusal(ctx, consultant, id, principal(ctx).Actor())
	if err != nil {
		return nil, err
	}
	s.process.Now(ctx, acts...)
	return s.recusalList(ctx, consultant)
}
