-- +goose Up

-- A party cannot come to a meeting and has asked for another time. What suits
-- better is a remark of the same version. A meeting that gets another start
-- answers it.
create table other_times (
	meeting_id  uuid not null references meetings on delete cascade,
	version     bigint not null, -- the act
	party_id    uuid not null references parties on delete cascade,
	at          timestamptz not null,
	answered_at timestamptz,
	primary key (meeting_id, version)
);
create unique index other_times_one_open on other_times (meeting_id, party_id) where answered_at is null;

grant select on other_times to spark_api, spark_worker;
grant insert on other_times to spark_api;
grant update (answered_at) on other_times to spark_api;

-- +goose Down
