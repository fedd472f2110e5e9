-- The forløb that a filter leaves, as a list shows them. $6 is in small
-- letters; those of the columns are made so by Unicode's rules and not by the
-- server's locale, which may know no æ, ø and å. A forløb is overdue when it is
-- in none of the closed statuses $8, and the day it waits for is over in
-- Denmark, by its own clock.
select f.id, f.reference, f.type, f.status, f.status_since, f.waiting, f.next_at, f.needs_attention,
	f.seen_version >= f.version as settled, forloeb_now(f) as now,
	f.status <> all ($8::text[]) and coalesce((forloeb_now(f) at time zone 'Europe/Copenhagen')::date
		> ((f.waiting->>'deadline')::timestamptz at time zone 'Europe/Copenhagen')::date, false) as overdue,
	coalesce(n.name, '') as workplace, coalesce(w.municipality, '') as municipality, coalesce(w.region, '') as region, coalesce(f.provider, '') as provider, a.themes,
	k.id as consultant_id, coalesce(k.name, '') as consultant
from forloeb f
join applications a on a.forloeb_id = f.id and a.revision = f.revision
join lateral (select id, municipality, region from workplaces where forloeb_id = f.id order by position limit 1) w on true
left join workplace_names n on n.workplace_id = w.id
left join assignments g on g.forloeb_id = f.id and g.until is null
left join consultants k on k.id = g.consultant_id
where ($1 = '' or f.programme = $1)
	and ($2 = '' or f.type = $2)
	and ($3 = '' or exists (select 1 from workplaces m where m.forloeb_id = f.id and m.municipality = $3))
	and ($9 = '' or f.provider = $9)
	and ($4 = '' or $4 = any(a.themes))
	and ($5::uuid is null or k.id = $5)
	and ($6 = '' or f.reference = $7 or position($6 in f.reference) > 0 or exists (select 1 from workplaces m join workplace_names l on l.workplace_id = m.id
			where m.forloeb_id = f.id and position($6 in lower(l.name collate "und-x-icu")) > 0)
		or exists (select 1 from parties p join party_contacts c on c.party_id = p.id
			where p.forloeb_id = f.id and position($6 in lower(c.name collate "und-x-icu")) > 0))
