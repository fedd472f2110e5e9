-- +goose Up

-- An assignment is an offer until accepted_at: until the consultant has said yes
-- or the time to say no is over. Those of before were never asked about. The
-- default is for a process of before this that is still running.
alter table assignments
	add column accepted_at timestamptz default now(),
	add column declined    text check (declined in ('conflict', 'leave', 'no_room', 'other'));
update assignments set accepted_at = at;
grant update (accepted_at, declined) on assignments to spark_api;
grant update (accepted_at) on assignments to spark_worker;

-- A conflict of interest is never overruled; who only gave a forløb back, or had
-- no room for it, can be chosen again by a person.
alter table conflicts add column interest boolean not null default false;

-- +goose Down
