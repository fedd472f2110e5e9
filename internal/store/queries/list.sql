-- The rows of one page of the list, of the forløb that a filter leaves.
select f.id, f.reference, f.type, f.status, f.status_since, f.waiting, f.next_at, f.needs_attention, l.overdue,
	f.seen_version >= f.version as settled, forloeb_now(f) as now,
	coalesce(n.name, '') as workplace, coalesce(w.municipality, '') as municipality, coalesce(w.region, '') as region, coalesce(f.provider, '') as provider, l.themes,
	k.id as consultant_id, coalesce(k.name, '') as consultant,
	(select count(*) from workplaces p where p.forloeb_id = f.id and not p.only_applies and p.left_at is null) as workplaces
from (
	select * from /*matching*/ matching
	order by not needs_attention, coalesce(next_at, 'infinity'), status_since desc, forloeb_id
	limit ?) l
join forloeb f on f.id = l.forloeb_id
join lateral (select id, municipality, region from workplaces where forloeb_id = f.id order by position limit 1) w on true
left join workplace_names n on n.workplace_id = w.id
left join consultants k on k.id = l.consultant_id
order by not l.needs_attention, coalesce(l.next_at, 'infinity'), l.status_since desc, f.id
