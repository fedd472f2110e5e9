package store

import (
	"context"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Remarks reads what people have written about a forløb, oldest first.
func (s *Store) Remarks(ctx context.Context, id uuid.UUID) (remarks []forloeb.Remark, err error) {
	err = s.db.SelectContext(ctx, &remarks, `
		select r.kind, r.party_id as party, r.version, r.text from remarks r join forloeb f on f.id = r.forloeb_id
		where f.id = $1 and `+within(2)+` order by r.id`, id, only(ctx))
	return remarks, err
}
