package api

import (
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// mailsShown are the kinds of the mails in the log, in its order.
func mailsShown(doc *goquery.Document) (kinds []string) {
	doc.Find("[data-test-id=row]").Each(func(_ int, s *goquery.Selection) {
		kinds = append(kinds, plain(s.Find("td[data-title=Mail] a").Contents().First().Text()))
	})
	return kinds
}

// Complaint K23.
func TestTheMailLog(t *testing.T) {
	d := newDesk(t)
	doc := d.opens("/sekretariat/post")
	require.Equal(t, "Der er ikke sendt mails i perioden.", said(doc, "none"))

	id := d.planning()
	f, home := d.env.Read(id), "/sekretariat/forloeb/"+d.env.Read(id).ID.String()
	var failed int64
	d.env.Get(&failed, `update mails set state = 'failed', code = '550', sent_at = null where kind = 'consultant_assigned' and recipient = $1 returning id`, f.Parties[0].ID)
	d.env.Exec(`delete from mails where kind = 'consultant_assigned' and id <> $1`, failed)
	d.env.Exec(`update mails set sent_at = $1, planned_at = $1 where kind = 'consent_request'`, time.Now().AddDate(0, 0, -40))

	doc = d.opens("/sekretariat/post")
	require.Len(t, mailsShown(doc), d.env.Count(`select count(*) from mails where kind <> 'consent_request'`))
	require.Equal(t, "/sekretariat/live", doc.Find(".live-status").AttrOr("data-live", ""))
	text, _ := doc.Html()
	for _, p := range f.Parties {
		require.NotContains(t, text, p.Contact.Email, "nobody's address")
		require.NotContains(t, text, p.Contact.Name)
		for _, purpose := range []link.Purpose{link.Consent, link.Status, link.Evaluation, link.Meeting} {
			require.NotContains(t, text, d.links.Token(purpose, p.ID, p.LinkVersion), "a link gives access")
		}
	}

	doc = d.opens("/sekretariat/post?tilstand=kom-retur")
	require.Equal(t, []string{forloeb.MailConsultantAssigned.Label()}, mailsShown(doc))
	row := doc.Find("[data-test-id=row]")
	require.Contains(t, plain(row.Text()), "Ikke sendt")
	require.Contains(t, plain(row.Text()), forloeb.Capital(f.Parties[0].Side.Label())+", sag "+f.Reference)
	require.Contains(t, plain(row.Text()), "Kom retur: Adressen findes ikke")
	require.Equal(t, home+"/mails", row.Find("td[data-title=Til] a").AttrOr("href", ""))
	address := row.Find("td[data-title=Mail] a").AttrOr("href", "")
	require.Contains(t, plain(d.opens(address).Find("main").Text()), f.Reference, "the mail itself")

	require.Empty(t, mailsShown(d.opens("/sekretariat/post?tilstand=usikker")))
	require.Empty(t, mailsShown(d.opens("/sekretariat/post?tilstand=venter")))
	require.NotContains(t, mailsShown(d.opens("/sekretariat/post?tilstand=sendt&periode=i-dag")), forloeb.MailConsultantAssigned.Label())
	requested := forloeb.MailConsentRequest.Label()
	require.NotContains(t, mailsShown(d.opens("/sekretariat/post?periode=7-dage")), requested)
	for _, period := range []string{"et-aar", "alle"} {
		all := mailsShown(d.opens("/sekretariat/post?periode=" + period))
		require.Equal(t, requested, all[len(all)-1], "the oldest comes last")
	}

	doc = d.opens("/sekretariat/post?tilstand=maaske&periode=snart&fra=nonsense")
	require.Equal(t, "Vi kunne ikke bruge noget i adressen: tilstand, periode og det sted i listen, du kom fra. Listen er vist uden.", said(doc, "ignored"))
	require.NotEmpty(t, mailsShown(doc))
}

func TestTheMailLogTurnsItsPages(t *testing.T) {
	d := newDesk(t)
	id := d.env.Apply()
	d.env.Exec(`insert into mails (forloeb_id, kind, recipient, ordinal, state, message_id, planned_at, sent_at)
		select $1, 'link_again', $2, n, 'sent', n::text, now() - make_interval(mins => n / 20), now() - make_interval(mins => n / 20)
		from generate_series(1, 60) n`, id, d.env.Party(id, forloeb.Leader).ID)
	doc := d.opens("/sekretariat/post?tilstand=sendt")
	require.Len(t, mailsShown(doc), 50)
	next := doc.Find("[data-test-id=next]").AttrOr("href", "")
	require.Contains(t, next, "tilstand=sendt")
	doc = d.opens(next)
	require.Len(t, mailsShown(doc), 10)
	require.Zero(t, doc.Find("[data-test-id=next]").Length())
	require.Equal(t, "/sekretariat/post?tilstand=sendt", doc.Find("[data-test-id=first]").AttrOr("href", ""))
}

func TestTheMailLogKeepsToDaysInDenmark(t *testing.T) {
	now := time.Date(2026, 11, 30, 0, 30, 0, 0, forloeb.Copenhagen).UTC() // the 29th in Greenwich
	for period, want := range map[string]time.Time{
		"":       time.Date(2026, 10, 31, 0, 0, 0, 0, forloeb.Copenhagen),
		"i-dag":  time.Date(2026, 11, 30, 0, 0, 0, 0, forloeb.Copenhagen),
		"7-dage": time.Date(2026, 11, 23, 0, 0, 0, 0, forloeb.Copenhagen),
		"et-aar": time.Date(2025, 11, 30, 0, 0, 0, 0, forloeb.Copenhagen),
		"alle":   {},
	} {
		require.Equal(t, want, mailWish{Period: period}.filter(now).Since, period)
	}
	require.Equal(t, "Konsulenten", mailLogLineOf(forloeb.MailRow{ForloebID: uuid.New()}).To)
}
