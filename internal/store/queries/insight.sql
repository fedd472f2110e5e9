-- What is kept about the person with an address, one document a forløb. Keys
-- are those of forloeb.InsightCase's JSON.
select f.id, json_build_object(
	'reference', f.reference, 'programme', f.programme, 'status', f.status, 'applied_at', f.created_at,
	'name', c.name, 'title', c.title, 'phone', coalesce(c.phone, ''), 'side', p.side, 'role', p.role,
	'workplace', coalesce(n.name, ''), 'replaced_at', p.replaced_at, 'left_at', p.left_at,
	'answers', coalesce((select json_agg(json_build_object('answer', s.answer, 'at', s.at, 'channel', s.channel, 'signature', coalesce(g.signature, '')) order by s.at)
		from consents s left join signatures g using (party_id, revision) where s.party_id = p.id), '[]'),
	'texts', coalesce((select json_agg(json_build_object('kind', t.kind, 'at', t.at, 'text', t.text) order by t.place, t.at) from (
		select 1 as place, 'application' as kind, a.at, v.text from applications a join application_texts x using (forloeb_id, revision),
			lateral (values (x.situation), (x.tried), (x.timing), (x.change_goal), (x.body_name), (x.focus)) v (text)
			where a.forloeb_id = f.id and a.revision = f.revision and v.text <> ''
		union all select 2, r.kind, null, r.text from remarks r where r.party_id = p.id
		union all select 3, 'note', o.written_at, o.text from notes o where o.forloeb_id = f.id and o.text is not null) t), '[]'),
	'meetings', coalesce((select json_agg(json_build_object('starts_at', m.starts_at, 'state', m.state, 'place', coalesce(l.place, '')) order by m.starts_at)
		from meetings m left join meeting_places l on l.meeting_id = m.id where m.forloeb_id = f.id), '[]'),
	'mails', coalesce((select json_agg(json_build_object('kind', m.kind, 'state', m.state, 'sent_at', m.sent_at) order by m.id)
		from mails m where m.recipient = p.id), '[]'),
	'evaluations', coalesce((select json_agg(json_build_object('wave', e.wave, 'answered_at', i.answered_at, 'refused_at', i.refused_at) order by e.wave)
		from invitations i join evaluations e on e.id = i.evaluation_id where i.party_id = p.id), '[]'),
	'seen_by', coalesce((select json_agg(json_build_object('at', l.at, 'role', l.role, 'kind', l.kind, 'purpose', l.purpose) order by l.id)
		from access_log l where l.forloeb_id = f.id), '[]')) as document,
	array(select v.text from parties q join party_contacts d on d.party_id = q.id, lateral (values (d.name), (d.email), (d.phone)) v (text)
		where q.forloeb_id = f.id and lower(d.email) <> $1 and v.text <> '')
		|| array(select v.text from guests q join guest_contacts d on d.guest_id = q.id, lateral (values (d.name), (d.email)) v (text)
		where q.forloeb_id = f.id and lower(d.email) <> $1 and v.text <> '') as others, f.created_at, p.id as person
from party_contacts c join parties p on p.id = c.party_id join forloeb f on f.id = p.forloeb_id
left join workplace_names n on n.workplace_id = p.workplace_id
where lower(c.email) = $1
union all
select f.id, json_build_object(
	'reference', f.reference, 'programme', f.programme, 'status', f.status, 'applied_at', f.created_at,
	'guest', true, 'name', c.name, 'workplace', coalesce(n.name, ''), 'left_at', g.removed_at,
	'answers', json_build_array(), 'texts', json_build_array(), 'evaluations', json_build_array(),
	'meetings', coalesce((select json_agg(json_build_object('starts_at', m.starts_at, 'state', m.state, 'place', coalesce(l.place, '')) order by m.starts_at)
		from meetings m left join meeting_places l on l.meeting_id = m.id
		where exists (select 1 from mails i where i.recipient = g.id and i.ref = m.id::text)), '[]'),
	'mails', coalesce((select json_agg(json_build_object('kind', m.kind, 'state', m.state, 'sent_at', m.sent_at) order by m.id)
		from mails m where m.recipient = g.id), '[]'),
	'seen_by', coalesce((select json_agg(json_build_object('at', l.at, 'role', l.role, 'kind', l.kind, 'purpose', l.purpose) order by l.id)
		from access_log l where l.forloeb_id = f.id), '[]')), '{}', f.created_at, g.id
from guest_contacts c join guests g on g.id = c.guest_id join forloeb f on f.id = g.forloeb_id
left join workplace_names n on n.workplace_id = g.workplace_id
where lower(c.email) = $1
order by created_at, id, person
