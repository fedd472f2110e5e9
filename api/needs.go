package api

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Process carries a forløb on when a person has done something.
type Process interface {
	// Now passes acts on at once and never waits. What it misses is found later.
	Now(ctx context.Context, acts ...forloeb.Act)
}

// News tells what changes, whoever changes it.
type News interface {
	// Listen tells until ctx ends. After a gap, in which it may have missed
	// some, it tells of news without ids.
	Listen(ctx context.Context, tell func(forloeb.News)) error
}

// Calendar writes meetings as calendars take them.
type Calendar interface {
	// CalendarFile is a booked meeting for a party's own calendar, as iCalendar:
	// the same entry as the invitation's.
	CalendarFile(f *forloeb.Forloeb, to *forloeb.Party, m *forloeb.Meeting, now time.Time) ([]byte, error)
	// Feed is a consultant's meetings, for a calendar that follows them.
	Feed(meetings []forloeb.FeedMeeting) ([]byte, error)
}

// Measure is told of every answer: the method and the route's template, both
// from a closed list and never an address, the status and how long it took. A
// stream of events takes as long as its page is open.
type Measure func(method, route string, status int, took time.Duration)

// Health tells how the parts behind the program are.
type Health interface {
	// Ready reports why the database or its schema cannot be used, or nil.
	Ready(ctx context.Context) error
	// ProcessAvailable reports why forløb do not move on, or nil.
	ProcessAvailable(ctx context.Context) error
}

// Store is everything the pages and the JSON API need of the database. What is
// not there, or is illegal, is a *forloeb.Refusal.
type Store interface {
	Reader
	Recorder
	Lists
	Consultants
	Tokens
	Staff
	KeptForms
	Drafts
	ApplicationDrafts
	Statistics
	Allowances
	Rounds
	Intakes
	MainMEDNotices
	Pile
	Notes
	Feeds
	MeetingNotes
	AccessLog
	MailTexts
	Duplicates
	Workplaces
	SavedViews
	StaffMails
	Recusals
}

// Reader finds one forløb, whole.
type Reader interface {
	Forloeb(ctx context.Context, id uuid.UUID) (*forloeb.Forloeb, error)
	Party(ctx context.Context, party uuid.UUID) (*forloeb.Forloeb, error)
	ByGuest(ctx context.Context, guest uuid.UUID) (*forloeb.Forloeb, error)
	ByMeeting(ctx context.Context, meeting uuid.UUID) (*forloeb.Forloeb, error)
	// Remarks are what people have written about it, oldest first.
	Remarks(ctx context.Context, id uuid.UUID) ([]forloeb.Remark, error)
	ByMail(ctx context.Context, mail int64) (*forloeb.Forloeb, error)
	ByTask(ctx context.Context, task int64) (*forloeb.Forloeb, error)
	// Now is the time on the forløb's own clock.
	Now(ctx context.Context, id uuid.UUID) (time.Time, error)
}

// AccessLog keeps who of the staff has seen what.
type AccessLog interface {
	// NoteAccess adds a line. What cannot be noted is not shown.
	NoteAccess(ctx context.Context, line forloeb.AccessLine) error
	// NoteStillOpen adds one unless there is one of the same sitting.
	NoteStillOpen(ctx context.Context, line forloeb.AccessLine) error
	// LookedAt reports whether somebody has had a forløb in hand so lately.
	LookedAt(ctx context.Context, who, id uuid.UUID, lately time.Duration) (bool, error)
	// AccessLog is the latest first.
	AccessLog(ctx context.Context, f forloeb.AccessFilter) (forloeb.AccessPage, error)
	// Insight is what is kept about the person with an address.
	Insight(ctx context.Context, email string) (forloeb.Insight, error)
}

// Duplicates are applications that came twice.
type Duplicates interface {
	// Alike are the open forløb that may be about the same as one, the likeliest
	// first.
	Alike(ctx context.Context, id uuid.UUID) ([]forloeb.Alike, error)
	// AlikeLately are those that are like one of the latest applications.
	AlikeLately(ctx context.Context) ([]forloeb.Alike, error)
	// SayNotAlike lets two be two.
	SayNotAlike(ctx context.Context, id, other, by uuid.UUID) error
}

// Recusals are where consultants are not to have forløb.
type Recusals interface {
	// Recusals are those of a consultant that are in force, the latest first.
	Recusals(ctx context.Context, consultant uuid.UUID) ([]forloeb.Recusal, error)
	// RecusedFrom are the open forløb that the consultant has there.
	RecusedFrom(ctx context.Context, r forloeb.Recusal) ([]forloeb.RecusedForloeb, error)
	// Recuse registers one that has been checked.
	Recuse(ctx context.Context, r forloeb.Recusal) ([]forloeb.Act, error)
	EndRecusal(ctx context.Context, consultant, id uuid.UUID, by forloeb.Actor) ([]forloeb.Act, error)
}

// Workplaces remember what they have had.
type Workplaces interface {
	// Earlier are the other forløb at the workplaces of one, the latest first.
	Earlier(ctx context.Context, id uuid.UUID) ([]forloeb.Earlier, error)
}

// Recorder writes what people do.
type Recorder interface {
	// Create receives a submission that has been checked. The same key with the
	// same submission gives the same forløb, with another one it refuses.
	Create(ctx context.Context, s forloeb.Submission, key string, by forloeb.Actor) (forloeb.Created, error)
	// RecordAll writes deeds together, or refuses them all.
	RecordAll(ctx context.Context, id uuid.UUID, by forloeb.Actor, deeds []forloeb.Deed) (forloeb.Recorded, error)
}

// Lists show many at a time.
type Lists interface {
	List(ctx context.Context, f forloeb.ListFilter) (forloeb.ListPage, error)
	ListCounts(ctx context.Context, f forloeb.ListFilter) (forloeb.ListCounts, error)
	// Tasks are the oldest first.
	Tasks(ctx context.Context, f forloeb.TaskFilter) (forloeb.TaskPage, error)
	// SettledSince are the tasks closed since then, the latest first.
	SettledSince(ctx context.Context, since time.Time) ([]forloeb.SettledTask, error)
	// HeldForMany are the requests that wait because many applied in an hour,
	// the oldest first.
	HeldForMany(ctx context.Context) ([]forloeb.HeldMail, error)
	// OpenTasks counts those that wait and are not put off, of each kind.
	OpenTasks(ctx context.Context) (map[forloeb.TaskKind]int, error)
	// MailLog is the mails of every forløb, the newest first.
	MailLog(ctx context.Context, f forloeb.MailFilter) (forloeb.MailPage, error)
	Ranking(ctx context.Context, id uuid.UUID) ([]forloeb.Ranked, error)
}

// Consultants are kept by the secretariat.
type Consultants interface {
	Consultants(ctx context.Context) ([]forloeb.ConsultantRow, error)
	SaveConsultant(ctx context.Context, c forloeb.ConsultantRecord) (forloeb.SavedConsultant, error)
	// Diary is what a consultant's calendar holds in a period.
	Diary(ctx context.Context, consultant uuid.UUID, from, to time.Time) (forloeb.Diary, error)
	// OwnMeetings are those of a consultant's open forløb, by start: all that
	// are booked, and those registered since.
	OwnMeetings(ctx context.Context, consultant uuid.UUID, since time.Time) ([]forloeb.OwnMeeting, error)
}

// Tokens tell who a program speaks for.
type Tokens interface {
	// Token refuses what is unknown, expired or revoked.
	Token(ctx context.Context, secret string) (forloeb.Principal, error)
}

// Staff are those who log in.
type Staff interface {
	// SignIn finds who the login told of, or answers forloeb.ErrNoAccess.
	SignIn(ctx context.Context, i forloeb.Identity) (forloeb.StaffMember, error)
	StaffMember(ctx context.Context, id uuid.UUID) (forloeb.StaffMember, error)
	StaffMembers(ctx context.Context) ([]forloeb.StaffMember, error)
	// SetStaffActive opens or closes somebody's access; closing ends their sessions.
	SetStaffActive(ctx context.Context, id uuid.UUID, active bool) error
	// EndSessions logs somebody out everywhere.
	EndSessions(ctx context.Context, id uuid.UUID) error
}

// KeptForms are what somebody sent after their login had run out.
type KeptForms interface {
	KeepForm(ctx context.Context, id uuid.UUID, k forloeb.KeptForm, life time.Duration) error
	KeptForm(ctx context.Context, id uuid.UUID) (forloeb.KeptForm, error)
	DropKeptForm(ctx context.Context, id uuid.UUID) error
}

// Login asks the provider who somebody is. Its errors are forloeb's.
type Login interface {
	// Begin is where to send the browser.
	Begin(ctx context.Context, state, nonce, verifier string) (string, error)
	// Finish trades the code that came back for who it is.
	Finish(ctx context.Context, code, nonce, verifier string) (forloeb.Identity, error)
	// LogoutAddress is where the provider logs out, or "".
	LogoutAddress(ctx context.Context) string
}

// Letters shows mails to staff.
type Letters interface {
	// Preview is a mail's subject and text, without its links; or
	// forloeb.ErrLetterGone.
	Preview(ctx context.Context, mail int64) (subject, text string, err error)

	// Kinds are the mails that a programme sends, in the order of a forløb.
	Kinds(p forloeb.ProgrammeCode) []forloeb.MailKind
	// Sentences are those of a kind that the secretariat words, as they came
	// with the program.
	Sentences(p forloeb.ProgrammeCode, kind forloeb.MailKind) []forloeb.MailSentence
	// Samples are how a text's mails will look, one for each variant.
	Samples(t forloeb.MailText) ([]forloeb.MailSample, error)
}

// MailTexts are what the secretariat has worded of the mails.
type MailTexts interface {
	// MailTexts are those in force; a kind that is not there is as it came with
	// the program.
	MailTexts(ctx context.Context, p forloeb.ProgrammeCode) (map[forloeb.MailKind]forloeb.MailText, error)
	// MailTextVersions are all of one kind, the latest first.
	MailTextVersions(ctx context.Context, p forloeb.ProgrammeCode, kind forloeb.MailKind) ([]forloeb.MailText, error)
	// SaveMailText adds a version to the one that t names, or answers
	// forloeb.ErrMailTextChanged when that is not the latest.
	SaveMailText(ctx context.Context, t forloeb.MailText, by forloeb.Actor) error
	// AskSample has a variant of a text sent to a member of staff, or answers
	// forloeb.ErrTooManySamples.
	AskSample(ctx context.Context, staff uuid.UUID, t forloeb.MailText, variant string) error
}

// StaffMails are what staff get by mail for themselves.
type StaffMails interface {
	// WantsDigest reports whether somebody wants a mail in the morning.
	WantsDigest(ctx context.Context, staff uuid.UUID) (bool, error)
	SetDigest(ctx context.Context, staff uuid.UUID, on bool) error
}

// SavedViews are the list of forløb as staff have narrowed it.
type SavedViews interface {
	// SavedViews are somebody's own and those that all see, by name.
	SavedViews(ctx context.Context, who forloeb.Principal) ([]forloeb.SavedView, error)
	SavedView(ctx context.Context, who forloeb.Principal, id uuid.UUID) (forloeb.SavedView, error)
	// SaveView answers forloeb.ErrTooManyViews or forloeb.ErrViewNameTaken where
	// it cannot.
	SaveView(ctx context.Context, owner uuid.UUID, v forloeb.SavedView) error
	// ChangeView answers forloeb.ErrViewNameTaken where it cannot.
	ChangeView(ctx context.Context, id uuid.UUID, name string, shared bool) error
	DropView(ctx context.Context, id uuid.UUID) error
}

// Drafts are answers to the questionnaire that were saved and not sent.
type Drafts interface {
	Draft(ctx context.Context, party uuid.UUID) (forloeb.Answers, error)
	SaveDraft(ctx context.Context, party uuid.UUID, a forloeb.Answers) (kept bool, err error)
}

// ApplicationDrafts are applications that were saved and not sent.
type ApplicationDrafts interface {
	// SaveApplicationDraft keeps a draft, or the one with its key anew, and owes
	// its writer a mail with the link, unless the address, which is also a
	// pseudonym, got too many.
	SaveApplicationDraft(ctx context.Context, d forloeb.ApplicationDraft, address string) (id uuid.UUID, linkVersion int, err error)
	ApplicationDraft(ctx context.Context, id uuid.UUID) (forloeb.ApplicationDraft, error)
	DropApplicationDraft(ctx context.Context, id uuid.UUID) error
	CountApplicationDrafts(ctx context.Context, p forloeb.ProgrammeCode) (int, error)
}

// Allowances remember how much of what is limited a network has done lately.
type Allowances interface {
	// Spend counts one more, of a network and of all together, and returns how
	// long to wait when that is too many in an hour. The network is a
	// pseudonym; 0 is any number.
	Spend(ctx context.Context, act, network string, each, together int) (wait time.Duration, err error)
}

// Intakes are what is decided about the programmes' intakes.
type Intakes interface {
	// Intake is the latest decision; as agreed when there is none.
	Intake(ctx context.Context, p forloeb.ProgrammeCode) (forloeb.IntakeDecision, error)
	// DecideIntake writes down a decision that has been checked.
	DecideIntake(ctx context.Context, i forloeb.IntakeDecision, by forloeb.Actor) error
}

// Statistics count, and tell nothing about persons.
type Statistics interface {
	// StatusCounts counts the forløb in each status that any is in.
	StatusCounts(ctx context.Context) (map[forloeb.Status]int, error)
	// Year counts what happened in a year of Copenhagen.
	Year(ctx context.Context, year int) (forloeb.YearCounts, error)
	// Statistics are the published tables of a filter.
	Statistics(ctx context.Context, f forloeb.StatisticsFilter) (forloeb.Statistics, error)
	// ConsultantLoad is how much each consultant has: for the head alone.
	ConsultantLoad(ctx context.Context) (forloeb.Table, error)
	// Initiatives counts what a programme's workplaces say has come of it.
	Initiatives(ctx context.Context, p forloeb.ProgrammeCode) (forloeb.Initiatives, error)
}

// Rounds are the sittings in which applications are assessed together.
type Rounds interface {
	// OpenRound is who waits, and what has been chosen for them so far.
	OpenRound(ctx context.Context, p forloeb.ProgrammeCode) (forloeb.Round, error)
	SaveRound(ctx context.Context, p forloeb.ProgrammeCode, by forloeb.Actor, choices []forloeb.RoundChoice) error
	// CloseRound writes every decision together with the record, or answers
	// forloeb.ErrRoundChanged or forloeb.ErrRoundUndecided.
	CloseRound(ctx context.Context, p forloeb.ProgrammeCode, by forloeb.Actor, seen forloeb.RoundSeen) (forloeb.ClosedRound, error)
	ClosedRounds(ctx context.Context, p forloeb.ProgrammeCode) ([]forloeb.Round, error)
	ClosedRound(ctx context.Context, id uuid.UUID) (forloeb.Round, error)
}

// MainMEDNotices are what the HovedMED of the municipalities are told.
type MainMEDNotices interface {
	MainMEDNotices(ctx context.Context) ([]forloeb.MainMEDNotice, error)
	// TellMainMED writes down that one was sent, or answers
	// forloeb.ErrNoticeChanged.
	TellMainMED(ctx context.Context, seen forloeb.MainMEDNotice, by forloeb.Actor) error
}

// Pile is how those who run forløb share the tasks. What is not open any more
// refuses.
type Pile interface {
	// Handlings are how a forløb's open tasks are shared, by number.
	Handlings(ctx context.Context, forloeb uuid.UUID) (map[int64]forloeb.Handling, error)
	// ClaimTask gives a task to by, also when from has it.
	ClaimTask(ctx context.Context, task int64, by, from uuid.UUID) error
	GiveUpTask(ctx context.Context, task int64, by uuid.UUID) error
	// PutOffTask hides a task until a day. The reason becomes a note.
	PutOffTask(ctx context.Context, task int64, by forloeb.Principal, until time.Time, reason string) error
	// ShowTask takes that back.
	ShowTask(ctx context.Context, task int64) error
}

// Notes are what those who run a forløb write down about it.
type Notes interface {
	// Notes are those that whoever asks may read, oldest first.
	Notes(ctx context.Context, forloeb uuid.UUID) ([]forloeb.Note, error)
	WriteNote(ctx context.Context, forloeb uuid.UUID, by forloeb.Principal, text string) error
	// StrikeNote takes the words out of a note.
	StrikeNote(ctx context.Context, forloeb uuid.UUID, note int64, by forloeb.Principal) error
}

// Feeds are the calendars that consultants follow.
type Feeds interface {
	// CalendarLink refuses whoever is no consultant any more.
	CalendarLink(ctx context.Context, consultant uuid.UUID) (forloeb.CalendarLink, error)
	// MakeCalendarLink makes one, or a new one; seen is the version it was asked
	// for at.
	MakeCalendarLink(ctx context.Context, consultant uuid.UUID, seen int) error
	DropCalendarLink(ctx context.Context, consultant uuid.UUID, seen int) error
	// Feed is what the calendar shows, by start.
	Feed(ctx context.Context, consultant uuid.UUID) ([]forloeb.FeedMeeting, error)
}

// MeetingNotes are what consultants write to themselves, each read by its
// writer alone.
type MeetingNotes interface {
	MeetingNote(ctx context.Context, meeting, consultant uuid.UUID) (forloeb.MeetingNote, error)
	// SaveMeetingNote answers forloeb.ErrMeetingNoteChanged when another version
	// than seen is there.
	SaveMeetingNote(ctx context.Context, meeting, consultant uuid.UUID, seen int, text string) error
}
