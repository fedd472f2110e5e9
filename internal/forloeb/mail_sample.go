package forloeb

import (
	"errors"
	"time"
)

// MaxSamples is how many samples of mails one member of staff gets in an hour.
const MaxSamples = 20

// ErrTooManySamples: they have had as many.
var ErrTooManySamples = errors.New("too many samples in an hour")

// SampleLetter is what a sample of a mail is composed from: one variant of a
// text, to whoever asked for it.
type SampleLetter struct {
	ID        int64
	Attempt   int
	MessageID string
	Date      time.Time
	Name      string // of a member of staff
	Email     string
	Text      MailText
	Variant   string // the code of a MailSample
}
