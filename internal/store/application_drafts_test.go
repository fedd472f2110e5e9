package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// applicationDraft is one by somebody, new each time.
func applicationDraft(change ...func(*forloeb.ApplicationDraft)) forloeb.ApplicationDraft {
	d := forloeb.ApplicationDraft{
		Key: uuid.NewString(), Programme: forloeb.Spark, Form: "one", Typed: "workplace=Tranemoseskolen&situation=H%C3%A6ndelser",
		Email: "mette@example.dk", Expires: forloeb.DraftExpires(time.Now()),
	}
	for _, c := range change {
		c(&d)
	}
	return d
}

// pseudonym stands for the keyed hash that the pages make.
func pseudonym(d forloeb.ApplicationDraft) string { return "hash of " + strings.ToUpper(d.Email) }

// drafts keeps drafts and sends their mails.
type drafts struct {
	*storetest.Env
	t *testing.T
}

func (e drafts) saves(d forloeb.ApplicationDraft) (id uuid.UUID, version int) {
	e.t.Helper()
	id, version, err := e.API.SaveApplicationDraft(e.t.Context(), d, pseudonym(d))
	require.NoError(e.t, err)
	return id, version
}

// claims takes the next mail in hand; nil when none is due.
func (e drafts) claims() *forloeb.DraftLetter {
	e.t.Helper()
	l, err := e.Worker.ClaimDraftMail(e.t.Context())
	require.NoError(e.t, err)
	return l
}

func (e drafts) settles(l *forloeb.DraftLetter, state forloeb.MailState, pause time.Duration) {
	e.t.Helper()
	require.NoError(e.t, e.Worker.SettleDraftMail(e.t.Context(), l.Mail.ID, l.Attempt, forloeb.Outcome{State: state, Doubts: l.Mail.Doubts}, pause))
}

func (e drafts) read(id uuid.UUID) forloeb.ApplicationDraft {
	e.t.Helper()
	d, err := e.API.ApplicationDraft(e.t.Context(), id)
	require.NoError(e.t, err)
	return d
}

func (e drafts) gone(id uuid.UUID) {
	e.t.Helper()
	_, err := e.API.ApplicationDraft(e.t.Context(), id)
	require.ErrorIs(e.t, err, store.ErrNotFound)
}

func TestAnApplicationIsSavedAndGoneOnWith(t *testing.T) {
	t.Parallel()
	e := drafts{storetest.New(t), t}
	d := applicationDraft()
	id, version := e.saves(d)
	require.Equal(t, 1, version)
	read := e.read(id)
	require.WithinDuration(t, d.Expires, read.Expires, time.Millisecond)
	d.ID, d.LinkVersion, d.Expires = id, 1, read.Expires
	require.Equal(t, d, read)
	n, err := e.API.CountApplicationDrafts(t.Context(), forloeb.Spark)
	require.NoError(t, err)
	require.Equal(t, 1, n)

	l := e.claims()
	require.Equal(t, forloeb.ApplicationDraft{ID: id, Programme: forloeb.Spark, Email: d.Email, LinkVersion: 1, Expires: read.Expires}, l.Draft, "what was typed stays where it is")
	require.Nil(t, e.claims(), "it is in somebody's hand")
	e.settles(l, forloeb.MailSent, 0)
	require.Nil(t, e.claims())

	d.Typed = "workplace=Plejecentret"
	again, version := e.saves(d)
	require.Equal(t, id, again)
	require.Equal(t, 1, version, "the link is the same")
	require.Equal(t, d.Typed, e.read(id).Typed)
	require.NotNil(t, e.claims(), "with the new date")

	d.Email = "amir@example.dk"
	_, version = e.saves(d)
	require.Equal(t, 2, version, "who has the old link reads no more")
	require.Equal(t, "amir@example.dk", e.claims().Draft.Email)

	require.NoError(t, e.API.DropApplicationDraft(t.Context(), id))
	e.gone(id)
	require.NoError(t, e.API.DropApplicationDraft(t.Context(), id))
	require.Nil(t, e.claims())
}

// A mail that nobody has begun to send tells of the draft as it is now, and
// one to an address that was wrong is not sent at all.
func TestADraftSavedTwiceAtOnceIsOneMail(t *testing.T) {
	t.Parallel()
	e := drafts{storetest.New(t), t}
	d := applicationDraft()
	e.saves(d)
	e.saves(d)
	d.Email = "amir@example.dk"
	e.saves(d)
	l := e.claims()
	require.Equal(t, "amir@example.dk", l.Draft.Email)
	require.Equal(t, 2, l.Draft.LinkVersion)
	require.Nil(t, e.claims())
}

// The application is received and its draft deleted in one transaction.
func TestADraftGoesWhenItIsSent(t *testing.T) {
	t.Parallel()
	e := drafts{storetest.New(t), t}
	id, _ := e.saves(applicationDraft(func(d *forloeb.ApplicationDraft) { d.Key = "sent" }))
	other, _ := e.saves(applicationDraft())
	_, err := e.API.Create(t.Context(), storetest.Submission(), "sent", forloeb.Actor{Kind: forloeb.ActorApplicant})
	require.NoError(t, err)
	e.gone(id)
	e.read(other)
	require.Zero(t, e.Count(`select count(*) from application_drafts where key = 'sent'`))
}

func TestADraftIsPurgedWhenItsTimeIsOver(t *testing.T) {
	t.Parallel()
	e := drafts{storetest.New(t), t}
	id, _ := e.saves(applicationDraft())
	other, _ := e.saves(applicationDraft(func(d *forloeb.ApplicationDraft) { d.Email = "amir@example.dk" }))
	e.Exec(`update application_drafts set expires_at = now() where id = $1`, id)
	e.gone(id)
	n, err := e.API.CountApplicationDrafts(t.Context(), forloeb.Spark)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	require.Equal(t, other, e.claims().Draft.ID, "no link to what is gone")
	require.Nil(t, e.claims())

	require.NoError(t, e.Worker.ExpireApplicationDrafts(t.Context()))
	require.Equal(t, 1, e.Count(`select count(*) from application_drafts`))
	require.Equal(t, 2, e.Count(`select count(*) from draft_mails`), "they count against their addresses")
	e.Exec(`update draft_mails set planned_at = now() - interval '7 days'`)
	require.NoError(t, e.Worker.ExpireApplicationDrafts(t.Context()))
	require.Equal(t, 1, e.Count(`select count(*) from draft_mails`), "one is still to be settled")
}

// Whoever saves and deletes again and again, also from many places at once,
// has no more than a few mails sent to one address.
func TestAnAddressGetsFewMailsAboutDrafts(t *testing.T) {
	t.Parallel()
	e := drafts{storetest.New(t), t}
	var savings sync.WaitGroup
	for n := range 4 * forloeb.MaxDraftMails {
		savings.Go(func() {
			d := applicationDraft(func(d *forloeb.ApplicationDraft) { d.Email = []string{"mette@example.dk", "Mette@example.dk"}[n%2] })
			id, _, err := e.API.SaveApplicationDraft(t.Context(), d, pseudonym(d))
			if err == nil && n%3 == 0 {
				err = e.API.DropApplicationDraft(t.Context(), id)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	savings.Wait()
	require.Equal(t, forloeb.MaxDraftMails, e.Count(`select count(*) from draft_mails`))
	id, _ := e.saves(applicationDraft())
	e.read(id) // it is kept, only not told of
	e.saves(applicationDraft(func(d *forloeb.ApplicationDraft) { d.Email = "amir@example.dk" }))
	require.Equal(t, forloeb.MaxDraftMails+1, e.Count(`select count(*) from draft_mails`))
	e.Exec(`update draft_mails set planned_at = planned_at - interval '8 days'`)
	e.saves(applicationDraft())
	require.Equal(t, forloeb.MaxDraftMails+2, e.Count(`select count(*) from draft_mails`))
}

// An attempt whose worker died is made again, as a doubt; what the dead one
// says afterwards counts only when it knows that the mail was sent.
func TestAMailAboutADraftIsTriedAgain(t *testing.T) {
	t.Parallel()
	e := drafts{storetest.New(t), t}
	id, _ := e.saves(applicationDraft())
	first := e.claims()
	require.Equal(t, forloeb.MailPlanned, first.Mail.State)
	e.settles(first, forloeb.MailPlanned, time.Hour)
	require.Nil(t, e.claims(), "not for an hour")
	due := func() { e.Exec(`update draft_mails set due_at = now()`) }
	due()
	dead := e.claims()
	require.Zero(t, dead.Mail.Doubts)
	require.Nil(t, e.claims())
	due()
	l := e.claims()
	require.Equal(t, fmt.Sprint(forloeb.MailSending, 1, 3, first.MessageID), fmt.Sprint(l.Mail.State, l.Mail.Doubts, l.Attempt, l.MessageID))
	e.settles(dead, forloeb.MailFailed, 0)
	require.False(t, e.read(id).Undelivered)
	e.settles(l, forloeb.MailFailed, 0)
	require.True(t, e.read(id).Undelivered)
	e.settles(dead, forloeb.MailSent, 0)
	require.True(t, e.read(id).Undelivered, "it was refused for good meanwhile")
}

func TestADraftIsNoArchive(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	d := applicationDraft(func(d *forloeb.ApplicationDraft) { d.Typed = strings.Repeat("x", 256<<10+1) })
	_, _, err := e.API.SaveApplicationDraft(t.Context(), d, pseudonym(d))
	require.ErrorContains(t, err, "draft_is_no_archive")
}

// The worker sends links and cannot read what was typed.
func TestTheWorkerReadsNoDraft(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	_, err := e.Connect("spark_worker").Exec(`select typed from application_drafts`)
	require.ErrorContains(t, err, "permission denied")
	_, err = e.Connect("spark_worker").Exec(`select email from application_drafts`)
	require.NoError(t, err)
}
