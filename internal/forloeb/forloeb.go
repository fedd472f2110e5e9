package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// Forloeb is one forløb with every fact that is known about it: what Look
// computes its view from, what rules judge acts by, and what pages, mails and
// the API show. It is read whole in one go and never written back; facts are
// written by store.Record, and status and effects by store.Commit.
type Forloeb struct {
	ID        uuid.UUID
	Reference string // "26-4817": easy to say on the telephone, gives no access
	Programme ProgrammeCode
	Type      TypeCode
	Provider  ProviderCode // who carries it out; empty for SPARK's own consultants

	Status      Status
	StatusSince time.Time
	Version     int64 // counts facts
	Seen        int64 // the version the workflow has acted on
	Policy      Policy
	CreatedAt   time.Time

	Application Application // the revision both parties see
	Workplaces  []Workplace
	Parties     []Party // replaced ones too; see Pair
	Guests      []Guest // mødedeltagere, those who were taken off too; oldest first

	Decision        Decision // of the assessment; empty until decided
	DecidedAt       time.Time
	DecisionText    string // the reason in a rejection's letter
	ExtraMeetings   int
	FinishedAt      time.Time // the consultant said the last meeting has been held
	WithdrawnAt     time.Time
	StoppedAt       time.Time
	StopText        string
	DuplicateOf     *Duplicate // nil unless it was closed as one
	ReopenTo        Status     // set by the secretariat, cleared by the transition
	ReopenedAt      time.Time
	ConsentUntil    time.Time // what the deadline for answering was put off to
	EvaluationUntil time.Time // likewise of the questionnaire
	BegunAt         time.Time // the secretariat lets a shared forløb begin without waiting for the rest
	MatchTriedAt    time.Time // last look for a consultant; zero when it is worth trying now

	Duplicates  []Twin       // those closed as duplicates of this one, as far as the reader may see them
	Pauses      []Pause      // oldest first; the last one may still run
	PauseWords  string       // what somebody who asked for a pause wrote last
	Recused     uuid.UUID    // the recusal that keeps the consultant in force from it; nil without
	Assignments []Assignment // oldest first; the last one without Until is in force
	Plans       []Plan       // what is agreed on with the workplace
	Meetings    []Meeting    // by start
	Invitations []Invitation // to the evaluation
	Mails       []Mail       // by id
	Tasks       []Task       // closed ones too, so that none is opened twice
	Events      []Event      // transitions, oldest first
	Acts        []Act        // what happened, oldest first

	Written Written // what the row says of the two things the workflow keeps there

	seen *seen // in a copy for one party: what it may know of the others
}

// Written is what the row shows in lists. It is compared with what the facts
// say, so that the workflow knows when it must be written again.
type Written struct {
	Waiting        WaitKey
	Next           time.Time
	NeedsAttention bool
}

// Settled reports whether the workflow has acted on every fact.
func (f *Forloeb) Settled() bool { return f.Seen >= f.Version }

// Application is one revision of what both parties are asked to agree to. It
// is frozen: an edit makes a new revision and voids the answers.
type Application struct {
	Revision  int
	StartedBy StartedBy
	Body      Body
	Quorum    int // workplaces that a shared forløb begins with; 0 for the programme's own
	Themes    []ThemeCode
	Texts     ApplicationTexts
	Hash      string // SHA-256 of the text that both parties see, hex
	At        time.Time
}

// ApplicationTexts is the free text of an application. It stands in a table
// of its own, so that anonymising is a delete.
type ApplicationTexts struct {
	Situation  string
	ChangeGoal string // forandringsønske: what they want changed
	Tried      string
	Timing     string
	BodyName   string // of a body that is none of the list's
	Focus      string // indsatsområde that a shared forløb starts from
}

// Workplace is one participating workplace; of a shared forløb, the first is
// the body that applies.
type Workplace struct {
	ID           uuid.UUID
	Name         string
	Municipality string // three digits as text
	Sector       Sector
	Region       string   // of a regional workplace, instead of municipality and sector
	UnitType     UnitType // of a regional workplace
	Employees    Employees
	OnlyApplies  bool      // for others, and takes no part itself
	LeftAt       time.Time // is out since then
	OutReason    OutReason
	AskedAgainAt time.Time // whether it takes part after all
}

// Where names what the workplace belongs to: its municipality or its region,
// as it was called when it applied.
func (w Workplace) Where() string {
	if m, known := MunicipalityByCode(w.Municipality); known {
		return m.OfficialName
	}
	return RegionLabel(w.Region)
}

// Party is one side of one workplace: a person who answers, is invited to the
// meetings and evaluates.
type Party struct {
	ID          uuid.UUID
	WorkplaceID uuid.UUID
	Side        Side
	Role        Role
	LinkVersion int
	Contact     Contact
	Corrections int // addresses corrected by the starter

	ReplacedAt    time.Time // somebody else is this party now
	LeftAt        time.Time // said so; nobody has taken over yet
	FixAskedAt    time.Time // asked for a correction of this revision
	FixText       string
	NotMeAt       time.Time // the mail went to the wrong person
	LinkAskedAt   time.Time // asked to have the link sent again
	TextAskedAt   time.Time // asked to see the application again
	ReopenAskedAt time.Time // wants a closed forløb opened again
	ListedAt      time.Time // shares name and mail with the others of a network
	ContestedAt   time.Time // said that an answer noted by telephone is wrong
	ReplacesParty uuid.UUID // the party this person took over from

	Consent *Consent // to the current revision; nil while unanswered
}

// Contact is how to reach a person. It is erased when the forløb is anonymised.
type Contact struct {
	Name  string
	Title string // the leader's, optional
	Email string
	Phone string // optional
}

// Current reports whether the party is the one to write to for its side.
func (p *Party) Current() bool { return p.ReplacedAt.IsZero() }

// Reachable reports whether mails to the party make sense.
func (p *Party) Reachable() bool {
	return p.Current() && p.LeftAt.IsZero() && p.NotMeAt.IsZero() && p.Contact.Email != ""
}

// Consent is samtykke to apply together and to the terms (time and resources,
// the evaluation). It is not the GDPR's legal basis.
type Consent struct {
	Revision  int
	Answer    Answer // yes or no
	Signature string
	Device    string // stands for the browser that sent it, within this forløb; "" when it did not come by link
	TextHash  string
	At        time.Time
	Channel   Channel
}

// Assignment is a consultant's responsibility for the forløb in a period.
type Assignment struct {
	ID         int64
	Consultant Consultant
	Reason     string // code: automatic, chosen, reassigned
	Score      []Score
	At         time.Time     // when they were chosen
	AcceptedAt time.Time     // when it became theirs; zero while it is an offer, and for good when it was declined
	Declined   DeclineReason // why they said no to the offer; empty when they did not
	Until      time.Time     // zero while in force
}

// Consultant is one of SPARK's consultants, or a provider's expert.
type Consultant struct {
	ID       uuid.UUID
	Provider ProviderCode // whose expert; empty for SPARK's own
	Name     string
	Email    string
	Phone    string
	Themes   []ThemeCode
	Regions  []string
	Capacity int // open forløb at a time
	Active   bool

	LinkVersion int // signs the links of this person's own; zero where it was not asked for
}

// Score is one part of the reason why a consultant was chosen.
type Score struct {
	Part   string `json:"part"`
	Points int    `json:"points"`
}

// Meeting is one meeting of the forløb.
type Meeting struct {
	ID        uuid.UUID
	Ordinal   int // in the order they were booked; cancelled ones keep theirs
	StartsAt  time.Time
	EndsAt    time.Time
	Place     string // free text: erased with the contacts
	PrepTask  string // hjemmeopgave: what to prepare; free text, too
	State     MeetingState
	ICSUID    string
	Sequence  int       // of the calendar entry: +1 when moved or cancelled
	MovedFrom time.Time // the start before the last move
	StateAt   time.Time // when it was registered or cancelled
	BookedAt  time.Time // when it got this start

	Workplaces []uuid.UUID // those it is for; none: for all

	OtherTimes []OtherTime // what parties who cannot come have asked for, oldest first
}

// Invitation asks one party of one workplace to evaluate.
type Invitation struct {
	EvaluationID uuid.UUID
	WorkplaceID  uuid.UUID
	Wave         int
	PartyID      uuid.UUID
	AnsweredAt   time.Time // what they answered is kept apart
	RefusedAt    time.Time // would rather not; no more reminders
}

// Mail is one mail to one person: a row first, sent later.
type Mail struct {
	ID        int64
	Kind      MailKind
	Recipient uuid.UUID // a party, a guest or a consultant
	Ordinal   int64
	Ref       string // the meeting it is about, or empty
	State     MailState
	Held      bool // too many to this address, or in all; a person must release it
	Code      string
	Doubts    int // attempts in a row after which it may have arrived
	Resends   int // how often a person sent it again
	PlannedAt time.Time
	SentAt    time.Time
}

// Task is something only a person can settle.
type Task struct {
	ID       int64
	Kind     TaskKind
	Subject  string // what it is about: a party, a meeting or a mail
	OpenedAt time.Time
	ClosedAt time.Time
}

// Open reports whether the task waits for somebody.
func (t Task) Open() bool { return t.ClosedAt.IsZero() }

// Event is one transition.
type Event struct {
	Seq      int
	From, To Status
	Cause    string
	At       time.Time
}

// Act is one thing that happened, as written down: outbox, audit and timeline
// in one.
type Act struct {
	ForloebID uuid.UUID
	Version   int64
	Name      ActName
	Ref       string // id of what it is about
	Detail    string // code
	Actor     Actor
	At        time.Time
	Carried   string // its span, as W3C's traceparent; empty when it is not traced
}

// Actor is who did something.
type Actor struct {
	Kind ActorKind
	ID   string
}

// RunsForloeb reports whether somebody runs the forløb: the secretariat, or one
// of the provider's people.
func (a Actor) RunsForloeb() bool { return a.Kind == ActorSecretary || a.Kind == ActorProvider }

// ActorKind is the kind of actor.
type ActorKind string

// Kinds of actor.
const (
	ActorParty      ActorKind = "party"
	ActorGuest      ActorKind = "guest"     // a mødedeltager, by the link in their mail
	ActorApplicant  ActorKind = "applicant" // the sender of the form, before any answer
	ActorConsultant ActorKind = "consultant"
	ActorSecretary  ActorKind = "secretariat"
	ActorProvider   ActorKind = "provider" // one of the provider's people
	ActorSystem     ActorKind = "system"
)
