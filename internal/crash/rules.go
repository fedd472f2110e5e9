package crash

// rule is something that holds at rest, as SQL that finds what breaks it: rows
// of a forløb and what is wrong with it. The letters are the invariants' names
// in docs/reliability.md.
type rule struct{ name, sql string }

// heldFor is when the held meetings that were for a workplace ended.
func heldFor(workplace string) string {
	return `select h.ends_at from meetings h join workplaces own on own.forloeb_id = h.forloeb_id
		where own.id = ` + workplace + ` and h.state = 'held'
		and (not exists (select from meeting_workplaces s where s.meeting_id = h.id)
			or exists (select from meeting_workplaces s where s.meeting_id = h.id and s.workplace_id = own.id))`
}

var rules = []rule{
	{"I3 no step is skipped", `
		select e.forloeb_id, format('event %s begins at %s', e.seq, e."from") what
		from forloeb_events e left join forloeb_events p on p.forloeb_id = e.forloeb_id and p.seq = e.seq - 1
		where e."from" is distinct from coalesce(p."to", 'none')`},
	{"I3 the status is the last event", `
		select f.id, f.status what from forloeb f
		where f.status is distinct from (select "to" from forloeb_events e where e.forloeb_id = f.id order by seq desc limit 1)`},
	{"I3 the ledger has no gaps", `
		select a.forloeb_id, format('%s acts, the last is number %s', count(*), max(version)) what
		from acts a group by 1 having count(*) <> max(version) - min(version) + 1`},
	{"I3 every answer has its act", `
		select f.id, format('%s answered, %s acts', c.n, a.n) what from forloeb f,
		lateral (select count(distinct c.party_id) n from consents c join parties p on p.id = c.party_id where p.forloeb_id = f.id) c,
		lateral (select count(*) n from acts where forloeb_id = f.id and name = 'consent-answered') a
		where c.n > a.n`},
	{"I3 every meeting has its act", `
		select m.forloeb_id, format('meeting %s', m.ordinal) what from meetings m
		where not exists (select from acts a where a.forloeb_id = m.forloeb_id and a.ref = m.id::text)`},
	{"I4 both agreed and it went on", `
		select f.id, 'two said yes' what from forloeb f join parties p on p.forloeb_id = f.id and p.replaced_at is null and p.left_at is null
		join consents c on c.party_id = p.id and c.revision = f.revision and c.answer = 'yes'
		where f.status = 'awaiting_consent' and not exists (select from workplaces w where w.forloeb_id = f.id and w.only_applies)
		group by f.id having count(*) = 2`},
	{"I4 all have joined and it went on", `
		select f.id, 'everybody said yes' what from forloeb f
		where f.status = 'awaiting_consent' and (select count(*) from workplaces w where w.forloeb_id = f.id and not w.only_applies and w.left_at is null) >= 2
		and not exists (select from parties p join workplaces w on w.id = p.workplace_id
			where p.forloeb_id = f.id and p.replaced_at is null and w.left_at is null
			and not exists (select from consents c where c.party_id = p.id and c.revision = f.revision and c.answer = 'yes'))`},
	{"a workplace evaluates for itself", `
		select p.forloeb_id, 'invited to another''s' what from invitations i join evaluations e on e.id = i.evaluation_id
		join parties p on p.id = i.party_id where p.workplace_id <> e.workplace_id`},
	{"every workplace that met evaluates", `
		select f.id, 'a workplace was not asked' what from forloeb f join workplaces w on w.forloeb_id = f.id and not w.only_applies and w.left_at is null
		where f.status = 'completed' and exists (` + heldFor("w.id") + `) and not exists (select from evaluations e where e.workplace_id = w.id)`},
	{"a meeting is told to those it is for", `
		select m.forloeb_id, m.kind what from mails m join parties p on p.id = m.recipient
		join meeting_workplaces s on s.meeting_id::text = m.ref
		where m.kind in ('meeting_invitation', 'meeting_moved', 'meeting_reminder') and m.state = 'sent'
		and not exists (select from meeting_workplaces own where own.meeting_id = s.meeting_id and own.workplace_id = p.workplace_id)`},
	{"a workplace that is out is left in peace", `
		select m.forloeb_id, format('%s planned at %s', m.kind, m.planned_at) what from mails m join parties p on p.id = m.recipient
		join workplaces w on w.id = p.workplace_id
		where m.planned_at > w.left_at + interval '1 second' and m.state = 'sent' and m.kind not in ('workplace_left', 'answer_no', 'meeting_cancelled')`},
	{"who was asked carries it out", `
		select a.forloeb_id, format('%s asked, %s came', coalesce(f.provider, 'SPARK'), coalesce(c.provider, 'SPARK')) what
		from assignments a join forloeb f on f.id = a.forloeb_id join consultants c on c.id = a.consultant_id
		where c.provider is distinct from f.provider`},
	{"I4 every fact is acted on", `
		select id, format('version %s, seen %s', version, seen_version) what from forloeb where seen_version < version`},
	{"I4 no date has passed unseen", `
		select id, format('%s since %s', waiting->>'key', next_at) what from forloeb where next_at < now() - interval '30 seconds'
		and status not in ('completed', 'declined', 'lapsed', 'rejected', 'withdrawn', 'stopped')`},
	{"I4 every act is relayed", `
		select forloeb_id, name what from acts where relayed_at is null and written_at < now() - interval '30 seconds'`},
	{"I4 no mail is stuck", `
		select forloeb_id, format('%s is %s', kind, state) what from mails where state in ('planned', 'sending') and not held
		and planned_at < now() - interval '10 seconds'`}, // a date may pass while this is asked
	{"I7 nobody is asked before the time", `
		select m.forloeb_id, format('%s planned at %s', m.kind, m.planned_at) what
		from mails m join forloeb f on f.id = m.forloeb_id join parties p on p.id = m.recipient
		where m.kind = 'evaluation_request' and m.planned_at < (
			select max(met.ends_at) from (` + heldFor("p.workplace_id") + `) met)
			+ make_interval(secs => 30 * (f.policy->>'evaluation_months')::int * (f.policy->>'day')::bigint / 1e9) - interval '0.1 second'
		and f.status in ('evaluating', 'completed')`},
	{"I7 nobody is asked twice", `
		select forloeb_id, format('%s requests', count(*)) what from mails
		where kind = 'evaluation_request' and state <> 'cancelled' group by forloeb_id, recipient, ordinal having count(*) > 1`},
	{"I7 an uncertain questionnaire waits for a person", `
		select m.forloeb_id, m.state what from mails m join forloeb f on f.id = m.forloeb_id
		where m.kind = 'evaluation_request' and m.state = 'uncertain' and f.status = 'evaluating'
		and exists (select from invitations i where i.party_id = m.recipient and i.answered_at is null and i.refused_at is null)
		and not exists (select from tasks t where t.forloeb_id = m.forloeb_id and t.kind = 'mail' and t.subject like format('mail:%s:%%', m.id) and t.closed_at is null)
		and not exists (select from acts a where a.forloeb_id = m.forloeb_id and a.name = 'mail-settled' and a.ref = m.id::text)`},
	{"one consultant at a time", `
		select forloeb_id, format('%s in force', count(*)) what from assignments where until is null group by 1 having count(*) > 1`},
	{"every reference once", `
		select min(id::text)::uuid, reference what from forloeb group by reference having count(*) > 1`},
}
