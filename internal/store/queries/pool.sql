-- Those who wait for assessment in programme $1, the longest first, with what has been chosen so far.
select f.id, f.reference, f.type, f.status_since as agreed_at, floor(extract(epoch from forloeb_now(f) - f.status_since) / 86400)::integer as waited,
	coalesce(f.decision, '') = 'waitlisted' as waitlisted, coalesce(w.municipality, w.region) as municipality, coalesce(w.sector, w.unit_type) as sector, coalesce(n.name, '') as workplace, a.themes,
	(select count(*) from parties p where p.workplace_id = w.id and p.replaced_at is null and p.left_at is null) as people,
	(select count(distinct o.forloeb_id)
		from workplaces o join workplace_names b on b.workplace_id = o.id
		where o.forloeb_id <> f.id and coalesce(o.municipality, o.region) = coalesce(w.municipality, w.region) and lower(b.name) = lower(n.name)
			and exists (select from assignments s where s.forloeb_id = o.forloeb_id)) as earlier,
	coalesce(c.decision, '') as decision, coalesce(c.reason, '') as reason, coalesce(c.words, '') as words
from forloeb f
join applications a on a.forloeb_id = f.id and a.revision = f.revision
join workplaces w on w.forloeb_id = f.id and w.position = 1
left join workplace_names n on n.workplace_id = w.id
left join round_choices c on c.programme = f.programme and c.forloeb_id = f.id
where f.programme = $1 and f.status = 'awaiting_assessment' and coalesce(f.decision, 'waitlisted') = 'waitlisted'
	and f.withdrawn_at is null and f.stopped_at is null
order by f.status_since, f.id
