-- +goose Up

-- Whoever has logged in. Issuer and subject name the person for good; the rest
-- follows the login. A consultant stays the consultant they were linked to.
create table staff (
	id            uuid primary key,
	issuer        text not null check (issuer <> ''),
	subject       text not null check (subject <> ''),
	name          text not null,
	email         text not null,
	role          text not null check (role in ('secretariat', 'head', 'consultant', 'reader')),
	consultant_id uuid references consultants,
	active        boolean not null default true,
	sessions_from timestamptz not null default now(), -- those that began before are over
	last_login_at timestamptz not null default now(),
	unique (issuer, subject),
	constraint staff_consultant_is_linked check (role <> 'consultant' or consultant_id is not null)
);
-- One person a consultant. Who may not log in any more leaves the place to the
-- next: the same person under a new login, as when the login's provider changes.
create unique index staff_one_a_consultant on staff (consultant_id) where active;

-- Logins that last. The token is a hash of what the browser holds.
create table sessions (
	token      text primary key,
	data       bytea not null,
	expires_at timestamptz not null
);
create index sessions_by_expiry on sessions (expires_at);

-- What somebody typed when their login had run out, sealed: the key is in
-- their browser alone.
create table kept_forms (
	id         uuid primary key,
	staff_id   uuid not null references staff,
	path       text not null,
	sealed     bytea not null,
	expires_at timestamptz not null,
	constraint kept_form_is_no_archive check (octet_length(sealed) <= 128 * 1024)
);
create index kept_forms_by_expiry on kept_forms (expires_at);

alter table api_tokens drop constraint api_tokens_role_check;
alter table api_tokens add constraint api_tokens_role_check check (role in ('secretariat', 'head', 'consultant', 'reader'));

-- News of a forløb for pages that are open: its id and its consultant's, and
-- nothing else. Every deed counts the version up and every step of the process
-- writes the row, also one that only opens a task, so that both are news even
-- where the row ends as it was. Equal news in one transaction is told once.
-- A mail that has been sent is none: what follows from it (a task when it
-- failed, a clock that starts) is a step of the process.
-- +goose StatementBegin
create function forloeb_tells() returns trigger language plpgsql as $$
begin
	perform pg_notify('forloeb_news', new.id || ' ' ||
		coalesce((select a.consultant_id::text from assignments a where a.forloeb_id = new.id and a.until is null), ''));
	return null;
end $$;
-- +goose StatementEnd
create trigger forloeb_tells after insert or update of version, seen_version, status, waiting, next_at, needs_attention on forloeb
	for each row execute function forloeb_tells();

-- The consultant who got the forløb is told, and the one who lost it.
-- +goose StatementBegin
create function assignment_tells() returns trigger language plpgsql as $$
begin
	perform pg_notify('forloeb_news', new.forloeb_id || ' ' || new.consultant_id);
	return null;
end $$;
-- +goose StatementEnd
create trigger assignment_tells after insert or update of until on assignments
	for each row execute function assignment_tells();

-- Only the api has to do with people who log in.
grant select on staff, sessions, kept_forms to spark_api;
grant insert (id, issuer, subject, name, email, role, consultant_id) on staff to spark_api;
grant update (name, email, role, consultant_id, active, sessions_from, last_login_at) on staff to spark_api;
grant insert, delete on sessions, kept_forms to spark_api;
grant update (data, expires_at) on sessions to spark_api;

-- +goose Down
