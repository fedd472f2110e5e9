package store

import (
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// noteAnswer writes what a party said on the telephone. Nobody has signed it.
func (w *writer) noteAnswer(d forloeb.NoteAnswer) error {
	if err := w.consent(d.Party, w.f.Application.Revision, d.Answer(), forloeb.ByPhone); err != nil {
		return err
	}
	if d.Yes {
		return w.remark("phone", d.Said, &d.Party)
	}
	return w.remark("no", d.Said, &d.Party)
}

func (w *writer) contestAnswer(d forloeb.ContestAnswer) error {
	if err := w.forgetAnswer(d.Party); err != nil {
		return err
	}
	return w.set("parties", "contested_at", d.Party)
}

// forgetAnswer takes away an answer that was noted by telephone, so that the
// party's own can take its place.
func (w *writer) forgetAnswer(party uuid.UUID) error {
	return w.exec(`delete from consents where party_id = $1 and revision = $2 and channel = 'phone'`, party, w.f.Application.Revision)
}

func (w *writer) consent(party uuid.UUID, revision int, answer forloeb.Answer, channel forloeb.Channel) error {
	return w.exec(`insert into consents (party_id, revision, answer, text_hash, at, channel) values ($1, $2, $3, $4, $5, $6)`,
		party, revision, answer, w.f.Application.Hash, w.now, channel)
}
