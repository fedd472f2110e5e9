-- +goose Up

-- Since when somebody is a consultant; nothing of those who were before it was
-- written down. Whoever is new is given forløb slowly (internal/forloeb, Settling).
alter table consultants add column since timestamptz;

-- +goose Down
