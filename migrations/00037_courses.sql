-- +goose Up

-- How far every forløb came and how long each step took, in one narrow row:
-- codes and counts alone, as in outcomes. Triggers keep it.
create table courses (
	forloeb_id uuid primary key references forloeb on delete cascade,
	programme  text not null,
	year       smallint not null, -- in which the application came, in Copenhagen
	status     text not null,
	reached    smallint not null, -- 0 applied, 1 both agreed, 2 consultant assigned, 3 meetings held, 4 completed
	took       text[] not null, -- whole days: in each status that it has left, and from the application to a step: 'planning=12'
	places     text[] not null -- the municipality, or the region, of every workplace
);
grant select on courses to spark_api, spark_worker;
call wall('{courses}', 'false');

-- +goose StatementBegin
create function course_again(id uuid) returns void language sql security definer set search_path = public as $$
	with events as (
		select e."to", e.at, lead(e.at) over (order by e.seq) - e.at as stayed,
			case when e."to" in ('awaiting_assessment', 'awaiting_consultant') then 1 when e."to" in ('planning', 'in_progress') then 2
				when e."to" in ('awaiting_evaluation', 'evaluating') then 3 when e."to" = 'completed' then 4 else 0 end as reached
		from forloeb_events e where e.forloeb_id = $1),
	took as (
		select "to" as what, extract(day from justify_hours(sum(stayed))) as days from events
		where stayed is not null and "to" in ('awaiting_consent', 'awaiting_assessment', 'awaiting_consultant', 'planning', 'in_progress', 'awaiting_evaluation', 'evaluating')
		group by "to"
		union all select s.what, extract(day from justify_hours(min(e.at) - f.created_at))
		from forloeb f, events e join (values ('to_agreed', 1), ('to_consultant', 2), ('to_evaluation', 3)) s (what, reached) on e.reached >= s.reached
		where f.id = $1 group by s.what, f.created_at)
	insert into courses (forloeb_id, programme, year, status, reached, took, places)
	select f.id, f.programme, extract(year from f.created_at at time zone 'Europe/Copenhagen'), f.status,
		coalesce((select max(reached) from events), 0), array(select what || '=' || days from took order by 1),
		array(select coalesce(w.municipality, w.region) from workplaces w where w.forloeb_id = f.id order by w.position)
	from forloeb f where f.id = $1
	on conflict (forloeb_id) do update set programme = excluded.programme, year = excluded.year, status = excluded.status,
		reached = excluded.reached, took = excluded.took, places = excluded.places
$$;

create function course_is_kept() returns trigger language plpgsql security definer set search_path = public as $$
begin
	if tg_table_name = 'forloeb' then perform course_again(new.id); else perform course_again(new.forloeb_id); end if;
	return null;
end $$;
-- +goose StatementEnd
revoke execute on function course_again from public;

create trigger course_is_kept after update of status on forloeb for each row execute function course_is_kept();
create trigger step_is_kept after insert on forloeb_events for each row execute function course_is_kept();
create trigger place_is_kept after insert or update of municipality, region on workplaces for each row execute function course_is_kept();

select course_again(id) from forloeb;

-- A workplace's row of outcomes is made again with every answer.
create index answers_of_evaluation on answers (evaluation_id);

-- +goose Down
