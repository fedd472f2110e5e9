-- +goose Up

-- A forløb: where it stands, and the facts that are one to a forløb.
-- Status, seen_version and what lists show are written by the worker's role alone.
create table forloeb (
	id              uuid primary key,
	reference       text not null unique,
	programme       text not null,
	type            text not null,
	status          text not null default 'awaiting_consent',
	status_since    timestamptz not null default now(),
	status_seq      integer not null default 0,
	version         bigint not null default 1,
	seen_version    bigint not null default 0,
	policy          jsonb not null,
	waiting         jsonb not null default '{}',
	next_at         timestamptz,
	needs_attention boolean not null default false,
	clock_offset    interval not null default '0',
	created_at      timestamptz not null,
	revision        integer not null default 1,
	decision        text check (decision in ('approved', 'waitlisted', 'rejected')),
	decided_at      timestamptz,
	extra_meetings  integer not null default 0 check (extra_meetings >= 0),
	finished_at     timestamptz,
	withdrawn_at    timestamptz,
	stopped_at      timestamptz,
	reopen_to       text,
	reopened_at     timestamptz,
	match_tried_at  timestamptz,
	constraint forloeb_seen_not_ahead check (seen_version <= version),
	constraint forloeb_clock_is_real check (clock_offset = '0')
);
create index forloeb_unsettled on forloeb (created_at) where seen_version < version;
create index forloeb_by_status on forloeb (status, next_at);

-- The forløb's own clock: real time, except where development has wound it on.
-- +goose StatementBegin
create function forloeb_now(f forloeb) returns timestamptz language sql stable as $$
	select now() + f.clock_offset
$$;
-- +goose StatementEnd

create table applications (
	forloeb_id uuid not null references forloeb on delete cascade,
	revision   integer not null check (revision > 0),
	started_by text not null check (started_by in ('leader', 'rep', 'other')),
	body       text not null,
	themes     text[] not null check (cardinality(themes) > 0),
	hash       text not null,
	at         timestamptz not null,
	primary key (forloeb_id, revision)
);

create table application_texts (
	forloeb_id uuid not null,
	revision   integer not null,
	situation  text not null default '',
	tried      text not null default '',
	timing     text not null default '',
	primary key (forloeb_id, revision),
	foreign key (forloeb_id, revision) references applications on delete cascade
);

create table workplaces (
	id           uuid primary key,
	forloeb_id   uuid not null references forloeb on delete cascade,
	municipality text not null,
	sector       text not null,
	employees    text not null,
	left_at      timestamptz
);
create index workplaces_of_forloeb on workplaces (forloeb_id);

create table workplace_names (
	workplace_id uuid primary key references workplaces on delete cascade,
	name         text not null
);

create table parties (
	id             uuid primary key,
	forloeb_id     uuid not null references forloeb on delete cascade,
	workplace_id   uuid not null references workplaces on delete cascade,
	side           text not null check (side in ('leader', 'rep')),
	role           text not null check (role in ('leader', 'tr', 'amr', 'other_elected')),
	link_version   integer not null default 1 check (link_version > 0),
	corrections    integer not null default 0,
	replaces       uuid references parties,
	replaced_at    timestamptz,
	left_at        timestamptz,
	fix_asked_at   timestamptz,
	not_me_at      timestamptz,
	link_asked_at  timestamptz,
	text_asked_at  timestamptz,
	reopen_asked_at timestamptz,
	constraint party_side_fits_role check ((side = 'leader') = (role = 'leader'))
);
create unique index parties_one_a_side on parties (workplace_id, side) where replaced_at is null;
create index parties_of_forloeb on parties (forloeb_id);

create table party_contacts (
	party_id uuid primary key references parties on delete cascade,
	name     text not null,
	title    text not null default '',
	email    text not null,
	phone    text
);
create index party_contacts_by_email on party_contacts (lower(email));

-- Free text from and about a forløb; deleted when it is anonymised.
create table remarks (
	id         bigint generated always as identity primary key,
	forloeb_id uuid not null references forloeb on delete cascade,
	party_id   uuid references parties on delete cascade,
	version    bigint not null, -- the act it belongs to
	kind       text not null,
	text       text not null
);
create index remarks_of_forloeb on remarks (forloeb_id);

-- Samtykke to apply together and to the terms, not the GDPR's legal basis.
create table consents (
	party_id  uuid not null references parties on delete cascade,
	revision  integer not null,
	answer    text not null check (answer in ('yes', 'no')),
	text_hash text not null,
	at        timestamptz not null,
	channel   text not null check (channel in ('link', 'phone')),
	primary key (party_id, revision)
);
create table signatures (
	party_id  uuid not null,
	revision  integer not null,
	signature text not null,
	primary key (party_id, revision),
	foreign key (party_id, revision) references consents on delete cascade
);

-- Outbox, audit and timeline in one.
create table acts (
	forloeb_id  uuid not null references forloeb on delete cascade,
	version     bigint not null,
	name        text not null,
	ref         text not null default '',
	detail      text not null default '',
	actor_kind  text not null,
	actor_id    text not null default '',
	at          timestamptz not null,
	written_at  timestamptz not null default clock_timestamp(),
	traceparent text,
	relayed_at  timestamptz,
	primary key (forloeb_id, version)
);
create index acts_to_relay on acts (written_at) where relayed_at is null;

create table transitions (
	"from" text not null,
	"to"   text not null,
	primary key ("from", "to")
);

create table forloeb_events (
	forloeb_id    uuid not null references forloeb on delete cascade,
	seq           integer not null,
	"from"        text not null,
	"to"          text not null,
	cause         text not null,
	facts_version bigint not null,
	at            timestamptz not null,
	primary key (forloeb_id, seq),
	unique (forloeb_id, facts_version, "from", "to"),
	foreign key ("from", "to") references transitions
);

-- No step is skipped, whoever writes it: each begins where the last ended.
-- +goose StatementBegin
create function forloeb_event_follows() returns trigger language plpgsql as $$
declare last forloeb_events;
begin
	select * into last from forloeb_events e where e.forloeb_id = new.forloeb_id order by seq desc limit 1;
	if not found then
		if new.seq <> 1 or new."from" <> 'none' then
			raise exception 'forloeb_events: the first event is number 1 and comes from nothing' using errcode = 'check_violation';
		end if;
	elsif new.seq <> last.seq + 1 or new."from" <> last."to" then
		raise exception 'forloeb_events: event % (% to %) does not follow event % (to %)', new.seq, new."from", new."to", last.seq, last."to" using errcode = 'check_violation';
	end if;
	return new;
end $$;
-- +goose StatementEnd
create trigger forloeb_event_follows before insert on forloeb_events
	for each row execute function forloeb_event_follows();

-- The status in the row and the last event are the same thing, at every commit.
-- +goose StatementBegin
create function forloeb_status_is_last_event() returns trigger language plpgsql as $$
declare
	changed uuid;
	wrong boolean;
begin
	if tg_table_name = 'forloeb' then changed := new.id; else changed := new.forloeb_id; end if;
	select f.status is distinct from (select e."to" from forloeb_events e where e.forloeb_id = f.id order by seq desc limit 1)
		into wrong from forloeb f where f.id = changed;
	if wrong then
		raise exception 'forloeb: status and last event differ' using errcode = 'check_violation';
	end if;
	return null;
end $$;
-- +goose StatementEnd
create constraint trigger forloeb_status_is_last_event after insert or update of status on forloeb
	deferrable initially deferred for each row execute function forloeb_status_is_last_event();
create constraint trigger forloeb_event_is_status after insert on forloeb_events
	deferrable initially deferred for each row execute function forloeb_status_is_last_event();

-- A new forløb begins with its first event; the api's role may write neither.
-- +goose StatementBegin
create function forloeb_begins() returns trigger language plpgsql security definer set search_path = public as $$
begin
	insert into forloeb_events (forloeb_id, seq, "from", "to", cause, facts_version, at)
	values (new.id, 1, 'none', new.status, 'applied', new.version, new.created_at);
	update forloeb set status_seq = 1, status_since = new.created_at where id = new.id;
	return null;
end $$;
-- +goose StatementEnd
create trigger forloeb_begins after insert on forloeb for each row execute function forloeb_begins();

create table consultants (
	id       uuid primary key,
	name     text not null,
	email    text not null unique,
	phone    text not null default '',
	themes   text[] not null default '{}',
	regions  text[] not null default '{}',
	capacity integer not null default 8 check (capacity >= 0),
	active   boolean not null default true
);

create extension if not exists btree_gist;
create table leaves (
	id            bigint generated always as identity primary key,
	consultant_id uuid not null references consultants on delete cascade,
	days          daterange not null check (not isempty(days)),
	exclude using gist (consultant_id with =, days with &&)
);

create table conflicts (
	forloeb_id    uuid not null references forloeb on delete cascade,
	consultant_id uuid not null references consultants on delete cascade,
	primary key (forloeb_id, consultant_id)
);

create table assignments (
	id            bigint generated always as identity primary key,
	forloeb_id    uuid not null references forloeb on delete cascade,
	consultant_id uuid not null references consultants,
	reason        text not null,
	score         jsonb not null default '[]',
	at            timestamptz not null,
	until         timestamptz
);
create unique index assignments_one_in_force on assignments (forloeb_id) where until is null;
create index assignments_of_consultant on assignments (consultant_id) where until is null;

create table meetings (
	id           uuid primary key,
	forloeb_id   uuid not null references forloeb on delete cascade,
	ordinal      integer not null,
	starts_at    timestamptz not null,
	ends_at      timestamptz not null,
	state        text not null check (state in ('booked', 'held', 'no_show', 'cancelled')),
	ics_uid      text not null unique,
	ics_sequence integer not null default 0 check (ics_sequence >= 0),
	moved_from   timestamptz,
	state_at     timestamptz not null,
	booked_at    timestamptz not null,
	unique (forloeb_id, ordinal),
	constraint meeting_ends_after_start check (starts_at < ends_at)
);
create table meeting_places (
	meeting_id uuid primary key references meetings on delete cascade,
	place      text not null
);

create table mails (
	id         bigint generated always as identity primary key,
	forloeb_id uuid not null references forloeb on delete cascade,
	kind       text not null,
	recipient  uuid not null, -- a party or a consultant
	ordinal    bigint not null,
	ref        text not null default '',
	state      text not null default 'planned' check (state in ('planned', 'sending', 'sent', 'uncertain', 'failed', 'cancelled')),
	held       boolean not null default false,
	code       text not null default '',
	resends    integer not null default 0,
	attempts   integer not null default 0,
	message_id text not null unique,
	planned_at timestamptz not null, -- the forløb's clock; the Date of the mail
	sent_at    timestamptz,
	real_at    timestamptz not null default now(),
	unique (forloeb_id, kind, recipient, ordinal),
	constraint mail_sent_at_when_sent check ((state = 'sent') <= (sent_at is not null))
);
create index mails_unsent on mails (forloeb_id) where state in ('planned', 'sending', 'uncertain');
create index mails_to_recipient on mails (recipient, kind, planned_at);

create table tasks (
	id         bigint generated always as identity primary key,
	forloeb_id uuid not null references forloeb on delete cascade,
	kind       text not null,
	subject    text not null,
	opened_at  timestamptz not null,
	closed_at  timestamptz
);
create unique index tasks_one_open on tasks (forloeb_id, kind, subject) where closed_at is null;
create index tasks_open on tasks (opened_at) where closed_at is null;

create table evaluations (
	id           uuid primary key,
	workplace_id uuid not null references workplaces on delete cascade,
	wave         integer not null,
	unique (workplace_id, wave)
);
create table invitations (
	evaluation_id uuid not null references evaluations on delete cascade,
	party_id      uuid not null references parties on delete cascade,
	answered_at   timestamptz,
	refused_at    timestamptz,
	draft         jsonb, -- answers so far; gone when they are sent
	primary key (evaluation_id, party_id)
);
-- Who answered what is not kept: a random id, the day and no person.
create table answers (
	id            uuid primary key,
	evaluation_id uuid not null references evaluations on delete cascade,
	version       integer not null,
	choices       jsonb not null,
	day           date not null
);
create table answer_remarks (
	answer_id uuid primary key references answers on delete cascade,
	remark    text not null
);

create table idempotency_keys (
	route     text not null,
	key       text not null,
	body_hash text not null,
	response  jsonb not null,
	at        timestamptz not null default now(),
	primary key (route, key)
);

create table api_tokens (
	id            uuid primary key,
	hash          bytea not null unique,
	role          text not null check (role in ('secretariat', 'consultant')),
	consultant_id uuid references consultants,
	label         text not null,
	created_at    timestamptz not null default now(),
	expires_at    timestamptz not null,
	revoked_at    timestamptz,
	constraint consultant_token_names_consultant check ((role = 'consultant') = (consultant_id is not null))
);

-- +goose Down
