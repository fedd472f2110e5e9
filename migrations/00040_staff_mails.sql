-- +goose Up

-- Who of the staff wants a mail in the morning about what waits for them.
alter table staff add column digest boolean not null default false;
grant update (digest) on staff to spark_api;
grant select (role, provider, consultant_id, last_login_at, digest) on staff to spark_worker;
grant select on task_delays to spark_worker; -- what is put off waits for nobody today

-- Mails to members of staff: the one in the morning, one a person and day, and a
-- provider's about a new forløb, one a person and forløb. They hold references and
-- dates; what they say is read when they are sent.
create table staff_mails (
	id         bigint generated always as identity primary key,
	staff_id   uuid not null references staff on delete cascade,
	kind       text not null check (kind in ('digest', 'provider_new')),
	day        date,
	forloeb_id uuid references forloeb on delete cascade,
	state      text not null default 'planned' check (state in ('planned', 'sending', 'sent', 'uncertain', 'failed', 'cancelled')),
	code       text not null default '',
	attempts   integer not null default 0,
	doubts     integer not null default 0,
	message_id text not null unique default gen_random_uuid()::text,
	planned_at timestamptz not null default now(),
	due_at     timestamptz not null default now(),
	constraint staff_mail_is_about_one check (case kind when 'digest' then day is not null and forloeb_id is null else day is null and forloeb_id is not null end),
	unique (staff_id, day),
	unique (staff_id, forloeb_id)
);
create index staff_mails_owed on staff_mails (due_at) where state in ('planned', 'sending');
create index staff_mails_of_forloeb on staff_mails (forloeb_id);

-- The api has to do with none of it.
grant select, insert, update, delete on staff_mails to spark_worker;

-- +goose Down
