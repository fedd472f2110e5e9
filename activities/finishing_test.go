package activities

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// oneDraft is a store with one mail about a draft that is due.
type oneDraft struct {
	DraftStore
	claimed bool
	settled []forloeb.Outcome
}

func (s *oneDraft) ExpireApplicationDrafts(context.Context) error { return nil }

func (s *oneDraft) ClaimDraftMail(context.Context) (*forloeb.DraftLetter, error) {
	if s.claimed {
		return nil, nil
	}
	s.claimed = true
	return &forloeb.DraftLetter{}, nil
}

func (s *oneDraft) SettleDraftMail(_ context.Context, _ int64, _ int, o forloeb.Outcome, _ time.Duration) error {
	s.settled = append(s.settled, o)
	return nil
}

// slowServer takes a while for every mail, unless it is broken off.
type slowServer time.Duration

func (d slowServer) SendDraft(ctx context.Context, _ forloeb.DraftLetter) forloeb.Outcome {
	select {
	case <-ctx.Done():
		return forloeb.Outcome{State: forloeb.MailUncertain, Code: "lost"}
	case <-time.After(time.Duration(d)):
		return forloeb.Outcome{State: forloeb.MailSent}
	}
}

// A worker that is told to stop lets the mail server answer, and does not wait
// for one that never does.
func TestAMailIsFinishedBeforeTheWorkerStops(t *testing.T) {
	for took, c := range map[time.Duration]struct {
		becomes forloeb.MailState
		after   time.Duration // that it is told
	}{
		10 * time.Second: {forloeb.MailSent, 9 * time.Second},
		time.Hour:        {forloeb.MailPlanned, stopsWithin}, // and in doubt
	} {
		synctest.Test(t, func(t *testing.T) {
			store := &oneDraft{}
			ctx, stop := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, stop)
			began := time.Now()
			(&Drafts{Store: store, Mailer: slowServer(took), Log: slog.New(slog.DiscardHandler)}).Run(ctx)
			require.Equal(t, time.Second+c.after, time.Since(began))
			require.Len(t, store.settled, 1)
			require.Equal(t, c.becomes, store.settled[0].State)
		})
	}
}
