package api

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// Many apply at once: the morning page has one line for all that waits, one
// press sends it, and each forløb knows who sent its mails.
func TestWhatIsHeldIsSentTogether(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.env.Worker.RequestsAnHour = 2
	apply := func() uuid.UUID {
		id := d.env.Apply(func(s *forloeb.Submission) {
			s.Leader.Email, s.Rep.Email = uuid.NewString()+"@example.dk", "offer@example.dk"
		})
		d.env.Settle(id)
		return id
	}
	require.Contains(t, said(d.opens(heldPath), "none"), "Ingen mails er holdt tilbage")
	require.Empty(t, said(d.opens("/sekretariat/"), "held"))
	var ids []uuid.UUID
	for range 5 {
		ids = append(ids, apply())
	}
	morning := d.opens("/sekretariat/")
	require.Contains(t, said(morning, "held"), "8 mails til ansøgere er holdt tilbage")
	require.Zero(t, morning.Find("[data-test-id=task]").Length(), "one line, and not eight")
	require.Empty(t, said(morning, "none"))

	page := d.opens(heldPath)
	require.Equal(t, "Send alle 6", said(page, "release"))
	require.Contains(t, said(page, "effects"), "6 modtagere i 4 sager får mailen »Bekræft ansøgningen« nu.")
	require.Contains(t, said(page, "stays"), "2 mails bliver liggende")
	last := page.Find("[name="+lastShown+"]").AttrOr("value", "")
	later := apply()

	// One is released by a colleague, and one forløb ends, before the press.
	d.env.Do(ids[1], storetest.Secretary, forloeb.SettleMail{Mail: requestTo(d.env.Read(ids[1]), forloeb.Leader), Action: forloeb.ReleaseMail})
	p := d.env.Party(ids[4], forloeb.Leader)
	d.env.Do(ids[4], storetest.By(p), forloeb.Withdraw{Party: p.ID})
	send := func(last string) answer { return d.submit(d.sec, heldPath, url.Values{lastShown: {last}}) }
	require.Equal(t, withDone(heldPath, doneReleased), send(last).Header.Get("Location"))
	for _, id := range ids {
		d.env.Settle(id)
	}
	require.Equal(t, 3, d.env.Count(`select count(*) from mails m join party_contacts c on c.party_id = m.recipient where c.email = 'offer@example.dk' and not m.held and m.kind = 'consent_request'`),
		"what an address may get still holds")
	require.Equal(t, 2, d.env.Count(`select count(*) from mails where forloeb_id = $1 and held`, later), "it came after the page")
	require.NotZero(t, d.env.Count(`select count(*) from acts a join staff s on s.id::text = a.actor_id where s.email = 'sec@example.dk' and a.name = 'mail-settled' and a.detail = 'released'`), "it is noted who")
	require.Zero(t, d.env.Count(`select count(*) from mails m join parties p on p.id = m.recipient where p.side = 'leader' and m.held and m.state = 'planned' and m.forloeb_id <> $1`, later))

	before := d.env.Count(`select count(*) from mails where held`)
	send(last) // twice is once
	require.Equal(t, before, d.env.Count(`select count(*) from mails where held`))
	require.Equal(t, http.StatusBadRequest, send("x").StatusCode)
	send(strconv.Itoa(1 << 30))
	d.env.Settle(later)
	require.Equal(t, 1, d.env.Count(`select count(*) from mails where forloeb_id = $1 and held`, later), "the leader's is sent, the other address has had enough")
	require.NotEmpty(t, said(d.opens(heldPath), "all-stay"))
}

// requestTo is the request to a side.
func requestTo(f *forloeb.Forloeb, side forloeb.Side) int64 {
	for _, m := range f.Mails {
		if p := f.Party(m.Recipient); p != nil && p.Side == side && m.Kind == forloeb.MailConsentRequest {
			return m.ID
		}
	}
	return 0
}
