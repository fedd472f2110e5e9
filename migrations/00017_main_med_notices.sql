-- +goose Up

-- What the HovedMED of a municipality has been told, where the programme tells
-- it: themes, and no workplace. Nothing is changed or removed.
create table main_med_notices (
	id           bigint generated always as identity primary key,
	municipality text not null,
	themes       text[] not null check (cardinality(themes) > 0),
	told_at      timestamptz not null default now(),
	told_by      text not null
);

-- The workplaces that stand behind each: everyone in one notice, and no more.
create table main_med_told (
	workplace_id uuid primary key references workplaces on delete cascade,
	notice_id    bigint not null references main_med_notices
);
grant select, insert on main_med_notices, main_med_told to spark_api;

-- +goose Down
