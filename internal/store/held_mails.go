package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// HeldForMany are the requests that wait because many applied in an hour, the
// oldest first. What an address may get in a week holds for them too: those
// that would be too many do not fit.
func (s *Store) HeldForMany(ctx context.Context) (list []forloeb.HeldMail, err error) {
	var rows []struct {
		Mail      int64        `db:"id"`
		Forloeb   uuid.UUID    `db:"forloeb_id"`
		Reference string       `db:"reference"`
		Workplace string       `db:"workplace"`
		Side      forloeb.Side `db:"side"`
		Since     time.Time    `db:"planned_at"`
		Fits      bool         `db:"fits"`
	}
	err = s.db.SelectContext(ctx, &rows, heldForMany, forloeb.CodeManyApplications, only(ctx), MaxConsentRequests)
	for _, r := range rows {
		list = append(list, forloeb.HeldMail(r))
	}
	return list, err
}

// heldForMany counts what each address got lately as requestsLately does, and
// those held for it in their order.
var heldForMany = `
	with held as (
		select m.id, m.forloeb_id, m.planned_at, p.side, f.reference, p.workplace_id, lower(c.email) as address,
			row_number() over (partition by lower(c.email) order by m.id) as nth
		from mails m
		join forloeb f on f.id = m.forloeb_id
		join parties p on p.id = m.recipient
		join party_contacts c on c.party_id = m.recipient
		where m.held and m.state = 'planned' and m.code = $1 and ` + within(2) + `),
	lately as (
		select lower(c.email) as address, count(*) as n
		from mails m
		join party_contacts c on c.party_id = m.recipient
		where m.kind in ('consent_request', 'changed', 'workplace_invited') and m.state <> 'cancelled' and not m.held
			and m.real_at > now() - interval '7 days' and not exists (select 1 from consents a where a.party_id = m.recipient)
		group by 1)
	select h.id, h.forloeb_id, h.reference, h.side, h.planned_at, coalesce(n.name, '') as workplace, h.nth + coalesce(l.n, 0) <= $3 as fits
	from held h
	left join lately l on l.address = h.address
	left join workplace_names n on n.workplace_id = h.workplace_id
	order by h.id`
