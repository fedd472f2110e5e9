package store

import (
	"context"
	_ "embed"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

//go:embed queries/earlier.sql
var earlierSQL string

// Earlier are the other forløb at the workplaces of one, of those that whoever
// asks sees, the latest first.
func (s *Store) Earlier(ctx context.Context, id uuid.UUID) (list []forloeb.Earlier, err error) {
	var rows []struct {
		ID           uuid.UUID      `db:"id"`
		Reference    string         `db:"reference"`
		Open         bool           `db:"open"`
		Programme    string         `db:"programme"`
		Themes       pq.StringArray `db:"themes"`
		AcceptedAt   time.Time      `db:"accepted_at"`
		ConsultantID uuid.UUID      `db:"consultant_id"`
		Consultant   string         `db:"consultant"`
	}
	err = s.db.SelectContext(ctx, &rows, strings.Replace(earlierSQL, "/*listed*/listed", listedFor(ctx), 1), id)
	for _, r := range rows {
		list = append(list, forloeb.Earlier{
			Twin: forloeb.Twin{ID: r.ID, Reference: r.Reference}, Open: r.Open, Programme: forloeb.ProgrammeCode(r.Programme), Themes: themeCodes(r.Themes),
			Began: r.AcceptedAt, ConsultantID: r.ConsultantID, Consultant: r.Consultant,
		})
	}
	slices.SortFunc(list, func(a, b forloeb.Earlier) int { return b.Began.Compare(a.Began) })
	return list, err
}
