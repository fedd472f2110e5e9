-- +goose Up

-- The stretches in which a forløb stands still. Their days do not count in any
-- of its dates. Why is a code here; the words are remarks.
create table pauses (
	id         bigint generated always as identity primary key,
	forloeb_id uuid not null references forloeb on delete cascade,
	from_at    timestamptz not null,
	until_at   timestamptz not null, -- when it goes on, or went on
	reason     text not null check (reason in ('illness', 'leave', 'changes', 'busy', 'consultant', 'other')),
	check (until_at >= from_at),
	exclude using gist (forloeb_id with =, tstzrange(from_at, until_at) with &&)
);

grant select on pauses to spark_api, spark_worker;
grant insert on pauses to spark_api;
grant update (until_at) on pauses to spark_api;

call wall('{pauses}', 'forloeb_id in (select seen_forloeb())');

-- +goose Down
