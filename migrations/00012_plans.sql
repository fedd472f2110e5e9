-- +goose Up

-- What the parties want changed (forandringsønske), beside the rest of the
-- text that both see.
alter table application_texts add column change_goal text not null default '';

-- What consultant and workplace have agreed on: how the forløb is arranged, and
-- how it is followed up. Free text, deleted when the forløb is anonymised; who
-- wrote it and when stands in the act of that version.
create table plan_texts (
	forloeb_id uuid not null references forloeb on delete cascade,
	kind       text not null check (kind in ('arrangement', 'follow_up')),
	version    bigint not null,
	text       text not null check (text <> ''),
	primary key (forloeb_id, kind)
);

-- What is to be prepared for a meeting (hjemmeopgave); deleted with the rest.
create table meeting_tasks (
	meeting_id uuid primary key references meetings on delete cascade,
	text       text not null check (text <> '')
);

grant select, insert, update, delete on plan_texts, meeting_tasks to spark_api;
grant select on plan_texts, meeting_tasks to spark_worker;

-- +goose Down
