package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Tasks is one page of tasks, oldest first.
func (s *Store) Tasks(ctx context.Context, filter forloeb.TaskFilter) (page forloeb.TaskPage, err error) {
	var after taskCursor
	if filter.Cursor != "" {
		if err := decodeCursor(filter.Cursor, &after); err != nil {
			return page, err
		}
	}
	var rows []taskRow
	err = s.db.SelectContext(ctx, &rows, `
		select `+taskColumns+` from `+tasksWithForloeb+holders+delays+`
		where ($1 = 'all' or t.closed_at is null) and ($1 <> 'waiting' or d.until is null) and ($1 <> 'put_off' or d.until is not null)
			and ($2::uuid is null or c.holder = $2) and ($3 = 0 or t.id = $3)
			and (t.opened_at, t.id) > ($4, $5) and `+within(6)+`
			and not ($8 and t.kind = 'mail_held' and exists (
				select 1 from mails m where m.forloeb_id = t.forloeb_id and m.held and m.state = 'planned' and m.code = $9 and t.subject like 'mail:' || m.id || ':%'))
		order by t.opened_at, t.id limit $7`, filter.Which, uuid.NullUUID{UUID: filter.Holder, Valid: filter.Holder != uuid.Nil}, filter.ID, after.OpenedAt, after.ID, only(ctx), forloeb.MaxRows+1,
		filter.NoHeld, forloeb.CodeManyApplications)
	if err != nil {
		return page, err
	}
	if len(rows) > forloeb.MaxRows {
		rows = rows[:forloeb.MaxRows]
		last := rows[len(rows)-1]
		page.Next = encodeCursor(taskCursor{OpenedAt: last.OpenedAt, ID: last.ID})
	}
	for _, r := range rows {
		page.Rows = append(page.Rows, r.row())
	}
	return page, nil
}

const (
	taskColumns = `t.id, t.kind, t.subject, t.opened_at, t.closed_at, t.forloeb_id, f.reference, f.status, coalesce(n.name, '') as workplace,
		forloeb_now(f) as now, ` + handlingColumns
	tasksWithForloeb = `tasks t
		join forloeb f on f.id = t.forloeb_id
		left join lateral (select id from workplaces where forloeb_id = f.id order by position limit 1) w on true
		left join workplace_names n on n.workplace_id = w.id`
)

type taskCursor struct {
	OpenedAt time.Time `json:"o"`
	ID       int64     `json:"i"`
}

type taskRow struct {
	ID        int64            `db:"id"`
	Kind      forloeb.TaskKind `db:"kind"`
	Subject   string           `db:"subject"`
	OpenedAt  time.Time        `db:"opened_at"`
	ClosedAt  *time.Time       `db:"closed_at"`
	ForloebID uuid.UUID        `db:"forloeb_id"`
	Reference string           `db:"reference"`
	Status    forloeb.Status   `db:"status"`
	Workplace string           `db:"workplace"`
	Now       time.Time        `db:"now"`
	handlingRow
}

func (r taskRow) row() forloeb.TaskRow {
	row := forloeb.TaskRow{
		Task:      forloeb.Task{ID: r.ID, Kind: r.Kind, Subject: r.Subject, OpenedAt: r.OpenedAt},
		ForloebID: r.ForloebID, Reference: r.Reference, Status: r.Status, Workplace: r.Workplace, Now: r.Now, Handling: r.handling(),
	}
	if r.ClosedAt != nil {
		row.ClosedAt = *r.ClosedAt
	}
	return row
}
