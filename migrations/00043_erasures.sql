-- +goose Up

-- What has been erased, by its id alone: after a restore from an older backup
-- the same forløb are erased again (docs/operations.md).
create table erasures (
	forloeb_id uuid primary key, -- no foreign key: the list outlives what it names
	at         timestamptz not null default now()
);
grant select on erasures to spark_api, spark_worker;
call wall('{erasures}', 'false');

-- Names, addresses and free text of one forløb go; what it was, when it took
-- its steps and what was answered by ticking stay, for the statistics. It is
-- the worker's only way to delete them, and never touches one that is open or
-- that a workflow has not yet looked at.
-- +goose StatementBegin
create function erase_forloeb(erased uuid) returns boolean language plpgsql security definer set search_path = public as $$
begin
	perform from forloeb f where f.id = erased and f.seen_version = f.version
		and f.status in ('completed', 'declined', 'lapsed', 'rejected', 'withdrawn', 'stopped') for update;
	if not found then
		return false;
	end if;
	delete from guest_contacts c using guests g where g.id = c.guest_id and g.forloeb_id = erased;
	delete from party_contacts c using parties p where p.id = c.party_id and p.forloeb_id = erased;
	delete from signatures s using parties p where p.id = s.party_id and p.forloeb_id = erased;
	delete from workplace_names n using workplaces w where w.id = n.workplace_id and w.forloeb_id = erased;
	delete from answer_remarks r using answers a, evaluations e, workplaces w
		where a.id = r.answer_id and e.id = a.evaluation_id and w.id = e.workplace_id and w.forloeb_id = erased;
	update invitations i set draft = null from parties p where p.id = i.party_id and p.forloeb_id = erased and i.draft is not null;
	delete from meeting_notes n using meetings m where m.id = n.meeting_id and m.forloeb_id = erased;
	delete from meeting_tasks t using meetings m where m.id = t.meeting_id and m.forloeb_id = erased;
	delete from meeting_places p using meetings m where m.id = p.meeting_id and m.forloeb_id = erased;
	delete from application_texts where forloeb_id = erased;
	delete from plan_texts where forloeb_id = erased;
	delete from remarks where forloeb_id = erased;
	delete from notes where forloeb_id = erased;
	delete from round_choices where forloeb_id = erased;
	-- Nobody is left to write to, or to settle anything with.
	update mails set state = 'cancelled' where forloeb_id = erased and state = 'planned';
	update tasks set closed_at = (select forloeb_now(f) from forloeb f where f.id = erased) where forloeb_id = erased and closed_at is null;
	update forloeb set needs_attention = false where id = erased and needs_attention;
	insert into erasures (forloeb_id) values (erased) on conflict do nothing;
	return true;
end $$;
-- +goose StatementEnd
revoke execute on function erase_forloeb from public;
grant execute on function erase_forloeb to spark_worker;

-- What has a time of its own and is over it: logins, kept forms, counts of
-- networks, and the keys by which an application sent twice is known.
create function erase_spent() returns bigint language sql security definer set search_path = public as $$
	with s as (delete from sessions where expires_at <= now() returning 1),
		k as (delete from kept_forms where expires_at <= now() returning 1),
		a as (delete from allowances where spent_until < now() - interval '1 hour' returning 1),
		i as (delete from idempotency_keys where at < now() - interval '30 days' returning 1)
	select (select count(*) from s) + (select count(*) from k) + (select count(*) from a) + (select count(*) from i)
$$;
revoke execute on function erase_spent from public;
grant execute on function erase_spent to spark_worker;

-- +goose Down
