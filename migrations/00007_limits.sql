-- +goose Up

-- What is left of what a network may do in an hour. A network is a keyed hash
-- of its address, whose key is not in this database; '' is all of them
-- together. Each use moves spent_until on by its share of an hour; a row that
-- lies in the past means that nothing is used, and goes.
create table allowances (
	act         text not null,
	network     text not null,
	spent_until timestamptz not null,
	primary key (act, network)
);
create index allowances_by_end on allowances (spent_until);
grant select, insert, update, delete on allowances to spark_api;

-- The requests that went out lately are counted before the next one goes.
create index mails_requests on mails (real_at) where kind in ('consent_request', 'changed') and not held and state <> 'cancelled';

-- +goose Down
