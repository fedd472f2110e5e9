package activities

import (
	"context"
	"log/slog"
	"time"

	"example.dk/spark/internal/forloeb"
)

// StaffMailStore is what the post to staff needs of the database.
type StaffMailStore interface {
	// PlanDigests owes the day's digests to those who want one, once each, and
	// gives up what is left of earlier days.
	PlanDigests(ctx context.Context, day time.Time) error
	// ClaimStaffMail marks a mail as being sent and returns its letter, with what
	// it says as of now, or nil when none is due.
	ClaimStaffMail(ctx context.Context, now time.Time) (*forloeb.StaffLetter, error)
	// SettleStaffMail notes what became of an attempt, and how long to wait
	// before the next.
	SettleStaffMail(ctx context.Context, mail int64, attempt int, outcome forloeb.Outcome, pause time.Duration) error
}

// StaffMailer hands one letter to the mail server.
type StaffMailer interface {
	SendStaff(ctx context.Context, letter forloeb.StaffLetter) forloeb.Outcome
}

// StaffPost mails members of staff what is no forløb's own mail: the morning's
// digest, and a provider's about a forløb that is theirs now.
type StaffPost struct {
	Store  StaffMailStore
	Mailer StaffMailer
	Log    *slog.Logger
	Now    func() time.Time // nil: the real time
}

// Run works until ctx ends, and then notes what became of what it has begun.
func (s *StaffPost) Run(ctx context.Context) {
	(&post{of: "staff", before: s.plan, claim: s.claim, log: s.Log}).run(ctx)
}

func (s *StaffPost) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

func (s *StaffPost) plan(ctx context.Context) error {
	if day := forloeb.DigestDay(s.now()); !day.IsZero() {
		return s.Store.PlanDigests(ctx, day)
	}
	return nil
}

func (s *StaffPost) claim(ctx context.Context) (*outgoing, error) {
	letter, err := s.Store.ClaimStaffMail(ctx, s.now())
	if err != nil || letter == nil {
		return nil, err
	}
	return &outgoing{
		mail: letter.Mail, attempt: letter.Attempt,
		send: func(ctx context.Context) forloeb.Outcome { return s.Mailer.SendStaff(ctx, *letter) },
		settle: func(ctx context.Context, outcome forloeb.Outcome, pause time.Duration) error {
			return s.Store.SettleStaffMail(ctx, letter.Mail.ID, letter.Attempt, outcome, pause)
		},
	}, nil
}
