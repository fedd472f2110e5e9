package store

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// lastAsked is the last evaluation that the party was invited to.
const lastAsked = `(select e.id from evaluations e join invitations i on i.evaluation_id = e.id where i.party_id = $1 order by e.wave desc limit 1)`

// What was begun and not sent is forgotten when somebody else takes over, when
// the workplace is asked anew, and when the forløb ends.
const (
	forgetDrafts   = `update invitations set draft = null where draft is not null and party_id = $1`
	forgetDraftsOf = `update invitations set draft = null where draft is not null and party_id in (select id from parties where forloeb_id = $1)`
)

// SaveDraft keeps a party's answers so far, until they are sent. It reports
// whether they were kept: nothing more is awaited of who has answered or would
// rather not.
func (s *Store) SaveDraft(ctx context.Context, party uuid.UUID, a forloeb.Answers) (kept bool, err error) {
	result, err := statement(ctx, s.db, "draft", `update invitations set draft = $2
		where party_id = $1 and answered_at is null and refused_at is null and evaluation_id = `+lastAsked, party, toJSON(a))
	if err != nil {
		return false, err
	}
	rows, err := result.RowsAffected()
	return rows == 1, err
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
