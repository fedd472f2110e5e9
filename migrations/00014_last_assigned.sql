-- +goose Up
-- When a consultant was last given a forløb, without reading all that they have had.
create index assignments_last on assignments (consultant_id, at desc);

-- +goose Down
