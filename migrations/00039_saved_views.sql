-- +goose Up

-- The list of forløb as a member of staff has narrowed it, under a name. What
-- it is narrowed to stands here in codes, never as an address and never as
-- words that were searched for: those are often somebody's name.
create table saved_views (
	id            uuid primary key default gen_random_uuid(),
	staff_id      uuid not null references staff on delete cascade,
	name          text not null check (name <> '' and char_length(name) <= 40),
	shared        boolean not null default false, -- with all of the secretariat, by a head
	tab           text not null check (tab in ('open', 'attention', 'closed', 'all')),
	status        text not null default '',
	municipality  text not null default '',
	theme         text not null default '',
	consultant_id uuid references consultants,
	attention     boolean not null default false
);
create unique index saved_views_by_name on saved_views (staff_id, lower(name));
grant select, insert, delete on saved_views to spark_api;
grant update (name, shared) on saved_views to spark_api;

-- Which member of staff looks, beside what they see of forløb; nobody where it
-- is not set.
-- +goose StatementBegin
create function staff_who_looks() returns uuid language sql stable parallel safe as $$
	select nullif(current_setting('spark.staff', true), '')::uuid
$$;
-- +goose StatementEnd

alter table saved_views enable row level security;
create policy own on saved_views to spark_api using (staff_id = (select staff_who_looks()) or shared and (select sees_all()));
create policy process on saved_views to spark_worker using (true);

-- +goose Down
