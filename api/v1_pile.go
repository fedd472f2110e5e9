package api

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

type taskOutput struct{ Body taskDocument }

// claimBody may be left out.
type claimBody struct {
	TakeFrom *uuid.UUID `json:"take_from,omitempty" format:"uuid" doc:"Whom it is taken over from; see claim in GET /api/v1/tasks"`
}

type claimInput struct {
	NumberPath
	Body *claimBody
}

func (s *Server) claimTask(ctx context.Context, in *claimInput) (*taskOutput, error) {
	from := uuid.Nil
	if in.Body != nil && in.Body.TakeFrom != nil {
		from = *in.Body.TakeFrom
	}
	return s.onPile(ctx, in.ID, func(task int64) error { return s.store.ClaimTask(ctx, task, principal(ctx).ID, from) })
}

func (s *Server) unclaimTask(ctx context.Context, in *NumberPath) (*taskOutput, error) {
	return s.onPile(ctx, in.ID, func(task int64) error { return s.store.GiveUpTask(ctx, task, principal(ctx).ID) })
}

type putOffBody struct {
	Until  string `json:"until" doc:"The day on which it is shown again, such as 2027-07-01"`
	Reason string `json:"reason,omitempty" maxLength:"2000" doc:"Becomes a note, without CPR numbers"`
}

type putOffInput struct {
	NumberPath
	Body putOffBody
}

func (s *Server) putOff(ctx context.Context, in *putOffInput) (*taskOutput, error) {
	until, err := time.ParseInLocation(time.DateOnly, in.Body.Until, forloeb.Copenhagen)
	if err != nil {
		return nil, invalid(ProblemError{Pointer: wholeBody + "/until", Code: "bad_date", Detail: "A date such as 2027-03-11."})
	}
	return s.onPile(ctx, in.ID, func(task int64) error { return s.store.PutOffTask(ctx, task, principal(ctx), until, in.Body.Reason) })
}

func (s *Server) showTask(ctx context.Context, in *NumberPath) (*taskOutput, error) {
	return s.onPile(ctx, in.ID, func(task int64) error { return s.store.ShowTask(ctx, task) })
}

// onPile does something about a task and answers with the task.
func (s *Server) onPile(ctx context.Context, id string, do func(task int64) error) (*taskOutput, error) {
	task, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil, errNoForloeb
	}
	f, err := s.store.ByTask(ctx, task)
	if _, err := s.onlyOwn(ctx, f, err); err != nil {
		return nil, err
	}
	if err := do(task); err != nil {
		return nil, err
	}
	page, err := s.store.Tasks(ctx, forloeb.TaskFilter{Which: forloeb.TasksAll, ID: task})
	if err != nil {
		return nil, err
	}
	if len(page.Rows) == 0 { // erased just now
		return nil, errNoForloeb
	}
	return &taskOutput{newTaskDocument(page.Rows[0])}, nil
}
