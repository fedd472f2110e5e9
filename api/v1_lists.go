package api

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

type listInput struct {
	Status       []forloeb.Status  `query:"status" nullable:"false" doc:"One or more, with commas between" example:"planning,in_progress"`
	Municipality string            `query:"municipality" doc:"Three digits; see GET /api/v1/municipalities" example:"751"`
	Theme        forloeb.ThemeCode `query:"theme" doc:"Among others; see GET /api/v1/themes" example:"cooperation"`
	Consultant   string            `query:"consultant" doc:"The id of the one responsible now; consultants always see only their own, as providers do" example:"6f1c9a52-0b52-4f6e-9f4b-0d3a3d8f6c06"`
	Query        string            `query:"q" maxLength:"100" doc:"Part of the reference, or of a workplace's or a party's name" example:"27-4817"`
	Attention    bool              `query:"needs_attention" doc:"Only those with a task for a person"`
	Cursor       string            `query:"cursor" maxLength:"400" doc:"From next of the page before"`
	Limit        int               `query:"limit" minimum:"1" maximum:"50" default:"50" doc:"Rows of a page"`
}

// pageOf is one page of a list.
type pageOf[T any] struct {
	Items []T    `json:"items" nullable:"false"`
	Next  string `json:"next,omitempty" doc:"Cursor of the next page; left out on the last one"`
}

type pageOutput[T any] struct{ Body pageOf[T] }

type rowDocument struct {
	ID             uuid.UUID            `json:"id" format:"uuid"`
	Reference      string               `json:"reference"`
	Status         forloeb.Status       `json:"status"`
	StatusSince    time.Time            `json:"status_since"`
	Settled        bool                 `json:"settled"`
	Workplace      string               `json:"workplace"`
	Municipality   string               `json:"municipality,omitempty"`
	Region         string               `json:"region,omitempty" doc:"Of a regional workplace"`
	Provider       forloeb.ProviderCode `json:"provider,omitempty" doc:"Who carries it out, when that is not SPARK's own consultants"`
	Themes         []forloeb.ThemeCode  `json:"themes" nullable:"false"`
	Consultant     *consultantName      `json:"consultant"`
	Waiting        waitingDocument      `json:"waiting"`
	NextAt         time.Time            `json:"next_at,omitzero" doc:"When something happens next by itself"`
	NeedsAttention bool                 `json:"needs_attention"`
}

type consultantName struct {
	ID   uuid.UUID `json:"id" format:"uuid"`
	Name string    `json:"name"`
}

func (s *Server) list(ctx context.Context, in *listInput) (*pageOutput[rowDocument], error) {
	filter, err := in.filter(actor(ctx))
	if err != nil {
		return nil, err
	}
	rows, err := s.store.List(ctx, filter)
	if err != nil {
		return nil, err
	}
	out := &pageOutput[rowDocument]{}
	out.Body.Items, out.Body.Next = []rowDocument{}, rows.Next
	for _, r := range rows.Rows {
		out.Body.Items = append(out.Body.Items, newRowDocument(r))
	}
	return out, nil
}

func (in *listInput) filter(by forloeb.Actor) (f forloeb.ListFilter, err error) {
	f = forloeb.ListFilter{
		Statuses: in.Status, Municipality: in.Municipality, Theme: in.Theme,
		Query: in.Query, NeedsAttention: in.Attention, Cursor: in.Cursor, Limit: in.Limit,
	}
	wanted := in.Consultant
	if by.Kind == forloeb.ActorConsultant {
		wanted = by.ID
	}
	if wanted != "" {
		if f.Consultant, err = uuid.Parse(wanted); err != nil {
			return f, invalidParameter("consultant", "invalid", "A consultant's id.")
		}
	}
	return f, nil
}

// newRowDocument tells what the workflow wrote last, which may be days ago:
// what it promised and did not come is left out.
func newRowDocument(r forloeb.ListRow) rowDocument {
	d := rowDocument{
		ID: r.ID, Reference: r.Reference, Status: r.Status, StatusSince: local(r.StatusSince), Settled: r.Settled,
		Workplace: r.Workplace, Municipality: r.Municipality, Region: r.Region, Provider: r.Provider, Themes: orEmpty(r.Themes),
		Waiting: newWaitingDocument(r.Waiting.Promising(r.Now)), NextAt: local(r.NextAt), NeedsAttention: r.NeedsAttention,
	}
	if r.ConsultantID != uuid.Nil {
		d.Consultant = &consultantName{r.ConsultantID, r.Consultant}
	}
	return d
}

type rankedDocument struct {
	ID           uuid.UUID       `json:"id" format:"uuid"`
	Name         string          `json:"name"`
	Total        int             `json:"total"`
	Score        []forloeb.Score `json:"score" nullable:"false"`
	Obstacle     string          `json:"obstacle,omitempty" doc:"Why matching passes over this one" enum:"inactive,themes,region,leave,conflict,conflict_of_interest,recused,capacity,new"`
	Load         int             `json:"load" doc:"Open forløb between assignment and the last meeting"`
	Capacity     int             `json:"capacity"`
	LastAssigned time.Time       `json:"last_assigned,omitzero"`
}

func (s *Server) ranking(ctx context.Context, in *ForloebPath) (*listOutput[rankedDocument], error) {
	f, err := s.own(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	ranked, err := s.store.Ranking(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	var list []rankedDocument
	for _, r := range ranked {
		list = append(list, newRankedDocument(r))
	}
	return listed(list), nil
}

func newRankedDocument(r forloeb.Ranked) rankedDocument {
	d := rankedDocument{
		ID: r.ID, Name: r.Name, Total: r.Total(), Score: orEmpty(r.Score),
		Load: r.Load, Capacity: r.Capacity,
	}
	if !r.Fits() {
		d.Obstacle = r.Obstacles[0]
	}
	if r.LastAssigned.Unix() > 0 { // never, in the database, is the beginning of time
		d.LastAssigned = local(r.LastAssigned)
	}
	return d
}

type tasksInput struct {
	All    bool   `query:"all" doc:"Closed ones too"`
	Mine   bool   `query:"mine" doc:"Only those one has taken"`
	Cursor string `query:"cursor" maxLength:"400" doc:"From next of the page before"`
}

type taskDocument struct {
	ID        int64            `json:"id"`
	Kind      forloeb.TaskKind `json:"kind"`
	Subject   string           `json:"subject" doc:"What it is about: the id of a party, a meeting or a mail, and a number"`
	OpenedAt  time.Time        `json:"opened_at"`
	ClosedAt  time.Time        `json:"closed_at,omitzero"`
	Forloeb   uuid.UUID        `json:"forloeb" format:"uuid"`
	Reference string           `json:"reference"`
	Status    forloeb.Status   `json:"status" doc:"Where the forløb stands"`
	Workplace string           `json:"workplace"`

	Claim       *claimDocument `json:"claim,omitempty" doc:"Who has taken it"`
	PutOffUntil string         `json:"put_off_until,omitempty" format:"date" doc:"The day on which it is on the morning page again"`
}

// claimDocument is who has taken a task.
type claimDocument struct {
	By   uuid.UUID `json:"by" format:"uuid" doc:"A member of staff, or a token"`
	Name string    `json:"name"`
	At   time.Time `json:"at"`
}

func (s *Server) tasks(ctx context.Context, in *tasksInput) (*pageOutput[taskDocument], error) {
	filter := forloeb.TaskFilter{Which: forloeb.TasksOpen, Cursor: in.Cursor}
	if in.All {
		filter.Which = forloeb.TasksAll
	}
	if in.Mine {
		filter.Holder = principal(ctx).ID
	}
	page, err := s.store.Tasks(ctx, filter)
	if err != nil {
		return nil, err
	}
	out := &pageOutput[taskDocument]{}
	out.Body.Items, out.Body.Next = []taskDocument{}, page.Next
	for _, t := range page.Rows {
		out.Body.Items = append(out.Body.Items, newTaskDocument(t))
	}
	return out, nil
}

func newTaskDocument(t forloeb.TaskRow) taskDocument {
	d := taskDocument{
		ID: t.ID, Kind: t.Kind, Subject: t.Subject, OpenedAt: local(t.OpenedAt), ClosedAt: local(t.ClosedAt),
		Forloeb: t.ForloebID, Reference: t.Reference, Status: t.Status, Workplace: t.Workplace,
	}
	if !t.Open() {
		return d
	}
	d.Claim, d.PutOffUntil = handlingDocuments(t.Handling)
	return d
}

// handlingDocuments are who has a task, and until when it is put off.
func handlingDocuments(h forloeb.Handling) (claim *claimDocument, putOffUntil string) {
	if h.Claim.Taken() {
		claim = &claimDocument{h.Claim.By, h.Claim.Name, local(h.Claim.At)}
	}
	return claim, day(h.PutOff.Until)
}

// NumberPath is a task or a mail.
type NumberPath struct {
	ID string `path:"id" doc:"The task's or the mail's number" example:"17"`
}

func (s *Server) closeTask(ctx context.Context, in *NumberPath) (*forloebOutput, error) {
	return s.onNumber(ctx, in.ID, s.store.ByTask, func(n int64) forloeb.Deed { return forloeb.CloseTask{Task: n} })
}

func (s *Server) resendMail(ctx context.Context, in *NumberPath) (*forloebOutput, error) {
	return s.settleMail(ctx, in.ID, forloeb.ResendMail)
}

func (s *Server) releaseMail(ctx context.Context, in *NumberPath) (*forloebOutput, error) {
	return s.settleMail(ctx, in.ID, forloeb.ReleaseMail)
}

func (s *Server) letMailBe(ctx context.Context, in *NumberPath) (*forloebOutput, error) {
	return s.settleMail(ctx, in.ID, forloeb.LetMailBe)
}

func (s *Server) settleMail(ctx context.Context, id string, action forloeb.MailAction) (*forloebOutput, error) {
	return s.onNumber(ctx, id, s.store.ByMail, func(n int64) forloeb.Deed { return forloeb.SettleMail{Mail: n, Action: action} })
}
