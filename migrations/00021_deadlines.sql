-- +goose Up

-- Deadlines that were put off by hand. They never make one earlier: whoever
-- has a later one of their own keeps it.
alter table forloeb
	add column consent_until    timestamptz,
	add column evaluation_until timestamptz;
grant update (consent_until, evaluation_until) on forloeb to spark_api;

-- +goose Down
