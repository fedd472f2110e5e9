-- Forløb that a workplace of forløb $1 has had before, or has beside it: of the same name in the same municipality or
-- region. Those that never had a consultant came to nothing.
select distinct on (o.id) o.id, o.reference, l.open, l.programme, l.themes, a.accepted_at, k.id as consultant_id, k.name as consultant
from workplaces w
join workplace_names n on n.workplace_id = w.id
join /*listed*/listed l on l.municipalities @> array[w.municipality] or w.municipality is null and l.municipalities = '{}'
join workplaces x on x.forloeb_id = l.forloeb_id and coalesce(x.municipality, x.region) = coalesce(w.municipality, w.region)
join workplace_names m on m.workplace_id = x.id and plain_name(m.name) = plain_name(n.name)
join forloeb o on o.id = l.forloeb_id and o.id <> w.forloeb_id
join lateral (select consultant_id, accepted_at from assignments where forloeb_id = o.id and accepted_at is not null order by id desc limit 1) a on true
join consultants k on k.id = a.consultant_id
where w.forloeb_id = $1 and plain_name(n.name) <> ''
order by o.id
