-- +goose Up

-- The log of mails over all forløb is read from its newest end.
create index mails_newest on mails ((coalesce(sent_at, planned_at)), id);

-- +goose Down
