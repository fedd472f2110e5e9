package store

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// ClaimMail takes a mail to send it now: under the forløb's lock, so that a
// mail that was cancelled or has lost its meaning is not sent. It returns nil
// when there is nothing to send any more, and forloeb.ErrMailsWait after a
// restore from a backup.
func (s *Store) ClaimMail(ctx context.Context, mail int64, now time.Time) (letter *forloeb.Letter, err error) {
	err = s.tx(ctx, "mail claimed", func(tx *transaction) error {
		letter, err = claim(ctx, tx, mail)
		return err
	})
	return letter, err
}

func claim(ctx context.Context, tx *transaction, mail int64) (*forloeb.Letter, error) {
	if wait, err := mailsWait(ctx, tx); wait || err != nil {
		return nil, cmp.Or(err, forloeb.ErrMailsWait)
	}
	var id uuid.UUID
	if err := tx.GetContext(ctx, &id, `select forloeb_id from mails where id = $1`, mail); err != nil {
		if errors.Is(notFound(err), ErrNotFound) { // the forløb has been erased
			return nil, nil
		}
		return nil, err
	}
	f, now, err := lock(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	m := mailOf(f, mail)
	if !m.Unsent() {
		return nil, nil
	}
	if left, err := leftBefore(ctx, tx, m); left || err != nil {
		return nil, err
	}
	if f.Moot(m, now) {
		_, err := tx.ExecContext(ctx, `update mails set state = 'cancelled' where id = $1`, mail)
		return nil, err
	}
	if m.Kind.Digest() {
		if done, err := collected(ctx, tx, m, now); done || err != nil {
			return nil, err
		}
	}
	return write(ctx, tx, f, m, now)
}

func mailOf(f *forloeb.Forloeb, id int64) *forloeb.Mail {
	for i := range f.Mails {
		if f.Mails[i].ID == id {
			return &f.Mails[i]
		}
	}
	return &forloeb.Mail{State: forloeb.MailCancelled}
}

// write takes the mail and gathers what its letter is composed from. An
// attempt that was begun and never told how it ended leaves it in doubt
// whether the mail has arrived.
func write(ctx context.Context, tx *transaction, f *forloeb.Forloeb, m *forloeb.Mail, now time.Time) (*forloeb.Letter, error) {
	taken := forloeb.Letter{}
	err := tx.QueryRowxContext(ctx, `
		update mails set state = 'sending', attempts = attempts + 1, doubts = doubts + (state = 'sending')::int, `+pinText+`
		where id = $1 returning message_id, attempts, doubts`, m.ID).Scan(&taken.MessageID, &taken.Attempt, &taken.Mail.Doubts)
	if err != nil {
		return nil, err
	}
	l, err := gather(ctx, tx, f, m, now)
	if err != nil {
		return nil, err
	}
	l.MessageID, l.Attempt, l.Mail.Doubts = taken.MessageID, taken.Attempt, taken.Mail.Doubts
	return l, nil
}

func gather(ctx context.Context, tx *transaction, f *forloeb.Forloeb, m *forloeb.Mail, now time.Time) (*forloeb.Letter, error) {
	l := &forloeb.Letter{Mail: *m, Forloeb: f, Date: m.PlannedAt, Now: now, Party: f.Party(m.Recipient), Meeting: f.MeetingOf(m)}
	if l.Guest = f.Guest(m.Recipient); l.Party == nil && l.Guest == nil {
		l.Consultant = f.Expert(m.Recipient)
	}
	var err error
	if l.Text, err = textOf(ctx, tx, m.ID); err != nil || !m.Kind.Digest() {
		return l, err
	}
	l.Digest, err = digest(ctx, tx, m, f, now)
	return l, err
}

// Letter gathers what a mail is composed from, to look at it and not to send
// it: one that is sent as of then, another as of now. The rest of the forløb
// is as it is now. ErrNotFound when there is no such mail.
func (s *Store) Letter(ctx context.Context, mail int64) (letter *forloeb.Letter, err error) {
	f, err := s.ByMail(ctx, mail)
	if err != nil {
		return nil, err
	}
	now, err := s.Now(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	m := mailOf(f, mail)
	if !m.SentAt.IsZero() {
		now = m.SentAt
	}
	err = s.tx(ctx, "letter shown", func(tx *transaction) error {
		letter, err = gather(ctx, tx, f, m, now)
		return err
	})
	return letter, err
}

// SettleMail writes what became of an attempt to send. An attempt that another
// one has taken the place of, because its worker was taken for dead, has a
// say only when it knows that the mail was sent.
func (s *Store) SettleMail(ctx context.Context, mail int64, attempt int, o forloeb.Outcome) error {
	_, err := statement(ctx, s.db, "mail "+string(o.State), `
		update mails m set state = $3, code = $4, doubts = $5, sent_at = case when $3 = 'sent' then forloeb_now(f) end
		from forloeb f
		where m.id = $1 and f.id = m.forloeb_id
			and (m.state = 'sending' and m.attempts = $2 or $3 = 'sent' and m.state in ('planned', 'sending', 'uncertain'))`,
		mail, attempt, o.State, o.Code, o.Doubts)
	return err
}
