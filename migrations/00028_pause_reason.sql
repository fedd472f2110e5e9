-- +goose Up

-- Whoever moves the end of a pause says why anew.
grant update (reason) on pauses to spark_api;

-- +goose Down
