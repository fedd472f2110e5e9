package activities

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"

	"example.dk/spark/internal/forloeb"
)

var now = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// mailStore holds one mail.
type mailStore struct {
	Store
	kind     forloeb.MailKind
	state    forloeb.MailState // before it was claimed
	doubts   int
	gone     bool
	claiming func()
	claimErr error
	settled  []forloeb.Outcome
	settleIn func(ctx context.Context) error
}

func (s *mailStore) ClaimMail(_ context.Context, id int64, at time.Time) (*forloeb.Letter, error) {
	if s.gone || s.claimErr != nil {
		return nil, s.claimErr
	}
	if s.claiming != nil {
		s.claiming()
	}
	mail := forloeb.Mail{ID: id, Kind: s.kind, State: s.state, Doubts: s.doubts}
	return &forloeb.Letter{Mail: mail, Attempt: 4, Forloeb: &forloeb.Forloeb{}, Now: at}, nil
}

func (s *mailStore) SettleMail(ctx context.Context, _ int64, attempt int, outcome forloeb.Outcome) error {
	if attempt != 4 {
		return errors.New("another attempt")
	}
	if s.settleIn != nil {
		if err := s.settleIn(ctx); err != nil {
			return err
		}
	}
	s.settled = append(s.settled, outcome)
	return nil
}

// mailer answers every letter in the same way.
type mailer struct {
	answer  forloeb.Outcome
	letters []forloeb.Letter
	during  func(ctx context.Context)
}

func (m *mailer) Send(ctx context.Context, letter forloeb.Letter) forloeb.Outcome {
	m.letters = append(m.letters, letter)
	if m.during != nil {
		m.during(ctx)
	}
	return m.answer
}

func outcome(state forloeb.MailState, code string, doubts int) forloeb.Outcome {
	return forloeb.Outcome{State: state, Code: code, Doubts: doubts}
}

// Complaint K32.
func TestWhatBecomesOfAMail(t *testing.T) {
	const request, questionnaire = forloeb.MailConsentRequest, forloeb.MailEvaluationRequest
	for _, c := range []struct {
		name    string
		kind    forloeb.MailKind
		doubts  int
		answer  forloeb.Outcome
		settled forloeb.Outcome
		again   string // the code it is tried again with
		pause   time.Duration
	}{
		{"accepted", request, 0, outcome(forloeb.MailSent, "250", 0), outcome(forloeb.MailSent, "250", 0), "", 0},
		{"refused for good", request, 0, outcome(forloeb.MailFailed, "550", 0), outcome(forloeb.MailFailed, "550", 0), "", 0},
		{"not now", request, 0, outcome(forloeb.MailPlanned, "451", 0), outcome(forloeb.MailPlanned, "451", 0), "451", 0},
		{"not now, without a code", request, 0, outcome(forloeb.MailPlanned, "", 0), outcome(forloeb.MailPlanned, "", 0), "mail_retry", 0},
		{"not now takes no doubt away", request, 2, outcome(forloeb.MailPlanned, "451", 0), outcome(forloeb.MailPlanned, "451", 2), "451", 0},
		{"uncertain is sent again, but not at once", request, 0, outcome(forloeb.MailUncertain, "lost", 0), outcome(forloeb.MailPlanned, "lost", 1), "lost", 30 * time.Minute},
		{"uncertain again", request, 1, outcome(forloeb.MailUncertain, "lost", 0), outcome(forloeb.MailPlanned, "lost", 2), "lost", 30 * time.Minute},
		{"uncertain for the third time is a person's to judge", request, 2, outcome(forloeb.MailUncertain, "lost", 0), outcome(forloeb.MailUncertain, "lost", 3), "", 0},
		{"an uncertain evaluation is a person's to judge", questionnaire, 0, outcome(forloeb.MailUncertain, "lost", 0), outcome(forloeb.MailUncertain, "lost", 1), "", 0},
		{"an evaluation that was not taken is sent again", questionnaire, 0, outcome(forloeb.MailPlanned, "421", 0), outcome(forloeb.MailPlanned, "421", 0), "421", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			store := &mailStore{kind: c.kind, doubts: c.doubts}
			do := &Activities{Store: store, Mailer: &mailer{answer: c.answer}}
			err := do.SendMail(t.Context(), SendInput{Mail: 7, Now: now})
			require.Equal(t, []forloeb.Outcome{c.settled}, store.settled)
			if c.again == "" {
				require.NoError(t, err)
				return
			}
			var application *temporal.ApplicationError
			require.ErrorAs(t, err, &application)
			require.Equal(t, c.again, application.Type())
			require.Equal(t, c.again, application.Message())
			require.False(t, application.NonRetryable())
			require.Equal(t, c.pause, application.NextRetryDelay())
			require.NoError(t, errors.Unwrap(application))
		})
	}
}

// The worker died after the mail server's answer and before it was noted. The
// store counts it among the doubts.
func TestAnAttemptThatNeverToldHowItEnded(t *testing.T) {
	sender := &mailer{answer: outcome(forloeb.MailSent, "250", 0)}
	for _, doubts := range []int{1, 2} {
		reminder := &mailStore{kind: forloeb.MailConsentReminder, state: forloeb.MailSending, doubts: doubts}
		require.NoError(t, (&Activities{Store: reminder, Mailer: sender}).SendMail(t.Context(), SendInput{Mail: 7, Now: now}))
		require.Len(t, sender.letters, doubts, "sent again, as the same message")
	}
	for kind, doubts := range map[forloeb.MailKind]int{forloeb.MailEvaluationRequest: 1, forloeb.MailConsentReminder: 3} {
		store := &mailStore{kind: kind, state: forloeb.MailSending, doubts: doubts}
		require.NoError(t, (&Activities{Store: store, Mailer: sender}).SendMail(t.Context(), SendInput{Mail: 8, Now: now}))
		require.Len(t, sender.letters, 2, "a person decides")
		require.Equal(t, []forloeb.Outcome{outcome(forloeb.MailUncertain, "interrupted", doubts)}, store.settled)
	}
}

// A worker that was frozen while it took the mail in hand does not begin to
// send it: another may have.
func TestWhoComesTooLateSendsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sender := &mailer{answer: outcome(forloeb.MailSent, "250", 0)}
		store := &mailStore{kind: forloeb.MailConsentRequest, doubts: 1, claiming: func() { time.Sleep(lateAfter + 1) }}
		require.Error(t, (&Activities{Store: store, Mailer: sender}).SendMail(t.Context(), SendInput{Mail: 7, Now: now}))
		require.Empty(t, sender.letters)
		require.Equal(t, []forloeb.Outcome{outcome(forloeb.MailPlanned, "late", 1)}, store.settled)
	})
}

func TestNothingToSendAnyMore(t *testing.T) {
	sender := &mailer{}
	do := &Activities{Store: &mailStore{gone: true}, Mailer: sender}
	require.NoError(t, do.SendMail(t.Context(), SendInput{Mail: 7, Now: now}))
	require.Empty(t, sender.letters)
}

func TestAMailThatCannotBeClaimedIsNotSent(t *testing.T) {
	sender := &mailer{}
	do := &Activities{Store: &mailStore{claimErr: errors.New("away")}, Mailer: sender}
	require.Error(t, do.SendMail(t.Context(), SendInput{Mail: 7, Now: now}))
	require.Empty(t, sender.letters)
}

// The worker stops while the mail server answers: the answer is still noted.
func TestTheAnswerReachesTheRowAlsoWhenStopping(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	store := &mailStore{settleIn: func(ctx context.Context) error { return ctx.Err() }}
	do := &Activities{Store: store, Mailer: &mailer{answer: outcome(forloeb.MailSent, "250", 0), during: func(context.Context) { stop() }}}
	require.NoError(t, do.SendMail(ctx, SendInput{Mail: 7, Now: now}))
	require.Len(t, store.settled, 1)
}

// What left a doubt is not sent again at once either when the doubt itself
// could not be noted, or was, and nobody told.
func TestADoubtThatIsNotNotedPausesToo(t *testing.T) {
	away := errors.New("the connection is lost")
	for state, doubts := range map[forloeb.MailState]int{forloeb.MailUncertain: 1, forloeb.MailSent: 0} {
		store := &mailStore{kind: forloeb.MailConsentRequest, settleIn: func(context.Context) error { return away }}
		do := &Activities{Store: store, Mailer: &mailer{answer: outcome(state, "lost", doubts)}}
		err := do.SendMail(t.Context(), SendInput{Mail: 7, Now: now})
		var application *temporal.ApplicationError
		if doubts == 0 {
			require.ErrorIs(t, err, away)
			continue
		}
		require.ErrorAs(t, err, &application)
		require.Equal(t, "unsettled", application.Type())
		require.Equal(t, 30*time.Minute, application.NextRetryDelay())
	}
}

// A mail server that never answers is given up before the activity is.
func TestSendingHasAnEnd(t *testing.T) {
	deadline := time.Time{}
	do := &Activities{Store: &mailStore{}, Mailer: &mailer{
		answer: outcome(forloeb.MailPlanned, "timeout", 0),
		during: func(ctx context.Context) { deadline, _ = ctx.Deadline() },
	}}
	require.Error(t, do.SendMail(t.Context(), SendInput{Mail: 7, Now: now}))
	require.WithinDuration(t, time.Now().Add(sendTimeout), deadline, 5*time.Second)
	require.Less(t, lateAfter+sendTimeout+settleTimeout, SendLimit)
}

func TestTheLetterHasTheForloebsTime(t *testing.T) {
	sender := &mailer{answer: outcome(forloeb.MailSent, "250", 0)}
	do := &Activities{Store: &mailStore{}, Mailer: sender}
	require.NoError(t, do.SendMail(t.Context(), SendInput{Mail: 7, Now: now}))
	require.Equal(t, now, sender.letters[0].Now)
}

// rowStore answers the other activities.
type rowStore struct {
	Store
	err     error
	asked   uuid.UUID
	at      time.Time
	changed forloeb.Change
}

func (s *rowStore) Look(_ context.Context, id uuid.UUID, at time.Time) (forloeb.View, error) {
	s.asked, s.at = id, at
	return forloeb.View{Version: 3}, s.err
}

func (s *rowStore) Commit(_ context.Context, change forloeb.Change) error {
	s.changed = change
	return s.err
}

func (s *rowStore) Match(_ context.Context, id uuid.UUID, at time.Time) (forloeb.Matched, error) {
	s.asked, s.at = id, at
	return forloeb.Matched{Assigned: true}, s.err
}

// After a restore nothing is handed over, and it is asked again every minute.
func TestAMailThatWaitsAfterARestore(t *testing.T) {
	sender := &mailer{}
	do := &Activities{Store: &mailStore{claimErr: forloeb.ErrMailsWait}, Mailer: sender}
	var application *temporal.ApplicationError
	require.ErrorAs(t, do.SendMail(t.Context(), SendInput{Mail: 7, Now: now}), &application)
	require.Equal(t, "restored", application.Type())
	require.Equal(t, time.Minute, application.NextRetryDelay())
	require.False(t, application.NonRetryable())
	require.Empty(t, sender.letters)
}
