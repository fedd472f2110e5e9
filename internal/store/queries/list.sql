-- One page of forløb in the order of the list, from where the last page ended.
-- $5 is in small letters; those of the columns are made so by Unicode's rules
-- and not by the server's locale, which may know no æ, ø and å.
select f.id, f.reference, f.status, f.status_since, f.waiting, f.next_at, f.needs_attention,
	f.seen_version >= f.version as settled,
	coalesce(n.name, '') as workplace, w.municipality, a.themes,
	k.id as consultant_id, coalesce(k.name, '') as consultant
from forloeb f
join applications a on a.forloeb_id = f.id and a.revision = f.revision
join lateral (select id, municipality from workplaces where forloeb_id = f.id order by id limit 1) w on true
left join workplace_names n on n.workplace_id = w.id
left join assignments g on g.forloeb_id = f.id and g.until is null
left join consultants k on k.id = g.consultant_id
where (cardinality($1::text[]) = 0 or f.status = any($1))
	and ($2 = '' or w.municipality = $2)
	and ($3 = '' or $3 = any(a.themes))
	and ($4::uuid is null or k.id = $4)
	and ($5 = '' or position($5 in f.reference) > 0 or position($5 in lower(n.name collate "und-x-icu")) > 0
		or exists (select 1 from parties p join party_contacts c on c.party_id = p.id
			where p.forloeb_id = f.id and position($5 in lower(c.name collate "und-x-icu")) > 0))
	and (not $6 or f.needs_attention)
	and (not $7 or (not f.needs_attention, coalesce(f.next_at, 'infinity'), f.id) > ($8::boolean, $9::timestamptz, $10::uuid))
order by not f.needs_attention, coalesce(f.next_at, 'infinity'), f.id
limit $11
