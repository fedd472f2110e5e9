-- +goose Up

-- What a consultant writes to themselves about a meeting: free text, and
-- theirs alone. It is read by nobody else, not by whoever takes over and not
-- by the secretariat, and goes by itself: the worker deletes it and never
-- reads it. Nobody hears of it, so there is no trigger.
create table meeting_notes (
	meeting_id    uuid not null references meetings on delete cascade,
	consultant_id uuid not null references consultants,
	text          text not null, -- empty when the writer took the words away
	version       integer not null default 1 check (version > 0),
	written_at    timestamptz not null,
	primary key (meeting_id, consultant_id)
);

grant select, insert, update on meeting_notes to spark_api;
grant select (meeting_id, consultant_id), delete on meeting_notes to spark_worker;

-- Who sees all does not see these.
alter table meeting_notes enable row level security;
create policy own on meeting_notes to spark_api using (current_setting('spark.viewer', true) = 'consultant:' || consultant_id
	and meeting_id in (select m.id from meetings m where m.forloeb_id in (select seen_forloeb())));
create policy process on meeting_notes to spark_worker using (true);

-- +goose Down
