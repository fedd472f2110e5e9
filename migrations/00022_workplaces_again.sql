-- +goose Up

-- When the secretariat asked the two of a workplace that was out of a shared
-- forløb whether it takes part after all.
alter table workplaces add column asked_again_at timestamptz;

-- +goose Down
