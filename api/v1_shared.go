package api

import (
	"context"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Acts on a forløb in which several workplaces take part.

func (s *Server) begin(ctx context.Context, in *ForloebPath) (*forloebOutput, error) {
	return s.act(ctx, in.ID, forloeb.BeginShared{})
}

// WorkplacePath is a workplace of a forløb.
type WorkplacePath struct {
	ForloebPath
	Workplace string `path:"workplace" doc:"The workplace's id" example:"6f1c9a52-0b52-4f6e-9f4b-0d3a3d8f6c02"`
}

type leaveInput struct {
	WorkplacePath
	Body *remarkBody
}

type againInput struct {
	WorkplacePath
	Body reasonBody
}

func (s *Server) askWorkplaceAgain(ctx context.Context, in *againInput) (*forloebOutput, error) {
	workplace, err := uuid.Parse(in.Workplace)
	if err != nil {
		return nil, errNoForloeb
	}
	return s.act(ctx, in.ID, forloeb.TakeWorkplaceIn{Workplace: workplace, Reason: in.Body.Reason})
}

func (s *Server) leaveWorkplace(ctx context.Context, in *leaveInput) (*forloebOutput, error) {
	workplace, err := uuid.Parse(in.Workplace)
	if err != nil {
		return nil, errNoForloeb
	}
	return s.act(ctx, in.ID, forloeb.LeaveWorkplace{Workplace: workplace, Reason: in.Body.reason()})
}
