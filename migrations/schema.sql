-- The schema after every migration, for reading. Made by: go test ./internal/store -run TestSchemaFileIsCurrent -update

create table access_log (
	id bigint not null generated always as identity,
	at timestamp with time zone not null default now(),
	who uuid not null,
	role text not null,
	program boolean not null,
	forloeb_id uuid,
	kind text not null,
	route text not null,
	purpose text not null,
	words text not null default ''::text,
	filters text[] not null default '{}'::text[],
	constraint access_log_pkey PRIMARY KEY (id),
	constraint access_log_kind_check CHECK ((kind = ANY (ARRAY['read'::text, 'search'::text, 'change'::text, 'export'::text]))),
	constraint access_log_purpose_check CHECK ((purpose = ANY (ARRAY['task'::text, 'search'::text, 'own'::text, 'program'::text, 'question'::text, 'reopen'::text, 'follow_up'::text, 'quality'::text, 'insight'::text, 'other'::text]))),
	constraint search_is_of_no_forloeb CHECK (((kind = 'search'::text) <= (forloeb_id IS NULL))),
	constraint words_are_few CHECK ((char_length(words) <= 200))
);

create table acts (
	forloeb_id uuid not null,
	version bigint not null,
	name text not null,
	ref text not null default ''::text,
	detail text not null default ''::text,
	actor_kind text not null,
	actor_id text not null default ''::text,
	at timestamp with time zone not null,
	written_at timestamp with time zone not null default clock_timestamp(),
	traceparent text,
	relayed_at timestamp with time zone,
	constraint acts_pkey PRIMARY KEY (forloeb_id, version),
	constraint acts_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE
);

create table allowances (
	act text not null,
	network text not null,
	spent_until timestamp with time zone not null,
	constraint allowances_pkey PRIMARY KEY (act, network)
);

create table answer_remarks (
	answer_id uuid not null,
	remark text not null,
	constraint answer_remarks_pkey PRIMARY KEY (answer_id),
	constraint answer_remarks_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES answers(id) ON DELETE CASCADE
);

create table answers (
	id uuid not null,
	evaluation_id uuid not null,
	version integer not null,
	choices jsonb not null,
	day date not null,
	constraint answers_pkey PRIMARY KEY (id),
	constraint answers_evaluation_id_fkey FOREIGN KEY (evaluation_id) REFERENCES evaluations(id) ON DELETE CASCADE
);

create table api_tokens (
	id uuid not null,
	hash bytea not null,
	role text not null,
	consultant_id uuid,
	label text not null,
	created_at timestamp with time zone not null default now(),
	expires_at timestamp with time zone not null,
	revoked_at timestamp with time zone,
	provider text,
	constraint api_tokens_pkey PRIMARY KEY (id),
	constraint api_tokens_hash_key UNIQUE (hash),
	constraint api_tokens_consultant_id_fkey FOREIGN KEY (consultant_id) REFERENCES consultants(id),
	constraint api_tokens_role_check CHECK ((role = ANY (ARRAY['secretariat'::text, 'head'::text, 'consultant'::text, 'reader'::text, 'provider'::text]))),
	constraint consultant_token_names_consultant CHECK (((role = 'consultant'::text) = (consultant_id IS NOT NULL))),
	constraint provider_token_names_provider CHECK (((role = 'provider'::text) = (provider IS NOT NULL)))
);

create table application_drafts (
	id uuid not null default gen_random_uuid(),
	key text not null,
	programme text not null,
	form text not null,
	typed text not null,
	email text not null,
	address text not null,
	link_version integer not null default 1,
	expires_at timestamp with time zone not null,
	constraint application_drafts_pkey PRIMARY KEY (id),
	constraint application_drafts_key_key UNIQUE (key),
	constraint application_drafts_email_check CHECK ((email <> ''::text)),
	constraint application_drafts_form_check CHECK ((form <> ''::text)),
	constraint application_drafts_link_version_check CHECK ((link_version > 0)),
	constraint application_drafts_programme_check CHECK ((programme <> ''::text)),
	constraint draft_is_no_archive CHECK ((octet_length(typed) <= 262144))
);

create table application_texts (
	forloeb_id uuid not null,
	revision integer not null,
	situation text not null default ''::text,
	tried text not null default ''::text,
	timing text not null default ''::text,
	body_name text not null default ''::text,
	focus text not null default ''::text,
	change_goal text not null default ''::text,
	constraint application_texts_pkey PRIMARY KEY (forloeb_id, revision),
	constraint application_texts_forloeb_id_revision_fkey FOREIGN KEY (forloeb_id, revision) REFERENCES applications(forloeb_id, revision) ON DELETE CASCADE
);

create table applications (
	forloeb_id uuid not null,
	revision integer not null,
	started_by text not null,
	body text not null,
	themes text[] not null,
	hash text not null,
	at timestamp with time zone not null,
	quorum integer not null default 0,
	constraint applications_pkey PRIMARY KEY (forloeb_id, revision),
	constraint applications_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint applications_quorum_check CHECK ((quorum >= 0)),
	constraint applications_revision_check CHECK ((revision > 0)),
	constraint applications_started_by_check CHECK ((started_by = ANY (ARRAY['leader'::text, 'rep'::text, 'other'::text]))),
	constraint applications_themes_check CHECK ((cardinality(themes) > 0))
);

create table assignments (
	id bigint not null generated always as identity,
	forloeb_id uuid not null,
	consultant_id uuid not null,
	reason text not null,
	score jsonb not null default '[]'::jsonb,
	at timestamp with time zone not null,
	until timestamp with time zone,
	accepted_at timestamp with time zone default now(),
	declined text,
	constraint assignments_pkey PRIMARY KEY (id),
	constraint assignments_consultant_id_fkey FOREIGN KEY (consultant_id) REFERENCES consultants(id),
	constraint assignments_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint assignments_declined_check CHECK ((declined = ANY (ARRAY['conflict'::text, 'leave'::text, 'no_room'::text, 'other'::text])))
);

create table conflicts (
	forloeb_id uuid not null,
	consultant_id uuid not null,
	interest boolean not null default false,
	constraint conflicts_pkey PRIMARY KEY (forloeb_id, consultant_id),
	constraint conflicts_consultant_id_fkey FOREIGN KEY (consultant_id) REFERENCES consultants(id) ON DELETE CASCADE,
	constraint conflicts_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE
);

create table consents (
	party_id uuid not null,
	revision integer not null,
	answer text not null,
	text_hash text not null,
	at timestamp with time zone not null,
	channel text not null,
	constraint consents_pkey PRIMARY KEY (party_id, revision),
	constraint consents_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties(id) ON DELETE CASCADE,
	constraint consents_answer_check CHECK ((answer = ANY (ARRAY['yes'::text, 'no'::text]))),
	constraint consents_channel_check CHECK ((channel = ANY (ARRAY['link'::text, 'phone'::text])))
);

create table consultant_links (
	consultant_id uuid not null,
	version integer not null default 1,
	calendar_at timestamp with time zone,
	constraint consultant_links_pkey PRIMARY KEY (consultant_id),
	constraint consultant_links_consultant_id_fkey FOREIGN KEY (consultant_id) REFERENCES consultants(id) ON DELETE CASCADE,
	constraint consultant_links_version_check CHECK ((version > 0))
);

create table consultants (
	id uuid not null,
	name text not null,
	email text not null,
	phone text not null default ''::text,
	themes text[] not null default '{}'::text[],
	regions text[] not null default '{}'::text[],
	capacity integer not null default 8,
	active boolean not null default true,
	provider text,
	since timestamp with time zone,
	constraint consultants_pkey PRIMARY KEY (id),
	constraint consultants_email_key UNIQUE (email),
	constraint consultants_capacity_check CHECK ((capacity >= 0))
);

create table courses (
	forloeb_id uuid not null,
	programme text not null,
	year smallint not null,
	status text not null,
	reached smallint not null,
	took text[] not null,
	places text[] not null,
	constraint courses_pkey PRIMARY KEY (forloeb_id),
	constraint courses_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE
);

create table draft_mails (
	id bigint not null generated always as identity,
	draft_id uuid,
	address text not null,
	state text not null default 'planned'::text,
	code text not null default ''::text,
	attempts integer not null default 0,
	doubts integer not null default 0,
	message_id text not null default (gen_random_uuid())::text,
	planned_at timestamp with time zone not null default now(),
	due_at timestamp with time zone not null default now(),
	constraint draft_mails_pkey PRIMARY KEY (id),
	constraint draft_mails_message_id_key UNIQUE (message_id),
	constraint draft_mails_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES application_drafts(id) ON DELETE SET NULL,
	constraint draft_mails_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'sending'::text, 'sent'::text, 'uncertain'::text, 'failed'::text])))
);

create table duplicates (
	forloeb_id uuid not null,
	of uuid not null,
	constraint duplicates_pkey PRIMARY KEY (forloeb_id),
	constraint duplicates_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint duplicates_of_fkey FOREIGN KEY (of) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint duplicate_of_another CHECK ((forloeb_id <> of))
);

create table erasures (
	forloeb_id uuid not null,
	at timestamp with time zone not null default now(),
	constraint erasures_pkey PRIMARY KEY (forloeb_id)
);

create table evaluations (
	id uuid not null,
	workplace_id uuid not null,
	wave integer not null,
	constraint evaluations_pkey PRIMARY KEY (id),
	constraint evaluations_workplace_id_wave_key UNIQUE (workplace_id, wave),
	constraint evaluations_workplace_id_fkey FOREIGN KEY (workplace_id) REFERENCES workplaces(id) ON DELETE CASCADE
);

create table forloeb (
	id uuid not null,
	reference text not null,
	programme text not null,
	type text not null,
	status text not null default 'awaiting_consent'::text,
	status_since timestamp with time zone not null default now(),
	status_seq integer not null default 0,
	version bigint not null default 1,
	seen_version bigint not null default 0,
	policy jsonb not null,
	waiting jsonb not null default '{}'::jsonb,
	next_at timestamp with time zone,
	needs_attention boolean not null default false,
	clock_offset interval not null default '00:00:00'::interval,
	created_at timestamp with time zone not null,
	revision integer not null default 1,
	decision text,
	decided_at timestamp with time zone,
	extra_meetings integer not null default 0,
	finished_at timestamp with time zone,
	withdrawn_at timestamp with time zone,
	stopped_at timestamp with time zone,
	reopen_to text,
	reopened_at timestamp with time zone,
	match_tried_at timestamp with time zone,
	begun_at timestamp with time zone,
	provider text,
	consent_until timestamp with time zone,
	evaluation_until timestamp with time zone,
	constraint forloeb_pkey PRIMARY KEY (id),
	constraint forloeb_reference_key UNIQUE (reference),
	constraint forloeb_clock_is_real CHECK ((clock_offset = '00:00:00'::interval)),
	constraint forloeb_decision_check CHECK ((decision = ANY (ARRAY['approved'::text, 'waitlisted'::text, 'rejected'::text]))),
	constraint forloeb_extra_meetings_check CHECK ((extra_meetings >= 0)),
	constraint forloeb_seen_not_ahead CHECK ((seen_version <= version))
);

create table forloeb_events (
	forloeb_id uuid not null,
	seq integer not null,
	"from" text not null,
	"to" text not null,
	cause text not null,
	facts_version bigint not null,
	at timestamp with time zone not null,
	constraint forloeb_events_pkey PRIMARY KEY (forloeb_id, seq),
	constraint forloeb_events_forloeb_id_facts_version_from_to_key UNIQUE (forloeb_id, facts_version, "from", "to"),
	constraint forloeb_events_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint forloeb_events_from_to_fkey FOREIGN KEY ("from", "to") REFERENCES transitions("from", "to")
);

create table guest_contacts (
	guest_id uuid not null,
	name text not null,
	email text not null,
	constraint guest_contacts_pkey PRIMARY KEY (guest_id),
	constraint guest_contacts_guest_id_fkey FOREIGN KEY (guest_id) REFERENCES guests(id) ON DELETE CASCADE
);

create table guests (
	id uuid not null,
	forloeb_id uuid not null,
	workplace_id uuid not null,
	added_by uuid,
	added_at timestamp with time zone not null,
	removed_at timestamp with time zone,
	declined boolean not null default false,
	constraint guests_pkey PRIMARY KEY (id),
	constraint guests_added_by_fkey FOREIGN KEY (added_by) REFERENCES parties(id),
	constraint guests_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint guests_workplace_id_fkey FOREIGN KEY (workplace_id) REFERENCES workplaces(id),
	constraint declined_is_removed CHECK (((NOT declined) OR (removed_at IS NOT NULL)))
);

create table idempotency_keys (
	route text not null,
	key text not null,
	body_hash text not null,
	response jsonb not null,
	at timestamp with time zone not null default now(),
	constraint idempotency_keys_pkey PRIMARY KEY (route, key)
);

create table intakes (
	id bigint not null generated always as identity,
	programme text not null,
	state text not null,
	from_day date,
	until_day date,
	notice text not null default ''::text,
	actor_kind text not null,
	actor_id text not null,
	decided_at timestamp with time zone not null default now(),
	constraint intakes_pkey PRIMARY KEY (id),
	constraint intake_ends_after_it_begins CHECK ((until_day >= from_day)),
	constraint intakes_notice_check CHECK ((char_length(notice) <= 500)),
	constraint intakes_programme_check CHECK ((programme <> ''::text)),
	constraint intakes_state_check CHECK ((state = ANY (ARRAY['agreed'::text, 'open'::text, 'closed'::text])))
);

create table invitations (
	evaluation_id uuid not null,
	party_id uuid not null,
	answered_at timestamp with time zone,
	refused_at timestamp with time zone,
	draft jsonb,
	constraint invitations_pkey PRIMARY KEY (evaluation_id, party_id),
	constraint invitations_evaluation_id_fkey FOREIGN KEY (evaluation_id) REFERENCES evaluations(id) ON DELETE CASCADE,
	constraint invitations_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties(id) ON DELETE CASCADE
);

create table kept_forms (
	id uuid not null,
	staff_id uuid not null,
	path text not null,
	sealed bytea not null,
	expires_at timestamp with time zone not null,
	constraint kept_forms_pkey PRIMARY KEY (id),
	constraint kept_forms_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
	constraint kept_form_is_no_archive CHECK ((octet_length(sealed) <= (128 * 1024)))
);

create table leaves (
	id bigint not null generated always as identity,
	consultant_id uuid not null,
	days daterange not null,
	constraint leaves_pkey PRIMARY KEY (id),
	constraint leaves_consultant_id_fkey FOREIGN KEY (consultant_id) REFERENCES consultants(id) ON DELETE CASCADE,
	constraint leaves_days_check CHECK ((NOT isempty(days))),
	constraint leaves_consultant_id_days_excl EXCLUDE USING gist (consultant_id WITH =, days WITH &&)
);

create table listed (
	forloeb_id uuid not null,
	reference text not null,
	programme text not null,
	type text not null,
	provider text,
	status text not null,
	open boolean not null,
	status_since timestamp with time zone not null,
	needs_attention boolean not null,
	next_at timestamp with time zone,
	deadline timestamp with time zone,
	clock_offset interval not null,
	consultant_id uuid,
	municipalities text[] not null,
	themes text[] not null,
	words text not null default ''::text,
	addresses text not null default ''::text,
	constraint listed_pkey PRIMARY KEY (forloeb_id),
	constraint listed_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE
);

create table mail_samples (
	id bigint not null generated always as identity,
	staff_id uuid not null,
	programme text not null,
	kind text not null,
	variant text not null,
	sentences jsonb not null,
	message_id text not null default (gen_random_uuid())::text,
	asked_at timestamp with time zone not null default now(),
	due_at timestamp with time zone not null default now(),
	attempts integer not null default 0,
	done boolean not null default false,
	constraint mail_samples_pkey PRIMARY KEY (id),
	constraint mail_samples_message_id_key UNIQUE (message_id),
	constraint mail_samples_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE,
	constraint mail_samples_kind_check CHECK ((kind <> ''::text)),
	constraint mail_samples_programme_check CHECK ((programme <> ''::text)),
	constraint mail_samples_sentences_check CHECK ((jsonb_typeof(sentences) = 'object'::text)),
	constraint mail_samples_variant_check CHECK ((variant <> ''::text))
);

create table mail_texts (
	programme text not null,
	kind text not null,
	version integer not null,
	sentences jsonb not null,
	actor_kind text not null,
	actor_id text not null,
	saved_at timestamp with time zone not null default now(),
	constraint mail_texts_pkey PRIMARY KEY (programme, kind, version),
	constraint mail_texts_kind_check CHECK ((kind <> ''::text)),
	constraint mail_texts_programme_check CHECK ((programme <> ''::text)),
	constraint mail_texts_sentences_check CHECK ((jsonb_typeof(sentences) = 'object'::text)),
	constraint mail_texts_version_check CHECK ((version > 0))
);

create table mails (
	id bigint not null generated always as identity,
	forloeb_id uuid not null,
	kind text not null,
	recipient uuid not null,
	ordinal bigint not null,
	ref text not null default ''::text,
	state text not null default 'planned'::text,
	held boolean not null default false,
	code text not null default ''::text,
	resends integer not null default 0,
	attempts integer not null default 0,
	message_id text not null,
	planned_at timestamp with time zone not null,
	sent_at timestamp with time zone,
	real_at timestamp with time zone not null default now(),
	doubts integer not null default 0,
	text_version integer,
	constraint mails_pkey PRIMARY KEY (id),
	constraint mails_forloeb_id_kind_recipient_ordinal_key UNIQUE (forloeb_id, kind, recipient, ordinal),
	constraint mails_message_id_key UNIQUE (message_id),
	constraint mails_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint mail_sent_at_when_sent CHECK (((state = 'sent'::text) <= (sent_at IS NOT NULL))),
	constraint mails_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'sending'::text, 'sent'::text, 'uncertain'::text, 'failed'::text, 'cancelled'::text])))
);

create table mails_taken (
	message_id text not null,
	restoration_id bigint not null,
	constraint mails_taken_pkey PRIMARY KEY (message_id),
	constraint mails_taken_restoration_id_fkey FOREIGN KEY (restoration_id) REFERENCES restorations(id)
);

create table main_med_notices (
	id bigint not null generated always as identity,
	municipality text not null,
	themes text[] not null,
	told_at timestamp with time zone not null default now(),
	told_by text not null,
	constraint main_med_notices_pkey PRIMARY KEY (id),
	constraint main_med_notices_themes_check CHECK ((cardinality(themes) > 0))
);

create table main_med_told (
	workplace_id uuid not null,
	notice_id bigint not null,
	constraint main_med_told_pkey PRIMARY KEY (workplace_id),
	constraint main_med_told_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES main_med_notices(id),
	constraint main_med_told_workplace_id_fkey FOREIGN KEY (workplace_id) REFERENCES workplaces(id) ON DELETE CASCADE
);

create table meeting_notes (
	meeting_id uuid not null,
	consultant_id uuid not null,
	text text not null,
	version integer not null default 1,
	written_at timestamp with time zone not null,
	constraint meeting_notes_pkey PRIMARY KEY (meeting_id, consultant_id),
	constraint meeting_notes_consultant_id_fkey FOREIGN KEY (consultant_id) REFERENCES consultants(id),
	constraint meeting_notes_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meetings(id) ON DELETE CASCADE,
	constraint meeting_notes_version_check CHECK ((version > 0))
);

create table meeting_places (
	meeting_id uuid not null,
	place text not null,
	constraint meeting_places_pkey PRIMARY KEY (meeting_id),
	constraint meeting_places_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meetings(id) ON DELETE CASCADE
);

create table meeting_tasks (
	meeting_id uuid not null,
	text text not null,
	constraint meeting_tasks_pkey PRIMARY KEY (meeting_id),
	constraint meeting_tasks_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meetings(id) ON DELETE CASCADE,
	constraint meeting_tasks_text_check CHECK ((text <> ''::text))
);

create table meeting_workplaces (
	meeting_id uuid not null,
	workplace_id uuid not null,
	constraint meeting_workplaces_pkey PRIMARY KEY (meeting_id, workplace_id),
	constraint meeting_workplaces_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meetings(id) ON DELETE CASCADE,
	constraint meeting_workplaces_workplace_id_fkey FOREIGN KEY (workplace_id) REFERENCES workplaces(id) ON DELETE CASCADE
);

create table meetings (
	id uuid not null,
	forloeb_id uuid not null,
	ordinal integer not null,
	starts_at timestamp with time zone not null,
	ends_at timestamp with time zone not null,
	state text not null,
	ics_uid text not null,
	ics_sequence integer not null default 0,
	moved_from timestamp with time zone,
	state_at timestamp with time zone not null,
	booked_at timestamp with time zone not null,
	constraint meetings_pkey PRIMARY KEY (id),
	constraint meetings_forloeb_id_ordinal_key UNIQUE (forloeb_id, ordinal),
	constraint meetings_ics_uid_key UNIQUE (ics_uid),
	constraint meetings_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint meeting_ends_after_start CHECK ((starts_at < ends_at)),
	constraint meetings_ics_sequence_check CHECK ((ics_sequence >= 0)),
	constraint meetings_state_check CHECK ((state = ANY (ARRAY['booked'::text, 'held'::text, 'no_show'::text, 'cancelled'::text])))
);

create table not_alike (
	one uuid not null,
	other uuid not null,
	said_by uuid not null,
	at timestamp with time zone not null default now(),
	constraint not_alike_pkey PRIMARY KEY (one, other),
	constraint not_alike_one_fkey FOREIGN KEY (one) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint not_alike_other_fkey FOREIGN KEY (other) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint one_before_other CHECK ((one < other))
);

create table notes (
	id bigint not null generated always as identity,
	forloeb_id uuid not null,
	author uuid not null,
	provider text,
	written_at timestamp with time zone not null,
	text text,
	struck_at timestamp with time zone,
	struck_by uuid,
	constraint notes_pkey PRIMARY KEY (id),
	constraint notes_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint note_is_struck_whole CHECK ((((text IS NULL) = (struck_at IS NOT NULL)) AND ((struck_at IS NULL) = (struck_by IS NULL)))),
	constraint notes_text_check CHECK ((text <> ''::text))
);

create table other_times (
	meeting_id uuid not null,
	version bigint not null,
	party_id uuid not null,
	at timestamp with time zone not null,
	answered_at timestamp with time zone,
	constraint other_times_pkey PRIMARY KEY (meeting_id, version),
	constraint other_times_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meetings(id) ON DELETE CASCADE,
	constraint other_times_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties(id) ON DELETE CASCADE
);

create table outcomes (
	workplace_id uuid not null,
	programme text not null,
	type text not null,
	themes text[] not null,
	municipality text,
	sector text,
	region text,
	year smallint not null,
	quarter smallint not null,
	asked smallint not null,
	answered smallint not null,
	planned boolean not null,
	ongoing boolean not null,
	said text[] not null,
	constraint outcomes_pkey PRIMARY KEY (workplace_id),
	constraint outcomes_workplace_id_fkey FOREIGN KEY (workplace_id) REFERENCES workplaces(id) ON DELETE CASCADE,
	constraint outcomes_quarter_check CHECK (((quarter >= 1) AND (quarter <= 4)))
);

create table parties (
	id uuid not null,
	forloeb_id uuid not null,
	workplace_id uuid not null,
	side text not null,
	role text not null,
	link_version integer not null default 1,
	corrections integer not null default 0,
	replaces uuid,
	replaced_at timestamp with time zone,
	left_at timestamp with time zone,
	fix_asked_at timestamp with time zone,
	not_me_at timestamp with time zone,
	link_asked_at timestamp with time zone,
	text_asked_at timestamp with time zone,
	reopen_asked_at timestamp with time zone,
	listed_at timestamp with time zone,
	contested_at timestamp with time zone,
	constraint parties_pkey PRIMARY KEY (id),
	constraint parties_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint parties_replaces_fkey FOREIGN KEY (replaces) REFERENCES parties(id),
	constraint parties_workplace_id_fkey FOREIGN KEY (workplace_id) REFERENCES workplaces(id) ON DELETE CASCADE,
	constraint parties_link_version_check CHECK ((link_version > 0)),
	constraint parties_role_check CHECK ((role = ANY (ARRAY['leader'::text, 'tr'::text, 'amr'::text, 'other_elected'::text]))),
	constraint parties_side_check CHECK ((side = ANY (ARRAY['leader'::text, 'rep'::text]))),
	constraint party_side_fits_role CHECK (((side = 'leader'::text) = (role = 'leader'::text)))
);

create table party_contacts (
	party_id uuid not null,
	name text not null,
	title text not null default ''::text,
	email text not null,
	phone text,
	constraint party_contacts_pkey PRIMARY KEY (party_id),
	constraint party_contacts_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties(id) ON DELETE CASCADE
);

create table pauses (
	id bigint not null generated always as identity,
	forloeb_id uuid not null,
	from_at timestamp with time zone not null,
	until_at timestamp with time zone not null,
	reason text not null,
	constraint pauses_pkey PRIMARY KEY (id),
	constraint pauses_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint pauses_check CHECK ((until_at >= from_at)),
	constraint pauses_reason_check CHECK ((reason = ANY (ARRAY['illness'::text, 'leave'::text, 'changes'::text, 'busy'::text, 'consultant'::text, 'other'::text]))),
	constraint pauses_forloeb_id_tstzrange_excl EXCLUDE USING gist (forloeb_id WITH =, tstzrange(from_at, until_at) WITH &&)
);

create table plan_texts (
	forloeb_id uuid not null,
	kind text not null,
	version bigint not null,
	text text not null,
	constraint plan_texts_pkey PRIMARY KEY (forloeb_id, kind),
	constraint plan_texts_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint plan_texts_kind_check CHECK ((kind = ANY (ARRAY['arrangement'::text, 'follow_up'::text]))),
	constraint plan_texts_text_check CHECK ((text <> ''::text))
);

create table recusal_reasons (
	recusal_id uuid not null,
	consultant_id uuid not null,
	reason text not null,
	constraint recusal_reasons_pkey PRIMARY KEY (recusal_id),
	constraint recusal_reasons_consultant_id_fkey FOREIGN KEY (consultant_id) REFERENCES consultants(id),
	constraint recusal_reasons_recusal_id_fkey FOREIGN KEY (recusal_id) REFERENCES recusals(id) ON DELETE CASCADE
);

create table recusals (
	id uuid not null,
	consultant_id uuid not null,
	place text not null,
	places text[] not null,
	workplace text not null default ''::text,
	by_kind text not null,
	by_id text not null,
	at timestamp with time zone not null default now(),
	ended_at timestamp with time zone,
	constraint recusals_pkey PRIMARY KEY (id),
	constraint recusals_consultant_id_fkey FOREIGN KEY (consultant_id) REFERENCES consultants(id)
);

create table remarks (
	id bigint not null generated always as identity,
	forloeb_id uuid not null,
	party_id uuid,
	version bigint not null,
	kind text not null,
	text text not null,
	constraint remarks_pkey PRIMARY KEY (id),
	constraint remarks_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint remarks_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties(id) ON DELETE CASCADE
);

create table restorations (
	id bigint not null generated always as identity,
	began_at timestamp with time zone not null default clock_timestamp(),
	listed boolean not null default false,
	ended_at timestamp with time zone,
	constraint restorations_pkey PRIMARY KEY (id)
);

create table round_choices (
	programme text not null,
	forloeb_id uuid not null,
	decision text not null,
	reason text not null default ''::text,
	words text not null default ''::text,
	constraint round_choices_pkey PRIMARY KEY (programme, forloeb_id),
	constraint round_choices_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint round_choices_programme_fkey FOREIGN KEY (programme) REFERENCES round_drafts(programme) ON DELETE CASCADE,
	constraint round_choices_decision_check CHECK ((decision = ANY (ARRAY[''::text, 'approved'::text, 'waitlisted'::text, 'rejected'::text])))
);

create table round_drafts (
	programme text not null,
	saved_at timestamp with time zone not null,
	saved_by text not null,
	constraint round_drafts_pkey PRIMARY KEY (programme)
);

create table round_lines (
	round_id uuid not null,
	forloeb_id uuid not null,
	reference text not null,
	type text not null,
	municipality text not null,
	sector text not null,
	themes text[] not null,
	agreed_at timestamp with time zone not null,
	waited integer not null,
	earlier integer not null,
	waitlisted boolean not null,
	decision text not null,
	reason text not null default ''::text,
	constraint round_lines_pkey PRIMARY KEY (round_id, forloeb_id),
	constraint round_lines_round_id_fkey FOREIGN KEY (round_id) REFERENCES rounds(id),
	constraint rejection_has_a_reason CHECK (((decision = 'rejected'::text) = (reason <> ''::text))),
	constraint round_lines_decision_check CHECK ((decision = ANY (ARRAY['approved'::text, 'waitlisted'::text, 'rejected'::text]))),
	constraint round_lines_earlier_check CHECK ((earlier >= 0)),
	constraint round_lines_waited_check CHECK ((waited >= 0))
);

create table rounds (
	id uuid not null,
	programme text not null,
	number integer not null,
	closed_at timestamp with time zone not null,
	closed_by text not null,
	lately jsonb not null,
	constraint rounds_pkey PRIMARY KEY (id),
	constraint rounds_programme_number_key UNIQUE (programme, number),
	constraint rounds_number_check CHECK ((number > 0))
);

create table saved_views (
	id uuid not null default gen_random_uuid(),
	staff_id uuid not null,
	name text not null,
	shared boolean not null default false,
	tab text not null,
	status text not null default ''::text,
	municipality text not null default ''::text,
	theme text not null default ''::text,
	consultant_id uuid,
	attention boolean not null default false,
	constraint saved_views_pkey PRIMARY KEY (id),
	constraint saved_views_consultant_id_fkey FOREIGN KEY (consultant_id) REFERENCES consultants(id),
	constraint saved_views_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE,
	constraint saved_views_name_check CHECK (((name <> ''::text) AND (char_length(name) <= 40))),
	constraint saved_views_tab_check CHECK ((tab = ANY (ARRAY['open'::text, 'attention'::text, 'closed'::text, 'all'::text])))
);

create table sessions (
	token text not null,
	data bytea not null,
	expires_at timestamp with time zone not null,
	constraint sessions_pkey PRIMARY KEY (token)
);

create table signatures (
	party_id uuid not null,
	revision integer not null,
	signature text not null,
	device text,
	constraint signatures_pkey PRIMARY KEY (party_id, revision),
	constraint signatures_party_id_revision_fkey FOREIGN KEY (party_id, revision) REFERENCES consents(party_id, revision) ON DELETE CASCADE
);

create table staff (
	id uuid not null,
	issuer text not null,
	subject text not null,
	name text not null,
	email text not null,
	role text not null,
	consultant_id uuid,
	active boolean not null default true,
	sessions_from timestamp with time zone not null default now(),
	last_login_at timestamp with time zone not null default now(),
	provider text,
	digest boolean not null default false,
	constraint staff_pkey PRIMARY KEY (id),
	constraint staff_issuer_subject_key UNIQUE (issuer, subject),
	constraint staff_consultant_id_fkey FOREIGN KEY (consultant_id) REFERENCES consultants(id),
	constraint staff_consultant_is_linked CHECK (((role <> 'consultant'::text) OR (consultant_id IS NOT NULL))),
	constraint staff_issuer_check CHECK ((issuer <> ''::text)),
	constraint staff_provider_is_named CHECK (((role = 'provider'::text) = (provider IS NOT NULL))),
	constraint staff_role_check CHECK ((role = ANY (ARRAY['secretariat'::text, 'head'::text, 'consultant'::text, 'reader'::text, 'provider'::text]))),
	constraint staff_subject_check CHECK ((subject <> ''::text))
);

create table staff_mails (
	id bigint not null generated always as identity,
	staff_id uuid not null,
	kind text not null,
	day date,
	forloeb_id uuid,
	state text not null default 'planned'::text,
	code text not null default ''::text,
	attempts integer not null default 0,
	doubts integer not null default 0,
	message_id text not null default (gen_random_uuid())::text,
	planned_at timestamp with time zone not null default now(),
	due_at timestamp with time zone not null default now(),
	constraint staff_mails_pkey PRIMARY KEY (id),
	constraint staff_mails_message_id_key UNIQUE (message_id),
	constraint staff_mails_staff_id_day_key UNIQUE (staff_id, day),
	constraint staff_mails_staff_id_forloeb_id_key UNIQUE (staff_id, forloeb_id),
	constraint staff_mails_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint staff_mails_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE,
	constraint staff_mail_is_about_one CHECK (
CASE kind
    WHEN 'digest'::text THEN ((day IS NOT NULL) AND (forloeb_id IS NULL))
    ELSE ((day IS NULL) AND (forloeb_id IS NOT NULL))
END),
	constraint staff_mails_kind_check CHECK ((kind = ANY (ARRAY['digest'::text, 'provider_new'::text]))),
	constraint staff_mails_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'sending'::text, 'sent'::text, 'uncertain'::text, 'failed'::text, 'cancelled'::text])))
);

create table sums (
	slot integer not null,
	programme text not null,
	kind text not null,
	value text not null,
	year smallint not null,
	n integer not null,
	answered integer not null default 0,
	people_asked integer not null default 0,
	people_answered integer not null default 0,
	planned integer not null default 0,
	ongoing integer not null default 0,
	constraint sums_pkey PRIMARY KEY (programme, kind, value, year, slot)
);

create table task_claims (
	task_id bigint not null,
	holder uuid not null,
	claimed_at timestamp with time zone not null,
	constraint task_claims_pkey PRIMARY KEY (task_id),
	constraint task_claims_task_id_fkey FOREIGN KEY (task_id) REFERENCES tasks(id) ON DELETE CASCADE
);

create table task_delays (
	task_id bigint not null,
	until date not null,
	put_off_by uuid not null,
	put_off_at timestamp with time zone not null,
	constraint task_delays_pkey PRIMARY KEY (task_id),
	constraint task_delays_task_id_fkey FOREIGN KEY (task_id) REFERENCES tasks(id) ON DELETE CASCADE
);

create table tasks (
	id bigint not null generated always as identity,
	forloeb_id uuid not null,
	kind text not null,
	subject text not null,
	opened_at timestamp with time zone not null,
	closed_at timestamp with time zone,
	constraint tasks_pkey PRIMARY KEY (id),
	constraint tasks_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE
);

create table transitions (
	"from" text not null,
	"to" text not null,
	constraint transitions_pkey PRIMARY KEY ("from", "to")
);

create table workplace_names (
	workplace_id uuid not null,
	name text not null,
	constraint workplace_names_pkey PRIMARY KEY (workplace_id),
	constraint workplace_names_workplace_id_fkey FOREIGN KEY (workplace_id) REFERENCES workplaces(id) ON DELETE CASCADE
);

create table workplaces (
	id uuid not null,
	forloeb_id uuid not null,
	municipality text,
	sector text,
	employees text not null,
	left_at timestamp with time zone,
	"position" integer not null default 1,
	only_applies boolean not null default false,
	out_reason text,
	region text,
	unit_type text,
	asked_again_at timestamp with time zone,
	constraint workplaces_pkey PRIMARY KEY (id),
	constraint workplaces_forloeb_id_fkey FOREIGN KEY (forloeb_id) REFERENCES forloeb(id) ON DELETE CASCADE,
	constraint workplace_belongs_somewhere CHECK ((((municipality IS NOT NULL) AND (sector IS NOT NULL) AND (region IS NULL) AND (unit_type IS NULL)) OR ((municipality IS NULL) AND (sector IS NULL) AND (region IS NOT NULL) AND (unit_type IS NOT NULL)))),
	constraint workplace_is_out_for_a_reason CHECK (((left_at IS NULL) = (out_reason IS NULL))),
	constraint workplaces_out_reason_check CHECK ((out_reason = ANY (ARRAY['declined'::text, 'silent'::text, 'left'::text]))),
	constraint workplaces_position_check CHECK (("position" > 0))
);

CREATE INDEX access_log_by_age ON public.access_log USING btree (at);

CREATE INDEX access_log_by_whom ON public.access_log USING btree (who, id);

CREATE INDEX access_log_of_forloeb ON public.access_log USING btree (forloeb_id, id);

CREATE INDEX acts_to_relay ON public.acts USING btree (written_at) WHERE (relayed_at IS NULL);

CREATE INDEX allowances_by_end ON public.allowances USING btree (spent_until);

CREATE INDEX answers_of_evaluation ON public.answers USING btree (evaluation_id);

CREATE INDEX application_drafts_by_end ON public.application_drafts USING btree (expires_at);

CREATE INDEX assignments_last ON public.assignments USING btree (consultant_id, at DESC);

CREATE INDEX assignments_of_consultant ON public.assignments USING btree (consultant_id) WHERE (until IS NULL);

CREATE UNIQUE INDEX assignments_one_in_force ON public.assignments USING btree (forloeb_id) WHERE (until IS NULL);

CREATE INDEX draft_mails_by_address ON public.draft_mails USING btree (address, planned_at);

CREATE INDEX draft_mails_by_draft ON public.draft_mails USING btree (draft_id);

CREATE INDEX draft_mails_owed ON public.draft_mails USING btree (due_at) WHERE (state = ANY (ARRAY['planned'::text, 'sending'::text]));

CREATE INDEX duplicates_of ON public.duplicates USING btree (of);

CREATE INDEX forloeb_by_age ON public.forloeb USING btree (created_at) INCLUDE (id, provider);

CREATE INDEX forloeb_by_status ON public.forloeb USING btree (status, next_at);

CREATE INDEX forloeb_of_provider ON public.forloeb USING btree (provider) WHERE (provider IS NOT NULL);

CREATE INDEX forloeb_unsettled ON public.forloeb USING btree (created_at) WHERE (seen_version < version);

CREATE INDEX forloeb_events_completed ON public.forloeb_events USING btree (at) INCLUDE (forloeb_id) WHERE ("to" = 'completed'::text);

CREATE INDEX guest_contacts_by_email ON public.guest_contacts USING btree (lower(email));

CREATE INDEX guests_of_forloeb ON public.guests USING btree (forloeb_id, added_at);

CREATE INDEX intakes_latest ON public.intakes USING btree (programme, id DESC);

CREATE INDEX kept_forms_by_expiry ON public.kept_forms USING btree (expires_at);

CREATE INDEX listed_addresses ON public.listed USING gin (addresses gin_trgm_ops);

CREATE UNIQUE INDEX listed_by_reference ON public.listed USING btree (reference);

CREATE INDEX listed_by_status ON public.listed USING btree (programme, status, provider) INCLUDE (forloeb_id);

CREATE INDEX listed_closed_in_order ON public.listed USING btree (((NOT needs_attention)), COALESCE(next_at, 'infinity'::timestamp with time zone), status_since DESC, forloeb_id) WHERE (NOT open);

CREATE INDEX listed_in_order ON public.listed USING btree (((NOT needs_attention)), COALESCE(next_at, 'infinity'::timestamp with time zone), status_since DESC, forloeb_id);

CREATE INDEX listed_municipalities ON public.listed USING gin (municipalities);

CREATE INDEX listed_open_in_order ON public.listed USING btree (((NOT needs_attention)), COALESCE(next_at, 'infinity'::timestamp with time zone), status_since DESC, forloeb_id) WHERE open;

CREATE INDEX listed_words ON public.listed USING gin (words gin_trgm_ops);

CREATE INDEX mail_samples_by_staff ON public.mail_samples USING btree (staff_id, asked_at);

CREATE INDEX mails_newest ON public.mails USING btree (COALESCE(sent_at, planned_at), id);

CREATE INDEX mails_requests ON public.mails USING btree (real_at) WHERE ((kind = ANY (ARRAY['consent_request'::text, 'changed'::text, 'workplace_invited'::text, 'guest_added'::text])) AND (NOT held) AND (state <> 'cancelled'::text));

CREATE INDEX mails_to_recipient ON public.mails USING btree (recipient, kind, planned_at);

CREATE INDEX mails_unsent ON public.mails USING btree (forloeb_id) WHERE (state = ANY (ARRAY['planned'::text, 'sending'::text, 'uncertain'::text]));

CREATE INDEX not_alike_other ON public.not_alike USING btree (other);

CREATE INDEX notes_of_forloeb ON public.notes USING btree (forloeb_id);

CREATE UNIQUE INDEX other_times_one_open ON public.other_times USING btree (meeting_id, party_id) WHERE (answered_at IS NULL);

CREATE INDEX parties_of_forloeb ON public.parties USING btree (forloeb_id);

CREATE UNIQUE INDEX parties_one_a_side ON public.parties USING btree (workplace_id, side) WHERE (replaced_at IS NULL);

CREATE INDEX party_contacts_by_email ON public.party_contacts USING btree (lower(email));

CREATE UNIQUE INDEX recusals_in_force ON public.recusals USING btree (consultant_id, place, plain_name(workplace)) WHERE (ended_at IS NULL);

CREATE INDEX remarks_of_forloeb ON public.remarks USING btree (forloeb_id);

CREATE UNIQUE INDEX one_restoration ON public.restorations USING btree ((true)) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX saved_views_by_name ON public.saved_views USING btree (staff_id, lower(name));

CREATE INDEX sessions_by_expiry ON public.sessions USING btree (expires_at);

CREATE UNIQUE INDEX staff_one_a_consultant ON public.staff USING btree (consultant_id) WHERE active;

CREATE INDEX staff_mails_of_forloeb ON public.staff_mails USING btree (forloeb_id);

CREATE INDEX staff_mails_owed ON public.staff_mails USING btree (due_at) WHERE (state = ANY (ARRAY['planned'::text, 'sending'::text]));

CREATE UNIQUE INDEX tasks_one_open ON public.tasks USING btree (forloeb_id, kind, subject) WHERE (closed_at IS NULL);

CREATE INDEX tasks_open ON public.tasks USING btree (opened_at) WHERE (closed_at IS NULL);

CREATE UNIQUE INDEX workplaces_in_order ON public.workplaces USING btree (forloeb_id, "position");

CREATE INDEX workplaces_of_forloeb ON public.workplaces USING btree (forloeb_id);

CREATE OR REPLACE FUNCTION public.assignment_tells()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	perform forloeb_news(new.forloeb_id, new.consultant_id::text, (select f.provider from forloeb f where f.id = new.forloeb_id));
	return null;
end $function$;

CREATE OR REPLACE FUNCTION public.consultant_links_end()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
	whose uuid := to_jsonb(new) ->> tg_argv[0];
begin
	insert into consultant_links as l (consultant_id, version) select whose, 2 where whose is not null
		on conflict (consultant_id) do update set version = l.version + 1, calendar_at = null;
	return null;
end $function$;

CREATE OR REPLACE FUNCTION public.counts_of(c courses)
 RETURNS SETOF sums
 LANGUAGE sql
AS $function$
	select 0, c.programme, g.kind, g.value, c.year, 1, 0, 0, 0, 0, 0
	from (values ('reached', c.status || '=' || c.reached)
		union all select 'place', unnest(c.places)
		union all select 'took', unnest(c.took)) g (kind, value)
$function$;

CREATE OR REPLACE FUNCTION public.counts_of(o outcomes)
 RETURNS SETOF sums
 LANGUAGE sql
AS $function$
	select 0, o.programme, g.kind, g.value, o.year, 1, (o.answered > 0)::integer, o.asked::integer, o.answered::integer, o.planned::integer, o.ongoing::integer
	from (values ('time', o.quarter::text), ('type', o.type), ('municipality', o.municipality), ('region', o.region), ('sector', o.sector)
		union all select 'theme', unnest(o.themes)) g (kind, value)
	where g.value is not null
	union all select 0, o.programme, 'said', s, o.year, 1, 0, 0, 0, 0, 0 from unnest(o.said) s
$function$;

CREATE OR REPLACE FUNCTION public.course_again(id uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
	with events as (
		select e."to", e.at, lead(e.at) over (order by e.seq) - e.at as stayed,
			case when e."to" in ('awaiting_assessment', 'awaiting_consultant') then 1 when e."to" in ('planning', 'in_progress') then 2
				when e."to" in ('awaiting_evaluation', 'evaluating') then 3 when e."to" = 'completed' then 4 else 0 end as reached
		from forloeb_events e where e.forloeb_id = $1),
	took as (
		select "to" as what, extract(day from justify_hours(sum(stayed))) as days from events
		where stayed is not null and "to" in ('awaiting_consent', 'awaiting_assessment', 'awaiting_consultant', 'planning', 'in_progress', 'awaiting_evaluation', 'evaluating')
		group by "to"
		union all select s.what, extract(day from justify_hours(min(e.at) - f.created_at))
		from forloeb f, events e join (values ('to_agreed', 1), ('to_consultant', 2), ('to_evaluation', 3)) s (what, reached) on e.reached >= s.reached
		where f.id = $1 group by s.what, f.created_at)
	insert into courses (forloeb_id, programme, year, status, reached, took, places)
	select f.id, f.programme, extract(year from f.created_at at time zone 'Europe/Copenhagen'), f.status,
		coalesce((select max(reached) from events), 0), array(select what || '=' || days from took order by 1),
		array(select coalesce(w.municipality, w.region) from workplaces w where w.forloeb_id = f.id order by w.position)
	from forloeb f where f.id = $1
	on conflict (forloeb_id) do update set programme = excluded.programme, year = excluded.year, status = excluded.status,
		reached = excluded.reached, took = excluded.took, places = excluded.places
$function$;

CREATE OR REPLACE FUNCTION public.course_is_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
begin
	if tg_table_name = 'forloeb' then perform course_again(new.id); else perform course_again(new.forloeb_id); end if;
	return null;
end $function$;

CREATE OR REPLACE FUNCTION public.duplicate_of(id uuid)
 RETURNS json
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
	select json_build_object('ID', o.id, 'Reference', o.reference, 'Known', (
		select json_agg(p.id) from parties p join party_contacts c on c.party_id = p.id
		where p.forloeb_id = $1 and p.replaced_at is null and c.email <> '' and exists (
			select from party_contacts d join parties q on q.id = d.party_id
			where lower(d.email) = lower(c.email) and q.forloeb_id = o.id and q.replaced_at is null and q.left_at is null)))
	from duplicates l join forloeb o on o.id = l.of where l.forloeb_id = $1
$function$;

CREATE OR REPLACE FUNCTION public.erase_access_log(before timestamp with time zone)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
	with erased as (delete from access_log where at < before returning 1) select count(*) from erased
$function$;

CREATE OR REPLACE FUNCTION public.erase_forloeb(erased uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.erase_spent()
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
	with s as (delete from sessions where expires_at <= now() returning 1),
		k as (delete from kept_forms where expires_at <= now() returning 1),
		a as (delete from allowances where spent_until < now() - interval '1 hour' returning 1),
		i as (delete from idempotency_keys where at < now() - interval '30 days' returning 1)
	select (select count(*) from s) + (select count(*) from k) + (select count(*) from a) + (select count(*) from i)
$function$;

CREATE OR REPLACE FUNCTION public.forloeb_begins()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
begin
	insert into forloeb_events (forloeb_id, seq, "from", "to", cause, facts_version, at)
	values (new.id, 1, 'none', new.status, 'applied', new.version, new.created_at);
	update forloeb set status_seq = 1, status_since = new.created_at where id = new.id;
	return null;
end $function$;

CREATE OR REPLACE FUNCTION public.forloeb_event_follows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare last forloeb_events;
begin
	select * into last from forloeb_events e where e.forloeb_id = new.forloeb_id order by seq desc limit 1;
	if not found then
		if new.seq <> 1 or new."from" <> 'none' then
			raise exception 'forloeb_events: the first event is number 1 and comes from nothing' using errcode = 'check_violation';
		end if;
	elsif new.seq <> last.seq + 1 or new."from" <> last."to" then
		raise exception 'forloeb_events: event % (% to %) does not follow event % (to %)', new.seq, new."from", new."to", last.seq, last."to" using errcode = 'check_violation';
	end if;
	return new;
end $function$;

CREATE OR REPLACE FUNCTION public.forloeb_is_listed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	if tg_table_name <> 'forloeb' then
		perform list_again(new.forloeb_id);
	else
		perform list_again(new.id);
		if tg_op = 'INSERT' or old.reference <> new.reference then perform list_words_again(new.id); end if;
	end if;
	return null;
end $function$;

CREATE OR REPLACE FUNCTION public.forloeb_news(f uuid, consultant text, provider text)
 RETURNS void
 LANGUAGE sql
AS $function$
	select pg_notify('forloeb_news', f || ' ' || coalesce(consultant, '') || coalesce(' ' || provider, ''))
$function$;

CREATE OR REPLACE FUNCTION public.forloeb_now(f forloeb)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
	select now() + f.clock_offset
$function$;

CREATE OR REPLACE FUNCTION public.forloeb_status_is_last_event()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
	changed uuid;
	wrong boolean;
begin
	if tg_table_name = 'forloeb' then changed := new.id; else changed := new.forloeb_id; end if;
	select f.status is distinct from (select e."to" from forloeb_events e where e.forloeb_id = f.id order by seq desc limit 1)
		into wrong from forloeb f where f.id = changed;
	if wrong then
		raise exception 'forloeb: status and last event differ' using errcode = 'check_violation';
	end if;
	return null;
end $function$;

CREATE OR REPLACE FUNCTION public.forloeb_tells()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	perform forloeb_news(new.id, (select a.consultant_id::text from assignments a where a.forloeb_id = new.id and a.until is null), new.provider);
	return null;
end $function$;

CREATE OR REPLACE FUNCTION public.keep_answer(asked uuid, questionnaire integer, given jsonb, said text, on_day date)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.list_again(id uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
	insert into listed (forloeb_id, reference, programme, type, provider, status, open, status_since, needs_attention, next_at, deadline, clock_offset, consultant_id, municipalities, themes)
	select f.id, f.reference, f.programme, f.type, f.provider, f.status,
		f.status not in ('completed', 'declined', 'lapsed', 'rejected', 'withdrawn', 'stopped'), f.status_since, f.needs_attention, f.next_at,
		(f.waiting->>'deadline')::timestamptz, f.clock_offset,
		(select g.consultant_id from assignments g where g.forloeb_id = f.id and g.until is null),
		array(select distinct w.municipality from workplaces w where w.forloeb_id = f.id and w.municipality is not null),
		coalesce((select a.themes from applications a where a.forloeb_id = f.id and a.revision = f.revision), '{}')
	from forloeb f where f.id = $1
	on conflict (forloeb_id) do update set
		reference = excluded.reference, programme = excluded.programme, type = excluded.type, provider = excluded.provider,
		status = excluded.status, open = excluded.open, status_since = excluded.status_since, needs_attention = excluded.needs_attention, next_at = excluded.next_at,
		deadline = excluded.deadline, clock_offset = excluded.clock_offset, consultant_id = excluded.consultant_id,
		municipalities = excluded.municipalities, themes = excluded.themes
$function$;

CREATE OR REPLACE FUNCTION public.list_words_again(id uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.mails_wait()
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
	select exists (select from restorations where ended_at is null)
$function$;

CREATE OR REPLACE FUNCTION public.name_is_listed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.names_alike(one text, other text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
	select char_length(plain_name(one)) > 2 and char_length(plain_name(other)) > 2
		and (similarity(plain_name(one), plain_name(other)) >= 0.6
			or char_length(plain_name(one)) > 5 and char_length(plain_name(other)) > 5
				and (strpos(plain_name(one), plain_name(other)) > 0 or strpos(plain_name(other), plain_name(one)) > 0))
$function$;

CREATE OR REPLACE FUNCTION public.note_tells()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	perform forloeb_news(f.id, null, f.provider) from forloeb f where f.id = new.forloeb_id;
	return null;
end $function$;

CREATE OR REPLACE FUNCTION public.outcome_again(evaluation uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
	insert into outcomes (workplace_id, programme, type, themes, municipality, sector, region, year, quarter, asked, answered, planned, ongoing, said)
	select w.id, f.programme, f.type, coalesce((select a.themes from applications a where a.forloeb_id = f.id and a.revision = f.revision), '{}'),
		w.municipality, coalesce(w.sector, w.unit_type), w.region, extract(year from asked.on_day), extract(quarter from asked.on_day),
		greatest(asked.people, said.people), said.people, said.planned, said.ongoing, said.choices
	from evaluations e join workplaces w on w.id = e.workplace_id join forloeb f on f.id = w.forloeb_id
	cross join lateral (
		select (select count(*) from invitations i join parties p on p.id = i.party_id
				where i.evaluation_id = e.id and (p.replaced_at is null or i.answered_at is not null)) as people,
			coalesce((select min(v.at) from forloeb_events v where v.forloeb_id = f.id and v."to" = 'evaluating') at time zone 'Europe/Copenhagen',
				(select min(a.day) from answers a where a.evaluation_id = e.id), f.created_at at time zone 'Europe/Copenhagen') as on_day) asked
	cross join lateral (
		select count(*) as people, coalesce(bool_or(a.choices->>'planned' = 'yes'), false) as planned,
			coalesce(bool_or(a.choices->>'ongoing' = 'yes'), false) as ongoing,
			array(select c.key || '=' || string_agg(c.value, ',' order by c.value)
				from answers o, jsonb_each_text(o.choices) c where o.evaluation_id = e.id group by c.key order by c.key) as choices
		from answers a where a.evaluation_id = e.id) said
	where e.id = $1 and e.wave = case jsonb_typeof(f.policy->'evaluation_months') when 'array' then jsonb_array_length(f.policy->'evaluation_months') - 1 else 0 end
	on conflict (workplace_id) do update set
		programme = excluded.programme, type = excluded.type, themes = excluded.themes, municipality = excluded.municipality, sector = excluded.sector,
		region = excluded.region, year = excluded.year, quarter = excluded.quarter, asked = excluded.asked, answered = excluded.answered,
		planned = excluded.planned, ongoing = excluded.ongoing, said = excluded.said
$function$;

CREATE OR REPLACE FUNCTION public.outcome_is_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
begin
	case tg_table_name
	when 'evaluations' then perform outcome_again(new.id);
	when 'forloeb_events' then
		perform outcome_again(e.id) from evaluations e join workplaces w on w.id = e.workplace_id where w.forloeb_id = new.forloeb_id;
	else perform outcome_again(new.evaluation_id);
	end case;
	return null;
end $function$;

CREATE OR REPLACE FUNCTION public.own_slot()
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare slot integer := 0;
begin
	while not pg_try_advisory_xact_lock(7210004, slot) loop
		slot := slot + 1;
	end loop;
	return slot;
end $function$;

CREATE OR REPLACE FUNCTION public.pile_tells()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	perform forloeb_news(f.id, null, f.provider) from tasks t join forloeb f on f.id = t.forloeb_id where t.id = coalesce(new.task_id, old.task_id);
	return null;
end $function$;

CREATE OR REPLACE FUNCTION public.plain_name(name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
	select regexp_replace(lower(name collate "und-x-icu"), '[\s[:punct:]]+', '', 'g')
$function$;

CREATE OR REPLACE FUNCTION public.recusal_covers(places text[], workplace text, forloeb uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
	select exists (
		select from workplaces w left join workplace_names n on n.workplace_id = w.id
		where w.forloeb_id = $3 and w.left_at is null and coalesce(w.municipality, w.region) = any ($1)
			and ($2 = '' or coalesce(names_alike(n.name, $2), false)))
$function$;

CREATE OR REPLACE FUNCTION public.recused(consultant uuid, forloeb uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
	select r.id from recusals r where r.consultant_id = $1 and r.ended_at is null and recusal_covers(r.places, r.workplace, $2)
	order by r.at, r.id limit 1
$function$;

CREATE OR REPLACE FUNCTION public.seen_forloeb()
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'public'
AS $function$
declare
	kind text := split_part(current_setting('spark.viewer', true), ':', 1);
	whose text := split_part(current_setting('spark.viewer', true), ':', 2);
begin
	case kind
	when 'consultant' then return query select forloeb_id from assignments where consultant_id = whose::uuid and until is null;
	when 'provider' then return query select id from forloeb where provider = whose;
	when 'party' then return query select forloeb_id from parties where id = whose::uuid;
	when 'guest' then return query select forloeb_id from guests where id = whose::uuid;
	when 'meeting' then return query select forloeb_id from meetings where id = whose::uuid;
	when 'forloeb' then return query select whose::uuid;
	else null;
	end case;
end $function$;

CREATE OR REPLACE FUNCTION public.sees_all()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
	select coalesce(current_setting('spark.viewer', true) = 'all', false)
$function$;

CREATE OR REPLACE FUNCTION public.staff_who_looks()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
	select nullif(current_setting('spark.staff', true), '')::uuid
$function$;

CREATE OR REPLACE FUNCTION public.sum_is_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
begin
	insert into sums
	select own_slot(), c.programme, c.kind, c.value, c.year, sum(sign * c.n), sum(sign * c.answered), sum(sign * c.people_asked),
		sum(sign * c.people_answered), sum(sign * c.planned), sum(sign * c.ongoing)
	from (select 1 as sign, a.* from counts_of(new) a where tg_op <> 'DELETE'
		union all select -1, b.* from counts_of(old) b where tg_op <> 'INSERT') c
	group by c.programme, c.kind, c.value, c.year
	having (sum(sign * c.n), sum(sign * c.answered), sum(sign * c.people_asked), sum(sign * c.people_answered), sum(sign * c.planned), sum(sign * c.ongoing))
		<> (0, 0, 0, 0, 0, 0)
	on conflict (programme, kind, value, year, slot) do update set n = sums.n + excluded.n, answered = sums.answered + excluded.answered,
		people_asked = sums.people_asked + excluded.people_asked, people_answered = sums.people_answered + excluded.people_answered,
		planned = sums.planned + excluded.planned, ongoing = sums.ongoing + excluded.ongoing;
	return null;
end $function$;

CREATE OR REPLACE FUNCTION public.sums_again()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'public'
AS $function$
begin
	lock table outcomes, courses in share row exclusive mode;
	delete from sums;
	insert into sums
	select 0, c.programme, c.kind, c.value, c.year, sum(c.n), sum(c.answered), sum(c.people_asked), sum(c.people_answered), sum(c.planned), sum(c.ongoing)
	from (select a.* from outcomes o, counts_of(o) a union all select b.* from courses r, counts_of(r) b) c
	group by c.programme, c.kind, c.value, c.year;
end $function$;

CREATE OR REPLACE PROCEDURE public.wall(IN tables text[], IN seen text)
 LANGUAGE plpgsql
AS $procedure$
declare t text;
begin
	foreach t in array tables loop
		execute format('alter table %I enable row level security', t);
		execute format('create policy own on %I to spark_api using ((select sees_all()) or %s)', t, seen);
		execute format('create policy process on %I to spark_worker using (true)', t);
	end loop;
end $procedure$;

CREATE TRIGGER answer_is_kept AFTER INSERT ON public.answers FOR EACH ROW EXECUTE FUNCTION outcome_is_kept();

CREATE TRIGGER application_is_listed AFTER INSERT OR UPDATE OF themes ON public.applications FOR EACH ROW EXECUTE FUNCTION forloeb_is_listed();

CREATE TRIGGER assignment_is_listed AFTER INSERT OR UPDATE OF until, consultant_id ON public.assignments FOR EACH ROW EXECUTE FUNCTION forloeb_is_listed();

CREATE TRIGGER assignment_tells AFTER INSERT OR UPDATE OF until ON public.assignments FOR EACH ROW EXECUTE FUNCTION assignment_tells();

CREATE TRIGGER consultant_links_end AFTER UPDATE OF active ON public.consultants FOR EACH ROW WHEN ((old.active AND (NOT new.active))) EXECUTE FUNCTION consultant_links_end('id');

CREATE TRIGGER course_is_summed AFTER INSERT OR DELETE OR UPDATE ON public.courses FOR EACH ROW EXECUTE FUNCTION sum_is_kept();

CREATE TRIGGER evaluation_is_kept AFTER INSERT ON public.evaluations FOR EACH ROW EXECUTE FUNCTION outcome_is_kept();

CREATE TRIGGER course_is_kept AFTER UPDATE OF status ON public.forloeb FOR EACH ROW EXECUTE FUNCTION course_is_kept();

CREATE TRIGGER forloeb_begins AFTER INSERT ON public.forloeb FOR EACH ROW EXECUTE FUNCTION forloeb_begins();

CREATE TRIGGER forloeb_is_listed AFTER INSERT OR UPDATE OF reference, programme, type, provider, status, status_since, needs_attention, next_at, waiting, clock_offset, revision ON public.forloeb FOR EACH ROW EXECUTE FUNCTION forloeb_is_listed();

CREATE CONSTRAINT TRIGGER forloeb_status_is_last_event AFTER INSERT OR UPDATE OF status ON public.forloeb DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION forloeb_status_is_last_event();

CREATE TRIGGER forloeb_tells AFTER INSERT OR UPDATE OF version, seen_version, status, waiting, next_at, needs_attention ON public.forloeb FOR EACH ROW EXECUTE FUNCTION forloeb_tells();

CREATE TRIGGER asking_is_kept AFTER INSERT ON public.forloeb_events FOR EACH ROW WHEN ((new."to" = 'evaluating'::text)) EXECUTE FUNCTION outcome_is_kept();

CREATE TRIGGER forloeb_event_follows BEFORE INSERT ON public.forloeb_events FOR EACH ROW EXECUTE FUNCTION forloeb_event_follows();

CREATE CONSTRAINT TRIGGER forloeb_event_is_status AFTER INSERT ON public.forloeb_events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION forloeb_status_is_last_event();

CREATE TRIGGER step_is_kept AFTER INSERT ON public.forloeb_events FOR EACH ROW EXECUTE FUNCTION course_is_kept();

CREATE TRIGGER guest_is_listed AFTER INSERT OR DELETE OR UPDATE OF name, email ON public.guest_contacts FOR EACH ROW EXECUTE FUNCTION name_is_listed();

CREATE TRIGGER invitation_is_kept AFTER INSERT ON public.invitations FOR EACH ROW EXECUTE FUNCTION outcome_is_kept();

CREATE TRIGGER note_tells AFTER INSERT OR UPDATE ON public.notes FOR EACH ROW EXECUTE FUNCTION note_tells();

CREATE TRIGGER outcome_is_summed AFTER INSERT OR DELETE OR UPDATE ON public.outcomes FOR EACH ROW EXECUTE FUNCTION sum_is_kept();

CREATE TRIGGER contact_is_listed AFTER INSERT OR DELETE OR UPDATE OF name, email ON public.party_contacts FOR EACH ROW EXECUTE FUNCTION name_is_listed();

CREATE TRIGGER consultant_links_end AFTER UPDATE OF active, sessions_from ON public.staff FOR EACH ROW WHEN (((old.active AND (NOT new.active)) OR (new.sessions_from > old.sessions_from))) EXECUTE FUNCTION consultant_links_end('consultant_id');

CREATE TRIGGER claim_tells AFTER INSERT OR DELETE OR UPDATE ON public.task_claims FOR EACH ROW EXECUTE FUNCTION pile_tells();

CREATE TRIGGER delay_tells AFTER INSERT OR DELETE OR UPDATE ON public.task_delays FOR EACH ROW EXECUTE FUNCTION pile_tells();

CREATE TRIGGER workplace_name_is_listed AFTER INSERT OR DELETE OR UPDATE OF name ON public.workplace_names FOR EACH ROW EXECUTE FUNCTION name_is_listed();

CREATE TRIGGER place_is_kept AFTER INSERT OR UPDATE OF municipality, region ON public.workplaces FOR EACH ROW EXECUTE FUNCTION course_is_kept();

CREATE TRIGGER workplace_is_listed AFTER INSERT OR UPDATE OF municipality ON public.workplaces FOR EACH ROW EXECUTE FUNCTION forloeb_is_listed();

grant insert, select on access_log to spark_api;

grant insert, select on acts to spark_api;

grant insert, select on acts to spark_worker;

grant delete, insert, select, update on allowances to spark_api;

grant select on answer_remarks to spark_api;

grant select on answer_remarks to spark_worker;

grant select on answers to spark_api;

grant select on answers to spark_worker;

grant delete, insert, select, update on api_tokens to spark_api;

grant select on api_tokens to spark_worker;

grant delete, insert, select, update on application_drafts to spark_api;

grant delete on application_drafts to spark_worker;

grant delete, insert, select, update on application_texts to spark_api;

grant select on application_texts to spark_worker;

grant delete, insert, select, update on applications to spark_api;

grant select on applications to spark_worker;

grant insert, select on assignments to spark_api;

grant insert, select on assignments to spark_worker;

grant delete, insert, select, update on conflicts to spark_api;

grant select on conflicts to spark_worker;

grant delete, insert, select, update on consents to spark_api;

grant select on consents to spark_worker;

grant delete, insert, select, update on consultant_links to spark_api;

grant select on consultant_links to spark_worker;

grant delete, insert, select, update on consultants to spark_api;

grant select on consultants to spark_worker;

grant select on courses to spark_api;

grant select on courses to spark_worker;

grant insert, select on draft_mails to spark_api;

grant delete, select, update on draft_mails to spark_worker;

grant delete, insert, select on duplicates to spark_api;

grant select on duplicates to spark_worker;

grant select on erasures to spark_api;

grant select on erasures to spark_worker;

grant select on evaluations to spark_api;

grant insert, select on evaluations to spark_worker;

grant select on forloeb to spark_api;

grant select on forloeb to spark_worker;

grant select on forloeb_events to spark_api;

grant insert, select on forloeb_events to spark_worker;

grant delete, insert, select, update on guest_contacts to spark_api;

grant select on guest_contacts to spark_worker;

grant delete, insert, select, update on guests to spark_api;

grant select on guests to spark_worker;

grant delete, insert, select, update on idempotency_keys to spark_api;

grant select on idempotency_keys to spark_worker;

grant insert, select on intakes to spark_api;

grant select on invitations to spark_api;

grant insert, select on invitations to spark_worker;

grant delete, insert, select on kept_forms to spark_api;

grant delete, insert, select, update on leaves to spark_api;

grant select on leaves to spark_worker;

grant select on listed to spark_api;

grant select on listed to spark_worker;

grant insert, select on mail_samples to spark_api;

grant delete, select, update on mail_samples to spark_worker;

grant insert, select on mail_texts to spark_api;

grant select on mail_texts to spark_worker;

grant select on mails to spark_api;

grant insert, select, update on mails to spark_worker;

grant select on mails_taken to spark_api;

grant delete, insert, select on mails_taken to spark_worker;

grant insert, select on main_med_notices to spark_api;

grant insert, select on main_med_told to spark_api;

grant insert, select, update on meeting_notes to spark_api;

grant delete on meeting_notes to spark_worker;

grant delete, insert, select, update on meeting_places to spark_api;

grant select on meeting_places to spark_worker;

grant delete, insert, select, update on meeting_tasks to spark_api;

grant select on meeting_tasks to spark_worker;

grant delete, insert, select on meeting_workplaces to spark_api;

grant select on meeting_workplaces to spark_worker;

grant delete, insert, select, update on meetings to spark_api;

grant select on meetings to spark_worker;

grant insert, select on not_alike to spark_api;

grant delete, insert, select on notes to spark_api;

grant insert, select on other_times to spark_api;

grant select on other_times to spark_worker;

grant select on outcomes to spark_api;

grant select on outcomes to spark_worker;

grant delete, insert, select, update on parties to spark_api;

grant select on parties to spark_worker;

grant delete, insert, select, update on party_contacts to spark_api;

grant select on party_contacts to spark_worker;

grant insert, select on pauses to spark_api;

grant select on pauses to spark_worker;

grant delete, insert, select, update on plan_texts to spark_api;

grant select on plan_texts to spark_worker;

grant delete, insert, select on recusal_reasons to spark_api;

grant insert, select on recusals to spark_api;

grant select on recusals to spark_worker;

grant delete, insert, select, update on remarks to spark_api;

grant select on remarks to spark_worker;

grant select on restorations to spark_api;

grant insert, select, update on restorations to spark_worker;

grant delete, insert, select, update on round_choices to spark_api;

grant delete, insert, select, update on round_drafts to spark_api;

grant insert, select on round_lines to spark_api;

grant insert, select on rounds to spark_api;

grant delete, insert, select on saved_views to spark_api;

grant delete, insert, select on sessions to spark_api;

grant delete, insert, select, update on signatures to spark_api;

grant select on signatures to spark_worker;

grant select on staff to spark_api;

grant delete, insert, select, update on staff_mails to spark_worker;

grant select on sums to spark_api;

grant select on sums to spark_worker;

grant delete, insert, select, update on task_claims to spark_api;

grant delete, insert, select, update on task_delays to spark_api;

grant select on tasks to spark_api;

grant insert, select, update on tasks to spark_worker;

grant select on transitions to spark_api;

grant select on transitions to spark_worker;

grant delete, insert, select, update on workplace_names to spark_api;

grant select on workplace_names to spark_worker;

grant delete, insert, select, update on workplaces to spark_api;

grant select on workplaces to spark_worker;

grant update (relayed_at) on acts to spark_api;

grant select (id, programme, email, address, link_version, expires_at) on application_drafts to spark_worker;

grant update (until, accepted_at, declined) on assignments to spark_api;

grant update (accepted_at) on assignments to spark_worker;

grant insert (id, reference, programme, type, policy, created_at, provider) on forloeb to spark_api;

grant update (version, revision, decision, decided_at, extra_meetings, finished_at, withdrawn_at, stopped_at, reopen_to, reopened_at, match_tried_at, begun_at, consent_until, evaluation_until) on forloeb to spark_api;

grant update (status, status_since, status_seq, version, seen_version, waiting, next_at, needs_attention, clock_offset, reopen_to, match_tried_at) on forloeb to spark_worker;

grant update (answered_at, refused_at, draft) on invitations to spark_api;

grant update (draft) on invitations to spark_worker;

grant update (state, held, code, resends, planned_at, sent_at, real_at, doubts) on mails to spark_api;

grant select (meeting_id, consultant_id) on meeting_notes to spark_worker;

grant update (state, ics_sequence, state_at) on meetings to spark_worker;

grant update (text, struck_at, struck_by) on notes to spark_api;

grant update (answered_at) on other_times to spark_api;

grant update (until_at, reason) on pauses to spark_api;

grant update (ended_at) on recusals to spark_api;

grant update (name, shared) on saved_views to spark_api;

grant update (data, expires_at) on sessions to spark_api;

grant insert (id, issuer, subject, name, email, role, consultant_id, provider) on staff to spark_api;

grant update (name, email, role, consultant_id, active, sessions_from, last_login_at, provider, digest) on staff to spark_api;

grant select (id, name, email, role, consultant_id, active, last_login_at, provider, digest) on staff to spark_worker;

grant select (task_id, until) on task_delays to spark_worker;

grant update (closed_at) on tasks to spark_api;

grant update (left_at, out_reason) on workplaces to spark_worker;

alter table access_log enable row level security;

alter table acts enable row level security;

alter table answer_remarks enable row level security;

alter table answers enable row level security;

alter table application_texts enable row level security;

alter table applications enable row level security;

alter table assignments enable row level security;

alter table conflicts enable row level security;

alter table consents enable row level security;

alter table courses enable row level security;

alter table duplicates enable row level security;

alter table erasures enable row level security;

alter table evaluations enable row level security;

alter table forloeb enable row level security;

alter table forloeb_events enable row level security;

alter table guest_contacts enable row level security;

alter table guests enable row level security;

alter table invitations enable row level security;

alter table listed enable row level security;

alter table mails enable row level security;

alter table main_med_told enable row level security;

alter table meeting_notes enable row level security;

alter table meeting_places enable row level security;

alter table meeting_tasks enable row level security;

alter table meeting_workplaces enable row level security;

alter table meetings enable row level security;

alter table not_alike enable row level security;

alter table notes enable row level security;

alter table other_times enable row level security;

alter table outcomes enable row level security;

alter table parties enable row level security;

alter table party_contacts enable row level security;

alter table pauses enable row level security;

alter table plan_texts enable row level security;

alter table recusal_reasons enable row level security;

alter table recusals enable row level security;

alter table remarks enable row level security;

alter table round_choices enable row level security;

alter table round_lines enable row level security;

alter table saved_views enable row level security;

alter table signatures enable row level security;

alter table sums enable row level security;

alter table task_claims enable row level security;

alter table task_delays enable row level security;

alter table tasks enable row level security;

alter table workplace_names enable row level security;

alter table workplaces enable row level security;

create policy own on access_log for all to spark_api using (( SELECT sees_all() AS sees_all) OR false);

create policy process on access_log for all to spark_worker using true;

create policy own on acts for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on acts for all to spark_worker using true;

create policy own on answer_remarks for all to spark_api using (( SELECT sees_all() AS sees_all) OR false);

create policy process on answer_remarks for all to spark_worker using true;

create policy own on answers for all to spark_api using (( SELECT sees_all() AS sees_all) OR false);

create policy process on answers for all to spark_worker using true;

create policy own on application_texts for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on application_texts for all to spark_worker using true;

create policy own on applications for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on applications for all to spark_worker using true;

create policy own on assignments for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on assignments for all to spark_worker using true;

create policy own on conflicts for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on conflicts for all to spark_worker using true;

create policy own on consents for all to spark_api using (( SELECT sees_all() AS sees_all) OR (party_id IN ( SELECT p.id
   FROM parties p
  WHERE (p.forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)))));

create policy process on consents for all to spark_worker using true;

create policy own on courses for all to spark_api using (( SELECT sees_all() AS sees_all) OR false);

create policy process on courses for all to spark_worker using true;

create policy own on duplicates for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on duplicates for all to spark_worker using true;

create policy own on erasures for all to spark_api using (( SELECT sees_all() AS sees_all) OR false);

create policy process on erasures for all to spark_worker using true;

create policy own on evaluations for all to spark_api using (( SELECT sees_all() AS sees_all) OR (workplace_id IN ( SELECT w.id
   FROM workplaces w
  WHERE (w.forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)))));

create policy process on evaluations for all to spark_worker using true;

create policy own on forloeb for all to spark_api using (( SELECT sees_all() AS sees_all) OR (id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on forloeb for all to spark_worker using true;

create policy own on forloeb_events for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on forloeb_events for all to spark_worker using true;

create policy own on guest_contacts for all to spark_api using (( SELECT sees_all() AS sees_all) OR (guest_id IN ( SELECT g.id
   FROM guests g
  WHERE (g.forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)))));

create policy process on guest_contacts for all to spark_worker using true;

create policy own on guests for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on guests for all to spark_worker using true;

create policy own on invitations for all to spark_api using (( SELECT sees_all() AS sees_all) OR (party_id IN ( SELECT p.id
   FROM parties p
  WHERE (p.forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)))));

create policy process on invitations for all to spark_worker using true;

create policy own on listed for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on listed for all to spark_worker using true;

create policy own on mails for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on mails for all to spark_worker using true;

create policy own on main_med_told for all to spark_api using (( SELECT sees_all() AS sees_all) OR (workplace_id IN ( SELECT w.id
   FROM workplaces w
  WHERE (w.forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)))));

create policy process on main_med_told for all to spark_worker using true;

create policy own on meeting_notes for all to spark_api using ((current_setting('spark.viewer'::text, true) = ('consultant:'::text || consultant_id)) AND (meeting_id IN ( SELECT m.id
   FROM meetings m
  WHERE (m.forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)))));

create policy process on meeting_notes for all to spark_worker using true;

create policy own on meeting_places for all to spark_api using (( SELECT sees_all() AS sees_all) OR (meeting_id IN ( SELECT m.id
   FROM meetings m
  WHERE (m.forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)))));

create policy process on meeting_places for all to spark_worker using true;

create policy own on meeting_tasks for all to spark_api using (( SELECT sees_all() AS sees_all) OR (meeting_id IN ( SELECT m.id
   FROM meetings m
  WHERE (m.forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)))));

create policy process on meeting_tasks for all to spark_worker using true;

create policy own on meeting_workplaces for all to spark_api using (( SELECT sees_all() AS sees_all) OR (workplace_id IN ( SELECT w.id
   FROM workplaces w
  WHERE (w.forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)))));

create policy process on meeting_workplaces for all to spark_worker using true;

create policy own on meetings for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on meetings for all to spark_worker using true;

create policy own on not_alike for all to spark_api using (( SELECT sees_all() AS sees_all) OR false);

create policy process on not_alike for all to spark_worker using true;

create policy own on notes for all to spark_api using (( SELECT sees_all() AS sees_all) OR ((provider = ( SELECT "substring"(current_setting('spark.viewer'::text, true), '^provider:(.*)$'::text) AS "substring")) AND (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb))));

create policy process on notes for all to spark_worker using true;

create policy own on other_times for all to spark_api using (( SELECT sees_all() AS sees_all) OR (meeting_id IN ( SELECT m.id
   FROM meetings m
  WHERE (m.forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)))));

create policy process on other_times for all to spark_worker using true;

create policy own on outcomes for all to spark_api using (( SELECT sees_all() AS sees_all) OR false);

create policy process on outcomes for all to spark_worker using true;

create policy own on parties for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on parties for all to spark_worker using true;

create policy own on party_contacts for all to spark_api using (( SELECT sees_all() AS sees_all) OR (party_id IN ( SELECT p.id
   FROM parties p
  WHERE (p.forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)))));

create policy process on party_contacts for all to spark_worker using true;

create policy own on pauses for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on pauses for all to spark_worker using true;

create policy own on plan_texts for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on plan_texts for all to spark_worker using true;

create policy own on recusal_reasons for all to spark_api using ((current_setting('spark.viewer'::text, true) = 'head'::text) OR (current_setting('spark.viewer'::text, true) = ('consultant:'::text || consultant_id)));

create policy process on recusal_reasons for all to spark_worker using true;

create policy own on recusals for all to spark_api using (( SELECT sees_all() AS sees_all) OR (current_setting('spark.viewer'::text, true) = ('consultant:'::text || consultant_id)) OR (consultant_id IN ( SELECT k.id
   FROM consultants k
  WHERE (current_setting('spark.viewer'::text, true) = ('provider:'::text || k.provider)))));

create policy process on recusals for all to spark_worker using true;

create policy own on remarks for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on remarks for all to spark_worker using true;

create policy own on round_choices for all to spark_api using (( SELECT sees_all() AS sees_all) OR false);

create policy process on round_choices for all to spark_worker using true;

create policy own on round_lines for all to spark_api using (( SELECT sees_all() AS sees_all) OR false);

create policy process on round_lines for all to spark_worker using true;

create policy own on saved_views for all to spark_api using ((staff_id = ( SELECT staff_who_looks() AS staff_who_looks)) OR (shared AND ( SELECT sees_all() AS sees_all)));

create policy process on saved_views for all to spark_worker using true;

create policy own on signatures for all to spark_api using (( SELECT sees_all() AS sees_all) OR (party_id IN ( SELECT p.id
   FROM parties p
  WHERE (p.forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)))));

create policy process on signatures for all to spark_worker using true;

create policy own on sums for all to spark_api using (( SELECT sees_all() AS sees_all) OR false);

create policy process on sums for all to spark_worker using true;

create policy own on task_claims for all to spark_api using (( SELECT sees_all() AS sees_all) OR (task_id IN ( SELECT t.id
   FROM tasks t
  WHERE (t.forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)))));

create policy process on task_claims for all to spark_worker using true;

create policy own on task_delays for all to spark_api using (( SELECT sees_all() AS sees_all) OR (task_id IN ( SELECT t.id
   FROM tasks t
  WHERE (t.forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)))));

create policy process on task_delays for all to spark_worker using true;

create policy own on tasks for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on tasks for all to spark_worker using true;

create policy own on workplace_names for all to spark_api using (( SELECT sees_all() AS sees_all) OR (workplace_id IN ( SELECT w.id
   FROM workplaces w
  WHERE (w.forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)))));

create policy process on workplace_names for all to spark_worker using true;

create policy own on workplaces for all to spark_api using (( SELECT sees_all() AS sees_all) OR (forloeb_id IN ( SELECT seen_forloeb() AS seen_forloeb)));

create policy process on workplaces for all to spark_worker using true;

create view listed_all as
 SELECT listed.forloeb_id,
    listed.reference,
    listed.programme,
    listed.type,
    listed.provider,
    listed.status,
    listed.open,
    listed.status_since,
    listed.needs_attention,
    listed.next_at,
    listed.deadline,
    listed.clock_offset,
    listed.consultant_id,
    listed.municipalities,
    listed.themes,
    listed.words,
    listed.addresses
   FROM listed
  WHERE ( SELECT sees_all() AS sees_all);
