package forloeb

import "time"

// WaitKey names one sentence of the catalogue that says what a forløb waits for.
type WaitKey string

// Waiting explains why nothing happens just now: for whom, since when, what
// is next and when. The applicant's page, the secretariat's list, the API and
// Temporal's UI (key and dates only) show the same one.
type Waiting struct {
	Key      WaitKey   `json:"key"`
	Side     Side      `json:"side,omitempty"`
	Since    time.Time `json:"since,omitzero"`
	Next     time.Time `json:"next,omitzero"`
	Deadline time.Time `json:"deadline,omitzero"`
	N        int       `json:"n,omitempty"`
	M        int       `json:"m,omitempty"`
	K        int       `json:"k,omitempty"`
	Many     bool      `json:"many,omitempty"` // more than two are meant: the forløb is shared
	At       time.Time `json:"at,omitzero"`    // the meeting's start

	Provider ProviderCode `json:"provider,omitempty"` // who carries it out, when that is not SPARK

	own bool // it is said to the consultant; never kept
}
