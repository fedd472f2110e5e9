-- +goose Up

-- Mødedeltagere: people at a workplace who are told of its meetings and of nothing
-- else. Names and addresses stand in a table of their own, so that anonymising is
-- a delete.
create table guests (
	id           uuid primary key,
	forloeb_id   uuid not null references forloeb on delete cascade,
	workplace_id uuid not null references workplaces,
	added_by     uuid references parties, -- null where staff did
	added_at     timestamptz not null,
	removed_at   timestamptz,
	declined     boolean not null default false, -- took themselves off
	constraint declined_is_removed check (not declined or removed_at is not null)
);
create index guests_of_forloeb on guests (forloeb_id, added_at);

create table guest_contacts (
	guest_id uuid primary key references guests on delete cascade,
	name     text not null,
	email    text not null
);
create index guest_contacts_by_email on guest_contacts (lower(email));

grant select on guests, guest_contacts to spark_api, spark_worker;
grant insert, update, delete on guests, guest_contacts to spark_api;

-- Being written on is counted as an unanswered request is.
drop index mails_requests;
create index mails_requests on mails (real_at)
	where kind in ('consent_request', 'changed', 'workplace_invited', 'guest_added') and not held and state <> 'cancelled';

-- A guest sees, by the link in their mail, the forløb they are in.
-- +goose StatementBegin
create or replace function seen_forloeb() returns setof uuid language plpgsql stable security definer set search_path = public rows 20 as $$
declare
	kind text := split_part(current_setting('spark.viewer', true), ':', 1);
	whose text := split_part(current_setting('spark.viewer', true), ':', 2);
begin
	case kind
	when 'consultant' then return query select forloeb_id from assignments where consultant_id = whose::uuid and until is null;
	when 'provider' then return query select id from forloeb where provider = whose;
	when 'party' then return query select forloeb_id from parties where id = whose::uuid;
	when 'guest' then return query select forloeb_id from guests where id = whose::uuid;
	when 'meeting' then return query select forloeb_id from meetings where id = whose::uuid;
	when 'forloeb' then return query select whose::uuid;
	else null;
	end case;
end $$;
-- +goose StatementEnd

call wall('{guests}', 'forloeb_id in (select seen_forloeb())');
call wall('{guest_contacts}', 'guest_id in (select g.id from guests g where g.forloeb_id in (select seen_forloeb()))');

-- +goose Down
