package api

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

type consultantDocument struct {
	ID       uuid.UUID            `json:"id" format:"uuid"`
	Provider forloeb.ProviderCode `json:"provider,omitempty" doc:"Whose expert; none: SPARK's own consultant"`
	Name     string               `json:"name"`
	Email    string               `json:"email"`
	Phone    string               `json:"phone,omitempty"`
	Themes   []forloeb.ThemeCode  `json:"themes" nullable:"false"`
	Regions  []string             `json:"regions" nullable:"false"`
	Capacity int                  `json:"capacity" doc:"Open forløb at a time"`
	Active   bool                 `json:"active"`
	Leaves   []leaveDocument      `json:"leaves" nullable:"false" doc:"The running one and those to come"`
	Load     int                  `json:"load" doc:"Open forløb between assignment and the last meeting"`
	OnLeave  bool                 `json:"on_leave" doc:"Today"`
}

type leaveDocument struct {
	From string `json:"from" format:"date"`
	To   string `json:"to" format:"date" doc:"The last day"`
}

type consultantOutput struct {
	Status int
	Body   consultantDocument
}

func (s *Server) consultants(ctx context.Context, _ *struct{}) (*listOutput[consultantDocument], error) {
	rows, err := s.store.Consultants(ctx)
	if err != nil {
		return nil, err
	}
	var list []consultantDocument
	for _, r := range rows {
		list = append(list, newConsultantDocument(r))
	}
	return listed(list), nil
}

func newConsultantDocument(r forloeb.ConsultantRow) consultantDocument {
	d := consultantDocument{
		ID: r.ID, Provider: r.Provider, Name: r.Name, Email: r.Email, Phone: r.Phone, Themes: orEmpty(r.Themes), Regions: orEmpty(r.Regions),
		Capacity: r.Capacity, Active: r.Active, Leaves: []leaveDocument{}, Load: r.Load, OnLeave: r.OnLeave,
	}
	for _, l := range r.Leaves {
		d.Leaves = append(d.Leaves, leaveDocument{day(l.From), day(l.To)})
	}
	return d
}

type newConsultantBody struct {
	Provider forloeb.ProviderCode `json:"provider,omitempty" doc:"Whose expert; it never changes"`
	Name     string               `json:"name" maxLength:"100"`
	Email    string               `json:"email" maxLength:"254"`
	Phone    string               `json:"phone,omitempty" maxLength:"40"`
	Themes   []forloeb.ThemeCode  `json:"themes" nullable:"false" doc:"See GET /api/v1/themes"`
	Regions  []string             `json:"regions" nullable:"false" doc:"Codes of either map; see GET /api/v1/municipalities"`
	Capacity int                  `json:"capacity" minimum:"0" maximum:"100" doc:"Open forløb at a time"`
	Leaves   []leaveDocument      `json:"leaves,omitempty" nullable:"false"`
}

type newConsultantInput struct{ Body newConsultantBody }

func (s *Server) addConsultant(ctx context.Context, in *newConsultantInput) (*consultantOutput, error) {
	b := in.Body
	leaves, wrong := readLeaves(b.Leaves)
	return s.saveConsultant(ctx, http.StatusCreated, wrong, forloeb.ConsultantRecord{
		Consultant: forloeb.Consultant{Provider: b.Provider, Name: b.Name, Email: b.Email, Phone: b.Phone, Themes: b.Themes, Regions: b.Regions, Capacity: b.Capacity, Active: true},
		Leaves:     leaves,
	})
}

type changeConsultantBody struct {
	Name     *string              `json:"name,omitempty" maxLength:"100"`
	Email    *string              `json:"email,omitempty" maxLength:"254"`
	Phone    *string              `json:"phone,omitempty" maxLength:"40"`
	Themes   *[]forloeb.ThemeCode `json:"themes,omitempty" nullable:"false"`
	Regions  *[]string            `json:"regions,omitempty" nullable:"false"`
	Capacity *int                 `json:"capacity,omitempty" minimum:"0" maximum:"100"`
	Active   *bool                `json:"active,omitempty" doc:"False: gets no new forløb and may not log in"`
	Leaves   *[]leaveDocument     `json:"leaves,omitempty" nullable:"false" doc:"All of them, those that are over excepted"`
}

type changeConsultantInput struct {
	ID   string `path:"id" doc:"The consultant's id" example:"6f1c9a52-0b52-4f6e-9f4b-0d3a3d8f6c06"`
	Body changeConsultantBody
}

func (s *Server) changeConsultant(ctx context.Context, in *changeConsultantInput) (*consultantOutput, error) {
	rows, err := s.store.Consultants(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(rows, func(r forloeb.ConsultantRow) bool { return r.ID.String() == in.ID })
	if i < 0 {
		return nil, errNoForloeb
	}
	c, b := rows[i].ConsultantRecord, in.Body
	change(&c.Name, b.Name)
	change(&c.Email, b.Email)
	change(&c.Phone, b.Phone)
	change(&c.Themes, b.Themes)
	change(&c.Regions, b.Regions)
	change(&c.Capacity, b.Capacity)
	change(&c.Active, b.Active)
	var wrong []ProblemError
	if b.Leaves != nil {
		c.Leaves, wrong = readLeaves(*b.Leaves)
	}
	return s.saveConsultant(ctx, http.StatusOK, wrong, c)
}

// change takes what was sent; what was not stays.
func change[T any](field *T, sent *T) {
	if sent != nil {
		*field = *sent
	}
}

// saveConsultant keeps one, unless something is wrong with it beyond what was
// found already.
func (s *Server) saveConsultant(ctx context.Context, status int, wrong []ProblemError, c forloeb.ConsultantRecord) (*consultantOutput, error) {
	if wrong = append(ruleErrors(c.Mistakes()), wrong...); len(wrong) > 0 {
		return nil, invalid(wrong...)
	}
	saved, err := s.store.SaveConsultant(ctx, c)
	if err != nil {
		return nil, err
	}
	s.process.Now(ctx, saved.Acts...)
	rows, err := s.store.Consultants(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if r.ID == saved.ID {
			return &consultantOutput{Status: status, Body: newConsultantDocument(r)}, nil
		}
	}
	return nil, errNoForloeb
}

func readLeaves(list []leaveDocument) (leaves []forloeb.Leave, wrong []ProblemError) {
	for i, l := range list {
		from, wrongFrom := time.ParseInLocation(time.DateOnly, l.From, forloeb.Copenhagen)
		to, wrongTo := time.ParseInLocation(time.DateOnly, l.To, forloeb.Copenhagen)
		if wrongFrom != nil || wrongTo != nil || to.Before(from) {
			wrong = append(wrong, ProblemError{Pointer: wholeBody + "/leaves/" + strconv.Itoa(i), Code: "bad_date",
				Detail: "Two dates such as 2027-03-11, the last not before the first."})
		}
		leaves = append(leaves, forloeb.Leave{From: from, To: to})
	}
	return leaves, wrong
}
