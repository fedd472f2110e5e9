-- +goose Up

-- What the process needs of what is put off is until when, and not by whom.
revoke select on task_delays from spark_worker;
grant select (task_id, until) on task_delays to spark_worker;

-- +goose Down
