-- Open forløb that may be about the same as one of $1, or as one of those that came in last where $1 is null: a
-- workplace in the same municipality or region whose name is alike, or a party with the same mail address.
with looked_at as (
	select f.id from forloeb f join listed_all l on l.forloeb_id = f.id and l.open where f.id = any ($1)
	union all
	(select f.id from forloeb f join listed_all l on l.forloeb_id = f.id and l.open
		where $1::uuid[] is null and f.status in ('awaiting_consent', 'awaiting_assessment', 'awaiting_consultant')
		order by f.created_at desc limit 50)
), same_place as (
	select x.id, o.forloeb_id as other
	from looked_at x
	join workplaces w on w.forloeb_id = x.id and w.left_at is null join workplace_names n on n.workplace_id = w.id
	join listed_all l on l.open and l.forloeb_id <> x.id and (l.municipalities @> array[w.municipality] or w.municipality is null and l.municipalities = '{}')
	join workplaces o on o.forloeb_id = l.forloeb_id and o.left_at is null and coalesce(o.municipality, o.region) = coalesce(w.municipality, w.region)
	join workplace_names m on m.workplace_id = o.id
	where names_alike(n.name, m.name)
), same_people as (
	select x.id, q.forloeb_id as other
	from looked_at x
	join parties p on p.forloeb_id = x.id and p.replaced_at is null and p.left_at is null
	join party_contacts c on c.party_id = p.id and c.email <> ''
	join party_contacts d on lower(d.email) = lower(c.email)
	join parties q on q.id = d.party_id and q.forloeb_id <> x.id and q.replaced_at is null and q.left_at is null
), alike as (
	select id, other, bool_or(place) as place, bool_or(people) as people
	from (select id, other, true as place, false as people from same_place union all select id, other, false, true from same_people) found
	group by id, other
)
select f.id, f.reference, o.id as other, o.reference as other_reference, o.created_at, coalesce(n.name, '') as workplace, a.place, a.people
from alike a
join forloeb f on f.id = a.id
join forloeb o on o.id = a.other and o.withdrawn_at is null and o.stopped_at is null
join listed_all l on l.forloeb_id = o.id and l.open
left join workplaces w on w.forloeb_id = o.id and w.position = 1
left join workplace_names n on n.workplace_id = w.id
where not exists (select from not_alike s where s.one = least(a.id, o.id) and s.other = greatest(a.id, o.id))
order by (a.place and a.people) desc, a.people desc, o.created_at desc, o.id
limit 100
