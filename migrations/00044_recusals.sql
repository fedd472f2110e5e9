-- +goose Up

-- Where a consultant is not to have forløb, because of a conflict of interest
-- that is known beforehand (habilitet): a municipality or a region, or one
-- workplace in it. It spans forløb, so that its times are real time.
create table recusals (
	id            uuid primary key,
	consultant_id uuid not null references consultants,
	place         text not null,          -- a municipality's code, or a region's
	places        text[] not null,        -- the same on either map of the regions
	workplace     text not null default '', -- empty: all of the place
	by_kind       text not null,
	by_id         text not null,
	at            timestamptz not null default now(),
	ended_at      timestamptz
);
create unique index recusals_in_force on recusals (consultant_id, place, plain_name(workplace)) where ended_at is null;

-- Why, which is about somebody's private life: for the consultant and the head
-- alone, and gone when the recusal ends.
create table recusal_reasons (
	recusal_id    uuid primary key references recusals on delete cascade,
	consultant_id uuid not null references consultants,
	reason        text not null
);

grant select on recusals to spark_api, spark_worker;
grant insert, update (ended_at) on recusals to spark_api;
grant select, insert, delete on recusal_reasons to spark_api;

call wall('{recusals}', $$current_setting('spark.viewer', true) = 'consultant:' || consultant_id
	or consultant_id in (select k.id from consultants k where current_setting('spark.viewer', true) = 'provider:' || k.provider)$$);

-- Who sees all does not see these.
alter table recusal_reasons enable row level security;
create policy own on recusal_reasons to spark_api using (current_setting('spark.viewer', true) in ('head', 'consultant:' || consultant_id));
create policy process on recusal_reasons to spark_worker using (true);

-- +goose StatementBegin
-- Whether two names seem to be of one workplace.
create function names_alike(one text, other text) returns boolean language sql immutable parallel safe as $$
	select char_length(plain_name(one)) > 2 and char_length(plain_name(other)) > 2
		and (similarity(plain_name(one), plain_name(other)) >= 0.6
			or char_length(plain_name(one)) > 5 and char_length(plain_name(other)) > 5
				and (strpos(plain_name(one), plain_name(other)) > 0 or strpos(plain_name(other), plain_name(one)) > 0))
$$;

-- Whether a forløb, or a workplace that takes part in it, is where a recusal is
-- about. Names are erased after a while, and then only whole places are known.
create function recusal_covers(places text[], workplace text, forloeb uuid) returns boolean language sql stable security definer set search_path = public as $$
	select exists (
		select from workplaces w left join workplace_names n on n.workplace_id = w.id
		where w.forloeb_id = $3 and w.left_at is null and coalesce(w.municipality, w.region) = any ($1)
			and ($2 = '' or coalesce(names_alike(n.name, $2), false)))
$$;

-- The recusal that keeps a consultant from a forløb, the oldest; null where none
-- does. Also who does not see it is kept from choosing against it.
create function recused(consultant uuid, forloeb uuid) returns uuid language sql stable security definer set search_path = public as $$
	select r.id from recusals r where r.consultant_id = $1 and r.ended_at is null and recusal_covers(r.places, r.workplace, $2)
	order by r.at, r.id limit 1
$$;
-- +goose StatementEnd
revoke execute on function recusal_covers, recused from public;
grant execute on function recusal_covers, recused to spark_api, spark_worker;

-- +goose Down
