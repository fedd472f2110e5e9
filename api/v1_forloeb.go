package api

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// forloebDocument is one forløb as programs of the staff read it. It holds no
// link and none of the application's free text.
type forloebDocument struct {
	ID          uuid.UUID             `json:"id" format:"uuid"`
	Reference   string                `json:"reference" doc:"Easy to say on the telephone; gives no access"`
	Programme   forloeb.ProgrammeCode `json:"programme"`
	Provider    forloeb.ProviderCode  `json:"provider,omitempty" doc:"Who carries it out, when that is not SPARK's own consultants"`
	Type        forloeb.TypeCode      `json:"type"`
	Status      forloeb.Status        `json:"status"`
	StatusSince time.Time             `json:"status_since"`
	Settled     bool                  `json:"settled" doc:"False while the latest change is still being worked on"`
	Version     int64                 `json:"version" doc:"Counts the facts"`
	CreatedAt   time.Time             `json:"created_at"`
	Now         time.Time             `json:"now" doc:"The forløb's own clock"`

	Waiting     waitingDocument     `json:"waiting"`
	Pause       *pauseDocument      `json:"pause,omitempty" doc:"Left out while it is not paused"`
	Application applicationDocument `json:"application"`
	Workplaces  []workplaceDocument `json:"workplaces" nullable:"false"`
	Parties     []partyDocument     `json:"parties" nullable:"false"`
	Guests      []guestDocument     `json:"guests" nullable:"false" doc:"Others who are told of the meetings, those who are off again too"`
	Consultant  *assignedDocument   `json:"consultant" doc:"Who is responsible now, or is asked; null when nobody is"`
	Meetings    meetingsDocument    `json:"meetings"`
	Evaluation  evaluationDocument  `json:"evaluation"`
	Mails       []mailDocument      `json:"mails" nullable:"false"`
	Tasks       []openTaskDocument  `json:"tasks" nullable:"false" doc:"What waits for a person"`
	Timeline    []momentDocument    `json:"timeline" nullable:"false" doc:"What has happened and what comes, oldest first"`
	DuplicateOf *twinDocument       `json:"duplicate_of,omitempty" doc:"The forløb that this one is closed as a duplicate of"`
	Duplicates  []twinDocument      `json:"duplicates" nullable:"false" doc:"Those closed as duplicates of this one"`
	ReopenUntil time.Time           `json:"reopen_until,omitzero"`
	EraseAt     time.Time           `json:"erase_at,omitzero" doc:"When the personal data go"`
	Possible    []string            `json:"possible" nullable:"false" doc:"What can be done now, as paths below this: POST /api/v1/forloeb/{id}/<one of these>"`
}

// pauseDocument is the pause that runs.
type pauseDocument struct {
	Since  time.Time           `json:"since"`
	Until  time.Time           `json:"until" doc:"When it goes on by itself"`
	Reason forloeb.PauseReason `json:"reason"`
}

func newPauseDocument(p *forloeb.Pause) *pauseDocument {
	if p == nil {
		return nil
	}
	return &pauseDocument{Since: local(p.From), Until: local(p.Until), Reason: p.Reason}
}

// waitingDocument is the one sentence that says why nothing happens just now.
type waitingDocument struct {
	Key      forloeb.WaitKey `json:"key"`
	Sentence sentences       `json:"sentence"`
	Side     forloeb.Side    `json:"side,omitempty" doc:"Whom it waits for, when it is one of the parties"`
	Since    time.Time       `json:"since,omitzero"`
	Next     time.Time       `json:"next,omitzero" doc:"When something happens next"`
	Deadline time.Time       `json:"deadline,omitzero"`
	At       time.Time       `json:"at,omitzero" doc:"The meeting it is about"`
	Late     bool            `json:"late" doc:"A promised date has passed"`
}

type sentences struct {
	Danish  string `json:"da"`
	English string `json:"en"`
}

type applicationDocument struct {
	Revision  int                 `json:"revision"`
	StartedBy forloeb.StartedBy   `json:"started_by"`
	Body      forloeb.Body        `json:"body"`
	Themes    []forloeb.ThemeCode `json:"themes" nullable:"false"`
	Hash      string              `json:"hash" doc:"SHA-256 of the text both parties see"`
	At        time.Time           `json:"at"`
	Decision  forloeb.Decision    `json:"decision,omitempty"`
	DecidedAt time.Time           `json:"decided_at,omitzero"`
}

type workplaceDocument struct {
	ID           uuid.UUID         `json:"id" format:"uuid"`
	Name         string            `json:"name"`
	Municipality string            `json:"municipality,omitempty" doc:"Three digits"`
	Sector       forloeb.Sector    `json:"sector,omitempty"`
	Region       string            `json:"region,omitempty" doc:"Of a regional workplace, instead of municipality and sector"`
	UnitType     forloeb.UnitType  `json:"unit_type,omitempty" doc:"Of a regional workplace"`
	Employees    forloeb.Employees `json:"employees"`
	OnlyApplies  bool              `json:"only_applies" doc:"For the others of a shared forløb, and takes no part itself"`
	Joined       bool              `json:"joined" doc:"Both parties have said yes to this revision"`
	OutAt        time.Time         `json:"out_at,omitzero" doc:"Takes no part since then"`
	OutReason    forloeb.OutReason `json:"out_reason,omitempty"`
	AskedAgainAt time.Time         `json:"asked_again_at,omitzero" doc:"When its two were last asked whether it takes part after all"`
}

type partyDocument struct {
	ID         uuid.UUID      `json:"id" format:"uuid"`
	Workplace  uuid.UUID      `json:"workplace" format:"uuid"`
	Side       forloeb.Side   `json:"side"`
	Role       forloeb.Role   `json:"role"`
	State      string         `json:"state" enum:"current,replaced,left,wrong_person"`
	Replaces   *uuid.UUID     `json:"replaces,omitempty" format:"uuid"`
	Name       string         `json:"name"`
	Title      string         `json:"title,omitempty"`
	Email      string         `json:"email"`
	Phone      string         `json:"phone,omitempty"`
	Answer     forloeb.Answer `json:"answer,omitempty" doc:"To this revision: yes, no, or fix while a correction is asked for; left out while unanswered"`
	AnsweredAt time.Time      `json:"answered_at,omitzero"`

	Channel      forloeb.Channel `json:"channel,omitempty" enum:"link,phone" doc:"How a yes or a no came in"`
	ContestUntil time.Time       `json:"contest_until,omitzero" doc:"Of an answer by telephone: until when the party can say that it is wrong"`

	Link linkDocument `json:"link"`
}

// linkDocument says how it stands with a party's link, never what it is.
type linkDocument struct {
	Version  int       `json:"version"`
	SentAt   time.Time `json:"sent_at,omitzero"`
	Reminded int       `json:"reminded"`
	Deadline time.Time `json:"deadline,omitzero" doc:"The last moment to answer"`
}

type assignedDocument struct {
	ID     uuid.UUID       `json:"id" format:"uuid"`
	Name   string          `json:"name"`
	Email  string          `json:"email"`
	Phone  string          `json:"phone,omitempty"`
	Since  time.Time       `json:"since"`
	Answer time.Time       `json:"answer_by,omitzero" doc:"Asked, and without a no by then it is theirs; the parties do not know yet"`
	Reason string          `json:"reason" enum:"automatic,chosen,reassigned"`
	Score  []forloeb.Score `json:"score" nullable:"false" doc:"The parts of the reason"`
}

type meetingsDocument struct {
	Planned int               `json:"planned" doc:"Extra ones included"`
	Held    int               `json:"held"`
	List    []meetingDocument `json:"list" nullable:"false" doc:"By start"`
}

type meetingDocument struct {
	ID       uuid.UUID            `json:"id" format:"uuid"`
	Number   int                  `json:"number,omitempty" doc:"What people call it; only those held or booked have one"`
	StartsAt time.Time            `json:"starts_at"`
	EndsAt   time.Time            `json:"ends_at"`
	Place    string               `json:"place"`
	State    forloeb.MeetingState `json:"state"`
	Sequence int                  `json:"sequence" doc:"Of the calendar entry"`

	Workplaces []uuid.UUID `json:"workplaces" format:"uuid" nullable:"false" doc:"Of a shared forløb: those it is for; all when empty"`

	OtherTimes []otherTimeDocument `json:"other_times" nullable:"false" doc:"Who cannot come and has asked for another time, until they have an answer"`
	Possible   []string            `json:"possible" nullable:"false" doc:"What can be done to it now: move is PATCH /api/v1/meetings/{id}, the others are POST /api/v1/meetings/{id}/<one of these>"`
}

// otherTimeDocument tells who has asked and when; what they wrote stands among
// the application's remarks.
type otherTimeDocument struct {
	Party   uuid.UUID `json:"party" format:"uuid"`
	AskedAt time.Time `json:"asked_at"`
}

// evaluationDocument tells who has answered, never what. Its dates are those of
// the last time they are asked.
type evaluationDocument struct {
	DueAt    time.Time         `json:"due_at,omitzero"`
	SentAt   time.Time         `json:"sent_at,omitzero"`
	ClosesAt time.Time         `json:"closes_at,omitzero"`
	Invited  []invitedDocument `json:"invited" nullable:"false"`
}

type invitedDocument struct {
	Party uuid.UUID `json:"party" format:"uuid"`
	After int       `json:"after" doc:"Whole months after the last meeting; 0 is right after it"`
	State string    `json:"state" enum:"open,answered,refused"`
}

type mailDocument struct {
	ID        int64             `json:"id"`
	Kind      forloeb.MailKind  `json:"kind"`
	Recipient uuid.UUID         `json:"recipient" format:"uuid" doc:"A party, a guest or a consultant"`
	State     forloeb.MailState `json:"state"`
	Held      bool              `json:"held" doc:"Too many to this address; a person must release it"`
	Code      string            `json:"code,omitempty"`
	PlannedAt time.Time         `json:"planned_at"`
	SentAt    time.Time         `json:"sent_at,omitzero"`
}

type openTaskDocument struct {
	ID       int64            `json:"id"`
	Kind     forloeb.TaskKind `json:"kind"`
	Subject  string           `json:"subject" doc:"What it is about: the id of a party, a meeting or a mail, and a number"`
	OpenedAt time.Time        `json:"opened_at"`

	Claim       *claimDocument `json:"claim,omitempty" doc:"Who has taken it; to those who run forløb"`
	PutOffUntil string         `json:"put_off_until,omitempty" format:"date" doc:"The day on which it is on the morning page again; to those who run forløb"`
}

type momentDocument struct {
	At   time.Time          `json:"at,omitzero" doc:"Left out while there is no date"`
	When string             `json:"when" doc:"The date as it is read, or what it hangs on; in Danish"`
	Text string             `json:"text" doc:"In Danish"`
	Kind forloeb.MomentKind `json:"kind"`
}

// ForloebPath is the id in the address; one that is none leads nowhere. It is
// exported, as the two like it, because huma reads no other embedded fields.
type ForloebPath struct {
	ID string `path:"id" doc:"The forløb's id" example:"6f1c9a52-0b52-4f6e-9f4b-0d3a3d8f6c01"`
}

type forloebOutput struct{ Body forloebDocument }

func (s *Server) one(ctx context.Context, in *ForloebPath) (*forloebOutput, error) {
	f, err := s.own(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return s.forloebOutput(ctx, f)
}

// find reads a forløb that the one who asks may see. To a consultant, and to a
// provider, of whom the store knows, somebody else's does not exist.
func (s *Server) find(ctx context.Context, id string) (*forloeb.Forloeb, error) {
	parsed, err := uuid.Parse(id)
	if err != nil {
		return nil, errNoForloeb
	}
	f, err := s.store.Forloeb(ctx, parsed)
	return onlyOwn(ctx, f, err)
}

// own is one that an operation is about, with the line in the access log.
func (s *Server) own(ctx context.Context, id string) (*forloeb.Forloeb, error) {
	f, err := s.find(ctx, id)
	if err != nil {
		return nil, err
	}
	return f, s.opened(ctx, f)
}

// onlyOwn is likewise for one that was found by something in it.
func (s *Server) onlyOwn(ctx context.Context, f *forloeb.Forloeb, err error) (*forloeb.Forloeb, error) {
	if f, err = onlyOwn(ctx, f, err); err != nil {
		return nil, err
	}
	return f, s.opened(ctx, f)
}

var errNoForloeb = &forloeb.Refusal{Code: forloeb.RefuseNotFound}

func onlyOwn(ctx context.Context, f *forloeb.Forloeb, err error) (*forloeb.Forloeb, error) {
	if err != nil {
		return nil, err
	}
	by := actor(ctx)
	c := f.Chosen()
	if by.Kind == forloeb.ActorConsultant && (c == nil || c.ID.String() != by.ID) {
		return nil, errNoForloeb
	}
	return f, nil
}

// forloebOutput writes a forløb as it stands.
func (s *Server) forloebOutput(ctx context.Context, f *forloeb.Forloeb) (*forloebOutput, error) {
	now, err := s.store.Now(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	by := principal(ctx)
	var shared map[int64]forloeb.Handling
	if by.Actor().RunsForloeb() && f.HasOpenTask() {
		if shared, err = s.store.Handlings(ctx, f.ID); err != nil {
			return nil, err
		}
	}
	return &forloebOutput{Body: s.forloebDocument(f, by, now, shared)}, nil
}

// forloebDocument is a forløb to somebody: with what they can do.
func (s *Server) forloebDocument(f *forloeb.Forloeb, by forloeb.Principal, now time.Time, shared map[int64]forloeb.Handling) forloebDocument {
	d := newForloebDocument(f, now)
	for i := range d.Tasks {
		d.Tasks[i].Claim, d.Tasks[i].PutOffUntil = handlingDocuments(shared[d.Tasks[i].ID])
	}
	d.Possible = s.possible(f, by, now)
	d.DuplicateOf, d.Duplicates = twinDocuments(f, by)
	for i := range d.Meetings.List {
		m := &d.Meetings.List[i]
		m.Possible = s.possibleWith(m.ID, f, by, now)
	}
	return d
}

func newForloebDocument(f *forloeb.Forloeb, now time.Time) forloebDocument {
	a := f.Application
	return forloebDocument{
		ID: f.ID, Reference: f.Reference, Programme: f.Programme, Provider: f.Provider, Type: f.Type,
		Status: f.Status, StatusSince: local(f.StatusSince), Settled: f.Settled(), Version: f.Version,
		CreatedAt: local(f.CreatedAt), Now: local(now),
		Waiting: newWaitingDocument(f.Waiting(now)), Pause: newPauseDocument(f.Paused(now)),
		Application: applicationDocument{
			Revision: a.Revision, StartedBy: a.StartedBy, Body: a.Body, Themes: a.Themes, Hash: a.Hash, At: local(a.At),
			Decision: f.Decision, DecidedAt: local(f.DecidedAt),
		},
		Workplaces: workplaceDocuments(f),
		Parties:    partyDocuments(f),
		Guests:     guestDocuments(f),
		Consultant: newAssignedDocument(f),
		Meetings:   meetingsDocument{Planned: f.Required(), Held: f.HeldCount(), List: meetingDocuments(f, now)},
		Evaluation: newEvaluationDocument(f),
		Mails:      mailDocuments(f),
		Tasks:      openTaskDocuments(f),
		Timeline:   momentDocuments(f.Timeline(now, forloeb.Staff)),

		ReopenUntil: local(f.ReopenUntil()), EraseAt: local(f.EraseAt()),
	}
}

func newWaitingDocument(w forloeb.Waiting) waitingDocument {
	return waitingDocument{
		Key: w.Key, Sentence: sentences{w.Sentence(), w.English()}, Side: w.Side,
		Since: local(w.Since), Next: local(w.Next), Deadline: local(w.Deadline), At: local(w.At), Late: w.Key.Late(),
	}
}

func workplaceDocuments(f *forloeb.Forloeb) []workplaceDocument {
	list := make([]workplaceDocument, 0, len(f.Workplaces))
	for _, w := range f.Workplaces {
		list = append(list, workplaceDocument{
			ID: w.ID, Name: w.Name, Municipality: w.Municipality, Sector: w.Sector, Region: w.Region, UnitType: w.UnitType, Employees: w.Employees,
			OnlyApplies: w.OnlyApplies, Joined: f.Joined(&w), OutAt: local(w.LeftAt), OutReason: w.OutReason, AskedAgainAt: local(w.AskedAgainAt),
		})
	}
	return list
}

func partyDocuments(f *forloeb.Forloeb) []partyDocument {
	list := make([]partyDocument, 0, len(f.Parties))
	for i := range f.Parties {
		list = append(list, newPartyDocument(f, &f.Parties[i]))
	}
	return list
}

func newPartyDocument(f *forloeb.Forloeb, p *forloeb.Party) partyDocument {
	d := partyDocument{
		ID: p.ID, Workplace: p.WorkplaceID, Side: p.Side, Role: p.Role, State: partyState(p),
		Name: p.Contact.Name, Title: p.Contact.Title, Email: p.Contact.Email, Phone: p.Contact.Phone,
		Link: linkDocument{Version: p.LinkVersion, SentAt: local(f.AskedAt(p)), Reminded: f.RemindedTimes(p), Deadline: local(f.ConsentDeadline(p))},
	}
	if p.ReplacesParty != uuid.Nil {
		d.Replaces = &p.ReplacesParty
	}
	switch {
	case p.Consent != nil:
		d.Answer, d.AnsweredAt = p.Consent.Answer, local(p.Consent.At)
		d.Channel, d.ContestUntil = p.Consent.Channel, local(f.ContestUntil(p))
	case !p.FixAskedAt.IsZero():
		d.Answer, d.AnsweredAt = forloeb.Fix, local(p.FixAskedAt)
	}
	return d
}

func partyState(p *forloeb.Party) string {
	switch {
	case !p.Current():
		return "replaced"
	case !p.NotMeAt.IsZero():
		return "wrong_person"
	case !p.LeftAt.IsZero():
		return "left"
	}
	return "current"
}

func newAssignedDocument(f *forloeb.Forloeb) *assignedDocument {
	a := f.Assignment()
	if a == nil {
		return nil
	}
	c := a.Consultant
	return &assignedDocument{ID: c.ID, Name: c.Name, Email: c.Email, Phone: c.Phone, Since: local(a.Since()), Answer: local(f.OfferEnds()), Reason: a.Reason, Score: orEmpty(a.Score)}
}

func meetingDocuments(f *forloeb.Forloeb, now time.Time) []meetingDocument {
	list := make([]meetingDocument, 0, len(f.Meetings))
	for i := range f.Meetings {
		m := &f.Meetings[i]
		d := meetingDocument{ID: m.ID, StartsAt: local(m.StartsAt), EndsAt: local(m.EndsAt), Place: m.Place, State: m.State, Sequence: m.Sequence, Workplaces: orEmpty(m.Workplaces), OtherTimes: []otherTimeDocument{}}
		for _, o := range f.OtherTimesAsked(m, now) {
			d.OtherTimes = append(d.OtherTimes, otherTimeDocument{o.Party, local(o.At)})
		}
		if m.State == forloeb.Held || m.State == forloeb.Booked {
			d.Number = f.MeetingNumber(m)
		}
		list = append(list, d)
	}
	return list
}

func newEvaluationDocument(f *forloeb.Forloeb) evaluationDocument {
	d := evaluationDocument{
		DueAt: local(f.EvaluationAt()), SentAt: local(f.EvaluationSentAt()), ClosesAt: local(f.EvaluationCloses()),
		Invited: make([]invitedDocument, 0, len(f.Invitations)),
	}
	for _, i := range f.Invitations {
		state := "open"
		switch {
		case !i.AnsweredAt.IsZero():
			state = "answered"
		case !i.RefusedAt.IsZero():
			state = "refused"
		}
		d.Invited = append(d.Invited, invitedDocument{i.PartyID, int(f.Policy.Evaluations[i.Wave]), state})
	}
	return d
}

func mailDocuments(f *forloeb.Forloeb) []mailDocument {
	list := make([]mailDocument, 0, len(f.Mails))
	for _, m := range f.Mails {
		list = append(list, mailDocument{m.ID, m.Kind, m.Recipient, m.State, m.Held, m.Code, local(m.PlannedAt), local(m.SentAt)})
	}
	return list
}

func openTaskDocuments(f *forloeb.Forloeb) []openTaskDocument {
	list := []openTaskDocument{}
	for _, t := range f.Tasks {
		if t.Open() {
			list = append(list, openTaskDocument{ID: t.ID, Kind: t.Kind, Subject: t.Subject, OpenedAt: local(t.OpenedAt)})
		}
	}
	return list
}

func momentDocuments(moments []forloeb.Moment) []momentDocument {
	list := make([]momentDocument, 0, len(moments))
	for _, m := range moments {
		list = append(list, momentDocument{local(m.At), m.When, m.Text, m.Kind})
	}
	return list
}

// orEmpty makes a list that is there: JSON would say null.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
