-- +goose Up

-- What the secretariat has decided about a programme's intake, with who and
-- when. Nothing is changed or removed: the latest row of a programme holds,
-- and where there is none it is as agreed.
create table intakes (
	id         bigint generated always as identity primary key,
	programme  text not null check (programme <> ''),
	state      text not null check (state in ('agreed', 'open', 'closed')),
	from_day   date, -- the first day it holds; null: at once
	until_day  date, -- the last; null: until further notice
	notice     text not null default '' check (char_length(notice) <= 500),
	actor_kind text not null,
	actor_id   text not null,
	decided_at timestamptz not null default now(),
	constraint intake_ends_after_it_begins check (until_day >= from_day)
);
create index intakes_latest on intakes (programme, id desc);
grant select, insert on intakes to spark_api;

-- +goose Down
