-- +goose Up

-- The version that signs the links of a consultant's own: to register a
-- meeting from a mail, and to follow the calendar. A new one makes all of them
-- void. Nobody without a row has ever had another than the first.
create table consultant_links (
	consultant_id uuid primary key references consultants on delete cascade,
	version       integer not null default 1 check (version > 0),
	calendar_at   timestamptz -- when the calendar's link was made; null: there is none
);

grant select, insert, update, delete on consultant_links to spark_api;
grant select on consultant_links to spark_worker;

-- Whoever stops has no links left, also when they begin again one day; nor has
-- whoever is logged out everywhere or may not log in any more.
-- +goose StatementBegin
create function consultant_links_end() returns trigger language plpgsql as $$
declare
	whose uuid := to_jsonb(new) ->> tg_argv[0];
begin
	insert into consultant_links as l (consultant_id, version) select whose, 2 where whose is not null
		on conflict (consultant_id) do update set version = l.version + 1, calendar_at = null;
	return null;
end $$;
-- +goose StatementEnd
create trigger consultant_links_end after update of active on consultants for each row
	when (old.active and not new.active) execute function consultant_links_end('id');
create trigger consultant_links_end after update of active, sessions_from on staff for each row
	when (old.active and not new.active or new.sessions_from > old.sessions_from) execute function consultant_links_end('consultant_id');

-- +goose Down
