package forloeb

import "time"

// CalendarLink is how a consultant's calendar can be followed without a login.
type CalendarLink struct {
	Version int       // signs it, and every other link of the consultant's own
	Since   time.Time // when it was made, in real time; zero while there is none
}

// FeedBackDays is how long a calendar that is followed keeps what is over: a
// meeting after its day, and a cancelled one after it was cancelled.
const FeedBackDays = 30

// FeedMeeting is a meeting as a calendar that is followed shows it: when and
// where, and which case; nobody's name.
type FeedMeeting struct {
	Reference string
	Programme ProgrammeCode
	UID       string // the invitation's
	Sequence  int    // likewise
	StartsAt  time.Time
	EndsAt    time.Time
	Place     string
	State     MeetingState
	ChangedAt time.Time // when it last became what it is
}
