package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"

	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

// BeginRestored says that the database has been restored: mails wait from now
// on. It is done before any other program of the product runs. Begun twice, it
// is the same restoration.
func (s *Store) BeginRestored(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, `insert into restorations default values on conflict do nothing`)
	return err
}

// NoteTaken notes what the mail server has taken already, by the part of the
// Message-ID before the @, and returns how many of them were not noted before.
// Mails about drafts and to staff are settled at once: theirs are planned once
// only.
func (s *Store) NoteTaken(ctx context.Context, ids []string) (noted int, err error) {
	restorations := 0
	err = s.db.scan(ctx, `
		with restoration as (update restorations set listed = true where ended_at is null returning id),
		drafts as (
			update draft_mails set state = 'sent'
			where message_id = any($1) and state in ('planned', 'sending') and exists (select from restoration)),
		staff as (
			update staff_mails set state = 'sent'
			where message_id = any($1) and state in ('planned', 'sending') and exists (select from restoration)),
		noted as (
			insert into mails_taken (message_id, restoration_id)
			select distinct unnest($1::text[]), id from restoration on conflict do nothing returning 1)
		select (select count(*) from restoration), (select count(*) from noted)`, []any{pq.Array(ids)}, &restorations, &noted)
	if err == nil && restorations == 0 {
		err = forloeb.ErrNotRestored
	}
	return noted, err
}

// EndRestored lets the mails go. Where it is known what the mail server has
// taken, an attempt that was under way at the point of restore leaves no
// doubt: it did not arrive, unless it is among those.
func (s *Store) EndRestored(ctx context.Context) error {
	restorations := 0
	err := s.db.scan(ctx, `
		with ended as (update restorations set ended_at = clock_timestamp() where ended_at is null returning listed),
		freed as (
			update mails set state = 'planned'
			where state = 'sending' and (select listed from ended))
		select count(*) from ended`, nil, &restorations)
	if err == nil && restorations == 0 {
		err = forloeb.ErrNotRestored
	}
	return err
}

// Restored is how it is with the restoration that has not ended, or the zero
// value when there is none.
func (s *Store) Restored(ctx context.Context) (r forloeb.Restored, err error) {
	err = s.db.scan(asHouse(ctx), `
		select r.began_at, r.listed,
			(select count(*) from mails_taken t where t.restoration_id = r.id),
			(select count(*) from mails m where m.state in ('planned', 'sending') and not m.held),
			(select count(*) from mails m where m.state in ('planned', 'sending') and not m.held and `+takenAlready+`),
			array(select t.message_id from mails_taken t where t.restoration_id = r.id
				and not exists (select from mails m where m.message_id = t.message_id) order by 1)
		from restorations r where r.ended_at is null`, nil, &r.Since, &r.Listed, &r.Taken, &r.Waiting, &r.Known, (*pq.StringArray)(&r.Unknown))
	if errors.Is(err, sql.ErrNoRows) {
		return forloeb.Restored{}, nil
	}
	return r, err
}

// takenAlready is of a mail m that left before the restoration, and that is the
// same now: nobody has done anything to its forløb since, so it is owed for the
// facts that were owed it then.
const takenAlready = `exists (
	select from mails_taken t join restorations r on r.id = t.restoration_id
	where t.message_id = m.message_id and not exists (
		select from acts a where a.forloeb_id = m.forloeb_id and a.written_at between r.began_at and m.real_at))`

// leftBefore settles a mail that had left before a restoration, and reports
// whether it had. A mail of the same name that is owed for something done since
// is another one: it gets another Message-ID, or mailboxes would take it for the
// one they have.
func leftBefore(ctx context.Context, tx *transaction, m *forloeb.Mail) (bool, error) {
	var found struct {
		ID    string `db:"message_id"`
		Taken bool
	}
	err := tx.GetContext(ctx, &found, `
		select m.message_id, `+takenAlready+` as taken from mails m join mails_taken t on t.message_id = m.message_id where m.id = $1`, m.ID)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	case !found.Taken:
		_, err := tx.ExecContext(ctx, `update mails set message_id = $2 where id = $1`, m.ID, another(found.ID))
		return false, err
	}
	_, err = tx.ExecContext(ctx, `
		with found as (delete from mails_taken where message_id = $2) -- once: whoever asks for it again gets it again
		update mails m set state = 'sent', code = $3, sent_at = forloeb_now(f) from forloeb f where m.id = $1 and f.id = m.forloeb_id`,
		m.ID, found.ID, forloeb.CodeLeftBefore)
	return true, err
}

// another is a Message-ID for a mail whose own has been used by another.
func another(id string) string {
	sum := sha256.Sum256([]byte(id + " again"))
	return hex.EncodeToString(sum[:16])
}

// mailsWait reports whether no mail may leave.
func mailsWait(ctx context.Context, tx *transaction) (wait bool, err error) {
	err = tx.GetContext(ctx, &wait, `select mails_wait()`)
	return wait, err
}
