package api

import (
	"context"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// textDocument is what stands nowhere else: the application as it was sent,
// ready to be edited and sent back, and what people have written about it.
type textDocument struct {
	Revision    int                `json:"revision"`
	Application submissionBody     `json:"application" doc:"As POST …/application takes it; declared is for whoever sends it back to say"`
	Remarks     []remarkDocument   `json:"remarks" nullable:"false" doc:"Oldest first"`
	Plans       []planDocument     `json:"plans" nullable:"false" doc:"What is agreed on with the workplace"`
	PrepTasks   []prepTaskDocument `json:"prep_tasks" nullable:"false" doc:"What is to be prepared for the meetings, by start"`
}

type remarkDocument struct {
	Kind  string     `json:"kind" doc:"fix, no, left, withdraw, decision, assignment, release, handover, cancel, extra, finish, stop, reopen or other_time"`
	Party *uuid.UUID `json:"party,omitempty" format:"uuid" doc:"Who wrote it, when a party did"`
	Text  string     `json:"text"`
}

type textOutput struct{ Body textDocument }

// text shows the words of a case to those who have to act on them.
func (s *Server) text(ctx context.Context, in *ForloebPath) (*textOutput, error) {
	f, err := s.own(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	remarks, err := s.store.Remarks(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	d := textDocument{Revision: f.Application.Revision, Application: sentBack(f.Submission()), Remarks: []remarkDocument{},
		Plans: planDocuments(f), PrepTasks: prepTaskDocuments(f)}
	for _, r := range readable(f, principal(ctx), remarks) {
		d.Remarks = append(d.Remarks, remarkDocument{Kind: r.Kind, Party: r.Party, Text: r.Text})
	}
	return &textOutput{d}, nil
}

func sentBack(sub forloeb.Submission) submissionBody {
	return submissionBody{
		Programme: sub.Programme, Type: sub.Type, StartedBy: sub.StartedBy,
		Municipality: sub.Municipality, Workplace: sub.Workplace, Sector: sub.Sector, Employees: sub.Employees, Body: sub.Body,
		Leader: leaderBody(sub.Leader), Rep: repBody(sub.Rep),
		Themes: sub.Themes, Situation: sub.Situation, ChangeGoal: sub.ChangeGoal, Tried: sub.Tried, Timing: sub.Timing, Declared: sub.Declared,
		BodyName: sub.BodyName, Focus: sub.Focus, Quorum: sub.Quorum, Participants: participantBodies(sub.Participants),
		Region: sub.Region, UnitType: sub.UnitType, Provider: sub.Provider, Exclusions: sub.Exclusions,
	}
}
