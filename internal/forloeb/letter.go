package forloeb

import (
	"errors"
	"time"

	"github.com/google/uuid"
)

// Letter is everything a mail is composed from. The mail package turns it
// into words; nothing in it ever enters a workflow's history.
type Letter struct {
	Mail       Mail      // as it was found
	Attempt    int       // this one's number
	MessageID  string    // from the row, so that a retry is the same message
	Date       time.Time // from the row, likewise
	Forloeb    *Forloeb
	Party      *Party      // the recipient, where it is one
	Guest      *Guest      // likewise; one of the three is set
	Consultant *Consultant // likewise
	Meeting    *Meeting    // what a meeting's mail is about
	Digest     []DigestItem
	Text       MailText  // the sentences in the secretariat's words, as of the first attempt
	Now        time.Time // the forløb's clock
}

// ErrLetterGone: the mail cannot be written any more, because what it was about
// has changed or been erased.
var ErrLetterGone = errors.New("the mail can no longer be written")

// DigestItem is one line of a consultant's collected mail.
type DigestItem struct {
	Reference string
	Meeting   int       // ordinal, 0 when no meeting is meant
	MeetingID uuid.UUID // nil when none is meant
	Since     time.Time // the meeting's date, or since when nothing is booked
	Before    time.Time // last date to act
}

// Outcome is what became of an attempt to send a mail.
type Outcome struct {
	State  MailState // sent, failed, uncertain, or planned when it must be tried again
	Code   string    // SMTP code or a word of our own; never the server's text, which holds the address
	Doubts int       // the mail's from now on
}

// After is what an attempt comes to for the mail: one that may have arrived is
// sent again as the same message, until too much is in doubt and a person must
// decide. That an attempt surely did not arrive takes no doubt away about
// those before it.
func (m *Mail) After(o Outcome) Outcome {
	o.Doubts = m.Doubts
	if o.State != MailUncertain {
		return o
	}
	if o.Doubts++; o.Doubts < m.Kind.MaxDoubts() {
		o.State = MailPlanned
	}
	return o
}

// MaxDoubts is how many attempts in a row may leave it in doubt whether the
// mail has arrived, before it is no longer sent by itself. Nobody should be
// asked to evaluate twice.
func (k MailKind) MaxDoubts() int {
	if k == MailEvaluationRequest {
		return 1
	}
	return 3
}
