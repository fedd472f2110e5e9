package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// act does deeds to a forløb that the one who asks may see, and answers with
// the forløb. It is seldom settled yet: the process takes a moment.
func (s *Server) act(ctx context.Context, id string, deeds ...forloeb.Deed) (*forloebOutput, error) {
	f, err := s.own(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.actOn(ctx, f, deeds...)
}

func (s *Server) actOn(ctx context.Context, f *forloeb.Forloeb, deeds ...forloeb.Deed) (*forloebOutput, error) {
	if err := s.record(ctx, f.ID, actor(ctx), deeds...); err != nil {
		return nil, s.withWaysForward(ctx, f.ID, err)
	}
	ctx = forloeb.As(ctx, forloeb.ForloebViewer(f.ID)) // who gave it back hears what became of it
	f, err := s.store.Forloeb(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	return s.forloebOutput(ctx, f)
}

// withWaysForward adds to a conflict what can be done instead. When that
// cannot be found out, the conflict stands alone.
func (s *Server) withWaysForward(ctx context.Context, id uuid.UUID, err error) error {
	var refusal *forloeb.Refusal
	if !errors.As(err, &refusal) || refusalStatus(refusal.Code) != http.StatusConflict {
		return err
	}
	f, failed := s.store.Forloeb(ctx, id)
	if failed != nil {
		return err
	}
	now, failed := s.store.Now(ctx, id)
	if failed != nil {
		return err
	}
	return impossible{refusal, s.possible(f, principal(ctx), now)}
}

// reasonBody is a reason that stays in the case.
type reasonBody struct {
	Reason string `json:"reason" maxLength:"2000" doc:"Stays in the case"`
}

// remarkBody is a reason that may be left out.
type remarkBody struct {
	Reason string `json:"reason,omitempty" maxLength:"2000" doc:"Stays in the case"`
}

// reason is empty without a body.
func (b *remarkBody) reason() string {
	if b == nil {
		return ""
	}
	return b.Reason
}

// withReason is an act on a forløb that needs a reason.
type withReason struct {
	ForloebPath
	Body reasonBody
}

// withRemark is an act on a forløb whose reason may be left out, as may the
// body.
type withRemark struct {
	ForloebPath
	Body *remarkBody
}

type assessmentBody struct {
	Decision forloeb.Decision `json:"decision"`
	Reason   string           `json:"reason,omitempty" maxLength:"2000" doc:"Required for a rejection; stands in the letter"`
}

type assessmentInput struct {
	ForloebPath
	Body assessmentBody
}

func (s *Server) assess(ctx context.Context, in *assessmentInput) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.Decide{Decision: in.Body.Decision, Reason: in.Body.Reason})
}

type assignmentBody struct {
	Consultant uuid.UUID `json:"consultant" format:"uuid" doc:"The consultant's id"`
	Reason     string    `json:"reason,omitempty" maxLength:"2000" doc:"Required to change consultant, and to choose one who does not fit"`
	Handover   string    `json:"handover,omitempty" maxLength:"2000" doc:"What the one who takes over should know; they read it with the application's remarks"`
}

type assignmentInput struct {
	ForloebPath
	Body assignmentBody
}

func (s *Server) assign(ctx context.Context, in *assignmentInput) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.Assign{Consultant: in.Body.Consultant, Reason: in.Body.Reason, Handover: in.Body.Handover})
}

type releaseBody struct {
	Reason   string `json:"reason" maxLength:"2000" doc:"Stays in the case"`
	Handover string `json:"handover,omitempty" maxLength:"2000" doc:"What the next consultant should know; they read it with the application's remarks"`
	Conflict bool   `json:"conflict,omitempty" doc:"Of interest: the consultant can never be given this forløb again"`
}

type releaseInput struct {
	ForloebPath
	Body releaseBody
}

func (s *Server) release(ctx context.Context, in *releaseInput) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.Release{Reason: in.Body.Reason, Interest: in.Body.Conflict, Handover: in.Body.Handover})
}

func (s *Server) accept(ctx context.Context, in *ForloebPath) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.Accept{})
}

type declineBody struct {
	Reason forloeb.DeclineReason `json:"reason" enum:"conflict,leave,no_room,other" doc:"With conflict, the consultant can never be given this forløb"`
	Words  string                `json:"words,omitempty" maxLength:"2000" doc:"Required for other; stays in the case"`
}

type declineInput struct {
	ForloebPath
	Body declineBody
}

func (s *Server) decline(ctx context.Context, in *declineInput) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.Decline{Reason: in.Body.Reason, Words: in.Body.Words})
}

type extraBody struct {
	Meetings int    `json:"meetings" doc:"How many more; 1 at the least"`
	Reason   string `json:"reason" maxLength:"2000" doc:"Stays in the case"`
}

type extraInput struct {
	ForloebPath
	Body extraBody
}

func (s *Server) grantExtra(ctx context.Context, in *extraInput) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.GrantExtra{N: in.Body.Meetings, Reason: in.Body.Reason})
}

func (s *Server) finish(ctx context.Context, in *withRemark) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.FinishMeetings{Reason: in.Body.reason()})
}

func (s *Server) stop(ctx context.Context, in *withReason) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.Stop{Reason: in.Body.Reason})
}

type duplicateBody struct {
	Of string `json:"of" maxLength:"40" doc:"The other forløb's reference"`
}

type duplicateInput struct {
	ForloebPath
	Body duplicateBody
}

func (s *Server) closeDuplicate(ctx context.Context, in *duplicateInput) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.CloseDuplicate{Of: in.Body.Of})
}

func (s *Server) withdraw(ctx context.Context, in *withRemark) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.Withdraw{Reason: in.Body.reason()})
}

func (s *Server) reopen(ctx context.Context, in *withReason) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.Reopen{Reason: in.Body.Reason})
}

// PartyPath is a party of a forløb.
type PartyPath struct {
	ForloebPath
	Party string `path:"party" doc:"The party's id" example:"6f1c9a52-0b52-4f6e-9f4b-0d3a3d8f6c04"`
}

type deadlineBody struct {
	Until  time.Time `json:"until" doc:"It lasts to the end of this day in Copenhagen"`
	Reason string    `json:"reason" maxLength:"2000" doc:"Stays in the case"`
}

type deadlineInput struct {
	ForloebPath
	Body deadlineBody
}

func (s *Server) extendDeadline(ctx context.Context, in *deadlineInput) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.ExtendDeadline{Until: in.Body.Until, Reason: in.Body.Reason})
}

type pauseBody struct {
	Until  time.Time           `json:"until" doc:"It goes on in the morning of this day in Copenhagen, or of the next working day"`
	Reason forloeb.PauseReason `json:"reason"`
	Text   string              `json:"text,omitempty" maxLength:"2000" doc:"Stays in the case; needed where the reason is other"`
}

type pauseInput struct {
	ForloebPath
	Body pauseBody
}

func (s *Server) pause(ctx context.Context, in *pauseInput) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.PauseForloeb{Until: in.Body.Until, Reason: in.Body.Reason, Text: in.Body.Text})
}

type askPauseBody struct {
	Text string `json:"text" maxLength:"2000" doc:"Why, and until when; stays in the case, and the parties do not read it"`
}

type askPauseInput struct {
	ForloebPath
	Body askPauseBody
}

func (s *Server) askForPause(ctx context.Context, in *askPauseInput) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.AskPause{Text: in.Body.Text})
}

func (s *Server) resume(ctx context.Context, in *ForloebPath) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.ResumeForloeb{})
}

type notedBody struct {
	Answer forloeb.Answer `json:"answer" enum:"yes,no" doc:"What must be corrected is edited instead"`
	Said   string         `json:"said" maxLength:"2000" doc:"What was said on the telephone; stays in the case"`
}

type notedInput struct {
	PartyPath
	Body notedBody
}

func (s *Server) noteAnswer(ctx context.Context, in *notedInput) (*forloebOutput, error) {
	party, err := uuid.Parse(in.Party)
	if err != nil {
		return nil, errNoForloeb
	}
	return s.act(ctx, in.ID, forloeb.NoteAnswer{Party: party, Yes: in.Body.Answer == forloeb.Yes, Said: in.Body.Said})
}

type addressBody struct {
	Email string  `json:"email"`
	Phone *string `json:"phone,omitempty" maxLength:"40" doc:"Kept when left out, removed when empty"`
}

type addressInput struct {
	PartyPath
	Body addressBody
}

func (s *Server) correctAddress(ctx context.Context, in *addressInput) (*forloebOutput, error) {
	party, err := uuid.Parse(in.Party)
	if err != nil {
		return nil, errNoForloeb
	}
	return s.act(ctx, in.ID, forloeb.CorrectAddress{Party: party, Email: in.Body.Email, Phone: in.Body.Phone})
}

type replaceBody struct {
	Name  string       `json:"name" maxLength:"100"`
	Title string       `json:"title,omitempty" maxLength:"100" doc:"A leader's"`
	Role  forloeb.Role `json:"role,omitempty" enum:"amr,tr,other_elected" doc:"Of a representative; kept when left out"`
	Email string       `json:"email"`
	Phone string       `json:"phone,omitempty" maxLength:"40"`
}

type replaceInput struct {
	PartyPath
	Body replaceBody
}

func (s *Server) replaceParty(ctx context.Context, in *replaceInput) (*forloebOutput, error) {
	party, err := uuid.Parse(in.Party)
	if err != nil {
		return nil, errNoForloeb
	}
	b := in.Body
	return s.act(ctx, in.ID, forloeb.ReplaceParty{
		Party: party, New: uuid.New(), Role: b.Role,
		Contact: forloeb.Contact{Name: b.Name, Title: b.Title, Email: b.Email, Phone: b.Phone},
	})
}

// onNumber does a deed to a mail or a task of some forløb.
func (s *Server) onNumber(ctx context.Context, id string, find func(context.Context, int64) (*forloeb.Forloeb, error), deed func(int64) forloeb.Deed) (*forloebOutput, error) {
	number, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil, errNoForloeb
	}
	f, err := find(ctx, number)
	if f, err = s.onlyOwn(ctx, f, err); err != nil {
		return nil, err
	}
	return s.actOn(ctx, f, deed(number))
}
