package activities

import (
	"context"
	"errors"
	"testing"
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
	gone     bool
	claimErr error
	settled  []forloeb.Outcome
	settleIn func(ctx context.Context) error
}

func (s *mailStore) ClaimMail(_ context.Context, mail int64, at time.Time) (*forloeb.Letter, error) {
	if s.gone || s.claimErr != nil {
		return nil, s.claimErr
	}
	return &forloeb.Letter{Mail: forloeb.Mail{ID: mail, Kind: s.kind, State: s.state}, Now: at}, nil
}

func (s *mailStore) SettleMail(ctx context.Context, _ int64, outcome forloeb.Outcome, _ time.Time) error {
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

func outcome(state forloeb.MailState, code string) forloeb.Outcome {
	return forloeb.Outcome{State: state, Code: code}
}

func TestWhatBecomesOfAMail(t *testing.T) {
	for _, c := range []struct {
		name    string
		kind    forloeb.MailKind
		answer  forloeb.Outcome
		settled forloeb.Outcome
		again   string // the code it is tried again with
	}{
		{"accepted", forloeb.MailConsentRequest, outcome(forloeb.MailSent, "250"), outcome(forloeb.MailSent, "250"), ""},
		{"refused for good", forloeb.MailConsentRequest, outcome(forloeb.MailFailed, "550"), outcome(forloeb.MailFailed, "550"), ""},
		{"not now", forloeb.MailConsentRequest, outcome(forloeb.MailPlanned, "451"), outcome(forloeb.MailPlanned, "451"), "451"},
		{"not now, without a code", forloeb.MailConsentRequest, outcome(forloeb.MailPlanned, ""), outcome(forloeb.MailPlanned, ""), "mail_retry"},
		{"uncertain is sent again", forloeb.MailConsentRequest, outcome(forloeb.MailUncertain, "lost"), outcome(forloeb.MailPlanned, "lost"), "lost"},
		{"an uncertain evaluation is a person's to judge", forloeb.MailEvaluationRequest, outcome(forloeb.MailUncertain, "lost"), outcome(forloeb.MailUncertain, "lost"), ""},
		{"an evaluation that was not taken is sent again", forloeb.MailEvaluationRequest, outcome(forloeb.MailPlanned, "421"), outcome(forloeb.MailPlanned, "421"), "421"},
	} {
		t.Run(c.name, func(t *testing.T) {
			store := &mailStore{kind: c.kind}
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
			require.NoError(t, errors.Unwrap(application))
		})
	}
}

// The worker died after the mail server's answer and before it was noted.
func TestAnAttemptThatNeverToldHowItEnded(t *testing.T) {
	sender := &mailer{answer: outcome(forloeb.MailSent, "250")}
	reminder := &mailStore{kind: forloeb.MailConsentReminder, state: forloeb.MailSending}
	require.NoError(t, (&Activities{Store: reminder, Mailer: sender}).SendMail(t.Context(), SendInput{Mail: 7, Now: now}))
	require.Len(t, sender.letters, 1, "sent again, as the same message")

	evaluation := &mailStore{kind: forloeb.MailEvaluationRequest, state: forloeb.MailSending}
	require.NoError(t, (&Activities{Store: evaluation, Mailer: sender}).SendMail(t.Context(), SendInput{Mail: 8, Now: now}))
	require.Len(t, sender.letters, 1, "nobody is asked twice")
	require.Equal(t, []forloeb.Outcome{outcome(forloeb.MailUncertain, "interrupted")}, evaluation.settled)
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
	do := &Activities{Store: store, Mailer: &mailer{answer: outcome(forloeb.MailSent, "250"), during: func(context.Context) { stop() }}}
	require.NoError(t, do.SendMail(ctx, SendInput{Mail: 7, Now: now}))
	require.Len(t, store.settled, 1)
}

// A mail server that never answers is given up before the activity is.
func TestSendingHasAnEnd(t *testing.T) {
	deadline := time.Time{}
	do := &Activities{Store: &mailStore{}, Mailer: &mailer{
		answer: outcome(forloeb.MailPlanned, "timeout"),
		during: func(ctx context.Context) { deadline, _ = ctx.Deadline() },
	}}
	require.Error(t, do.SendMail(t.Context(), SendInput{Mail: 7, Now: now}))
	require.WithinDuration(t, time.Now().Add(sendTimeout), deadline, 5*time.Second)
	require.Less(t, sendTimeout+settleTimeout, time.Minute)
}

func TestTheLetterHasTheForloebsTime(t *testing.T) {
	sender := &mailer{answer: outcome(forloeb.MailSent, "250")}
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
