package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// The form mails strangers: three unanswered requests to one address, and a
// person must release the next.
func TestTooManyRequestsToOneAddressAreHeld(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	const victim = "Offer@example.dk"
	var lives []*life
	for range 4 {
		l := &life{Env: e, t: t, id: e.ApplyAt(at(2026, 11, 23, 10, 0), func(s *forloeb.Submission) { s.Rep.Email = victim })}
		l.Settle(l.id)
		lives = append(lives, l)
	}
	for _, l := range lives[:3] {
		l.post("2026-11-23 10:00 consent_request leader", "2026-11-23 10:00 consent_request rep")
		require.Empty(t, l.tasks())
	}
	l := lives[3]
	l.post("2026-11-23 10:00 consent_request leader")
	require.Equal(t, []string{"mail_held"}, l.tasks())
	require.Equal(t, forloeb.WaitConsentHeld, l.Read(l.id).Written.Waiting)
	require.True(t, l.Read(l.id).ConsentCloses().IsZero(), "no clock runs")
	l.to(2027, 1, 11, 12, 0)
	l.post("2026-11-26 10:00 consent_reminder leader", "2026-12-07 10:00 consent_reminder leader")
	l.status(forloeb.AwaitingConsent)

	l.do(storetest.Secretary, forloeb.SettleMail{Mail: l.mailID(forloeb.MailConsentRequest, forloeb.Rep), Action: forloeb.ReleaseMail})
	l.post("2027-01-11 12:00 consent_request rep")
	require.Empty(t, l.tasks())
	l.to(2027, 2, 1, 23, 58)
	l.status(forloeb.AwaitingConsent)
	l.to(2027, 2, 2, 1, 0) // 21 days after it was released
	l.status(forloeb.Lapsed)

	lives[0].answer(forloeb.Rep, forloeb.Yes) // answered ones do not count
	next := &life{Env: e, t: t, id: e.ApplyAt(at(2026, 11, 24, 10, 0), func(s *forloeb.Submission) { s.Rep.Email = victim })}
	e.Exec(`update mails set real_at = now() - interval '8 days' where forloeb_id = $1`, lives[1].id)
	next.Settle(next.id)
	require.Empty(t, next.tasks())
}

func TestRequestsAtOnceToOneAddressAreCountedTruly(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	var ids []uuid.UUID
	for range 12 {
		ids = append(ids, e.Apply(func(s *forloeb.Submission) { s.Rep.Email = "offer@example.dk" }))
	}
	errs := make([]error, len(ids))
	atOnce(len(ids), func(i int) { errs[i] = e.Step(t.Context(), ids[i]) })
	for _, err := range errs {
		require.NoError(t, err)
	}
	require.Equal(t, 9, e.Count(`select count(*) from mails where held`))
}

// owed is the id of the mail of a kind to a side.
func owed(l *life, kind forloeb.MailKind, side forloeb.Side) int64 {
	l.t.Helper()
	require.NoError(l.t, l.Step(l.t.Context(), l.id))
	return l.mailID(kind, side)
}

func TestClaimingAMail(t *testing.T) {
	t.Parallel()
	l := begin(t)
	id := owed(l, forloeb.MailConsentRequest, forloeb.Rep)
	claim := func() *forloeb.Letter {
		t.Helper()
		letter, err := l.Worker.ClaimMail(t.Context(), id, l.Now(l.id))
		require.NoError(t, err)
		return letter
	}
	first, again := claim(), claim()
	require.Equal(t, forloeb.Rep, first.Party.Side)
	require.Nil(t, first.Consultant)
	require.Equal(t, forloeb.MailPlanned, first.Mail.State, "as it was before")
	require.Len(t, first.MessageID, 32)
	require.Equal(t, first.MessageID, again.MessageID, "a retry is the same message")
	require.Equal(t, first.Date, again.Date)
	require.NotEqual(t, first.MessageID, l.messageID(forloeb.MailConsentRequest, forloeb.Leader))

	settle := func(letter *forloeb.Letter, state forloeb.MailState) {
		t.Helper()
		require.NoError(t, l.Worker.SettleMail(t.Context(), id, letter.Attempt, forloeb.Outcome{State: state, Code: "450"}))
	}
	settle(again, forloeb.MailPlanned)
	require.Equal(t, "planned", l.mailState(id))
	last := claim()
	settle(last, forloeb.MailSent)
	require.Equal(t, "sent", l.mailState(id))
	require.Nil(t, claim(), "it is sent")
	settle(last, forloeb.MailFailed)
	require.Equal(t, "sent", l.mailState(id), "only a mail that is being sent is settled")

	letter, err := l.Worker.ClaimMail(t.Context(), 999, l.Now(l.id))
	require.NoError(t, err)
	require.Nil(t, letter)
}

// trial is a mail that is tried again and again.
type trial struct {
	*life
	mail int64
}

func (r trial) claim() *forloeb.Letter {
	r.t.Helper()
	letter, err := r.Worker.ClaimMail(r.t.Context(), r.mail, r.Now(r.id))
	require.NoError(r.t, err)
	return letter
}

func (r trial) settle(letter *forloeb.Letter, state forloeb.MailState) {
	r.t.Helper()
	outcome := letter.Mail.After(forloeb.Outcome{State: state, Code: "450"})
	require.NoError(r.t, r.Worker.SettleMail(r.t.Context(), r.mail, letter.Attempt, outcome))
}

// Attempts that leave it in doubt whether the mail has arrived are counted in
// the row: those that say so and those that never said anything. What surely
// did not arrive takes no doubt away, a person who has it sent again does.
func TestDoubtsAboutAMailAreCounted(t *testing.T) {
	t.Parallel()
	l := begin(t)
	r := trial{l, owed(l, forloeb.MailConsentRequest, forloeb.Rep)}
	claim := func(doubts int) *forloeb.Letter {
		t.Helper()
		letter := r.claim()
		require.Equal(t, doubts, letter.Mail.Doubts)
		return letter
	}
	r.settle(claim(0), forloeb.MailUncertain)
	require.Equal(t, "planned", l.mailState(r.mail))
	r.settle(claim(1), forloeb.MailPlanned)
	claim(1) // and its worker dies
	r.settle(claim(2), forloeb.MailUncertain)
	require.Equal(t, "uncertain", l.mailState(r.mail))
	require.Nil(t, r.claim(), "a person decides")
	view, err := l.Worker.Look(t.Context(), l.id, l.Now(l.id))
	require.NoError(t, err)
	require.NotContains(t, view.Owed, r.mail)
	l.Settle(l.id)
	require.Equal(t, []string{"mail"}, l.tasks())
	require.Equal(t, forloeb.WaitConsentUncertain, l.Read(l.id).Written.Waiting)
	l.to(2027, 1, 11, 12, 0)
	l.status(forloeb.AwaitingConsent)

	l.Do(l.id, storetest.Secretary, forloeb.SettleMail{Mail: r.mail, Action: forloeb.ResendMail})
	l.Settle(l.id)
	require.Equal(t, "sent", l.mailState(r.mail))
	require.Empty(t, l.tasks())
	require.Zero(t, l.Count(`select doubts from mails where id = $1`, r.mail))
}

// A worker that was frozen wakes when its mail is in another's hands: it may
// say that the mail was sent, and nothing else.
func TestAnAttemptThatAnotherTookThePlaceOf(t *testing.T) {
	t.Parallel()
	l := begin(t)
	for _, side := range []forloeb.Side{forloeb.Leader, forloeb.Rep} {
		r := trial{l, owed(l, forloeb.MailConsentRequest, side)}
		old := r.claim()
		young := r.claim()
		for _, state := range []forloeb.MailState{forloeb.MailPlanned, forloeb.MailUncertain, forloeb.MailFailed} {
			r.settle(old, state)
			require.Equal(t, "sending", l.mailState(r.mail))
		}
		require.Equal(t, 1, l.Count(`select doubts from mails where id = $1`, r.mail))
		if side == forloeb.Rep { // the young one has ended meanwhile
			r.settle(young, forloeb.MailUncertain)
			require.Equal(t, "planned", l.mailState(r.mail))
		}
		r.settle(old, forloeb.MailSent)
		require.Equal(t, "sent", l.mailState(r.mail))
		r.settle(young, forloeb.MailUncertain)
		require.Equal(t, "sent", l.mailState(r.mail))
		require.Nil(t, r.claim())
	}
}

func (l *life) mailState(id int64) (state string) {
	l.t.Helper()
	require.NoError(l.t, l.DB.Get(&state, `select state from mails where id = $1`, id))
	return state
}

func (l *life) messageID(kind forloeb.MailKind, side forloeb.Side) (id string) {
	l.t.Helper()
	require.NoError(l.t, l.DB.Get(&id, `select message_id from mails where id = $1`, l.mailID(kind, side)))
	return id
}

func TestAMailThatHasLostItsMeaningIsNotSent(t *testing.T) {
	t.Parallel()
	l := begin(t)
	id := owed(l, forloeb.MailConsentRequest, forloeb.Rep)
	l.Answer(l.id, forloeb.Rep, forloeb.Yes) // in the moment before it is sent
	letter, err := l.Worker.ClaimMail(t.Context(), id, l.Now(l.id))
	require.NoError(t, err)
	require.Nil(t, letter)
	require.Equal(t, "cancelled", l.mailState(id))
	l.Settle(l.id)
	l.post("2026-11-23 10:00 answer_yes rep", "2026-11-23 10:00 consent_request leader")
}

func TestACancelledMailThatIsOwedAgainIsTheSameRow(t *testing.T) {
	t.Parallel()
	l := begin(t)
	id := owed(l, forloeb.MailConsentRequest, forloeb.Rep)
	p := l.Party(l.id, forloeb.Leader)
	l.Do(l.id, storetest.By(p), forloeb.Withdraw{Party: p.ID})
	l.Settle(l.id)
	require.Equal(t, "cancelled", l.mailState(id))
	l.Post(l.id)
	l.do(storetest.Secretary, forloeb.Reopen{Reason: "Det var en fejl."})
	require.Equal(t, "sent", l.mailState(id))
	l.post("2026-11-23 10:00 consent_request leader", "2026-11-23 10:00 consent_request rep",
		"2026-11-23 10:00 reopened leader", "2026-11-23 10:00 reopened rep")
}

func TestTheOutbox(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ctx := t.Context()
	first, second := e.Apply(), e.Apply()
	acts, err := e.API.Unrelayed(ctx, 0, 10)
	require.NoError(t, err)
	require.Equal(t, []forloeb.Act{
		{ForloebID: first, Version: 1, Name: forloeb.ApplicationChanged},
		{ForloebID: second, Version: 1, Name: forloeb.ApplicationChanged}}, acts, "oldest first")
	require.NoError(t, e.API.MarkRelayed(ctx, acts[:1]))
	acts, err = e.API.Unrelayed(ctx, 0, 10)
	require.NoError(t, err)
	require.Len(t, acts, 1)
	require.Equal(t, second, acts[0].ForloebID)

	e.Exec(`update acts set written_at = written_at - interval '1 hour' where forloeb_id = $1`, second)
	e.Settle(first)
	unsettled, err := e.API.Unsettled(ctx, 0, 10)
	require.NoError(t, err)
	require.Equal(t, []uuid.UUID{second}, unsettled)
	third := e.Apply()
	unsettled, err = e.API.Unsettled(ctx, 30e9, 10)
	require.NoError(t, err)
	require.Equal(t, []uuid.UUID{second}, unsettled, "a young one is on its way")
	acts, err = e.API.Unrelayed(ctx, 30e9, 10)
	require.NoError(t, err)
	require.Len(t, acts, 1)
	unsettled, err = e.API.Unsettled(ctx, 0, 10)
	require.NoError(t, err)
	require.Equal(t, []uuid.UUID{second, third}, unsettled)
}

func TestAForloebHasItsOwnClock(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ctx := t.Context()
	e.Worker.Development = true
	id, other := e.Apply(), e.Apply()
	real := e.Now(other)
	ahead := real.AddDate(0, 8, 0)
	_, err := e.Worker.Look(ctx, id, ahead)
	require.NoError(t, err)
	require.WithinDuration(t, ahead, e.Now(id), 20e9)
	require.WithinDuration(t, real, e.Now(other), 20e9)
	p := e.Party(id, forloeb.Leader)
	require.WithinDuration(t, ahead, e.Do(id, storetest.By(p), forloeb.AskLink{Party: p.ID}).Now, 20e9)
	_, err = e.Worker.Look(ctx, id, e.Now(other))
	require.NoError(t, err)
	require.Equal(t, 2, e.Count(`select count(*) from forloeb where clock_offset = '0'`), "wound back")

	e.Worker.Development = false
	_, err = e.Worker.Look(ctx, id, ahead)
	require.NoError(t, err)
	require.Equal(t, 2, e.Count(`select count(*) from forloeb where clock_offset = '0'`))
}

// A server that keeps Danish time must not be an hour off across summer time.
func TestTheClockDoesNotMindSummerTime(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	e.Worker.Development = true
	id := e.Apply()
	real := e.Now(id)
	for _, months := range []int{3, 6, 9} {
		ahead := real.AddDate(0, months, 0)
		_, err := e.Worker.Look(t.Context(), id, ahead)
		require.NoError(t, err)
		var now string
		tx := e.DB.MustBegin()
		tx.MustExec(`set local timezone = 'Europe/Copenhagen'`)
		require.NoError(t, tx.Get(&now, `select to_char(forloeb_now(f) at time zone 'UTC', 'YYYY-MM-DD HH24') from forloeb f where id = $1`, id))
		require.NoError(t, tx.Rollback())
		require.Equal(t, e.Now(id).UTC().Format("2006-01-02 15"), now)
	}
}

// Looking at a letter gives what was sent, and changes nothing.
func TestALetterCanBeLookedAt(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	l.to(2026, 12, 7, 12, 0) // five working days without a meeting: a collected mail
	for _, sent := range l.Sent(l.id) {
		before := l.Read(l.id)
		looked, err := l.API.Letter(t.Context(), sent.Letter.Mail.ID)
		require.NoError(t, err)
		require.Equal(t, before, l.Read(l.id))
		require.Equal(t, sent.Letter.Mail.Kind, looked.Mail.Kind)
		require.Equal(t, sent.Letter.Party, looked.Party)
		require.Equal(t, sent.Letter.Consultant, looked.Consultant)
		require.Equal(t, sent.Letter.Digest, looked.Digest)
		require.WithinDuration(t, sent.At, looked.Now, 5*time.Second, "as of when it was sent")
	}
	require.NotEmpty(t, l.Sent(l.id))
	_, err := l.API.Letter(t.Context(), 1<<40)
	require.ErrorIs(t, err, store.ErrNotFound)
}
