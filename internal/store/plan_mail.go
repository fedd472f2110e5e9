package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// MaxConsentRequests is how many mails that nobody asked for one address may get in
// seven days, over all forløb: unanswered requests, and being written on as a
// guest. The forms mail strangers.
const MaxConsentRequests = 3

// plan writes a mail that is owed. A mail that was cancelled before and is
// owed again is the same row.
func (w *committer) plan(m forloeb.Mail) error {
	held, code, err := w.holdBack(m)
	if err != nil {
		return err
	}
	w.held = w.held || held
	return w.exec(`
		insert into mails (forloeb_id, kind, recipient, ordinal, ref, held, code, message_id, planned_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (forloeb_id, kind, recipient, ordinal)
		do update set state = 'planned', held = excluded.held, code = excluded.code, planned_at = excluded.planned_at, sent_at = null where mails.state = 'cancelled'`,
		w.f.ID, m.Kind, m.Recipient, m.Ordinal, m.Ref, held, code, messageID(w.f, m), m.PlannedAt)
}

// messageID is the same for every attempt at the same mail. It is the part
// before the @; the sender's domain is a setting.
func messageID(f *forloeb.Forloeb, m forloeb.Mail) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%s/%s/%d", f.ID, m.Kind, m.Recipient, m.Ordinal))
	return hex.EncodeToString(sum[:16])
}

// holdBack reports whether a person must release the mail, and why when it is
// not that its address got too many. Mails that nobody asked for to one address
// wait for each other, so that the count is true; those of an hour do not, and a
// few more than the limit may leave when they are written at once. A changed
// application is the secretariat's own doing and does not wait for the hour; nor
// do the workplaces and the guests whom people who have answered from their own
// mail ask to join them.
func (w *committer) holdBack(m forloeb.Mail) (held bool, code string, err error) {
	if !m.Kind.ToStrangers() {
		return false, "", nil
	}
	address := w.address(m.Recipient)
	if err := w.exec(`select pg_advisory_xact_lock(hashtextextended($1, 1))`, address); err != nil {
		return false, "", err
	}
	var n struct{ Week, Hour int }
	if err := w.tx.GetContext(w.ctx, &n, requestsLately, address); err != nil {
		return false, "", err
	}
	switch {
	case n.Week >= MaxConsentRequests:
		return true, "", nil
	case m.Kind == forloeb.MailConsentRequest && w.requestsAnHour > 0 && n.Hour >= w.requestsAnHour:
		return true, forloeb.CodeManyApplications, nil
	}
	return false, "", nil
}

// address is where a mail to a party or a guest goes.
func (w *committer) address(recipient uuid.UUID) string {
	if g := w.f.Guest(recipient); g != nil {
		return g.Email
	}
	return w.f.Party(recipient).Contact.Email
}

// requestsLately counts those to one address that are unanswered, in a week,
// and those to anybody, in an hour. Nobody answers to having been written on as a
// guest: of a guest they all count. It counts in real time: it spans forløb.
const requestsLately = `
	select count(*) filter (where m.kind in ('consent_request', 'changed') and m.real_at > now() - interval '1 hour') as hour,
		count(*) filter (where lower(coalesce(c.email, g.email)) = lower($1)
			and not exists (select 1 from consents a where a.party_id = m.recipient)) as week
	from mails m
	left join party_contacts c on c.party_id = m.recipient
	left join guest_contacts g on g.guest_id = m.recipient
	where m.kind in ('consent_request', 'changed', 'workplace_invited', 'guest_added')
		and m.state <> 'cancelled'
		and not m.held
		and m.real_at > now() - interval '7 days'`
