package api

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// noteDocument is a note of those who run a forløb.
type noteDocument struct {
	ID       int64     `json:"id"`
	By       uuid.UUID `json:"by" format:"uuid" doc:"A member of staff, or a token"`
	Name     string    `json:"name"`
	At       time.Time `json:"at"`
	Text     string    `json:"text,omitempty" doc:"Left out when it is struck"`
	StruckAt time.Time `json:"struck_at,omitzero"`
	StruckBy string    `json:"struck_by,omitempty"`
}

func (s *Server) notes(ctx context.Context, in *ForloebPath) (*listOutput[noteDocument], error) {
	f, err := s.own(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return s.noteList(ctx, f.ID)
}

type noteBody struct {
	Text string `json:"text" doc:"At most 2,000 characters, without CPR numbers"`
}

type noteInput struct {
	ForloebPath
	Body noteBody
}

func (s *Server) writeNote(ctx context.Context, in *noteInput) (*listOutput[noteDocument], error) {
	f, err := s.own(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := s.store.WriteNote(ctx, f.ID, principal(ctx), in.Body.Text); err != nil {
		return nil, err
	}
	return s.noteList(ctx, f.ID)
}

// NotePath is a note of a forløb.
type NotePath struct {
	ForloebPath
	Note string `path:"note" doc:"The note's number" example:"5"`
}

func (s *Server) strike(ctx context.Context, in *NotePath) (*listOutput[noteDocument], error) {
	f, err := s.own(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	note, err := strconv.ParseInt(in.Note, 10, 64)
	if err != nil {
		return nil, errNoForloeb
	}
	if err := s.store.StrikeNote(ctx, f.ID, note, principal(ctx)); err != nil {
		return nil, err
	}
	return s.noteList(ctx, f.ID)
}

func (s *Server) noteList(ctx context.Context, id uuid.UUID) (*listOutput[noteDocument], error) {
	notes, err := s.store.Notes(ctx, id)
	if err != nil {
		return nil, err
	}
	var list []noteDocument
	for _, n := range notes {
		list = append(list, newNoteDocument(n))
	}
	return listed(list), nil
}

func newNoteDocument(n forloeb.Note) noteDocument {
	return noteDocument{ID: n.ID, By: n.By, Name: n.Name, At: local(n.At), Text: n.Text, StruckAt: local(n.Struck), StruckBy: n.StruckBy}
}
