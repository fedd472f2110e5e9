-- +goose Up
-- A provider's people: they log in and have tokens, and see their own provider's forløb and experts alone.
alter table staff
	add column provider text,
	drop constraint staff_role_check,
	add constraint staff_role_check check (role in ('secretariat', 'head', 'consultant', 'reader', 'provider')),
	add constraint staff_provider_is_named check ((role = 'provider') = (provider is not null));
alter table api_tokens
	add column provider text,
	drop constraint api_tokens_role_check,
	add constraint api_tokens_role_check check (role in ('secretariat', 'head', 'consultant', 'reader', 'provider')),
	add constraint provider_token_names_provider check ((role = 'provider') = (provider is not null));

grant insert (provider), update (provider) on staff to spark_api;

-- News of a provider's forløb also tells whose it is. That of SPARK's own is as it was.
-- +goose StatementBegin
create function forloeb_news(f uuid, consultant text, provider text) returns void language sql as $$
	select pg_notify('forloeb_news', f || ' ' || coalesce(consultant, '') || coalesce(' ' || provider, ''))
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create or replace function forloeb_tells() returns trigger language plpgsql as $$
begin
	perform forloeb_news(new.id, (select a.consultant_id::text from assignments a where a.forloeb_id = new.id and a.until is null), new.provider);
	return null;
end $$;
-- +goose StatementEnd
-- +goose StatementBegin
create or replace function assignment_tells() returns trigger language plpgsql as $$
begin
	perform forloeb_news(new.forloeb_id, new.consultant_id::text, (select f.provider from forloeb f where f.id = new.forloeb_id));
	return null;
end $$;
-- +goose StatementEnd

-- +goose Down
