package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// StaffMailKind is a mail to a member of staff that is no forløb's own.
type StaffMailKind string

// Their kinds.
const (
	// StaffDigest tells somebody who wants it what waits for them today.
	StaffDigest StaffMailKind = "digest"
	// StaffProviderNew tells a provider's people that a forløb is theirs.
	StaffProviderNew StaffMailKind = "provider_new"
)

// StaffMailDays is after how many days without a login somebody gets the mail in
// the morning no more: the login is all that tells when a role has ended.
const StaffMailDays = 60

// When the digest may leave, on a working day in Denmark. What was missed in the
// morning is still of use until the office closes; after that, the next one is.
const (
	digestHour, digestMinute = 7, 30
	digestLastHour           = 16
)

// DigestDay is the day whose digests are due at the instant; zero when none are.
func DigestDay(now time.Time) time.Time {
	local := now.In(Copenhagen)
	if !WorkingDay(local) || local.Before(onClock(local, 0, digestHour, digestMinute)) || !local.Before(onClock(local, 0, digestLastHour, 0)) {
		return time.Time{}
	}
	return noon(local, 0)
}

// StaffLetter is what a mail to a member of staff is composed from. It names no
// party and no workplace: cases are told by their references.
type StaffLetter struct {
	Mail      Mail // as it was found: id, state and doubts
	Attempt   int  // this one's number
	MessageID string
	Date      time.Time
	Kind      StaffMailKind

	Name, Email string
	Access      Access

	Digest DayDigest // of a StaffDigest

	ForloebID uuid.UUID // the rest is of a StaffProviderNew
	Reference string
	ChooseBy  time.Time // when the parties are promised to hear
}

// DayDigest is somebody's day.
type DayDigest struct {
	Day          time.Time
	Tasks        []DigestTasks // of who runs forløb, the kind with the oldest first
	Meetings     []DigestItem  // a consultant's own today: Since is the start, Before the end
	Unregistered []DigestItem  // a consultant's own: Since is the start
}

// DigestTasks counts the tasks of one kind.
type DigestTasks struct {
	Kind   TaskKind
	Count  int
	Oldest string // reference of the forløb
	Since  time.Time
}

// Empty reports whether nothing waits: then no mail is sent.
func (d DayDigest) Empty() bool {
	return len(d.Tasks)+len(d.Meetings)+len(d.Unregistered) == 0
}

// Waiting counts the tasks.
func (d DayDigest) Waiting() (n int) {
	for _, t := range d.Tasks {
		n += t.Count
	}
	return n
}

var digestWords = map[TaskKind][2]string{
	TaskMail:         {"mail nåede ikke frem", "mails nåede ikke frem"},
	TaskMailHeld:     {"mail er holdt tilbage", "mails er holdt tilbage"},
	TaskAssess:       {"ansøgning skal vurderes", "ansøgninger skal vurderes"},
	TaskNoConsultant: {"forløb mangler en konsulent", "forløb mangler en konsulent"},
	TaskFirstMeeting: {"forløb mangler det første møde", "forløb mangler det første møde"},
	TaskNextMeeting:  {"forløb mangler det næste møde", "forløb mangler det næste møde"},
	TaskRegister:     {"forløb har et møde, der ikke er noteret", "forløb har et møde, der ikke er noteret"},
	TaskStart:        {"forløb er ikke begyndt i tide", "forløb er ikke begyndt i tide"},
	TaskContested:    {"noteret svar er bestridt", "noterede svar er bestridt"},
	TaskFix:          {"part bad om en rettelse", "parter bad om en rettelse"},
	TaskWrongPerson:  {"mail gik til den forkerte", "mails gik til den forkerte"},
	TaskPartyLeft:    {"kontaktperson skal skiftes", "kontaktpersoner skal skiftes"},
	TaskPauseAsked:   {"forløb ønsker en pause", "forløb ønsker en pause"},
	TaskReopenAsked:  {"ansøgning ønskes åbnet igen", "ansøgninger ønskes åbnet igen"},
}

// Words say what waits: "3 mails nåede ikke frem".
func (t DigestTasks) Words() string {
	words, known := digestWords[t.Kind]
	if !known {
		words = [2]string{"ting er værd at se på", "ting er værd at se på"}
	}
	if t.Count == 1 {
		return "1 " + words[0]
	}
	return Number(t.Count) + " " + words[1]
}
