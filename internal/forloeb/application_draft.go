package forloeb

import (
	"time"

	"github.com/google/uuid"
)

const (
	// DraftDays is how long an application that was saved and not sent is kept
	// after it was saved last: as long as one that was sent and that nobody
	// answers. It holds what is said of people who have not been told yet.
	DraftDays = 21
	// MaxDraftMails is how many mails about drafts one address gets in a week:
	// the form mails strangers.
	MaxDraftMails = 3
)

// ApplicationDraft is an application that was saved to be sent later.
type ApplicationDraft struct {
	ID          uuid.UUID
	Key         string // the form's: the application is sent with it
	Programme   ProgrammeCode
	Form        string // which page it was typed on
	Typed       string // as a form is sent
	Email       string // whom the link is sent to
	LinkVersion int    // from 1; another address makes the links before it void
	Expires     time.Time
	Undelivered bool // the last mail with the link did not arrive, or perhaps not
}

// DraftExpires is when a draft goes that is saved at the instant: at the end
// of a day.
func DraftExpires(saved time.Time) time.Time {
	return EndOfDay(saved.In(Copenhagen).AddDate(0, 0, DraftDays))
}

// DraftLetter is what the mail with the link to a draft is composed from. What
// was typed is not in it.
type DraftLetter struct {
	Mail      Mail // as it was found: id, state and doubts
	Attempt   int  // this one's number
	MessageID string
	Date      time.Time
	Draft     ApplicationDraft
}
