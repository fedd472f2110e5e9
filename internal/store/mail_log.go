package store

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

var mailLogSQL = `
	select m.id, m.kind, m.recipient, m.state, m.held, m.code, m.planned_at, m.sent_at, m.forloeb_id, f.reference, coalesce(p.side, '') as side
	from mails m
	join forloeb f on f.id = m.forloeb_id
	left join parties p on p.id = m.recipient
	where (cardinality($1::text[]) = 0 or m.state = any ($1)) and coalesce(m.sent_at, m.planned_at) >= $2
		and (not $3 or (coalesce(m.sent_at, m.planned_at), m.id) < ($4::timestamptz, $5::bigint)) and ` + within(7) + `
	order by coalesce(m.sent_at, m.planned_at) desc, m.id desc
	limit $6`

// MailLog is one page of the mails of every forløb, the newest first: by when
// they were sent, or owed.
func (s *Store) MailLog(ctx context.Context, f forloeb.MailFilter) (page forloeb.MailPage, err error) {
	var after mailCursor
	if f.Cursor != "" {
		if err := decodeCursor(f.Cursor, &after); err != nil {
			return page, err
		}
	}
	states := make([]string, len(f.States))
	for i, state := range f.States {
		states[i] = string(state)
	}
	var rows []mailRow
	err = s.db.SelectContext(ctx, &rows, mailLogSQL, pq.Array(states), f.Since, f.Cursor != "", after.At, after.ID, forloeb.MaxRows+1, only(ctx))
	if err != nil {
		return page, err
	}
	for _, r := range rows[:min(len(rows), forloeb.MaxRows)] {
		page.Rows = append(page.Rows, r.row())
	}
	if len(rows) > forloeb.MaxRows {
		last := page.Rows[forloeb.MaxRows-1]
		page.Next = encodeCursor(mailCursor{At: last.At(), ID: last.ID})
	}
	return page, nil
}

// mailCursor is the place of the last row in the log.
type mailCursor struct {
	At time.Time `json:"a"`
	ID int64     `json:"i"`
}

type mailRow struct {
	ID        int64             `db:"id"`
	Kind      forloeb.MailKind  `db:"kind"`
	Recipient uuid.UUID         `db:"recipient"`
	State     forloeb.MailState `db:"state"`
	Held      bool              `db:"held"`
	Code      string            `db:"code"`
	PlannedAt time.Time         `db:"planned_at"`
	SentAt    *time.Time        `db:"sent_at"`
	ForloebID uuid.UUID         `db:"forloeb_id"`
	Reference string            `db:"reference"`
	Side      forloeb.Side      `db:"side"`
}

func (r mailRow) row() forloeb.MailRow {
	row := forloeb.MailRow{
		Mail:      forloeb.Mail{ID: r.ID, Kind: r.Kind, Recipient: r.Recipient, State: r.State, Held: r.Held, Code: r.Code, PlannedAt: r.PlannedAt},
		ForloebID: r.ForloebID, Reference: r.Reference, Side: r.Side,
	}
	if r.SentAt != nil {
		row.SentAt = *r.SentAt
	}
	return row
}
