package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"example.dk/spark/internal/forloeb"
)

// MaxConsentRequests is how many unanswered requests one address may get in
// seven days, over all forløb: the form mails strangers.
const MaxConsentRequests = 3

// plan writes a mail that is owed. A mail that was cancelled before and is
// owed again is the same row.
func (w *committer) plan(m forloeb.Mail) error {
	held, err := w.holdBack(m)
	if err != nil {
		return err
	}
	return w.exec(`
		insert into mails (forloeb_id, kind, recipient, ordinal, ref, held, message_id, planned_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (forloeb_id, kind, recipient, ordinal)
		do update set state = 'planned', held = excluded.held, planned_at = excluded.planned_at, sent_at = null where mails.state = 'cancelled'`,
		w.f.ID, m.Kind, m.Recipient, m.Ordinal, m.Ref, held, messageID(w.f, m), m.PlannedAt)
}

// messageID is the same for every attempt at the same mail. It is the part
// before the @; the sender's domain is a setting.
func messageID(f *forloeb.Forloeb, m forloeb.Mail) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%s/%s/%d", f.ID, m.Kind, m.Recipient, m.Ordinal))
	return hex.EncodeToString(sum[:16])
}

// holdBack reports whether a person must release the mail. Requests to one
// address wait for each other, so that the count is true.
func (w *committer) holdBack(m forloeb.Mail) (bool, error) {
	if m.Kind != forloeb.MailConsentRequest && m.Kind != forloeb.MailChanged {
		return false, nil
	}
	p := w.f.Party(m.Recipient)
	if err := w.exec(`select pg_advisory_xact_lock(hashtextextended($1, 1))`, p.Contact.Email); err != nil {
		return false, err
	}
	var n int
	err := w.tx.GetContext(w.ctx, &n, requestsTo, p.Contact.Email)
	return n >= MaxConsentRequests, err
}

// requestsTo counts in real time: it spans forløb.
const requestsTo = `
	select count(*)
	from mails m
	join party_contacts c on c.party_id = m.recipient
	where lower(c.email) = lower($1)
		and m.kind in ('consent_request', 'changed')
		and m.state <> 'cancelled'
		and not m.held
		and m.real_at > now() - interval '7 days'
		and not exists (select 1 from consents a where a.party_id = m.recipient)`
