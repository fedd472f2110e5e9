-- +goose Up

-- How those who run forløb share the pile of tasks. It stands beside the tasks
-- and not in them: who has taken one, and when they want to see it again, is no
-- fact of the forløb, and the process knows nothing of it. A row means nothing
-- once its task is closed.
create table task_claims (
	task_id    bigint primary key references tasks on delete cascade,
	holder     uuid not null, -- of a member of staff or a token; one who may not come in any more has nothing
	claimed_at timestamptz not null
);
create table task_delays (
	task_id    bigint primary key references tasks on delete cascade,
	until      date not null, -- the day on which it is shown again
	put_off_by uuid not null,
	put_off_at timestamptz not null
);

-- What those who run a forløb write down about it. Free text, and nothing but
-- that: anonymising a forløb is a delete here. A note that was struck has lost
-- its words.
create table notes (
	id         bigint generated always as identity primary key,
	forloeb_id uuid not null references forloeb on delete cascade,
	author     uuid not null, -- of a member of staff or a token
	provider   text,          -- whose people wrote it; null for the secretariat's
	written_at timestamptz not null,
	text       text check (text <> ''),
	struck_at  timestamptz,
	struck_by  uuid,
	constraint note_is_struck_whole check ((text is null) = (struck_at is not null) and (struck_at is null) = (struck_by is null))
);
create index notes_of_forloeb on notes (forloeb_id);

-- The process has to do with none of it.
grant select, insert, update, delete on task_claims, task_delays to spark_api;
grant select, insert, delete on notes to spark_api;
grant update (text, struck_at, struck_by) on notes to spark_api;

-- Pages that are open hear of it, as of all that is new about a forløb. The
-- consultant does not: none of it is on their pages.
-- +goose StatementBegin
create function pile_tells() returns trigger language plpgsql as $$
begin
	perform forloeb_news(f.id, null, f.provider) from tasks t join forloeb f on f.id = t.forloeb_id where t.id = coalesce(new.task_id, old.task_id);
	return null;
end $$;
-- +goose StatementEnd
create trigger claim_tells after insert or update or delete on task_claims for each row execute function pile_tells();
create trigger delay_tells after insert or update or delete on task_delays for each row execute function pile_tells();
-- +goose StatementBegin
create function note_tells() returns trigger language plpgsql as $$
begin
	perform forloeb_news(f.id, null, f.provider) from forloeb f where f.id = new.forloeb_id;
	return null;
end $$;
-- +goose StatementEnd
create trigger note_tells after insert or update on notes for each row execute function note_tells();

-- +goose Down
