-- +goose Up

-- A forløb is also found by its mødedeltagere, and by anybody's mail address. These
-- stand apart from the words: the name of a municipality is in most of them, and
-- would find everybody there. They are looked in where a word has an @.
alter table listed add column addresses text not null default '';
create index listed_addresses on listed using gin (addresses gin_trgm_ops);
create or replace view listed_all as select * from listed where (select sees_all());

-- +goose StatementBegin
create or replace function list_words_again(id uuid) returns void language sql security definer set search_path = public as $$
	with people as (
		select 2 as place, c.name, c.email from parties p join party_contacts c on c.party_id = p.id where p.forloeb_id = $1
		union select 3, c.name, c.email from guests g join guest_contacts c on c.guest_id = g.id where g.forloeb_id = $1)
	update listed l set words = found.words, addresses = found.addresses from (
		select f.reference || coalesce((select string_agg(' ' || lower(name collate "und-x-icu"), '' order by place, name) from (
			select 1 as place, n.name from workplaces w join workplace_names n on n.workplace_id = w.id where w.forloeb_id = f.id
			union select place, name from people) names), '') as words,
			coalesce((select string_agg(' ' || address, '' order by address) from (select distinct lower(email) as address from people) a), '') as addresses
		from forloeb f where f.id = $1) found
	where l.forloeb_id = $1 and (l.words, l.addresses) is distinct from (found.words, found.addresses)
$$;

create or replace function name_is_listed() returns trigger language plpgsql security definer set search_path = public as $$
declare named record;
begin
	if tg_op = 'DELETE' then named := old; else named := new; end if;
	if tg_table_name = 'workplace_names' then
		perform list_words_again(w.forloeb_id) from workplaces w where w.id = named.workplace_id;
	elsif tg_table_name = 'guest_contacts' then
		perform list_words_again(g.forloeb_id) from guests g where g.id = named.guest_id;
	else
		perform list_words_again(p.forloeb_id) from parties p where p.id = named.party_id;
	end if;
	return null;
end $$;
-- +goose StatementEnd

drop trigger contact_is_listed on party_contacts;
create trigger contact_is_listed after insert or update of name, email or delete on party_contacts for each row execute function name_is_listed();
create trigger guest_is_listed after insert or update of name, email or delete on guest_contacts for each row execute function name_is_listed();

select list_words_again(id) from forloeb;

-- +goose Down
