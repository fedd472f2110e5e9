package store

import (
	"context"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Remarks reads what people have written about a forløb, oldest first.
func (s *Store) Remarks(ctx context.Context, id uuid.UUID) (remarks []forloeb.Remark, err error) {
	err = s.db.SelectContext(ctx, &remarks, `select kind, party_id as party, version, text from remarks where forloeb_id = $1 order by id`, id)
	return remarks, err
}
