-- +goose Up

-- Applications that were saved to be sent later. The link to one is signed
-- over its id and link_version, and no part of it is here. A draft goes when
-- it is sent, when its writer deletes it and when its time is over.
create table application_drafts (
	id           uuid primary key default gen_random_uuid(),
	key          text not null unique, -- the form's: what the application is sent with
	programme    text not null check (programme <> ''),
	form         text not null check (form <> ''), -- which of the pages it was typed on
	typed        text not null, -- names, addresses and free text, as a form sends them
	email        text not null check (email <> ''), -- whom the link is sent to
	address      text not null, -- a keyed hash of it, whose key is not in this database
	link_version integer not null default 1 check (link_version > 0),
	expires_at   timestamptz not null,
	constraint draft_is_no_archive check (octet_length(typed) <= 262144)
);
create index application_drafts_by_end on application_drafts (expires_at);

-- The mails with those links. They stay for a week, so that one address gets
-- no more than a few, also when a draft is deleted and written anew; what is
-- left then names nobody.
create table draft_mails (
	id         bigint generated always as identity primary key,
	draft_id   uuid references application_drafts on delete set null,
	address    text not null,
	state      text not null default 'planned' check (state in ('planned', 'sending', 'sent', 'uncertain', 'failed')),
	code       text not null default '',
	attempts   integer not null default 0,
	doubts     integer not null default 0,
	message_id text not null unique default gen_random_uuid()::text,
	planned_at timestamptz not null default now(),
	due_at     timestamptz not null default now()
);
create index draft_mails_by_draft on draft_mails (draft_id);
create index draft_mails_by_address on draft_mails (address, planned_at);
create index draft_mails_owed on draft_mails (due_at) where state in ('planned', 'sending');

grant select, insert, update, delete on application_drafts to spark_api;
grant select, insert on draft_mails to spark_api;

-- The worker sends the links and never reads what was typed.
grant select (id, programme, email, address, link_version, expires_at), delete on application_drafts to spark_worker;
grant select, update, delete on draft_mails to spark_worker;

-- +goose Down
