package forloeb

import (
	"errors"
	"time"

	"github.com/google/uuid"
)

// The types in this file are what lists over all forløb show. They hold what
// a row of a list needs and no more.

// MaxRows is the most rows of one page.
const MaxRows = 50

// ErrBadCursor: a cursor that no list has given out.
var ErrBadCursor = errors.New("the cursor is not one that a list has given; begin at the first page")

// ListFilter narrows the list of forløb. What is zero does not narrow.
type ListFilter struct {
	Statuses       []Status
	Programme      ProgrammeCode
	Type           TypeCode
	Provider       ProviderCode
	Municipality   string
	Theme          ThemeCode
	Consultant     uuid.UUID // the one in force
	Query          string    // part of the reference, or of a workplace's or a party's name; see ReferenceIn
	NeedsAttention bool
	Overdue        bool   // open, and what it waits for was promised for a day that is over
	Cursor         string // where the last page ended
	Limit          int    // at most MaxRows
}

// ListCounts counts the forløb that a filter leaves: Found with all of it, the
// others before it is narrowed to statuses, to what needs a person or to what
// is overdue.
type ListCounts struct {
	Found          int
	Open           int
	NeedsAttention int
	Overdue        int // see ListFilter
	Closed         int
}

// ListPage is one page of forløb: what needs a person first, then what
// happens soonest, then the rest, the newest first.
type ListPage struct {
	Rows []ListRow
	Next string // cursor of the next page; empty on the last one
}

// ListRow is one forløb in a list.
type ListRow struct {
	ID             uuid.UUID
	Reference      string
	Type           TypeCode
	Workplaces     int // that take part; one, unless it is shared
	Status         Status
	StatusSince    time.Time
	Workplace      string
	Municipality   string
	Region         string       // of a regional workplace
	Provider       ProviderCode // who carries it out; empty for SPARK's own consultants
	Themes         []ThemeCode
	ConsultantID   uuid.UUID // nil without
	Consultant     string
	Waiting        Waiting // as the workflow wrote it last
	NextAt         time.Time
	NeedsAttention bool
	Overdue        bool // see ListFilter
	Settled        bool
	Now            time.Time // on the forløb's own clock
}

// Where names the municipality or the region that the workplace belongs to.
func (r ListRow) Where() string {
	return Workplace{Municipality: r.Municipality, Region: r.Region}.Where()
}

// TaskPage is one page of tasks, oldest first.
type TaskPage struct {
	Rows []TaskRow
	Next string
}

// TaskRow is one task in a list.
type TaskRow struct {
	Task
	Handling
	ForloebID uuid.UUID
	Reference string
	Status    Status
	Workplace string
	Now       time.Time // on the forløb's own clock
}

// MailFilter narrows the log of mails. What is zero does not narrow.
type MailFilter struct {
	States []MailState
	Since  time.Time // see Mail.At
	Cursor string    // where the last page ended
}

// MailPage is one page of mails over all forløb, the newest first.
type MailPage struct {
	Rows []MailRow
	Next string
}

// MailRow is one mail in the log. It names no person: Side is the party's it
// went to, and empty when it went to a consultant.
type MailRow struct {
	Mail
	ForloebID uuid.UUID
	Reference string
	Side      Side
}

// At is when the mail was sent, or when it was owed while it is not: the order
// of the log, on the forløb's own clock.
func (m *Mail) At() time.Time {
	if m.SentAt.IsZero() {
		return m.PlannedAt
	}
	return m.SentAt
}

// Leave is a period in which a consultant takes no new forløb, both days
// included.
type Leave struct{ From, To time.Time }

// DefaultCapacity is how many open forløb a new consultant has room for, until
// the secretariat says otherwise.
const DefaultCapacity = 8

// ConsultantRecord is a consultant as the secretariat keeps them.
type ConsultantRecord struct {
	Consultant
	Leaves []Leave // those to come and the running one, by date
}

// ConsultantRow is a consultant in a list.
type ConsultantRow struct {
	ConsultantRecord
	Load    int  // forløb between assignment and the last meeting
	OnLeave bool // today
}

// SavedConsultant is what came of saving a consultant.
type SavedConsultant struct {
	ID   uuid.UUID
	Acts []Act // to relay: the forløb that may find room now
}

// ErrAddressTaken: another consultant has the mail address.
var ErrAddressTaken = errors.New("another consultant has this mail address")

// ErrBadConsultant: a consultant must have a name, an address, and themes and
// regions that exist.
var ErrBadConsultant = errors.New("a consultant needs a name, a mail address, and known themes and regions")
