package store

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// lastAsked is the last evaluation that the party was invited to.
const lastAsked = `(select e.id from evaluations e join invitations i on i.evaluation_id = e.id where i.party_id = $1 order by e.wave desc limit 1)`

// SaveDraft keeps a party's answers so far, until they are sent.
func (s *Store) SaveDraft(ctx context.Context, party uuid.UUID, a forloeb.Answers) error {
	_, err := statement(ctx, s.db, "draft", `update invitations set draft = $2
		where party_id = $1 and answered_at is null and refused_at is null and evaluation_id = `+lastAsked, party, toJSON(a))
	return err
}

// Draft reads them; empty when nothing was kept.
func (s *Store) Draft(ctx context.Context, party uuid.UUID) (a forloeb.Answers, err error) {
	var draft []byte
	err = s.db.GetContext(ctx, &draft, `select coalesce((select draft from invitations where party_id = $1 and evaluation_id = `+lastAsked+`), '{}')`, party)
	if err == nil {
		err = json.Unmarshal(draft, &a)
	}
	return a, err
}
