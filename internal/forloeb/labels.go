package forloeb

import (
	"strings"
	"time"
)

// This file holds the Danish word for every code that people see. A code
// without a word here is not valid: Valid asks the same tables.

// label is the word for a code. A code that is not in the table is shown as
// it is, so that a page never has a hole.
func label[T ~string](words map[T]string, code T) string {
	if word, ok := words[code]; ok {
		return word
	}
	return string(code)
}

func known[T ~string](words map[T]string, code T) bool {
	_, ok := words[code]
	return ok
}

var statusLabels = map[Status]string{
	AwaitingConsent:    "Venter på svar",
	AwaitingAssessment: "Venter på vurdering",
	AwaitingConsultant: "Vi finder en konsulent",
	Planning:           "Første møde bliver aftalt",
	InProgress:         "I gang",
	AwaitingEvaluation: "I arbejder videre selv",
	Evaluating:         "Spørgeskema ude",
	Completed:          "Afsluttet",
	Declined:           "Ikke bekræftet",
	Lapsed:             "Frist udløbet",
	Rejected:           "Afslag",
	Withdrawn:          "Trukket tilbage",
	Stopped:            "Stoppet",
}

// staffStatusLabels differ where staff must act or where the applicant is
// told more kindly.
var staffStatusLabels = map[Status]string{
	AwaitingConsultant: "Mangler konsulent",
	Planning:           "Første møde",
	AwaitingEvaluation: "Hviler",
	Evaluating:         "Evaluering",
	Declined:           "Ikke enighed",
	Lapsed:             "Udløbet",
}

const waitlistLabel = "På venteliste"

// Label is the status as the applicant sees it.
func (s Status) Label() string { return label(statusLabels, s) }

// StaffLabel is the status as staff see it.
func (s Status) StaffLabel() string {
	if word, differs := staffStatusLabels[s]; differs {
		return word
	}
	return s.Label()
}

// Valid reports whether the status is one of the lifecycle's.
func (s Status) Valid() bool { return known(statusLabels, s) }

// StatusLabel is the forløb's status as the applicant sees it: an application
// on the waiting list is said to be there.
func (f *Forloeb) StatusLabel() string {
	if f.Status == AwaitingAssessment && f.Decision == Waitlist {
		return waitlistLabel
	}
	if f.Status == AwaitingConsultant {
		return "Vi finder en " + f.Words().Consultant
	}
	return f.Status.Label()
}

// offeredLabel: somebody is asked, and nobody is missing yet.
const offeredLabel = "Har spurgt en konsulent"

// StaffStatusLabel is the forløb's status as staff see it, with the date a
// sleeping one wakes.
func (f *Forloeb) StaffStatusLabel(now time.Time) string {
	switch {
	case !f.Status.Closed() && f.Paused(now) != nil:
		return pausedUntil(f.Paused(now).Until)
	case f.Status == AwaitingAssessment && f.Decision == Waitlist:
		return waitlistLabel
	case f.Status == AwaitingConsultant && f.Offer() != nil:
		return f.Words().Say(offeredLabel)
	case f.Status == AwaitingEvaluation && !f.EvaluationAt().IsZero():
		return f.Status.StaffLabel() + " til " + ShortDate(f.EvaluationAt())
	}
	return f.Words().Say(f.Status.StaffLabel())
}

// StatusLabel is the row's status as staff see it; see
// Forloeb.StaffStatusLabel.
func (r ListRow) StatusLabel() string {
	switch w := r.Waiting; {
	case w.Key == WaitPaused:
		return pausedUntil(w.Next)
	case w.Key == WaitAssessWaitlist:
		return waitlistLabel
	case w.Key == WaitAssignOffered:
		return r.Provider.Words().Say(offeredLabel)
	case w.Key == WaitEvalRest && !w.Next.IsZero():
		return r.Status.StaffLabel() + " til " + ShortDate(w.Next)
	}
	return r.Provider.Words().Say(r.Status.StaffLabel())
}

// pausedUntil is said instead of the step: that the forløb stands still is what
// matters.
func pausedUntil(day time.Time) string {
	if day.IsZero() {
		return "På pause"
	}
	return "På pause til " + ShortDate(day)
}

// sideLabels are in the definite form: sentences speak of the two people.
var sideLabels = map[Side]string{Leader: "lederen", Rep: "medarbejderrepræsentanten"}

var sideNouns = map[Side]string{Leader: "leder", Rep: "medarbejderrepræsentant"}

// Label names the party inside a sentence: "lederen".
func (s Side) Label() string { return label(sideLabels, s) }

// Noun is the bare word: "leder".
func (s Side) Noun() string { return label(sideNouns, s) }

// Valid reports whether the side is one of the two.
func (s Side) Valid() bool { return known(sideLabels, s) }

var roleLabels = map[Role]string{
	RoleLeader:       "leder",
	RoleTR:           "tillidsrepræsentant (TR)",
	RoleAMR:          "arbejdsmiljørepræsentant (AMR)",
	RoleOtherElected: "anden valgt repræsentant",
}

var roleShorts = map[Role]string{RoleTR: "TR", RoleAMR: "AMR"}

// Label is what the party was elected or appointed as.
func (r Role) Label() string { return label(roleLabels, r) }

// Short is the abbreviation where there is one, else the whole word.
func (r Role) Short() string {
	if short, has := roleShorts[r]; has {
		return short
	}
	return r.Label()
}

// Valid reports whether the role is known.
func (r Role) Valid() bool { return known(roleLabels, r) }

// RepRoles lists what a representative can be elected as, in the order of the
// form.
var RepRoles = []Role{RoleAMR, RoleTR, RoleOtherElected}

// ForRep reports whether an employee representative can have the role.
func (r Role) ForRep() bool { return r.Valid() && r != RoleLeader }

var startedByLabels = map[StartedBy]string{
	StartedByLeader: "leder",
	StartedByRep:    "medarbejderrepræsentant",
	StartedByOther:  "en anden, der hjælper",
}

// Label completes "Jeg udfylder som".
func (s StartedBy) Label() string { return label(startedByLabels, s) }

// Valid reports whether it is one of the form's three choices.
func (s StartedBy) Valid() bool { return known(startedByLabels, s) }

var answerLabels = map[Answer]string{
	Yes:   "ja",
	No:    "nej",
	Fix:   "noget skal rettes først",
	NotMe: "det er ikke mig",
}

// Label completes "Du svarede".
func (a Answer) Label() string { return label(answerLabels, a) }

// Valid reports whether it is one of the four answers.
func (a Answer) Valid() bool { return known(answerLabels, a) }

var channelLabels = map[Channel]string{ByLink: "via linket", ByPhone: "i telefonen"}

// Label says how an answer came in.
func (c Channel) Label() string { return label(channelLabels, c) }

// Valid reports whether the channel is known.
func (c Channel) Valid() bool { return known(channelLabels, c) }

var decisionLabels = map[Decision]string{
	Approve:  "Godkendt",
	Waitlist: waitlistLabel,
	Reject:   "Afslag",
}

// Label is the outcome of an assessment.
func (d Decision) Label() string { return label(decisionLabels, d) }

// Valid reports whether the decision is known.
func (d Decision) Valid() bool { return known(decisionLabels, d) }

var meetingStateLabels = map[MeetingState]string{
	Booked:    "Aftalt",
	Held:      "Holdt",
	NoShow:    "Ikke holdt",
	Cancelled: "Aflyst",
}

// Label is what has become of the meeting.
func (s MeetingState) Label() string { return label(meetingStateLabels, s) }

// Valid reports whether the state is known.
func (s MeetingState) Valid() bool { return known(meetingStateLabels, s) }

var mailStateLabels = map[MailState]string{
	MailPlanned:   "Venter",
	MailSending:   "Bliver sendt nu",
	MailSent:      "Sendt (modtaget af modtagerens server, ikke nødvendigvis læst)",
	MailUncertain: "Usikker",
	MailFailed:    "Kom retur",
	MailCancelled: "Ikke sendt, ikke længere relevant",
}

// Label is how far the mail has come, as the mail log says it.
func (s MailState) Label() string { return label(mailStateLabels, s) }

// Valid reports whether the state is known.
func (s MailState) Valid() bool { return known(mailStateLabels, s) }

var bodyLabels = map[Body]string{
	Trio: "TRIO", LocalMED: "lokal-MED", AMGroup: "AM-gruppe",
	MainMED: "HovedMED", DepartmentMED: "ForvaltningsMED", SectorMED: "SektorMED", AreaMED: "OmrådeMED", CenterMED: "CenterMED", OtherBody: "noget lignende",
}

// Label is the body as it is written inside a sentence.
func (b Body) Label() string { return label(bodyLabels, b) }

// Valid reports whether the body is known.
func (b Body) Valid() bool { return known(bodyLabels, b) }

var sectorLabels = map[Sector]string{
	SectorSchool:    "Skole",
	SectorDaycare:   "Dagtilbud",
	SectorElderly:   "Ældre og pleje",
	SectorHealth:    "Sundhed",
	SectorSocial:    "Social og handicap",
	SectorEmploy:    "Beskæftigelse",
	SectorAdmin:     "Administration",
	SectorTechnical: "Teknik og miljø",
	SectorCulture:   "Kultur og fritid",
	SectorOther:     "Andet",
}

// Label is the sector as the form says it.
func (s Sector) Label() string { return label(sectorLabels, s) }

// Valid reports whether the sector is known.
func (s Sector) Valid() bool { return known(sectorLabels, s) }

var unitTypeLabels = map[UnitType]string{
	UnitHospital:       "Hospital",
	UnitPsychiatry:     "Psykiatri",
	UnitSocial:         "Social- eller døgninstitution",
	UnitAdministration: "Administration",
	UnitService:        "Service",
	UnitOther:          "Andet",
}

// Label is the type as the form says it.
func (u UnitType) Label() string { return label(unitTypeLabels, u) }

// Valid reports whether the type is known.
func (u UnitType) Valid() bool { return known(unitTypeLabels, u) }

var employeesLabels = map[Employees]string{
	Employees1To19:    "1–19",
	Employees20To49:   "20–49",
	Employees50To99:   "50–99",
	Employees100To249: "100–249",
	Employees250:      "250 eller flere",
}

// Label is the band, with the en dash that Danish has between numbers.
func (e Employees) Label() string { return label(employeesLabels, e) }

// Valid reports whether the band is known.
func (e Employees) Valid() bool { return known(employeesLabels, e) }

var mailLabels = map[MailKind]string{
	MailConsentRequest:     "Bekræft ansøgningen",
	MailConsentReminder:    "Påmindelse om at svare",
	MailOtherMissing:       "Vi mangler stadig ét svar",
	MailAnswerYes:          "Kvittering for ja",
	MailAnswerNo:           "Kvittering for nej",
	MailFixAsked:           "Ansøgningen bliver rettet",
	MailChanged:            "Ansøgningen er ændret",
	MailBothAgreed:         "I har begge bekræftet",
	MailDeclined:           "Ansøgningen går ikke videre",
	MailLapsed:             "Fristen er udløbet",
	MailLinkAgain:          "Linket igen",
	MailApplicationText:    "Ansøgningens tekst",
	MailApproved:           "Ansøgningen er godkendt",
	MailWaitlisted:         "I er på venteliste",
	MailRejected:           "Svar på jeres ansøgning",
	MailStillWaiting:       "I står stadig på listen",
	MailConsultantAssigned: "Jeres konsulent er fundet",
	MailConsultantChanged:  "I får en ny konsulent",
	MailMeetingInvitation:  "Indkaldelse til møde",
	MailMeetingMoved:       "Mødet er flyttet",
	MailMeetingCancelled:   "Mødet er aflyst",
	MailMeetingReminder:    "Påmindelse om møde",
	MailExtraMeetings:      "I får flere møder",
	MailMeetingsDone:       "Det sidste møde er holdt",
	MailEvaluationRequest:  "Spørgeskema",
	MailEvaluationReminder: "Påmindelse om spørgeskemaet",
	MailEvaluationThanks:   "Tak for dit svar",
	MailWithdrawn:          "Trukket tilbage",
	MailStopped:            "Forløbet er stoppet",
	MailDuplicate:          "Ansøgningen er lukket som dublet",
	MailContactNew:         "Du er ny kontaktperson",
	MailContactOld:         "Du er ikke længere kontaktperson",
	MailReopened:           "Ansøgningen er åbnet igen",
	MailWorkplaceInvited:   "Indbudt til fællesforløb",
	MailJointStarted:       "Forløbet går i gang",
	MailDeadlineMoved:      "Ny frist",
	MailPhoneReceipt:       "Vi har noteret dit svar",
	MailWorkplaceLeft:      "Arbejdspladsen er ikke med",
	MailPaused:             "Forløbet holder pause",
	MailResumed:            "Forløbet går videre",
	MailGuestAdded:         "Skrevet på som mødedeltager",
	MailConsultantNew:      "Nyt forløb til konsulenten",
	MailConsultantGone:     "Forløbet er flyttet fra konsulenten",
	MailFirstMissing:       "Mangler et første møde",
	MailNextMissing:        "Mangler et næste møde",
	MailRegister:           "Møder mangler at blive noteret",
	MailConsultantChanges:  "Nyt i sagen",
	MailCannotCome:         "En part kan ikke komme",
}

// Label is the kind of mail as the mail log and the staff's timeline say it.
func (k MailKind) Label() string { return label(mailLabels, k) }

// Valid reports whether the kind is known.
func (k MailKind) Valid() bool { return known(mailLabels, k) }

var pauseLabels = map[PauseReason]string{
	PauseIllness:    "Sygdom",
	PauseLeave:      "Ferie eller orlov",
	PauseChanges:    "Ændringer på arbejdspladsen",
	PauseBusy:       "Travlhed",
	PauseConsultant: "Konsulenten kan ikke for tiden",
	PauseOther:      "Andet (skriv hvorfor)",
}

// Label is the reason in the form.
func (r PauseReason) Label() string { return label(pauseLabels, r) }

// Valid reports whether it is one of them.
func (r PauseReason) Valid() bool { return known(pauseLabels, r) }

var scoreLabels = map[string]string{
	"room":   "Ledige pladser",
	"themes": "Arbejder især med temaerne",
	"region": "Dækker især området",
}

// Label is what the part of a score rewards.
func (s Score) Label() string { return label(scoreLabels, s.Part) }

var reasonLabels = map[string]string{
	"automatic":  "Valgt automatisk blandt dem, der dækker temaer og område, har plads og ikke holder ferie.",
	"chosen":     "Valgt af sekretariatet.",
	"reassigned": "Sekretariatet skiftede konsulent.",

	"chosen_by_provider":     "Valgt af {udbyder}.",
	"reassigned_by_provider": "{udbyder} skiftede konsulent.",
}

var declineLabels = map[DeclineReason]string{
	DeclineConflict: "inhabil", DeclineLeave: "ferie eller andet fravær", DeclineNoRoom: "ikke plads", DeclineOther: "andet",
}

// Label is the reason in a sentence: "sagde nej: ikke plads".
func (r DeclineReason) Label() string { return label(declineLabels, r) }

// WhyChosen says how a consultant of the forløb was chosen, and by whom.
func (f *Forloeb) WhyChosen(a *Assignment) string {
	return f.Words().Say(strings.ReplaceAll(label(reasonLabels, a.Reason), "{udbyder}", f.Provider.Label()))
}

// mailReasons are the answers of mail servers that have a meaning of their
// own (RFC 5321, section 4.2.3), and our own words.
var mailReasons = map[string]string{
	"550": "Adressen findes ikke", "551": "Adressen findes ikke", "553": "Adressen findes ikke",
	"552":              "Postkassen er fuld",
	"no_connection":    "Modtagerens server svarer ikke",
	"lost_before_data": "Modtagerens server svarer ikke",
	"lost_after_data":  "Forbindelsen blev afbrudt, lige da den var sendt",
	"interrupted":      "Forbindelsen blev afbrudt, lige da den var sendt",
	"late":             "Det tog for lang tid hos os",
	"not_composed":     "Det, den handlede om, er ændret",
	"collected":        "Sendt sammen med en anden",

	CodeLeftBefore:       "Sendt, før databasen blev genskabt fra en sikkerhedskopi",
	CodeManyApplications: "Der er kommet usædvanlig mange ansøgninger på kort tid",
}

// Reason says in words why a mail did not get further; empty when nothing is
// known.
func (m *Mail) Reason() string {
	if words, known := mailReasons[m.Code]; known || m.Code == "" {
		return words
	}
	if m.Code[0] == '4' {
		return "Modtagerens server tager ikke imod den lige nu"
	}
	return "Modtagerens server tager ikke imod den"
}
