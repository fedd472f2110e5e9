-- Invented forløb, one in twenty of them open, as years of use would leave them
-- in the tables that lists read: as many as the row in asked says, in its
-- municipalities and by its policy. What triggers do for each is done in the end.
select setseed(0.42);
alter table forloeb disable trigger user;
alter table applications disable trigger user;
alter table workplaces disable trigger user;
alter table workplace_names disable trigger user;
alter table party_contacts disable trigger user;
alter table assignments disable trigger user;

create temporary table made as
select gen_random_uuid() as id, gen_random_uuid() as workplace, gen_random_uuid() as leader, gen_random_uuid() as rep, n,
	now() - make_interval(mins => (random() * 3 * 525600)::int) as at,
	case when n % 20 <> 0 then (array['completed', 'completed', 'completed', 'declined', 'lapsed', 'withdrawn'])[1 + n % 6]
		else (array['awaiting_consent', 'awaiting_consultant', 'planning', 'in_progress', 'in_progress', 'awaiting_evaluation', 'evaluating'])[1 + (n / 20) % 7] end as status,
	(select municipalities from asked)[1 + (random() * 97)::int] as municipality,
	(array['change', 'cooperation', 'violence_threats', 'work_content', 'lone_work', 'harassment'])[1 + (random() * 5)::int] as theme
from generate_series(1, (select n from asked)) n;

insert into forloeb (id, reference, programme, type, status, status_since, status_seq, version, seen_version, policy, waiting, next_at, needs_attention, created_at)
select id, '26-' || lpad(n::text, 6, '0'), 'spark', 'individual', status, at, 1, 7, 7, (select policy from asked),
	jsonb_build_object('key', 'meet.next', 'since', at, 'deadline', now() + make_interval(days => (random() * 60)::int - 5)),
	case when n % 20 = 0 then now() + make_interval(mins => (random() * 86400)::int) end, n % 20 = 0 and random() < 0.1, at
from made;

insert into applications (forloeb_id, revision, started_by, body, themes, hash, at)
select id, 1, 'leader', 'trio', case when n % 3 = 0 then array[theme, 'cooperation'] else array[theme] end, md5(n::text), at from made;

insert into workplaces (id, forloeb_id, municipality, sector, employees) select workplace, id, municipality, 'school', '20-49' from made;
insert into workplace_names select workplace, (array['Tranemose', 'Lærke', 'Skov', 'Sø', 'Bakke', 'Strand', 'Ærte', 'Øster', 'Vester', 'Nørre', 'Sønder', 'Å', 'Møll', 'Kirke', 'Eng', 'Hede'])[1 + (random() * 15)::int]
	|| (array['skolen', 'gården', 'huset', ' Børnehave', ' Plejecenter', 'parken Bosted', ' Hjemmepleje', ' Bibliotek'])[1 + (random() * 7)::int] || ' ' || n % 997 from made;

insert into parties (id, forloeb_id, workplace_id, side, role) select leader, id, workplace, 'leader', 'leader' from made union all select rep, id, workplace, 'rep', 'amr' from made;
insert into party_contacts (party_id, name, email)
select p, (array['Mette', 'Amir', 'Anne', 'Bo', 'Åse', 'Søren', 'Ida', 'Jonas', 'Fatima', 'Karen', 'Lars', 'Pia', 'Ole', 'Rikke', 'Thomas', 'Ulla'])[1 + (random() * 15)::int] || ' '
	|| (array['Holm', 'Dahl', 'Lund', 'Bach', 'Ørsted', 'Friis', 'Kjær', 'Møller', 'Østergaard', 'Winther', 'Juhl', 'Skov', 'Yilmaz', 'Nørby', 'Frost', 'Damgaard'])[1 + (random() * 15)::int],
	p || '@example.dk'
from (select leader as p from made union all select rep from made) people;

insert into assignments (forloeb_id, consultant_id, reason, at)
select m.id, k.id, 'automatic', m.at
from made m join (select id, row_number() over (order by id) - 1 as n, count(*) over () as of from consultants) k on k.n = m.n % k.of
where m.status in ('planning', 'in_progress', 'awaiting_evaluation', 'evaluating', 'completed');

insert into tasks (forloeb_id, kind, subject, opened_at)
select f.id, 'first_meeting', '1', f.status_since from forloeb f where f.needs_attention;

select list_again(id), list_words_again(id) from forloeb;
alter table forloeb enable trigger user;
alter table applications enable trigger user;
alter table workplaces enable trigger user;
alter table workplace_names enable trigger user;
alter table party_contacts enable trigger user;
alter table assignments enable trigger user;
