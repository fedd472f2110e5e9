-- +goose Up
-- Several workplaces in one forløb: the first is the body that applies, and takes no part itself.
alter table workplaces
	add column position     integer not null default 1 check (position > 0),
	add column only_applies boolean not null default false,
	add column out_reason   text check (out_reason in ('declined', 'silent', 'left')),
	add constraint workplace_is_out_for_a_reason check ((left_at is null) = (out_reason is null));
create unique index workplaces_in_order on workplaces (forloeb_id, position);

alter table applications
	add column quorum integer not null default 0 check (quorum >= 0);
alter table application_texts
	add column body_name text not null default '',
	add column focus     text not null default '';

alter table forloeb
	add column begun_at timestamptz;
alter table parties
	add column listed_at timestamptz;

-- Which workplaces a meeting is for; no row: for all of them.
create table meeting_workplaces (
	meeting_id   uuid not null references meetings on delete cascade,
	workplace_id uuid not null references workplaces on delete cascade,
	primary key (meeting_id, workplace_id)
);

grant select, insert, delete on meeting_workplaces to spark_api;
grant select on meeting_workplaces to spark_worker;
grant update (left_at, out_reason) on workplaces to spark_worker;
grant update (begun_at) on forloeb to spark_api;

-- +goose Down
