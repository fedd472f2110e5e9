package forloeb

import "time"

// Vitals are the figures by which those who run the product see whether it
// lives: sums over every forløb, that name nobody.
type Vitals struct {
	Forloeb   map[StatusOf]int // in each status of a programme; those that any is in
	Overdue   int              // whose day is over by their own clock
	Unsettled int              // that nobody seems to work on, as the relay's sweep sees it
	Tasks     map[TaskKind]int // that are open, also taken and put off ones
	Mails     map[MailState]int
	Held      int // mails that wait for a person to release them; in no state of Mails

	Drafts map[MailState]int // mails about drafts of applications

	OldestUnrelayed time.Duration // age of the oldest act that Temporal has not been told of; 0 without one
	OldestUnsettled time.Duration // how long the first of the unsettled has waited
	OldestUnsent    time.Duration // since the oldest mail that is neither held nor sent should have left
}

// StatusOf is a programme's status.
type StatusOf struct {
	Programme ProgrammeCode
	Status    Status
}
