-- +goose Up

-- What stands for the browser that a yes came from, within its forløb: two of
-- one workplace from the same within minutes are a flag. Erased with the
-- signature.
alter table signatures add column device text;

-- +goose Down
