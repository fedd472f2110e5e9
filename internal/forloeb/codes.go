package forloeb

// Every code in this file is a wire word: it stands in rows, histories, JSON
// and metrics. Once released a code is never renamed or reused.

// Status is where a forløb stands. The workflow is a loop over it, and only an
// activity may write it.
type Status string

// The lifecycle. The database knows the same list and which steps between
// them are legal (table transitions).
const (
	AwaitingConsent    Status = "awaiting_consent"
	AwaitingAssessment Status = "awaiting_assessment"
	AwaitingConsultant Status = "awaiting_consultant"
	Planning           Status = "planning"
	InProgress         Status = "in_progress"
	AwaitingEvaluation Status = "awaiting_evaluation"
	Evaluating         Status = "evaluating"
	Completed          Status = "completed"
	Declined           Status = "declined"
	Lapsed             Status = "lapsed"
	Rejected           Status = "rejected"
	Withdrawn          Status = "withdrawn"
	Stopped            Status = "stopped"
)

// Statuses lists every status in the order of a forløb.
var Statuses = []Status{
	AwaitingConsent, AwaitingAssessment, AwaitingConsultant, Planning, InProgress,
	AwaitingEvaluation, Evaluating, Completed, Declined, Lapsed, Rejected, Withdrawn, Stopped,
}

// Closed reports whether nothing more happens by itself.
func (s Status) Closed() bool {
	switch s {
	case Completed, Declined, Lapsed, Rejected, Withdrawn, Stopped:
		return true
	}
	return false
}

// Reopenable reports whether the secretariat may open a forløb with this
// status again.
func (s Status) Reopenable() bool {
	switch s {
	case Declined, Lapsed, Withdrawn, Stopped:
		return true
	}
	return false
}

// Side is one of the two sides that must agree.
type Side string

// The two sides of a workplace.
const (
	Leader Side = "leader"
	Rep    Side = "rep"
)

// Other is the side across the table.
func (s Side) Other() Side {
	if s == Leader {
		return Rep
	}
	return Leader
}

// Role is what a party was elected or appointed as. The product never asks
// for a trade union: membership is sensitive data.
type Role string

// The leader has one role; an employee representative one of three.
const (
	RoleLeader       Role = "leader"
	RoleTR           Role = "tr"
	RoleAMR          Role = "amr"
	RoleOtherElected Role = "other_elected"
)

// StartedBy says who filled in the application.
type StartedBy string

// A helper fills in for others and never becomes a party.
const (
	StartedByLeader StartedBy = "leader"
	StartedByRep    StartedBy = "rep"
	StartedByOther  StartedBy = "other"
)

// Answer is what a party answers to the application. Only yes and no are
// stored as consents; the other two ask the secretariat to act.
type Answer string

// The four answers of the consent page. None is preselected.
const (
	Yes   Answer = "yes"
	No    Answer = "no"
	Fix   Answer = "fix"
	NotMe Answer = "not_me"
)

// Channel is the way an answer came in.
type Channel string

// Channels of a consent.
const (
	ByLink  Channel = "link"
	ByPhone Channel = "phone"
)

// Decision is what the secretariat decides where applications are assessed.
type Decision string

// Decisions of an assessment.
const (
	Approve  Decision = "approved"
	Waitlist Decision = "waitlisted"
	Reject   Decision = "rejected"
)

// MeetingState is what has become of a meeting.
type MeetingState string

// A no-show does not count as held.
const (
	Booked    MeetingState = "booked"
	Held      MeetingState = "held"
	NoShow    MeetingState = "no_show"
	Cancelled MeetingState = "cancelled"
)

// MailState is how far a mail has come.
type MailState string

// Uncertain: the connection was lost after the final dot, so the mail may or
// may not have been accepted.
const (
	MailPlanned   MailState = "planned"
	MailSending   MailState = "sending"
	MailSent      MailState = "sent"
	MailUncertain MailState = "uncertain"
	MailFailed    MailState = "failed"
	MailCancelled MailState = "cancelled"
)

// CodeManyApplications is the code of a mail that is held back because more
// applications than usual have come in an hour. One that is held back because
// of its own address has none.
const CodeManyApplications = "many_applications"

// ActName names something that happened. It is also the name of the signal
// that tells the workflow about it.
type ActName string

// Everything that can happen to a forløb from outside.
const (
	ConsentAnswered      ActName = "consent-answered"
	ApplicationChanged   ActName = "application-changed"
	PartyReplaced        ActName = "party-replaced"
	AssessmentDecided    ActName = "assessment-decided"
	ConsultantAssigned   ActName = "consultant-assigned"
	ConsultantReleased   ActName = "consultant-released"
	ConsultantAccepted   ActName = "consultant-accepted"
	ConsultantDeclined   ActName = "consultant-declined"
	MeetingBooked        ActName = "meeting-booked"
	MeetingMoved         ActName = "meeting-moved"
	MeetingCancelled     ActName = "meeting-cancelled"
	MeetingRegistered    ActName = "meeting-registered"
	ExtraMeetingsGranted ActName = "extra-meetings-granted"
	MeetingsFinished     ActName = "meetings-finished"
	PartyLeft            ActName = "party-left"
	ForloebReopened      ActName = "forloeb-reopened"
	ForloebWithdrawn     ActName = "forloeb-withdrawn"
	ForloebStopped       ActName = "forloeb-stopped"
	EvaluationAnswered   ActName = "evaluation-answered"
	MailSettled          ActName = "mail-settled"
	CapacityFreed        ActName = "capacity-freed"
	FactsChanged         ActName = "facts-changed"
)

// ActNames lists every act, and so every signal the workflow listens to.
var ActNames = []ActName{
	ConsentAnswered, ApplicationChanged, PartyReplaced, AssessmentDecided,
	ConsultantAssigned, ConsultantReleased, MeetingBooked, MeetingMoved,
	MeetingCancelled, MeetingRegistered, ExtraMeetingsGranted, MeetingsFinished,
	PartyLeft, ForloebReopened, ForloebWithdrawn, ForloebStopped,
	EvaluationAnswered, MailSettled, CapacityFreed, FactsChanged,
	ConsultantAccepted, ConsultantDeclined,
}

// Duty is something the calendar owes: it falls due on a date without anybody
// doing anything.
type Duty string

// Duties. A transition's duty moves the forløb; the others owe a mail or a task.
const (
	ConsentDeadline    Duty = "consent_deadline"
	JoinDeadline       Duty = "join_deadline" // a shared forløb begins with those who have joined
	ConsentReminder    Duty = "consent_reminder"
	ContestEnds        Duty = "contest_ends" // an answer noted by telephone stands
	StillWaiting       Duty = "still_waiting"
	MatchAgain         Duty = "match_again"
	OfferEnds          Duty = "offer_ends" // the consultant has not said no
	FirstMeetingMail   Duty = "first_meeting_mail"
	FirstMeetingTask   Duty = "first_meeting_task"
	StartTask          Duty = "start_task"
	MeetingReminder    Duty = "meeting_reminder"
	RegisterMail       Duty = "register_mail"
	RegisterTask       Duty = "register_task"
	NextMeetingMail    Duty = "next_meeting_mail"
	NextMeetingTask    Duty = "next_meeting_task"
	OpenTooLongTask    Duty = "open_too_long_task"
	MeetingsDone       Duty = "meetings_done"
	EvaluationDue      Duty = "evaluation_due"
	EvaluationNext     Duty = "evaluation_next" // of another workplace of a shared forløb
	EvaluationReminder Duty = "evaluation_reminder"
	EvaluationClose    Duty = "evaluation_close"
	PauseEnds          Duty = "pause_ends"
	MailStuck          Duty = "mail_stuck"
	MailTooLate        Duty = "mail_too_late" // the meeting begins that a mail is about, so that its task closes
)

// Transition duties are handled by the step that moves the forløb; every
// other duty is owed by whatever status the forløb is in.
func (d Duty) Transition() bool {
	switch d {
	case ConsentDeadline, JoinDeadline, ContestEnds, EvaluationDue, EvaluationClose, MatchAgain, OfferEnds:
		return true
	}
	return false
}

// MailKind is one of the product's mails.
type MailKind string

// Mails to the parties, then to the consultant (c_…).
const (
	MailConsentRequest     MailKind = "consent_request"
	MailConsentReminder    MailKind = "consent_reminder"
	MailOtherMissing       MailKind = "other_missing"
	MailDeadlineMoved      MailKind = "deadline_moved"
	MailAnswerYes          MailKind = "answer_yes"
	MailAnswerNo           MailKind = "answer_no"
	MailPhoneReceipt       MailKind = "phone_receipt"
	MailFixAsked           MailKind = "fix_asked"
	MailChanged            MailKind = "changed"
	MailBothAgreed         MailKind = "both_agreed"
	MailDeclined           MailKind = "declined"
	MailLapsed             MailKind = "lapsed"
	MailLinkAgain          MailKind = "link_again"
	MailApplicationText    MailKind = "application_text"
	MailApproved           MailKind = "approved"
	MailWaitlisted         MailKind = "waitlisted"
	MailRejected           MailKind = "rejected"
	MailStillWaiting       MailKind = "still_waiting"
	MailConsultantAssigned MailKind = "consultant_assigned"
	MailConsultantChanged  MailKind = "consultant_changed"
	MailMeetingInvitation  MailKind = "meeting_invitation"
	MailMeetingMoved       MailKind = "meeting_moved"
	MailMeetingCancelled   MailKind = "meeting_cancelled"
	MailMeetingReminder    MailKind = "meeting_reminder"
	MailExtraMeetings      MailKind = "extra_meetings"
	MailMeetingsDone       MailKind = "meetings_done"
	MailEvaluationRequest  MailKind = "evaluation_request"
	MailEvaluationReminder MailKind = "evaluation_reminder"
	MailEvaluationThanks   MailKind = "evaluation_thanks"
	MailWithdrawn          MailKind = "withdrawn"
	MailStopped            MailKind = "stopped"
	MailDuplicate          MailKind = "duplicate"
	MailContactNew         MailKind = "contact_new"
	MailContactOld         MailKind = "contact_old"
	MailReopened           MailKind = "reopened"
	MailWorkplaceInvited   MailKind = "workplace_invited"
	MailJointStarted       MailKind = "joint_started"
	MailWorkplaceLeft      MailKind = "workplace_left"
	MailPaused             MailKind = "paused"
	MailResumed            MailKind = "resumed"
	MailGuestAdded         MailKind = "guest_added"

	MailConsultantNew     MailKind = "c_assigned"
	MailConsultantGone    MailKind = "c_unassigned"
	MailFirstMissing      MailKind = "c_first_missing"
	MailNextMissing       MailKind = "c_next_missing"
	MailRegister          MailKind = "c_register"
	MailConsultantChanges MailKind = "c_changed"
	MailCannotCome        MailKind = "c_cannot_come"
)

// MailKinds lists every mail in the order of a forløb.
var MailKinds = []MailKind{
	MailConsentRequest, MailConsentReminder, MailOtherMissing, MailDeadlineMoved, MailAnswerYes, MailAnswerNo, MailPhoneReceipt,
	MailFixAsked, MailChanged, MailBothAgreed, MailDeclined, MailLapsed, MailLinkAgain,
	MailApplicationText, MailApproved, MailWaitlisted, MailRejected, MailStillWaiting,
	MailConsultantAssigned, MailConsultantChanged, MailMeetingInvitation, MailMeetingMoved,
	MailMeetingCancelled, MailMeetingReminder, MailExtraMeetings, MailMeetingsDone,
	MailEvaluationRequest, MailEvaluationReminder, MailEvaluationThanks, MailWithdrawn,
	MailStopped, MailDuplicate, MailContactNew, MailContactOld, MailReopened,
	MailWorkplaceInvited, MailJointStarted, MailWorkplaceLeft, MailPaused, MailResumed, MailGuestAdded,
	MailConsultantNew, MailConsultantGone, MailFirstMissing, MailNextMissing, MailRegister,
	MailConsultantChanges, MailCannotCome,
}

// Digest reports whether mails of this kind to one consultant are collected:
// one a day, naming every forløb that needs it.
func (k MailKind) Digest() bool {
	return k == MailFirstMissing || k == MailNextMissing || k == MailRegister
}

// TaskKind is something only a person can settle.
type TaskKind string

// Tasks for the secretariat.
const (
	TaskMail           TaskKind = "mail"            // a mail failed, is uncertain or has waited five days
	TaskMailHeld       TaskKind = "mail_held"       // a consent request is held back
	TaskFix            TaskKind = "fix"             // a party asked for a correction
	TaskWrongPerson    TaskKind = "wrong_person"    // "det er ikke mig"
	TaskPartyLeft      TaskKind = "party_left"      // a party has left the workplace
	TaskAssess         TaskKind = "assess"          // an application waits for a decision
	TaskNoConsultant   TaskKind = "no_consultant"   // nobody with room matches, or a person must choose
	TaskRecused        TaskKind = "recused"         // the consultant is not to have forløb where this one is
	TaskFirstMeeting   TaskKind = "first_meeting"   // no first meeting after ten working days
	TaskStart          TaskKind = "start"           // not started in six months
	TaskRegister       TaskKind = "register"        // a meeting is not registered
	TaskNextMeeting    TaskKind = "next_meeting"    // nothing in the calendar for twenty working days
	TaskOpenTooLong    TaskKind = "open_too_long"   // open for twelve months
	TaskSignature      TaskKind = "signature"       // the signature differs from the party's name
	TaskSharedMailbox  TaskKind = "shared_mailbox"  // a yes came from an address that several seem to read
	TaskPrivateMailbox TaskKind = "private_mailbox" // the leader's yes came from a private address
	TaskSameDevice     TaskKind = "same_device"     // both a workplace's yeses came from one browser, shortly after each other
	TaskNobodyAnswered TaskKind = "nobody_answered" // the evaluation closed without any answer
	TaskReopenAsked    TaskKind = "reopen_asked"    // a party wants a closed forløb opened again
	TaskPauseAsked     TaskKind = "pause_asked"     // somebody needs a pause
	TaskContested      TaskKind = "contested"       // a party says that an answer noted by telephone is wrong
	TaskTooFew         TaskKind = "too_few"         // so many workplaces have left a shared forløb that somebody must decide
)

// Sector is the kind of municipal work a workplace does; statistics and the
// spread over the country use it.
type Sector string

// Sectors, each with its Danish label in labels.go.
const (
	SectorSchool    Sector = "school"
	SectorDaycare   Sector = "daycare"
	SectorElderly   Sector = "elderly"
	SectorHealth    Sector = "health"
	SectorSocial    Sector = "social"
	SectorEmploy    Sector = "employment"
	SectorAdmin     Sector = "administration"
	SectorTechnical Sector = "technical"
	SectorCulture   Sector = "culture"
	SectorOther     Sector = "other"
)

// Sectors lists the choices in the order of the form.
var Sectors = []Sector{
	SectorSchool, SectorDaycare, SectorElderly, SectorHealth, SectorSocial,
	SectorEmploy, SectorAdmin, SectorTechnical, SectorCulture, SectorOther,
}

// UnitType is the kind of regional workplace (seed C25).
type UnitType string

// Types of unit, each with its Danish label in labels.go.
const (
	UnitHospital       UnitType = "hospital"
	UnitPsychiatry     UnitType = "psychiatry"
	UnitSocial         UnitType = "social_residential"
	UnitAdministration UnitType = "administration"
	UnitService        UnitType = "service"
	UnitOther          UnitType = "other"
)

// UnitTypes lists the choices in the order of the form.
var UnitTypes = []UnitType{UnitHospital, UnitPsychiatry, UnitSocial, UnitAdministration, UnitService, UnitOther}

// Employees is a band, not a number: nobody remembers the number, and a band
// tells less about a small workplace.
type Employees string

// Bands of employees.
const (
	Employees1To19    Employees = "1-19"
	Employees20To49   Employees = "20-49"
	Employees50To99   Employees = "50-99"
	Employees100To249 Employees = "100-249"
	Employees250      Employees = "250+"
)

// EmployeeBands lists the bands in the order of the form.
var EmployeeBands = []Employees{Employees1To19, Employees20To49, Employees50To99, Employees100To249, Employees250}

// Body is the local body in whose name the pair applies.
type Body string

// Bodies of an individual forløb (seed A28, C9).
const (
	Trio     Body = "trio"
	LocalMED Body = "local_med"
	AMGroup  Body = "am_group"

	MainMED       Body = "main_med"
	DepartmentMED Body = "department_med"
	SectorMED     Body = "sector_med"
	AreaMED       Body = "area_med"
	CenterMED     Body = "center_med"
	OtherBody     Body = "other" // »eller lignende«, with a name of its own
)
