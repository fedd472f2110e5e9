-- +goose Up

-- Times that the database was restored from a backup. Until one has ended, mails
-- wait: what had left after the point of restore, the rows do not know.
create table restorations (
	id       bigint generated always as identity primary key,
	began_at timestamptz not null default clock_timestamp(), -- real time, after the point of restore
	listed   boolean not null default false, -- it has been said what the mail server had taken
	ended_at timestamptz
);
create unique index one_restoration on restorations ((true)) where ended_at is null;

-- Message-IDs, without their domain, of what the mail server had taken by then.
-- A row goes when its mail has been found.
create table mails_taken (
	message_id     text primary key,
	restoration_id bigint not null references restorations
);

create function mails_wait() returns boolean language sql stable as $$
	select exists (select from restorations where ended_at is null)
$$;

grant select on restorations, mails_taken to spark_api, spark_worker;
grant insert, update on restorations to spark_worker;
grant insert, delete on mails_taken to spark_worker;
-- +goose Down
