-- +goose Up
-- Rounds of assessment, where the intake is assessed. What has been chosen so
-- far for those who wait is one draft for each programme.
create table round_drafts (
	programme text primary key,
	saved_at  timestamptz not null,
	saved_by  text not null
);
create table round_choices (
	programme  text not null references round_drafts on delete cascade,
	forloeb_id uuid not null references forloeb on delete cascade,
	decision   text not null check (decision in ('', 'approved', 'waitlisted', 'rejected')),
	reason     text not null default '',
	words      text not null default '', -- free text; after the round it is the forløb's own remark
	primary key (programme, forloeb_id)
);

-- A closed round is a record: nobody is granted to change it. It holds what was
-- known when it closed and nothing personal, so it stands when the forløb are
-- anonymised.
create table rounds (
	id        uuid primary key,
	programme text not null,
	number    integer not null check (number > 0),
	closed_at timestamptz not null,
	closed_by text not null,
	lately    jsonb not null,
	unique (programme, number)
);
create table round_lines (
	round_id     uuid not null references rounds,
	forloeb_id   uuid not null,
	reference    text not null,
	type         text not null,
	municipality text not null,
	sector       text not null,
	themes       text[] not null,
	agreed_at    timestamptz not null,
	waited       integer not null check (waited >= 0), -- days
	earlier      integer not null check (earlier >= 0),
	waitlisted   boolean not null, -- before the round
	decision     text not null check (decision in ('approved', 'waitlisted', 'rejected')),
	reason       text not null default '',
	primary key (round_id, forloeb_id),
	constraint rejection_has_a_reason check ((decision = 'rejected') = (reason <> ''))
);

grant select, insert, update, delete on round_drafts, round_choices to spark_api;
grant select, insert on rounds, round_lines to spark_api;

-- +goose Down
