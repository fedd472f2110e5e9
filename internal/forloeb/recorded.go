package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// Recorded is what came of a deed, or of several at once.
type Recorded struct {
	Forloeb *Forloeb  // as it was under the lock, before the first deed
	Acts    []Act     // to relay: this forløb's, and those of the forløb it nudged
	Now     time.Time // on the forløb's clock
}

// Created is an application that was received, now or before with the same key.
type Created struct {
	ID   uuid.UUID
	Acts []Act // to relay; none when it was received before
}
