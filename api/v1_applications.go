package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// submissionBody is an application as programs send it. What is legal is the
// domain's to judge, so that form and API get the same answers.
type submissionBody struct {
	Programme    forloeb.ProgrammeCode `json:"programme" example:"spark"`
	Type         forloeb.TypeCode      `json:"type" example:"individual"`
	StartedBy    forloeb.StartedBy     `json:"started_by" example:"leader" doc:"leader, rep or other"`
	Municipality string                `json:"municipality,omitempty" example:"461" doc:"Three digits; see GET /api/v1/municipalities"`
	Workplace    string                `json:"workplace,omitempty" doc:"Its name; at most 200 characters. Of a shared forløb, left out with employees: whoever applies takes no part"`
	Sector       forloeb.Sector        `json:"sector,omitempty" example:"school" doc:"Of a shared forløb: the line of work that every workplace belongs to, if it is for all of one"`
	Employees    forloeb.Employees     `json:"employees,omitempty" example:"20-49"`
	Body         forloeb.Body          `json:"body" example:"trio" doc:"In whose name the pair applies"`
	Leader       leaderBody            `json:"leader"`
	Rep          repBody               `json:"rep" doc:"The employee representative"`
	Themes       []forloeb.ThemeCode   `json:"themes" nullable:"false" doc:"See GET /api/v1/themes"`
	Situation    string                `json:"situation" doc:"At most 2,000 characters, without names and CPR numbers"`
	ChangeGoal   string                `json:"change_goal,omitempty" doc:"What they want changed (forandringsønske)"`
	Tried        string                `json:"tried,omitempty"`
	Timing       string                `json:"timing,omitempty"`
	Declared     bool                  `json:"declared" doc:"All of the programme's declarations"`

	BodyName     string            `json:"body_name,omitempty" doc:"Of body other: what it is called"`
	Focus        string            `json:"focus,omitempty" doc:"Of a shared forløb: what it starts from; at most 200 characters"`
	Quorum       int               `json:"quorum,omitempty" minimum:"0" doc:"Of a shared forløb: how many workplaces it begins with; the type's least when left out"`
	Participants []participantBody `json:"participants,omitempty" nullable:"false" doc:"Of a shared forløb: the workplaces that are to take part. They are asked when both who apply have agreed"`

	Region     string                         `json:"region,omitempty" doc:"Of a regional workplace, instead of municipality and sector: code of a region on the map of the day; see GET /api/v1/municipalities"`
	UnitType   forloeb.UnitType               `json:"unit_type,omitempty" doc:"Of a regional workplace"`
	Provider   forloeb.ProviderCode           `json:"provider,omitempty" doc:"Who is applied to, where the programme has providers; see GET /api/v1/programmes"`
	Exclusions map[forloeb.ExclusionCode]bool `json:"exclusions,omitempty" doc:"An answer to each of the programme's exclusions; a yes is refused"`
}

// participantBody is a workplace that is to take part, and the pair that
// answers for it.
type participantBody struct {
	Workplace    string            `json:"workplace"`
	Municipality string            `json:"municipality" example:"461"`
	Sector       forloeb.Sector    `json:"sector" example:"school"`
	Employees    forloeb.Employees `json:"employees" example:"20-49"`
	Leader       leaderBody        `json:"leader"`
	Rep          repBody           `json:"rep"`
}

func participants(list []participantBody) (all []forloeb.Participant) {
	for _, p := range list {
		all = append(all, forloeb.Participant{
			Workplace: p.Workplace, Municipality: p.Municipality, Sector: p.Sector, Employees: p.Employees,
			Leader: forloeb.Contact(p.Leader), Rep: forloeb.Representative(p.Rep),
		})
	}
	return all
}

func participantBodies(list []forloeb.Participant) (all []participantBody) {
	for _, p := range list {
		all = append(all, participantBody{
			Workplace: p.Workplace, Municipality: p.Municipality, Sector: p.Sector, Employees: p.Employees,
			Leader: leaderBody(p.Leader), Rep: repBody(p.Rep),
		})
	}
	return all
}

type leaderBody struct {
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
	Email string `json:"email"`
	Phone string `json:"phone,omitempty"`
}

type repBody struct {
	Name  string       `json:"name"`
	Role  forloeb.Role `json:"role" doc:"amr, tr or other_elected"`
	Email string       `json:"email"`
	Phone string       `json:"phone,omitempty"`
}

func (b submissionBody) submission() forloeb.Submission {
	return forloeb.Submission{
		Programme: b.Programme, Type: b.Type, StartedBy: b.StartedBy,
		Municipality: b.Municipality, Workplace: b.Workplace, Sector: b.Sector, Employees: b.Employees, Body: b.Body,
		Leader: forloeb.Contact(b.Leader), Rep: forloeb.Representative(b.Rep),
		Themes: b.Themes, Situation: b.Situation, ChangeGoal: b.ChangeGoal, Tried: b.Tried, Timing: b.Timing, Declared: b.Declared,
		BodyName: b.BodyName, Focus: b.Focus, Quorum: b.Quorum, Participants: participants(b.Participants),
		Region: b.Region, UnitType: b.UnitType, Provider: b.Provider, Exclusions: b.Exclusions,
	}
}

type applyInput struct {
	Key  string `header:"Idempotency-Key" required:"true" minLength:"8" maxLength:"200" example:"8d3e4b0a-6f62-4f0e-9a53-6f1f6c1d2a77" doc:"New for each application; sending the same again gives the same answer"`
	Body submissionBody
}

// Resolve tells the rules' mistakes together with those of form, unless the
// application is refused whatever it says.
func (in *applyInput) Resolve(huma.Context) []error {
	sub, now := in.Body.submission(), time.Now()
	if sub.Refused(forloeb.IntakeDecision{}, now) != nil { // where it is decided otherwise, receive tells them
		return nil
	}
	return asErrors(sub.Check(now))
}

func asErrors(found []forloeb.Mistake) []error {
	if len(found) == 0 {
		return nil
	}
	return []error{mistakes(found)}
}

type applyOutput struct {
	Status   int
	Location string `header:"Location"`
	Body     receivedDocument
}

// receivedDocument is what the sender learns.
type receivedDocument struct {
	ID        uuid.UUID      `json:"id" format:"uuid"`
	Reference string         `json:"reference"`
	Status    forloeb.Status `json:"status"`
	Links     receivedLinks  `json:"links"`
}

type receivedLinks struct {
	Self    string `json:"self" doc:"For staff, with a token"`
	Receipt string `json:"receipt" doc:"The page the form's sender gets; for a day"`
}

// apply receives an application. Sent again, it gives the same answer with
// 200 instead of 201.
func (s *Server) apply(ctx context.Context, in *applyInput) (*applyOutput, error) {
	by := forloeb.Actor{Kind: forloeb.ActorApplicant}
	f, fresh, err := s.receive(ctx, in.Body.submission(), in.Key, by)
	if r := refusedWith(err, forloeb.RefuseIntakeClosed, forloeb.RefuseProgrammeClosed); r != nil {
		programme, _ := forloeb.ProgrammeByCode(in.Body.Programme)
		return nil, closedProblem(r, s.intake(ctx, programme))
	}
	if err != nil {
		return nil, err
	}
	self := "/api/v1/forloeb/" + f.ID.String()
	out := &applyOutput{Status: http.StatusOK, Location: self, Body: receivedDocument{
		ID: f.ID, Reference: f.Reference, Status: f.Status,
		Links: receivedLinks{Self: s.config.BaseURL + self, Receipt: s.config.BaseURL + s.receiptAddress(f)},
	}}
	if fresh {
		out.Status = http.StatusCreated
	}
	return out, nil
}

// receive checks an application and creates its forløb, for the form and the
// JSON API alike. It is not fresh when it was received before.
func (s *Server) receive(ctx context.Context, sub forloeb.Submission, key string, by forloeb.Actor) (f *forloeb.Forloeb, fresh bool, err error) {
	sub = sub.Clean()
	if err := s.refused(ctx, sub); err != nil {
		return nil, false, err
	}
	if found := sub.Check(s.now()); len(found) > 0 {
		return nil, false, mistakes(found)
	}
	if err := s.spend(ctx, spendApplication); err != nil {
		return nil, false, err
	}
	c, err := s.store.Create(ctx, sub, key, by)
	if err != nil {
		return nil, false, err
	}
	s.process.Now(ctx, c.Acts...)
	f, err = s.received(ctx, c)
	return f, len(c.Acts) > 0, err
}

type editInput struct {
	ForloebPath
	Body submissionBody
}

// Resolve does as for a new application. What depends on the day it came in
// is told by edit, which knows the day.
func (in *editInput) Resolve(huma.Context) []error {
	found := in.Body.submission().Check(time.Now())
	return asErrors(slices.DeleteFunc(found, func(m forloeb.Mistake) bool { return !m.Date.IsZero() }))
}

// edit makes a new revision. The rules are those of the day the application
// came in.
func (s *Server) edit(ctx context.Context, in *editInput) (*forloebOutput, error) {
	f, err := s.own(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	sub := in.Body.submission().Clean()
	if sub.Programme != f.Programme {
		return nil, invalid(ProblemError{Pointer: "#/programme", Code: "fixed", Detail: "The programme cannot be changed; apply again instead."})
	}
	if sub.Type != f.Type {
		return nil, invalid(ProblemError{Pointer: "#/type", Code: "fixed", Detail: "The type cannot be changed; apply again instead."})
	}
	if sub.Provider != f.Provider {
		return nil, invalid(ProblemError{Pointer: "#/provider", Code: "fixed", Detail: "The provider cannot be changed; apply again instead."})
	}
	if !slices.Equal(sub.Participants, f.Submission().Participants) {
		return nil, invalid(ProblemError{Pointer: "#/participants", Code: "fixed",
			Detail: "The workplaces are asked by themselves and cannot be changed here. Take one out with workplaces/{workplace}/leave, and change its people with parties/{party}."})
	}
	if found := sub.Check(f.CreatedAt); len(found) > 0 {
		return nil, mistakes(found)
	}
	return s.actOn(ctx, f, forloeb.ChangeApplication{Submission: sub})
}
