package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// A consultant gets one collected mail of a kind a day. Each forløb owns a
// row of it; the first that is sent that day names every forløb that needs
// it, and the others are then sent with it.

// collected reports whether today's mail has gone already, and if so notes
// that this row went with it.
func collected(ctx context.Context, tx *transaction, m *forloeb.Mail, now time.Time) (bool, error) {
	if _, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock(hashtextextended($1, 2))`, string(m.Kind)+m.Recipient.String()); err != nil {
		return false, err
	}
	res, err := tx.ExecContext(ctx, `
		update mails set state = 'sent', code = 'collected', sent_at = $5
		where id = $1 and exists (
			select 1 from mails o
			where o.id <> $1 and o.kind = $2 and o.recipient = $3 and o.state in ('sending', 'sent') and o.code <> 'collected'
				and (o.planned_at at time zone 'Europe/Copenhagen')::date = ($4::timestamptz at time zone 'Europe/Copenhagen')::date)`,
		m.ID, m.Kind, m.Recipient, m.PlannedAt, now)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// digest lists every forløb of the consultant that needs this kind of mail.
func digest(ctx context.Context, tx *transaction, m *forloeb.Mail, own *forloeb.Forloeb, now time.Time) ([]forloeb.DigestItem, error) {
	var ids []uuid.UUID
	err := tx.SelectContext(ctx, &ids, `
		select a.forloeb_id from assignments a join forloeb f on f.id = a.forloeb_id
		where a.consultant_id = $1 and a.until is null and f.status in ('planning', 'in_progress') and f.id <> $2
		order by f.reference`, m.Recipient, own.ID)
	if err != nil {
		return nil, err
	}
	now = forloeb.EndOfDay(now) // what falls due later today goes with this mail
	items := own.DigestItems(m.Kind, now)
	for _, id := range ids {
		f, err := load(ctx, tx.whole, id)
		if err != nil {
			return nil, err
		}
		items = append(items, f.DigestItems(m.Kind, now)...)
	}
	return items, nil
}
