package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// HeldMail is a request that waits for the secretariat because many applied in
// an hour, and not because its own address got too many.
type HeldMail struct {
	Mail      int64
	Forloeb   uuid.UUID
	Reference string
	Workplace string // where it is known
	Side      Side
	Since     time.Time
	Fits      bool // with those before it, its address gets no more than it may in a week
}
