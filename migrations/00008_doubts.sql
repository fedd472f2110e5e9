-- +goose Up

-- How many attempts in a row ended so that the mail may have arrived. Only
-- a person who has the mail sent again begins anew.
alter table mails add column doubts integer not null default 0;
grant update (doubts) on mails to spark_api;

-- +goose Down
