-- The whole forløb as one document, in one snapshot and one round trip.
-- Keys are the field names of forloeb.Forloeb.
select json_build_object(
	'ID', f.id, 'Reference', f.reference, 'Programme', f.programme, 'Type', f.type, 'Provider', coalesce(f.provider, ''),
	'Status', f.status, 'StatusSince', f.status_since, 'Version', f.version, 'Seen', f.seen_version,
	'Policy', f.policy, 'CreatedAt', f.created_at,
	'Decision', coalesce(f.decision, ''), 'DecidedAt', f.decided_at, 'ExtraMeetings', f.extra_meetings,
	'FinishedAt', f.finished_at, 'WithdrawnAt', f.withdrawn_at, 'StoppedAt', f.stopped_at,
	'ReopenTo', coalesce(f.reopen_to, ''), 'ReopenedAt', f.reopened_at, 'MatchTriedAt', f.match_tried_at, 'BegunAt', f.begun_at, 'ConsentUntil', f.consent_until, 'EvaluationUntil', f.evaluation_until,
	'DecisionText', coalesce((select text from remarks r where r.forloeb_id = f.id and r.kind = 'decision' order by id desc limit 1), ''),
	'StopText', coalesce((select text from remarks r where r.forloeb_id = f.id and r.kind = 'stop' order by id desc limit 1), ''),
	'DuplicateOf', case when f.stopped_at is not null then duplicate_of(f.id) end,
	'Duplicates', (select json_agg(json_build_object('ID', o.id, 'Reference', o.reference) order by o.reference)
		from duplicates d join forloeb o on o.id = d.forloeb_id where d.of = f.id),
	'PauseWords', coalesce((select text from remarks r where r.forloeb_id = f.id and r.kind in ('ask_pause', 'c_ask_pause') order by id desc limit 1), ''),
	'Written', json_build_object('Waiting', coalesce(f.waiting->>'key', ''), 'Next', f.next_at, 'NeedsAttention', f.needs_attention),
	'Application', (select json_build_object(
			'Revision', a.revision, 'StartedBy', a.started_by, 'Body', a.body, 'Quorum', a.quorum, 'Themes', a.themes, 'Hash', a.hash, 'At', a.at,
			'Texts', (select json_build_object('Situation', t.situation, 'ChangeGoal', t.change_goal, 'Tried', t.tried, 'Timing', t.timing, 'BodyName', t.body_name, 'Focus', t.focus)
				from application_texts t where t.forloeb_id = a.forloeb_id and t.revision = a.revision))
		from applications a where a.forloeb_id = f.id and a.revision = f.revision),
	'Workplaces', (select json_agg(json_build_object(
			'ID', w.id, 'Name', coalesce(n.name, ''), 'Municipality', coalesce(w.municipality, ''), 'Sector', coalesce(w.sector, ''),
			'Region', coalesce(w.region, ''), 'UnitType', coalesce(w.unit_type, ''),
			'Employees', w.employees, 'LeftAt', w.left_at,
			'OnlyApplies', w.only_applies, 'OutReason', coalesce(w.out_reason, ''), 'AskedAgainAt', w.asked_again_at) order by w.position)
		from workplaces w left join workplace_names n on n.workplace_id = w.id where w.forloeb_id = f.id),
	'Parties', (select json_agg(json_build_object(
			'ID', p.id, 'WorkplaceID', p.workplace_id, 'Side', p.side, 'Role', p.role, 'LinkVersion', p.link_version,
			'Corrections', p.corrections, 'ReplacesParty', p.replaces, 'ReplacedAt', p.replaced_at, 'LeftAt', p.left_at,
			'FixAskedAt', p.fix_asked_at, 'NotMeAt', p.not_me_at, 'LinkAskedAt', p.link_asked_at, 'TextAskedAt', p.text_asked_at,
			'ReopenAskedAt', p.reopen_asked_at, 'ListedAt', p.listed_at, 'ContestedAt', p.contested_at,
			'FixText', coalesce((select text from remarks r where r.party_id = p.id and r.kind = 'fix' order by id desc limit 1), ''),
			'Contact', json_build_object('Name', coalesce(c.name, ''), 'Title', coalesce(c.title, ''),
				'Email', coalesce(c.email, ''), 'Phone', coalesce(c.phone, '')),
			'Consent', (select json_build_object('Revision', s.revision, 'Answer', s.answer, 'TextHash', s.text_hash, 'At', s.at,
					'Channel', s.channel, 'Signature', coalesce(g.signature, ''), 'Device', coalesce(g.device, ''))
				from consents s left join signatures g using (party_id, revision)
				where s.party_id = p.id and s.revision = f.revision)) order by w.position, p.side, p.link_version, p.id)
		from parties p join workplaces w on w.id = p.workplace_id left join party_contacts c on c.party_id = p.id where p.forloeb_id = f.id),
	'Guests', (select json_agg(json_build_object(
			'ID', g.id, 'WorkplaceID', g.workplace_id, 'By', g.added_by, 'Name', coalesce(c.name, ''), 'Email', coalesce(c.email, ''),
			'AddedAt', g.added_at, 'RemovedAt', g.removed_at, 'Declined', g.declined) order by g.added_at, g.id)
		from guests g left join guest_contacts c on c.guest_id = g.id where g.forloeb_id = f.id),
	'Assignments', (select json_agg(json_build_object(
			'ID', a.id, 'Reason', a.reason, 'Score', a.score, 'At', a.at, 'Until', a.until, 'AcceptedAt', a.accepted_at, 'Declined', coalesce(a.declined, ''),
			'Consultant', json_build_object('ID', k.id, 'Provider', coalesce(k.provider, ''), 'Name', k.name, 'Email', k.email, 'Phone', k.phone,
				'Themes', k.themes, 'Regions', k.regions, 'Capacity', k.capacity, 'Active', k.active, 'LinkVersion', coalesce(v.version, 1))) order by a.id)
		from assignments a join consultants k on k.id = a.consultant_id left join consultant_links v on v.consultant_id = k.id where a.forloeb_id = f.id),
	'Recused', (select recused(a.consultant_id, f.id) from assignments a where a.forloeb_id = f.id and a.until is null limit 1),
	'Pauses', (select json_agg(json_build_object('ID', p.id, 'From', p.from_at, 'Until', p.until_at, 'Reason', p.reason) order by p.id)
		from pauses p where p.forloeb_id = f.id),
	'Plans', (select json_agg(json_build_object('Kind', t.kind, 'Version', t.version, 'Text', t.text) order by t.kind)
		from plan_texts t where t.forloeb_id = f.id),
	'Meetings', (select json_agg(json_build_object(
			'ID', m.id, 'Ordinal', m.ordinal, 'StartsAt', m.starts_at, 'EndsAt', m.ends_at, 'State', m.state,
			'Place', coalesce(l.place, ''), 'PrepTask', coalesce(h.text, ''), 'ICSUID', m.ics_uid, 'Sequence', m.ics_sequence, 'MovedFrom', m.moved_from,
			'StateAt', m.state_at, 'BookedAt', m.booked_at,
			'Workplaces', (select json_agg(mw.workplace_id) from meeting_workplaces mw where mw.meeting_id = m.id),
			'OtherTimes', (select json_agg(json_build_object(
					'Party', o.party_id, 'Version', o.version, 'At', o.at, 'AnsweredAt', o.answered_at,
					'Text', coalesce((select text from remarks r where r.forloeb_id = f.id and r.version = o.version and r.kind = 'other_time'), '')) order by o.version)
				from other_times o where o.meeting_id = m.id)) order by m.starts_at, m.ordinal)
		from meetings m left join meeting_places l on l.meeting_id = m.id left join meeting_tasks h on h.meeting_id = m.id where m.forloeb_id = f.id),
	'Invitations', (select json_agg(json_build_object(
			'EvaluationID', e.id, 'WorkplaceID', e.workplace_id, 'Wave', e.wave, 'PartyID', i.party_id,
			'AnsweredAt', i.answered_at, 'RefusedAt', i.refused_at) order by e.wave, i.party_id)
		from invitations i join evaluations e on e.id = i.evaluation_id
		join workplaces w on w.id = e.workplace_id where w.forloeb_id = f.id),
	'Mails', (select json_agg(json_build_object(
			'ID', m.id, 'Kind', m.kind, 'Recipient', m.recipient, 'Ordinal', m.ordinal, 'Ref', m.ref, 'State', m.state,
			'Held', m.held, 'Code', m.code, 'Doubts', m.doubts, 'Resends', m.resends, 'PlannedAt', m.planned_at, 'SentAt', m.sent_at) order by m.id)
		from mails m where m.forloeb_id = f.id),
	'Tasks', (select json_agg(json_build_object(
			'ID', t.id, 'Kind', t.kind, 'Subject', t.subject, 'OpenedAt', t.opened_at, 'ClosedAt', t.closed_at) order by t.id)
		from tasks t where t.forloeb_id = f.id),
	'Events', (select json_agg(json_build_object(
			'Seq', e.seq, 'From', e."from", 'To', e."to", 'Cause', e.cause, 'At', e.at) order by e.seq)
		from forloeb_events e where e.forloeb_id = f.id),
	'Acts', (select json_agg(json_build_object(
			'ForloebID', a.forloeb_id, 'Version', a.version, 'Name', a.name, 'Ref', a.ref, 'Detail', a.detail, 'At', a.at,
			'Actor', json_build_object('Kind', a.actor_kind, 'ID', a.actor_id)) order by a.version)
		from acts a where a.forloeb_id = f.id)
)
from forloeb f where f.id = $1
