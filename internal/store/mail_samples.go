package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// AskSample owes somebody in the secretariat a sample of a mail, or answers
// forloeb.ErrTooManySamples; those asked for in the same moment may be one too
// many. Nothing depends on it, so no crash is tried at it: whoever gets none
// presses again.
func (s *Store) AskSample(ctx context.Context, staff uuid.UUID, t forloeb.MailText, variant string) error {
	sentences, err := json.Marshal(t.Sentences)
	if err != nil {
		return err
	}
	res, err := s.db.ExecContext(ctx, `
		insert into mail_samples (staff_id, programme, kind, variant, sentences)
		select $1, $2, $3, $4, coalesce(nullif($5::jsonb, 'null'), '{}')
		where (select count(*) from mail_samples where staff_id = $1 and asked_at > now() - interval '1 hour') < $6`,
		staff, t.Programme, t.Kind, variant, string(sentences), forloeb.MaxSamples)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, forloeb.ErrTooManySamples)
	}
	return nil
}

// sampleAttempt is longer than an attempt to send takes.
const sampleAttempt = 15 * time.Minute

// ClaimSample takes a sample that is to be sent now, or nil. Whoever may not
// log in any more gets none.
func (s *Store) ClaimSample(ctx context.Context) (*forloeb.SampleLetter, error) {
	l := forloeb.SampleLetter{Text: forloeb.MailText{Version: forloeb.UnsavedText}}
	var sentences []byte
	err := s.db.scan(ctx, `
		with next as (
			select m.id from mail_samples m join staff s on s.id = m.staff_id and s.active
			where not m.done and m.due_at <= now() and not mails_wait() order by m.due_at limit 1 for update of m skip locked)
		update mail_samples m set attempts = m.attempts + 1, due_at = now() + make_interval(secs => $1)
		from next, staff s where m.id = next.id and s.id = m.staff_id
		returning m.id, m.attempts, m.message_id, m.asked_at, s.name, s.email, m.programme, m.kind, m.sentences, m.variant`,
		[]any{sampleAttempt.Seconds()},
		&l.ID, &l.Attempt, &l.MessageID, &l.Date, &l.Name, &l.Email, &l.Text.Programme, &l.Text.Kind, &sentences, &l.Variant)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &l, json.Unmarshal(sentences, &l.Text.Sentences)
}

// SettleSample notes that a sample is done with, or is to be tried again after a
// pause.
func (s *Store) SettleSample(ctx context.Context, sample int64, done bool, pause time.Duration) error {
	_, err := s.db.ExecContext(ctx, `update mail_samples set done = $2, due_at = now() + make_interval(secs => $3) where id = $1`,
		sample, done, pause.Seconds())
	return err
}

// DropSamples deletes those that no longer count.
func (s *Store) DropSamples(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, `delete from mail_samples where asked_at < now() - interval '1 hour'`)
	return err
}
