-- +goose Up

-- A party has said that the answer noted for them by telephone is wrong. The
-- answer itself is gone then; the acts tell that it was there.
alter table parties add column contested_at timestamptz;

-- +goose Down
