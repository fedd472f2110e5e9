package store

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

//go:embed queries/insight.sql
var insightSQL string

// Insight gathers what is kept about the person with a mail address, in the
// forløb that whoever asks sees. Nobody known by it has no forløb in it.
func (s *Store) Insight(ctx context.Context, email string) (in forloeb.Insight, err error) {
	var rows []struct {
		ID       uuid.UUID      `db:"id"`
		Document []byte         `db:"document"`
		Others   pq.StringArray `db:"others"`
		Created  time.Time      `db:"created_at"`
		Person   uuid.UUID      `db:"person"`
	}
	in = forloeb.Insight{Email: forloeb.NormaliseEmail(email), MadeAt: time.Now(), Forloeb: []forloeb.InsightCase{}}
	if err := s.db.SelectContext(ctx, &rows, insightSQL, in.Email); err != nil {
		return in, err
	}
	for _, r := range rows {
		c := forloeb.InsightCase{ID: r.ID, OtherPersons: r.Others}
		if err := json.Unmarshal(r.Document, &c); err != nil {
			return in, fmt.Errorf("what is kept in forløb %s cannot be read: %w", r.ID, err)
		}
		c.Mask()
		in.Forloeb = append(in.Forloeb, c)
	}
	return in, nil
}
