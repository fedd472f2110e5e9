-- +goose Up

-- The second wall. Every query of the pages and the API says who looks
-- (internal/forloeb, Viewer); these policies show no other forløb than theirs,
-- also where a query forgot its condition. Who looks stands in a setting that
-- lasts a transaction:
--   all · consultant:<id> · provider:<code> · party:<id> · meeting:<id> · forloeb:<id>
-- and nobody, where it is not set. The process sees everything, and so does
-- the owner: migrations, and the triggers that keep listed.

-- +goose StatementBegin
create function sees_all() returns boolean language sql stable parallel safe as $$
	select coalesce(current_setting('spark.viewer', true) = 'all', false)
$$;

-- What somebody who does not see all sees, found by indexes. It reads as the
-- owner: the tables it looks in are behind the wall themselves.
create function seen_forloeb() returns setof uuid language plpgsql stable security definer set search_path = public rows 20 as $$
declare
	kind text := split_part(current_setting('spark.viewer', true), ':', 1);
	whose text := split_part(current_setting('spark.viewer', true), ':', 2);
begin
	case kind
	when 'consultant' then return query select forloeb_id from assignments where consultant_id = whose::uuid and until is null;
	when 'provider' then return query select id from forloeb where provider = whose;
	when 'party' then return query select forloeb_id from parties where id = whose::uuid;
	when 'meeting' then return query select forloeb_id from meetings where id = whose::uuid;
	when 'forloeb' then return query select whose::uuid;
	else null;
	end case;
end $$;
-- +goose StatementEnd

-- The list's search looks for parts of words, which no index may do for a
-- condition that comes after a policy's. Who sees all asks this instead: the
-- condition is looked at once, before anything is read.
create view listed_all as select * from listed where (select sees_all());
grant select on listed_all to spark_api, spark_worker;

-- +goose StatementBegin
create procedure wall(tables text[], seen text) language plpgsql as $$
declare t text;
begin
	foreach t in array tables loop
		execute format('alter table %I enable row level security', t);
		execute format('create policy own on %I to spark_api using ((select sees_all()) or %s)', t, seen);
		execute format('create policy process on %I to spark_worker using (true)', t);
	end loop;
end $$;
-- +goose StatementEnd

call wall('{forloeb}', 'id in (select seen_forloeb())');
call wall('{acts, application_texts, applications, assignments, conflicts, forloeb_events, listed, mails, meetings, parties, plan_texts, remarks, tasks, workplaces}',
	'forloeb_id in (select seen_forloeb())');
call wall('{consents, invitations, party_contacts, signatures}',
	'party_id in (select p.id from parties p where p.forloeb_id in (select seen_forloeb()))');
call wall('{evaluations, main_med_told, meeting_workplaces, workplace_names}',
	'workplace_id in (select w.id from workplaces w where w.forloeb_id in (select seen_forloeb()))');
call wall('{meeting_places, meeting_tasks, other_times}',
	'meeting_id in (select m.id from meetings m where m.forloeb_id in (select seen_forloeb()))');
call wall('{task_claims, task_delays}',
	'task_id in (select t.id from tasks t where t.forloeb_id in (select seen_forloeb()))');
call wall('{notes}', '(provider = (select substring(current_setting(''spark.viewer'', true) from ''^provider:(.*)$'')) and forloeb_id in (select seen_forloeb()))');
-- What was answered is nobody's: only sums are shown, by the secretariat.
call wall('{answers, answer_remarks, round_choices, round_lines}', 'false');

-- +goose Down
