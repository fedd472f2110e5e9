-- A consultant's meetings, with the number that people know each by, and the
-- time on its forløb's own clock. What is registered is shown from $2 on, on
-- that clock; what is booked always, however long it has waited.
select f.id as forloeb, f.reference, f.status, coalesce(n.name, '') as workplace, w.place as municipality,
	m.id as meeting, m.starts_at, m.ends_at, m.state, coalesce(l.place, '') as place,
	1 + (select count(*) from meetings o where o.forloeb_id = f.id and o.state in ('booked', 'held')
		and o.starts_at < m.starts_at) as number,
	forloeb_now(f) as now,
	(select coalesce(json_agg(json_build_object('Side', p.side, 'Role', p.role, 'Name', c.name, 'Phone', coalesce(c.phone, ''))
			order by p.side), '[]')
		from parties p join party_contacts c on c.party_id = p.id
		where p.forloeb_id = f.id and p.replaced_at is null and p.left_at is null and p.not_me_at is null) as attendees
from assignments a
join forloeb f on f.id = a.forloeb_id
join lateral (select id, coalesce(municipality, region) as place from workplaces where forloeb_id = f.id order by position limit 1) w on true
left join workplace_names n on n.workplace_id = w.id
join meetings m on m.forloeb_id = f.id
left join meeting_places l on l.meeting_id = m.id
where a.consultant_id = $1 and a.until is null and ($3 = '' or f.provider = $3) and f.status in ('planning', 'in_progress', 'awaiting_evaluation')
	and (m.state = 'booked' or m.state in ('held', 'no_show') and m.starts_at - f.clock_offset >= $2)
order by m.starts_at - f.clock_offset, m.id
