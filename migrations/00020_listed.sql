-- +goose Up

-- What a list is narrowed and ordered by, in one narrow row a forløb, so that
-- counting a hundred thousand of them reads little. It says nothing that the
-- rows it is made from do not say; triggers keep it so, whoever writes them.
create extension if not exists pg_trgm;

create table listed (
	forloeb_id      uuid primary key references forloeb on delete cascade,
	reference       text not null,
	programme       text not null,
	type            text not null,
	provider        text,
	status          text not null,
	open            boolean not null, -- something happens yet
	status_since    timestamptz not null,
	needs_attention boolean not null,
	next_at         timestamptz,
	deadline        timestamptz, -- of what it waits for
	clock_offset    interval not null,
	consultant_id   uuid,
	municipalities  text[] not null, -- of every workplace
	themes          text[] not null,
	-- What it is found by, in small letters: its reference and, as long as there
	-- are any, the names of workplaces and people, with a space before each.
	words           text not null default ''
);
grant select on listed to spark_api, spark_worker;

-- +goose StatementBegin
create function list_again(id uuid) returns void language sql security definer set search_path = public as $$
	insert into listed (forloeb_id, reference, programme, type, provider, status, open, status_since, needs_attention, next_at, deadline, clock_offset, consultant_id, municipalities, themes)
	select f.id, f.reference, f.programme, f.type, f.provider, f.status,
		f.status not in ('completed', 'declined', 'lapsed', 'rejected', 'withdrawn', 'stopped'), f.status_since, f.needs_attention, f.next_at,
		(f.waiting->>'deadline')::timestamptz, f.clock_offset,
		(select g.consultant_id from assignments g where g.forloeb_id = f.id and g.until is null),
		array(select distinct w.municipality from workplaces w where w.forloeb_id = f.id and w.municipality is not null),
		coalesce((select a.themes from applications a where a.forloeb_id = f.id and a.revision = f.revision), '{}')
	from forloeb f where f.id = $1
	on conflict (forloeb_id) do update set
		reference = excluded.reference, programme = excluded.programme, type = excluded.type, provider = excluded.provider,
		status = excluded.status, open = excluded.open, status_since = excluded.status_since, needs_attention = excluded.needs_attention, next_at = excluded.next_at,
		deadline = excluded.deadline, clock_offset = excluded.clock_offset, consultant_id = excluded.consultant_id,
		municipalities = excluded.municipalities, themes = excluded.themes
$$;

-- Small letters are made by Unicode's rules and not by the server's locale,
-- which may know no æ, ø and å.
create function list_words_again(id uuid) returns void language sql security definer set search_path = public as $$
	update listed l set words = found.words from (
		select f.reference || coalesce((select string_agg(' ' || lower(name collate "und-x-icu"), '' order by place, name) from (
			select 1 as place, n.name from workplaces w join workplace_names n on n.workplace_id = w.id where w.forloeb_id = f.id
			union select 2, c.name from parties p join party_contacts c on c.party_id = p.id where p.forloeb_id = f.id) names), '') as words
		from forloeb f where f.id = $1) found
	where l.forloeb_id = $1 and l.words <> found.words
$$;

create function forloeb_is_listed() returns trigger language plpgsql as $$
begin
	if tg_table_name <> 'forloeb' then
		perform list_again(new.forloeb_id);
	else
		perform list_again(new.id);
		if tg_op = 'INSERT' or old.reference <> new.reference then perform list_words_again(new.id); end if;
	end if;
	return null;
end $$;

create function name_is_listed() returns trigger language plpgsql security definer set search_path = public as $$
declare named record;
begin
	if tg_op = 'DELETE' then named := old; else named := new; end if;
	if tg_table_name = 'workplace_names' then
		perform list_words_again(w.forloeb_id) from workplaces w where w.id = named.workplace_id;
	else
		perform list_words_again(p.forloeb_id) from parties p where p.id = named.party_id;
	end if;
	return null;
end $$;
-- +goose StatementEnd

create trigger forloeb_is_listed after insert or update of reference, programme, type, provider, status, status_since, needs_attention, next_at, waiting, clock_offset, revision
	on forloeb for each row execute function forloeb_is_listed();
create trigger application_is_listed after insert or update of themes on applications for each row execute function forloeb_is_listed();
create trigger workplace_is_listed after insert or update of municipality on workplaces for each row execute function forloeb_is_listed();
create trigger assignment_is_listed after insert or update of until, consultant_id on assignments for each row execute function forloeb_is_listed();
create trigger workplace_name_is_listed after insert or update of name or delete on workplace_names for each row execute function name_is_listed();
create trigger contact_is_listed after insert or update of name or delete on party_contacts for each row execute function name_is_listed();

select list_again(id), list_words_again(id) from forloeb;

create index listed_in_order on listed ((not needs_attention), coalesce(next_at, 'infinity'), status_since desc, forloeb_id);
create index listed_open_in_order on listed ((not needs_attention), coalesce(next_at, 'infinity'), status_since desc, forloeb_id) where open;
create index listed_closed_in_order on listed ((not needs_attention), coalesce(next_at, 'infinity'), status_since desc, forloeb_id) where not open;
create unique index listed_by_reference on listed (reference);
create index listed_words on listed using gin (words gin_trgm_ops);
create index listed_municipalities on listed using gin (municipalities);

-- +goose Down
