-- +goose Up

-- An answer is kept so that no row tells whose it is. Who has answered is known,
-- with the time, so an answer may not carry its own: whenever one comes, all of
-- that workplace's in that wave are written anew, in random order, under new
-- ids, in one transaction and with one day. Neither ids, days, the order of the
-- rows nor the transaction that wrote them then tells them apart. The first
-- answer of two stands alone until the second comes: nothing is shown of so few.
comment on column answers.day is 'of the last answer in the same evaluation; the same for all of them';

-- +goose StatementBegin
create function keep_answer(asked uuid, questionnaire integer, given jsonb, said text, on_day date) returns void
language plpgsql security definer set search_path = public as $$
declare
	kept jsonb := (
		select jsonb_agg(to_jsonb(every) order by gen_random_uuid()) from (
			select a.version, a.choices, r.remark from answers a left join answer_remarks r on r.answer_id = a.id where a.evaluation_id = asked
			union all
			select questionnaire, given, nullif(said, '')) as every);
	one record;
	new_id uuid;
begin
	delete from answers where evaluation_id = asked;
	for one in select * from jsonb_to_recordset(kept) as r (version integer, choices jsonb, remark text) loop
		new_id := gen_random_uuid();
		insert into answers (id, evaluation_id, version, choices, day) values (new_id, asked, one.version, one.choices, on_day);
		if one.remark is not null then
			insert into answer_remarks (answer_id, remark) values (new_id, one.remark);
		end if;
	end loop;
end $$;
-- +goose StatementEnd
revoke execute on function keep_answer from public;
grant execute on function keep_answer to spark_api;
revoke insert on answers, answer_remarks from spark_api;

-- What was begun and never sent goes when the forløb ends, or is asked anew.
grant update (draft) on invitations to spark_worker;

-- +goose Down
