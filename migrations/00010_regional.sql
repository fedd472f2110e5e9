-- +goose Up
-- The regional programme: a provider carries it out with experts of its own, and a workplace belongs to a region
-- instead of a municipality. Where there is no provider, it is SPARK's consultants who do.
alter table forloeb
	add column provider text;
alter table consultants
	add column provider text;
create index forloeb_of_provider on forloeb (provider) where provider is not null;

alter table workplaces
	alter column municipality drop not null,
	alter column sector drop not null,
	add column region    text,
	add column unit_type text,
	add constraint workplace_belongs_somewhere check (
		(municipality is not null and sector is not null and region is null and unit_type is null)
		or (municipality is null and sector is null and region is not null and unit_type is not null));

grant insert (provider) on forloeb to spark_api;

-- +goose Down
