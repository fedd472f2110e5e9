-- +goose Up

-- Which forløb a closed one was a duplicate of. Opening it again takes the row away.
create table duplicates (
	forloeb_id uuid primary key references forloeb on delete cascade,
	of         uuid not null references forloeb on delete cascade,
	constraint duplicate_of_another check (forloeb_id <> of)
);
create index duplicates_of on duplicates (of);
grant select on duplicates to spark_api, spark_worker;
grant insert, delete on duplicates to spark_api;
call wall('{duplicates}', 'forloeb_id in (select seen_forloeb())');

-- What a forløb knows of the one it was a duplicate of, which whoever looks may
-- not see: its reference, and who of its own parties is party there too.
-- +goose StatementBegin
create function duplicate_of(id uuid) returns json language sql stable security definer set search_path = public as $$
	select json_build_object('ID', o.id, 'Reference', o.reference, 'Known', (
		select json_agg(p.id) from parties p join party_contacts c on c.party_id = p.id
		where p.forloeb_id = $1 and p.replaced_at is null and c.email <> '' and exists (
			select from party_contacts d join parties q on q.id = d.party_id
			where lower(d.email) = lower(c.email) and q.forloeb_id = o.id and q.replaced_at is null and q.left_at is null)))
	from duplicates l join forloeb o on o.id = l.of where l.forloeb_id = $1
$$;
-- +goose StatementEnd
revoke execute on function duplicate_of from public;
grant execute on function duplicate_of to spark_api, spark_worker;

-- Two forløb that look alike, and of which somebody has said that they are not
-- the same.
create table not_alike (
	one     uuid not null references forloeb on delete cascade,
	other   uuid not null references forloeb on delete cascade,
	said_by uuid not null, -- one of the staff
	at      timestamptz not null default now(), -- real time
	primary key (one, other),
	constraint one_before_other check (one < other)
);
create index not_alike_other on not_alike (other);
grant select, insert on not_alike to spark_api;
-- Shown to those who see all, and to nobody else.
call wall('{not_alike}', 'false');

-- A workplace's name without what people write in more than one way.
-- +goose StatementBegin
create function plain_name(name text) returns text language sql immutable parallel safe as $$
	select regexp_replace(lower(name collate "und-x-icu"), '[\s[:punct:]]+', '', 'g')
$$;
-- +goose StatementEnd

-- +goose Down
