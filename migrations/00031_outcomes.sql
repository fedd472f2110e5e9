-- +goose Up

-- What statistics are made of: one narrow row for every workplace that has been
-- asked for the last time what came of its forløb, three months after by
-- SPARK's policy. It holds codes, dates and counts, and nothing about a person,
-- so that it stays when names, addresses and texts are erased. Triggers write it;
-- erasing takes nothing away.
create table outcomes (
	workplace_id uuid primary key references workplaces on delete cascade,
	programme    text not null,
	type         text not null,
	themes       text[] not null,
	municipality text,
	sector       text, -- of a municipal workplace, or the type of a regional one
	region       text, -- of a regional one
	year         smallint not null, -- in which it was asked, in Copenhagen
	quarter      smallint not null check (quarter between 1 and 4),
	asked        smallint not null, -- people
	answered     smallint not null, -- of them
	planned      boolean not null,
	ongoing      boolean not null,
	said         text[] not null -- for every question what each answered: 'recommend=high,some'
);
grant select on outcomes to spark_api, spark_worker;
call wall('{outcomes}', 'false');

-- +goose StatementBegin
create function outcome_again(evaluation uuid) returns void language sql security definer set search_path = public as $$
	insert into outcomes (workplace_id, programme, type, themes, municipality, sector, region, year, quarter, asked, answered, planned, ongoing, said)
	select w.id, f.programme, f.type, coalesce((select a.themes from applications a where a.forloeb_id = f.id and a.revision = f.revision), '{}'),
		w.municipality, coalesce(w.sector, w.unit_type), w.region, extract(year from asked.on_day), extract(quarter from asked.on_day),
		greatest(asked.people, said.people), said.people, said.planned, said.ongoing, said.choices
	from evaluations e join workplaces w on w.id = e.workplace_id join forloeb f on f.id = w.forloeb_id
	cross join lateral (
		select (select count(*) from invitations i join parties p on p.id = i.party_id
				where i.evaluation_id = e.id and (p.replaced_at is null or i.answered_at is not null)) as people,
			coalesce((select min(v.at) from forloeb_events v where v.forloeb_id = f.id and v."to" = 'evaluating') at time zone 'Europe/Copenhagen',
				(select min(a.day) from answers a where a.evaluation_id = e.id), f.created_at at time zone 'Europe/Copenhagen') as on_day) asked
	cross join lateral (
		select count(*) as people, coalesce(bool_or(a.choices->>'planned' = 'yes'), false) as planned,
			coalesce(bool_or(a.choices->>'ongoing' = 'yes'), false) as ongoing,
			array(select c.key || '=' || string_agg(c.value, ',' order by c.value)
				from answers o, jsonb_each_text(o.choices) c where o.evaluation_id = e.id group by c.key order by c.key) as choices
		from answers a where a.evaluation_id = e.id) said
	where e.id = $1 and e.wave = case jsonb_typeof(f.policy->'evaluation_months') when 'array' then jsonb_array_length(f.policy->'evaluation_months') - 1 else 0 end
	on conflict (workplace_id) do update set
		programme = excluded.programme, type = excluded.type, themes = excluded.themes, municipality = excluded.municipality, sector = excluded.sector,
		region = excluded.region, year = excluded.year, quarter = excluded.quarter, asked = excluded.asked, answered = excluded.answered,
		planned = excluded.planned, ongoing = excluded.ongoing, said = excluded.said
$$;

create function outcome_is_kept() returns trigger language plpgsql security definer set search_path = public as $$
begin
	case tg_table_name
	when 'evaluations' then perform outcome_again(new.id);
	when 'forloeb_events' then
		perform outcome_again(e.id) from evaluations e join workplaces w on w.id = e.workplace_id where w.forloeb_id = new.forloeb_id;
	else perform outcome_again(new.evaluation_id);
	end case;
	return null;
end $$;
-- +goose StatementEnd
revoke execute on function outcome_again from public;

create trigger evaluation_is_kept after insert on evaluations for each row execute function outcome_is_kept();
create trigger invitation_is_kept after insert on invitations for each row execute function outcome_is_kept();
create trigger answer_is_kept after insert on answers for each row execute function outcome_is_kept();
create trigger asking_is_kept after insert on forloeb_events for each row when (new."to" = 'evaluating') execute function outcome_is_kept();

select outcome_again(id) from evaluations;

-- +goose Down
