-- +goose Up

-- Who of the staff has read, searched, changed or taken out what, from where
-- in the product, and why. Rows are only ever added; erase_access_log is what
-- takes them away when their time is over. A row outlives its forløb.
create table access_log (
	id         bigint generated always as identity primary key,
	at         timestamptz not null default now(), -- real time
	who        uuid not null, -- a member of staff, or a token
	role       text not null,
	program    boolean not null, -- a token was used
	forloeb_id uuid, -- none of a search
	kind       text not null check (kind in ('read', 'search', 'change', 'export')),
	route      text not null,
	purpose    text not null check (purpose in ('task', 'search', 'own', 'program', 'question', 'reopen', 'follow_up', 'quality', 'insight', 'other')),
	words      text not null default '', -- beside a chosen purpose
	filters    text[] not null default '{}', -- of a search, as codes
	constraint search_is_of_no_forloeb check ((kind = 'search') <= (forloeb_id is null)),
	constraint words_are_few check (char_length(words) <= 200)
);
create index access_log_of_forloeb on access_log (forloeb_id, id);
create index access_log_by_whom on access_log (who, id);
create index access_log_by_age on access_log (at);

grant select, insert on access_log to spark_api;
-- Shown to those who see all, and to nobody else.
call wall('{access_log}', 'false');

-- +goose StatementBegin
create function erase_access_log(before timestamptz) returns bigint language sql security definer set search_path = public as $$
	with erased as (delete from access_log where at < before returning 1) select count(*) from erased
$$;
-- +goose StatementEnd
revoke execute on function erase_access_log from public;
grant execute on function erase_access_log to spark_worker;

-- +goose Down
