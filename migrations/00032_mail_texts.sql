-- +goose Up

-- The sentences of the mails in the secretariat's own words: every version of
-- every kind in every programme, with who and when. Nothing is changed or
-- removed: the latest holds, and where there is none the words are those that
-- came with the program.
create table mail_texts (
	programme  text not null check (programme <> ''),
	kind       text not null check (kind <> ''),
	version    integer not null check (version > 0),
	sentences  jsonb not null check (jsonb_typeof(sentences) = 'object'),
	actor_kind text not null,
	actor_id   text not null,
	saved_at   timestamptz not null default now(),
	primary key (programme, kind, version)
);
grant select, insert on mail_texts to spark_api;
grant select on mail_texts to spark_worker;

-- Which of them a mail is written in, from its first attempt on: a retry is the
-- same message. 0 is the words that came with the program, null that nobody
-- has begun to send it.
alter table mails add column text_version integer;

-- +goose Down
