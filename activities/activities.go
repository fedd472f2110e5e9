// Package activities is what the process does: it reads the facts of a
// forløb, writes the process's steps, looks for a consultant and sends mail.
// The workflow decides when. Every activity may run more than once for one
// step, so each is safe to repeat.
package activities

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Store is what the activities need of the database.
type Store interface {
	// Look reads a forløb's facts and computes what the workflow knows of them.
	Look(ctx context.Context, id uuid.UUID, now time.Time) (forloeb.View, error)
	// Commit writes a step and its effects. A step that is stale or already
	// done is no error: the row knows, and the workflow looks again.
	Commit(ctx context.Context, change forloeb.Change) error
	// Match assigns the best consultant with room, if there is one.
	Match(ctx context.Context, id uuid.UUID, now time.Time) (forloeb.Matched, error)
	// ClaimMail marks a mail as being sent and returns its letter, or nil when
	// there is nothing to send any more.
	ClaimMail(ctx context.Context, mail int64, now time.Time) (*forloeb.Letter, error)
	// SettleMail notes what became of an attempt at a mail that was claimed.
	SettleMail(ctx context.Context, mail int64, attempt int, outcome forloeb.Outcome) error
}

// Mailer hands one letter to the mail server.
type Mailer interface {
	Send(ctx context.Context, letter forloeb.Letter) forloeb.Outcome
}

// Activities carries out what the workflow decides. Every exported method is
// an activity, registered under its own name.
type Activities struct {
	Store  Store
	Mailer Mailer
	// Cause finds what traces know of a forløb, see store.Cause; nil when nobody
	// traces.
	Cause func(ctx context.Context, id uuid.UUID) (carried string, fresh bool, err error)
}
