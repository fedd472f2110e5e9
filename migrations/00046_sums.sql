-- +goose Up

-- What outcomes and courses sum to, so that statistics read some thousand rows
-- however many forløb there are. Triggers add what a row counts for and take away
-- what it counted for before, in the transaction that writes it: a sum is never
-- behind. Nobody waits for anybody: a transaction adds in a slot of its own, and
-- the sum of all slots is what is true.
create table sums (
	slot            integer not null,
	programme       text not null,
	kind            text not null, -- what is counted: a dimension of outcomes, 'said', 'reached', 'place' or 'took'
	value           text not null,
	year            smallint not null,
	n               integer not null, -- workplaces of outcomes, or forløb
	answered        integer not null default 0, -- of workplaces, as are the rest
	people_asked    integer not null default 0,
	people_answered integer not null default 0,
	planned         integer not null default 0,
	ongoing         integer not null default 0,
	primary key (programme, kind, value, year, slot)
) with (fillfactor = 50); -- a sum is changed in its place
grant select on sums to spark_api, spark_worker;
call wall('{sums}', 'false');

-- +goose StatementBegin
-- What one row counts for. They are not said to be immutable: PostgreSQL 15 would write them into the query of
-- sums_again, and fails at that.
create function counts_of(o outcomes) returns setof sums language sql as $$
	select 0, o.programme, g.kind, g.value, o.year, 1, (o.answered > 0)::integer, o.asked::integer, o.answered::integer, o.planned::integer, o.ongoing::integer
	from (values ('time', o.quarter::text), ('type', o.type), ('municipality', o.municipality), ('region', o.region), ('sector', o.sector)
		union all select 'theme', unnest(o.themes)) g (kind, value)
	where g.value is not null
	union all select 0, o.programme, 'said', s, o.year, 1, 0, 0, 0, 0, 0 from unnest(o.said) s
$$;

create function counts_of(c courses) returns setof sums language sql as $$
	select 0, c.programme, g.kind, g.value, c.year, 1, 0, 0, 0, 0, 0
	from (values ('reached', c.status || '=' || c.reached)
		union all select 'place', unnest(c.places)
		union all select 'took', unnest(c.took)) g (kind, value)
$$;

-- A slot that no other transaction adds in until this one has ended.
create function own_slot() returns integer language plpgsql as $$
declare slot integer := 0;
begin
	while not pg_try_advisory_xact_lock(7210004, slot) loop
		slot := slot + 1;
	end loop;
	return slot;
end $$;

create function sum_is_kept() returns trigger language plpgsql security definer set search_path = public as $$
begin
	insert into sums
	select own_slot(), c.programme, c.kind, c.value, c.year, sum(sign * c.n), sum(sign * c.answered), sum(sign * c.people_asked),
		sum(sign * c.people_answered), sum(sign * c.planned), sum(sign * c.ongoing)
	from (select 1 as sign, a.* from counts_of(new) a where tg_op <> 'DELETE'
		union all select -1, b.* from counts_of(old) b where tg_op <> 'INSERT') c
	group by c.programme, c.kind, c.value, c.year
	having (sum(sign * c.n), sum(sign * c.answered), sum(sign * c.people_asked), sum(sign * c.people_answered), sum(sign * c.planned), sum(sign * c.ongoing))
		<> (0, 0, 0, 0, 0, 0)
	on conflict (programme, kind, value, year, slot) do update set n = sums.n + excluded.n, answered = sums.answered + excluded.answered,
		people_asked = sums.people_asked + excluded.people_asked, people_answered = sums.people_answered + excluded.people_answered,
		planned = sums.planned + excluded.planned, ongoing = sums.ongoing + excluded.ongoing;
	return null;
end $$;

-- Counts everything from the beginning, in one slot. Nobody writes meanwhile.
create function sums_again() returns void language plpgsql set search_path = public as $$
begin
	lock table outcomes, courses in share row exclusive mode;
	delete from sums;
	insert into sums
	select 0, c.programme, c.kind, c.value, c.year, sum(c.n), sum(c.answered), sum(c.people_asked), sum(c.people_answered), sum(c.planned), sum(c.ongoing)
	from (select a.* from outcomes o, counts_of(o) a union all select b.* from courses r, counts_of(r) b) c
	group by c.programme, c.kind, c.value, c.year;
end $$;
-- +goose StatementEnd
revoke execute on function own_slot, sums_again from public;

create trigger outcome_is_summed after insert or update or delete on outcomes for each row execute function sum_is_kept();
create trigger course_is_summed after insert or update or delete on courses for each row execute function sum_is_kept();

select sums_again();

-- How many forløb are in each status is counted without reading them.
create index listed_by_status on listed (programme, status, provider) include (forloeb_id);

-- And how many came and were completed in a year.
create index forloeb_by_age on forloeb (created_at) include (id, provider);
create index forloeb_events_completed on forloeb_events (at) include (forloeb_id) where "to" = 'completed';

-- +goose Down
