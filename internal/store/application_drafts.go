package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// SaveApplicationDraft keeps a draft, or the one with its key anew, and owes
// its writer a mail with the link. Another address makes earlier links void.
// Address is a keyed hash of the draft's: one address gets at most
// forloeb.MaxDraftMails mails in a week, and what exceeds that is not owed. It
// returns the draft's id and the version of its link.
func (s *Store) SaveApplicationDraft(ctx context.Context, d forloeb.ApplicationDraft, address string) (id uuid.UUID, version int, err error) {
	err = s.tx(ctx, "application draft", func(tx *transaction) error {
		if err := tx.QueryRowxContext(ctx, `
			insert into application_drafts as d (key, programme, form, typed, email, address, expires_at) values ($1, $2, $3, $4, $5, $6, $7)
			on conflict (key) do update set programme = excluded.programme, form = excluded.form, typed = excluded.typed,
				link_version = d.link_version + (d.email <> excluded.email)::int,
				email = excluded.email, address = excluded.address, expires_at = excluded.expires_at
			returning id, link_version`,
			d.Key, d.Programme, d.Form, d.Typed, d.Email, address, d.Expires).Scan(&id, &version); err != nil {
			return err
		}
		return oweDraftMail(ctx, tx, id, address)
	})
	return id, version, err
}

// oweDraftMail counts and writes under a lock on the address: several at once
// are no more than several in turn. One that nobody has begun to send tells of
// the draft as it is now.
func oweDraftMail(ctx context.Context, tx *transaction, draft uuid.UUID, address string) error {
	if _, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock(hashtextextended($1, 0))`, "draft mail "+address); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `
		insert into draft_mails (draft_id, address)
		select $1, $2
		where not exists (select from draft_mails where draft_id = $1 and address = $2 and state = 'planned' and attempts = 0)
			and (select count(*) from draft_mails where address = $2 and planned_at > now() - interval '7 days') < $3`,
		draft, address, forloeb.MaxDraftMails)
	return err
}

// ApplicationDraft reads a draft. ErrNotFound when there is none, or its time
// is over.
func (s *Store) ApplicationDraft(ctx context.Context, id uuid.UUID) (d forloeb.ApplicationDraft, err error) {
	err = s.db.scan(ctx, `
		select id, key, programme, form, typed, email, link_version, expires_at, coalesce((
			select m.state in ('failed', 'uncertain') from draft_mails m where m.draft_id = d.id and m.address = d.address order by m.id desc limit 1), false)
		from application_drafts d where id = $1 and expires_at > now()`, []any{id},
		&d.ID, &d.Key, &d.Programme, &d.Form, &d.Typed, &d.Email, &d.LinkVersion, &d.Expires, &d.Undelivered)
	return d, notFound(err)
}

// DropApplicationDraft deletes a draft; one that is unknown is gone already.
func (s *Store) DropApplicationDraft(ctx context.Context, id uuid.UUID) error {
	_, err := statement(ctx, s.db, "application draft deleted", `delete from application_drafts where id = $1`, id)
	return err
}

// CountApplicationDrafts counts the drafts of a programme.
func (s *Store) CountApplicationDrafts(ctx context.Context, p forloeb.ProgrammeCode) (n int, err error) {
	err = s.db.GetContext(ctx, &n, `select count(*) from application_drafts where programme = $1 and expires_at > now()`, p)
	return n, err
}

// ExpireApplicationDrafts deletes the drafts whose time is over, and what is
// left of mails that no longer count.
func (s *Store) ExpireApplicationDrafts(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, `delete from application_drafts where expires_at <= now()`)
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, `
		delete from draft_mails where planned_at <= now() - interval '7 days' and (draft_id is null or state not in ('planned', 'sending'))`)
	return err
}

// draftAttempt is longer than an attempt to send takes: whoever has not told
// by then how it ended is dead.
const draftAttempt = 15 * time.Minute

// ClaimDraftMail takes a mail with the link to a draft that is to be sent now,
// or nil. An attempt that was begun and never told how it ended leaves it in
// doubt whether the mail has arrived.
func (s *Store) ClaimDraftMail(ctx context.Context) (*forloeb.DraftLetter, error) {
	var l forloeb.DraftLetter
	err := s.db.scan(ctx, `
		with next as (
			select m.id, m.state from draft_mails m join application_drafts d on d.id = m.draft_id and d.address = m.address
			where m.state in ('planned', 'sending') and m.due_at <= now() and d.expires_at > now() and not mails_wait()
			order by m.due_at limit 1 for update of m skip locked)
		update draft_mails m set state = 'sending', attempts = m.attempts + 1, doubts = m.doubts + (m.state = 'sending')::int,
			due_at = now() + make_interval(secs => $1)
		from next, application_drafts d
		where m.id = next.id and d.id = m.draft_id
		returning m.id, next.state, m.doubts, m.attempts, m.message_id, m.planned_at, d.id, d.programme, d.email, d.link_version, d.expires_at`,
		[]any{draftAttempt.Seconds()},
		&l.Mail.ID, &l.Mail.State, &l.Mail.Doubts, &l.Attempt, &l.MessageID, &l.Date,
		&l.Draft.ID, &l.Draft.Programme, &l.Draft.Email, &l.Draft.LinkVersion, &l.Draft.Expires)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &l, nil
}

// SettleDraftMail writes what became of an attempt to send, and after what
// pause the next one may begin. An attempt that another one has taken the
// place of has a say only when it knows that the mail was sent.
func (s *Store) SettleDraftMail(ctx context.Context, mail int64, attempt int, o forloeb.Outcome, pause time.Duration) error {
	_, err := statement(ctx, s.db, "draft mail "+string(o.State), settlePost("draft_mails"),
		mail, attempt, o.State, o.Code, o.Doubts, pause.Seconds())
	return err
}

// settlePost settles a row of a table of mails that are no forløb's own.
func settlePost(table string) string {
	return `update ` + table + ` set state = $3, code = $4, doubts = $5, due_at = now() + make_interval(secs => $6)
		where id = $1 and (state = 'sending' and attempts = $2 or $3 = 'sent' and state in ('planned', 'sending', 'uncertain'))`
}
