-- +goose Up

-- Samples of mails that somebody in the secretariat has asked for, to their own
-- address: with invented people, and of no forløb. What was typed need not have
-- been saved. A row stays for an hour, so that samples can be counted.
create table mail_samples (
	id         bigint generated always as identity primary key,
	staff_id   uuid not null references staff on delete cascade,
	programme  text not null check (programme <> ''),
	kind       text not null check (kind <> ''),
	variant    text not null check (variant <> ''),
	sentences  jsonb not null check (jsonb_typeof(sentences) = 'object'),
	message_id text not null unique default gen_random_uuid()::text,
	asked_at   timestamptz not null default now(),
	due_at     timestamptz not null default now(),
	attempts   integer not null default 0,
	done       boolean not null default false
);
create index mail_samples_by_staff on mail_samples (staff_id, asked_at);
grant select, insert on mail_samples to spark_api;
grant select, update, delete on mail_samples to spark_worker;
grant select (id, name, email, active) on staff to spark_worker;

-- +goose Down
