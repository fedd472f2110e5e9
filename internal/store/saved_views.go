package store

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

const viewNames = "saved_views_by_name"

// SavedViews are somebody's own, and those that all of the secretariat see, by
// name. Nothing depends on what is written here, so no crash is tried at it.
func (s *Store) SavedViews(ctx context.Context, who forloeb.Principal) (list []forloeb.SavedView, err error) {
	var rows []savedViewRow
	err = s.db.SelectContext(ctx, &rows, selectViews+`order by not shared, name collate "da-x-icu", id`, who.ID, who.Only())
	for _, r := range rows {
		list = append(list, r.view())
	}
	return list, err
}

// SavedView is one of those; ErrNotFound when there is none.
func (s *Store) SavedView(ctx context.Context, who forloeb.Principal, id uuid.UUID) (forloeb.SavedView, error) {
	var row savedViewRow
	err := s.db.GetContext(ctx, &row, selectViews+`and id = $3`, who.ID, who.Only(), id)
	return row.view(), notFound(err)
}

// A provider's people share none, and see none of the secretariat's.
const selectViews = `
	select id, staff_id = $1 as own, name, shared, tab, status, municipality, theme, consultant_id, attention
	from saved_views where (staff_id = $1 or shared and $2 = '') `

type savedViewRow struct {
	ID           uuid.UUID         `db:"id"`
	Own          bool              `db:"own"`
	Name         string            `db:"name"`
	Shared       bool              `db:"shared"`
	Tab          forloeb.ListTab   `db:"tab"`
	Status       forloeb.Status    `db:"status"`
	Municipality string            `db:"municipality"`
	Theme        forloeb.ThemeCode `db:"theme"`
	Consultant   uuid.NullUUID     `db:"consultant_id"`
	Attention    bool              `db:"attention"`
}

func (r savedViewRow) view() forloeb.SavedView {
	return forloeb.SavedView{ID: r.ID, Own: r.Own, Name: r.Name, Shared: r.Shared, Narrowing: forloeb.Narrowing{
		Tab: r.Tab, Status: r.Status, Municipality: r.Municipality, Theme: r.Theme, Consultant: r.Consultant.UUID, Attention: r.Attention,
	}}
}

// SaveView saves a new view of somebody's, or answers forloeb.ErrTooManyViews
// or forloeb.ErrViewNameTaken. Of those saved in the same moment one may be too
// many.
func (s *Store) SaveView(ctx context.Context, owner uuid.UUID, v forloeb.SavedView) error {
	res, err := s.db.ExecContext(ctx, `
		insert into saved_views (staff_id, name, shared, tab, status, municipality, theme, consultant_id, attention)
		select $1, $2, $3, $4, $5, $6, $7, $8, $9
		where (select count(*) from saved_views where staff_id = $1) < $10`,
		owner, forloeb.CleanLine(v.Name), v.Shared, v.Tab, v.Status, v.Municipality, v.Theme,
		uuid.NullUUID{UUID: v.Consultant, Valid: v.Consultant != uuid.Nil}, v.Attention, forloeb.MaxSavedViews)
	if uniqueViolation(err, viewNames) {
		return forloeb.ErrViewNameTaken
	}
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, forloeb.ErrTooManyViews)
	}
	return nil
}

// ChangeView gives a view another name, and shares it or no longer does.
// forloeb.ErrViewNameTaken; one that is gone stays gone.
func (s *Store) ChangeView(ctx context.Context, id uuid.UUID, name string, shared bool) error {
	_, err := s.db.ExecContext(ctx, `update saved_views set name = $2, shared = $3 where id = $1`, id, forloeb.CleanLine(name), shared)
	if uniqueViolation(err, viewNames) {
		return forloeb.ErrViewNameTaken
	}
	return err
}

// DropView deletes a view; one that is gone is gone already.
func (s *Store) DropView(ctx context.Context, id uuid.UUID) error {
	_, err := s.db.ExecContext(ctx, `delete from saved_views where id = $1`, id)
	return err
}
