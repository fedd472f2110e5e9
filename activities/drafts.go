package activities

import (
	"context"
	"log/slog"
	"time"

	"example.dk/spark/internal/crashpoint"
	"example.dk/spark/internal/forloeb"
)

// DraftStore is what the post of drafts needs of the database.
type DraftStore interface {
	// ClaimDraftMail marks a mail as being sent and returns its letter, or nil
	// when none is due.
	ClaimDraftMail(ctx context.Context) (*forloeb.DraftLetter, error)
	// SettleDraftMail notes what became of an attempt, and how long to wait
	// before the next.
	SettleDraftMail(ctx context.Context, mail int64, attempt int, outcome forloeb.Outcome, pause time.Duration) error
	// ExpireApplicationDrafts deletes the drafts whose time is over.
	ExpireApplicationDrafts(ctx context.Context) error
}

// DraftMailer hands one letter to the mail server.
type DraftMailer interface {
	SendDraft(ctx context.Context, letter forloeb.DraftLetter) forloeb.Outcome
}

// Drafts looks after applications that were saved and not sent: it mails their
// links and deletes them in time.
type Drafts struct {
	Store  DraftStore
	Mailer DraftMailer
	Log    *slog.Logger
}

// Run works until ctx ends, and then notes what became of what it has begun.
func (d *Drafts) Run(ctx context.Context) {
	(&post{of: "drafts", before: d.Store.ExpireApplicationDrafts, claim: d.claim, log: d.Log}).run(ctx)
}

func (d *Drafts) claim(ctx context.Context) (*outgoing, error) {
	letter, err := d.Store.ClaimDraftMail(ctx)
	if err != nil || letter == nil {
		return nil, err
	}
	return &outgoing{
		mail: letter.Mail, attempt: letter.Attempt,
		send: func(ctx context.Context) forloeb.Outcome {
			crashpoint.Hit("before hand-over", "application_draft")
			defer crashpoint.Hit("after hand-over", "application_draft")
			return d.Mailer.SendDraft(ctx, *letter)
		},
		settle: func(ctx context.Context, outcome forloeb.Outcome, pause time.Duration) error {
			return d.Store.SettleDraftMail(ctx, letter.Mail.ID, letter.Attempt, outcome, pause)
		},
	}, nil
}
