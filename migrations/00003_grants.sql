-- +goose Up

-- Two roles, neither of which owns a table. The api writes facts; only the
-- worker writes the status and what follows from it.
grant select on all tables in schema public to spark_api, spark_worker;

grant insert (id, reference, programme, type, policy, created_at) on forloeb to spark_api;
grant update (version, revision, decision, decided_at, extra_meetings, finished_at, withdrawn_at, stopped_at, reopen_to, reopened_at, match_tried_at) on forloeb to spark_api;
grant update (status, status_since, status_seq, seen_version, version, waiting, next_at, needs_attention, clock_offset, reopen_to, match_tried_at) on forloeb to spark_worker;

grant insert, update, delete on applications, application_texts, workplaces, workplace_names, parties, party_contacts,
	remarks, consents, signatures, meetings, meeting_places, conflicts, consultants, leaves, idempotency_keys, api_tokens to spark_api;
grant insert on acts, assignments, answers, answer_remarks to spark_api;
grant update (relayed_at) on acts to spark_api;
grant update (until) on assignments to spark_api;
grant update (answered_at, refused_at, draft) on invitations to spark_api;
grant update (closed_at) on tasks to spark_api;
grant update (state, held, code, resends, planned_at, real_at, sent_at) on mails to spark_api; -- a person settles a mail

grant insert on acts, forloeb_events, assignments, mails, tasks, evaluations, invitations to spark_worker;
grant update on mails, tasks to spark_worker;
grant update (state, state_at, ics_sequence) on meetings to spark_worker; -- closing cancels what is booked

-- +goose Down
