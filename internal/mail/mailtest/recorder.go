// Package mailtest stands in for internal/mail in other packages' tests.
package mailtest

import (
	"context"
	"sync"

	"example.dk/spark/internal/forloeb"
)

// Recorder takes letters as a mailer does and keeps them. The zero value
// reports every letter as sent.
type Recorder struct {
	// Outcome, when set, decides what becomes of a letter. It is called
	// without the lock, so it may ask the recorder.
	Outcome func(forloeb.Letter) forloeb.Outcome

	mu      sync.Mutex
	letters []forloeb.Letter
}

// Send keeps the letter and says what became of it.
func (r *Recorder) Send(_ context.Context, l forloeb.Letter) forloeb.Outcome {
	r.mu.Lock()
	r.letters = append(r.letters, l)
	r.mu.Unlock()
	if r.Outcome != nil {
		return r.Outcome(l)
	}
	return forloeb.Outcome{State: forloeb.MailSent}
}

// Letters lists every letter that was handed over, oldest first: also those
// that were not sent.
func (r *Recorder) Letters() []forloeb.Letter {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]forloeb.Letter(nil), r.letters...)
}

// Kinds lists the kinds of the letters, oldest first.
func (r *Recorder) Kinds() (kinds []forloeb.MailKind) {
	for _, l := range r.Letters() {
		kinds = append(kinds, l.Mail.Kind)
	}
	return kinds
}

// Count is how many letters of a kind were handed over.
func (r *Recorder) Count(kind forloeb.MailKind) (n int) {
	for _, l := range r.Letters() {
		if l.Mail.Kind == kind {
			n++
		}
	}
	return n
}
